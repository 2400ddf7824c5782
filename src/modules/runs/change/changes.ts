/** What changed in a run: as the record keeps it, and as those affected are told it. */
import { dayOf, sayDay, sayTimes, sayWhen } from '#core/days'

/** A session's times as the record keeps them. */
interface Times {
  from: string
  to: string
}

/** One thing that changed. It names nobody: the record outlives people's names. */
export type Change =
  | { what: 'session moved'; session: string; number: number; was: Times; now: Times }
  | { what: 'session added'; session: string; now: Times }
  | { what: 'session dropped'; session: string; number: number; was: Times }
  | { what: 'moved'; was: string; now: string }
  | { what: 'link' }
  | { what: 'trainer added' | 'trainer left'; person: string }

/** Whether those who come have to know of it; a change of trainers is told to the trainers alone. */
export const touchesAll = ({ what }: Change): boolean => what !== 'trainer added' && what !== 'trainer left'

/** One change as a whole sentence. */
export function sayChange(change: Change, nameOf: (person: string) => string = () => 'Someone'): string {
  switch (change.what) {
    case 'session moved':
      return `Session ${change.number} is now on ${sayTimesOf(change.now, change.was)}. It was to be on ${sayTimesOf(change.was)}.`
    case 'session added':
      return `There is one more session, on ${sayTimesOf(change.now)}.`
    case 'session dropped':
      return `Session ${change.number}, on ${sayTimesOf(change.was)}, is not held.`
    case 'moved':
      return change.now === 'online'
        ? `It is now online. It was to be at ${change.was}.`
        : `It is now at ${change.now}. It was to be ${change.was === 'online' ? 'online' : `at ${change.was}`}.`
    case 'link':
      return 'The link for joining is a new one.'
    case 'trainer added':
      return `${nameOf(change.person)} now leads it.`
    default:
      return `${nameOf(change.person)} no longer leads it.`
  }
}

/** "Friday 22 January, 6.30 to 8.30 pm" */
function sayTimesOf(times: Times, before?: Times): string {
  const [from, to] = [new Date(times.from), new Date(times.to)]
  // a session that stays on its day is said by the day all the same, so that nobody has to compare
  return before && dayOf(from) === dayOf(new Date(before.from))
    ? `${sayDay(dayOf(from))} as before, but ${sayTimes(from, to)}`
    : sayWhen(from, to)
}

/** A session's times, to be kept. */
export const timesOf = (span: { startsAt: Date; endsAt: Date }): Times => ({
  from: span.startsAt.toISOString(),
  to: span.endsAt.toISOString(),
})
