/** What becomes of those who ask for a place on one run, as the rules have it: places, waiting, offers, leaving. */
import { offerUntil } from '../modules/places/index.ts'
import type { Person } from './members.ts'

export interface Ask {
  person: Person
  at: number
  /** When they give up the place they hold, if they do. */
  leaves: number | null
  /** What they say to an offer, and how long they take; silence lets it lapse. */
  answer: 'yes' | 'no' | 'nothing'
  after: number
}

export interface Place {
  person: Person
  state: 'offered' | 'confirmed' | 'waiting' | 'withdrawn' | 'declined' | 'lapsed' | 'cancelled'
  turnedUp: boolean
  askedAt: number
  offeredAt: number | null
  offerUntil: number | null
  confirmedAt: number | null
  endedAt: number | null
  /** The application in a round that it came of. */
  application?: string
  /** What they were told when they asked. */
  standing: 'confirmed' | 'waiting'
}

interface Event {
  at: number
  happens: () => void
}

/** Offers that would end within a day and a half are answered before they can: nothing changes by itself while people look. */
const settled = 36 * 3_600_000

/** Plays the asking through until `until`, or until the run begins. */
export function playQueue(
  run: { capacity: number; offerDays: number; begins: number },
  asks: readonly Ask[],
  until: number,
): Place[] {
  const events: Event[] = []
  const places: Place[] = []
  const waiting: { place: Place; ask: Ask }[] = []
  const end = Math.min(until, run.begins)
  let taken = 0

  const later = (at: number, happens: () => void): void => {
    if (at >= end) return
    const index = events.findIndex((event) => event.at > at)
    events.splice(index === -1 ? events.length : index, 0, { at, happens })
  }
  const over = (place: Place, state: Place['state'], at: number): void => {
    place.state = state
    place.endedAt = at
  }
  const confirm = (place: Place, ask: Ask, at: number): void => {
    place.state = 'confirmed'
    place.confirmedAt = at
    const { leaves } = ask
    if (leaves === null || leaves <= at) return
    later(leaves, () => {
      over(place, 'withdrawn', leaves)
      taken--
      offerNext(leaves)
    })
  }
  const offerNext = (at: number): void => {
    const stands = offerUntil(new Date(at), new Date(run.begins), run.offerDays)?.getTime()
    const next = stands === undefined ? undefined : waiting.shift()
    if (!next || stands === undefined) return
    const { place, ask } = next
    Object.assign(place, { state: 'offered', offeredAt: at, offerUntil: stands })
    taken++
    const soon = stands > until && stands < until + settled
    const answered = soon ? at + (until - at) / 2 : Math.min(at + ask.after, stands - 1000)
    if (ask.answer === 'yes' || soon)
      return later(Math.floor(answered), () => confirm(place, ask, Math.floor(answered)))
    const ends = ask.answer === 'no' ? Math.floor(answered) : stands
    later(ends, () => {
      over(place, ask.answer === 'no' ? 'declined' : 'lapsed', ends)
      taken--
      offerNext(ends)
    })
  }

  for (const ask of asks)
    later(ask.at, () => {
      const free = run.capacity - taken - waiting.length > 0
      const place: Place = {
        person: ask.person,
        state: 'waiting',
        turnedUp: false,
        askedAt: ask.at,
        offeredAt: null,
        offerUntil: null,
        confirmedAt: null,
        endedAt: null,
        standing: free ? 'confirmed' : 'waiting',
      }
      places.push(place)
      if (free) {
        taken++
        confirm(place, ask, ask.at)
      } else waiting.push({ place, ask })
    })
  for (let event = events.shift(); event; event = events.shift()) event.happens()
  // nobody waits for a run that has begun
  if (run.begins <= until)
    for (const place of places)
      if (place.state === 'waiting' || place.state === 'offered') over(place, 'lapsed', run.begins)
  return places
}
