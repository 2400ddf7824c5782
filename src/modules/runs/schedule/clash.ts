/** Clashes of a planned run with what is already booked, session by session. Rules only. */
import { createHash } from 'node:crypto'
import { dayOf, sayTime, sayTimes, sayWhen } from '#core/days'
import type { Span } from '#core/pattern'
import { type Spot, travelMinutes } from './travel.ts'

/** A session of another run that has our room or one of our trainers. */
export interface Booking extends Span, Spot {
  sessionId: string
  runId: string
  title: string
  draft: boolean
  /** Whether the coordinator may open that run. */
  mayOpen: boolean
  roomId: string | null
  /** "Hall, Sutton Community Academy", or "online". */
  where: string
  /** Those of our trainers who lead it. */
  trainers: readonly string[]
}

/** What is planned. */
export interface Wanted extends Spot {
  roomId: string | null
  roomName: string | null
  venueName: string | null
  trainers: readonly { id: string; name: string }[]
  sessions: readonly (Span & { number: number })[]
}

export interface Clash {
  /** A room twice at once, or a trainer in two rooms at once: to be confirmed with a tick. */
  grave: boolean
  /** Tells one clash from another, so that what was confirmed is what is saved. */
  key: string
  /** The number of the session it is about. */
  session: number
  words: string
  /** The other run, where the coordinator may see it. */
  run: { id: string; title: string } | undefined
}

/** Every clash, in the order of our sessions. */
export const clashesAmong = (wanted: Wanted, bookings: readonly Booking[]): Clash[] =>
  wanted.sessions.flatMap((session) =>
    bookings.flatMap((booking) => [
      ...roomClash(wanted, session, booking),
      ...wanted.trainers
        .filter(({ id }) => booking.trainers.includes(id))
        .flatMap((trainer) => trainerClash(wanted, session, booking, trainer)),
    ]),
  )

/** What a tick confirms: these grave clashes and no others. Empty where there are none. */
export function confirmationOf(clashes: readonly Clash[]): string {
  const keys = clashes.filter(({ grave }) => grave).map(({ key }) => key)
  return keys.length === 0
    ? ''
    : createHash('sha256').update(keys.toSorted().join('\n')).digest('base64url').slice(0, 22)
}

function roomClash(wanted: Wanted, session: Numbered, booking: Booking): Clash[] {
  if (wanted.venueId === null || booking.venueId !== wanted.venueId || !overlap(session, booking)) return []
  // a venue booked without a room is booked whole
  if (wanted.roomId !== null && booking.roomId !== null && booking.roomId !== wanted.roomId) return []
  const room = wanted.roomName ? `${wanted.roomName} at ${wanted.venueName}` : wanted.venueName
  return [
    clash(true, 'room', session, booking, `${room} is already used by ${named(booking)}, ${times(session, booking)}.`),
  ]
}

function trainerClash(
  wanted: Wanted,
  session: Numbered,
  booking: Booking,
  trainer: { id: string; name: string },
): Clash[] {
  if (overlap(session, booking)) {
    const words = `${trainer.name} already leads ${named(booking)} then, ${booking.where}, ${times(session, booking)}.`
    return [clash(true, `trainer ${trainer.id}`, session, booking, words)]
  }
  const before = booking.endsAt <= session.startsAt
  const gap = Math.round(before ? +session.startsAt - +booking.endsAt : +booking.startsAt - +session.endsAt) / 60_000
  const need = travelMinutes(booking, wanted)
  if (gap >= need) return []
  const words = before
    ? `${trainer.name} leads ${named(booking)} until ${sayTime(booking.endsAt)}, ${booking.where}. Getting here takes about ${sayMinutes(need)}, and the gap is ${sayMinutes(gap)}.`
    : `${trainer.name} leads ${named(booking)} from ${sayTime(booking.startsAt)}, ${booking.where}. Getting there takes about ${sayMinutes(need)}, and the gap is ${sayMinutes(gap)}.`
  return [clash(false, `travel ${trainer.id}`, session, booking, words)]
}

type Numbered = Span & { number: number }

const clash = (grave: boolean, kind: string, session: Numbered, booking: Booking, words: string): Clash => ({
  grave,
  key: [kind, session.startsAt.toISOString(), session.endsAt.toISOString(), booking.sessionId].join(' '),
  session: session.number,
  words,
  run: booking.mayOpen ? { id: booking.runId, title: booking.title } : undefined,
})

const overlap = (one: Span, other: Span): boolean => one.startsAt < other.endsAt && other.startsAt < one.endsAt

const named = ({ title, draft, mayOpen }: Booking): string =>
  mayOpen ? `${title}${draft ? ' (a draft)' : ''}` : 'a run that another academy is still planning'

/** The other session's times; with its day where that is not ours. */
const times = (session: Span, booking: Span): string =>
  dayOf(session.startsAt) === dayOf(booking.startsAt)
    ? sayTimes(booking.startsAt, booking.endsAt)
    : sayWhen(booking.startsAt, booking.endsAt)

/** "45 minutes", "2 hours", "1 hour 20 minutes" */
export function sayMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  const saidHours = hours === 0 ? '' : hours === 1 ? '1 hour' : `${hours} hours`
  const saidRest = rest === 0 && hours > 0 ? '' : rest === 1 ? '1 minute' : `${rest} minutes`
  return [saidHours, saidRest].filter(Boolean).join(' ')
}
