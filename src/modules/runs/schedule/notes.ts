/** What a coordinator should know of a plan before it is saved, beside its clashes. Nothing here keeps them from saving. */
import { addDays, type Day, dayOf, sayDay, sayTime, timeOf } from '#core/days'
import type { Span } from '#core/pattern'
import type { BankHoliday } from './bank-holidays.ts'
import type { Skipped } from './plan-sessions.ts'
import type { Place } from './spot.ts'
import type { Trainer } from './trainers.ts'

export interface Note {
  /** Whether it is likely a mistake, or only to be known. */
  warns: boolean
  words: string
}

export interface Noted {
  today: Day
  course: { title: string; mode: string }
  place: Place
  link: string | null
  sessions: readonly (Span & { number: number })[]
  skipped: readonly Skipped[]
  /** The bank holidays on which there is a session all the same. */
  held: readonly BankHoliday[]
  /** Days to skip on which there would have been no session. */
  unused: readonly Day[]
  trainers: readonly Trainer[]
  capacity: number
}

const notice = 7

/** Everything to be known of it. */
export function notesOn(the: Noted): Note[] {
  const { today, place, sessions, trainers, capacity } = the
  const last = sessions.at(-1)
  const notes: (Note | false)[] = [
    ...the.skipped.map(({ day, holiday }) =>
      tell(holiday ? `${sayDay(day, today)} is skipped: it is ${holiday}.` : `${sayDay(day, today)} is skipped.`),
    ),
    ...the.held.map(({ day, name }) => warn(`${sayDay(day, today)} is ${name}.`)),
    the.unused.length > 0 &&
      tell(
        `There would have been no session on ${the.unused.map((day) => sayDay(day, today)).join(', ')}, so nothing is skipped there.`,
      ),
    place.roomCapacity !== null &&
      capacity > place.roomCapacity &&
      warn(`${place.roomName} holds ${place.roomCapacity}, and there are ${capacity} places.`),
    trainers.length === 0 && warn('Nobody leads it yet. You can choose trainers later.'),
    ...trainers.filter(({ here }) => !here).map(({ name }) => warn(`${name} is a trainer of another area.`)),
    ...trainers
      .filter(({ until }) => until !== null && last && until < dayOf(last.endsAt))
      .map(({ name, until }) => warn(`${name} may lead runs only until ${sayDay(until!, today)}.`)),
    place.venueId === null &&
      the.link === '' &&
      warn('There is no link for joining yet. It is needed before you publish.'),
    place.venueId === null &&
      the.course.mode === 'place' &&
      warn(`${the.course.title} is meant to be given in a place.`),
    place.venueId !== null && the.course.mode === 'online' && warn(`${the.course.title} is meant to be given online.`),
    ...oddTimes(sessions),
    sessions[0] !== undefined &&
      dayOf(sessions[0].startsAt) < addDays(today, notice) &&
      warn('The first session is less than a week away.'),
  ]
  return notes.filter((note) => note !== false)
}

function oddTimes(sessions: Noted['sessions']): Note[] {
  const odd = sessions.find(({ startsAt, endsAt }) => timeOf(startsAt) < '08:00' || timeOf(endsAt) > '22:00')
  return odd ? [warn(`Sessions run from ${sayTime(odd.startsAt)} to ${sayTime(odd.endsAt)}. Is that right?`)] : []
}

const tell = (words: string): Note => ({ warns: false, words })
const warn = (words: string): Note => ({ warns: true, words })
