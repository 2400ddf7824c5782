/** The one next step of a member: which of all that is theirs to do comes first. Rules only: no database, no clock. */
import { type Day, dayOf } from '#core/days'

/** A session that someone is to come to. */
export interface ComingSession {
  startsAt: Date
  endsAt: Date
}

/** A place as the rule looks at it. */
export interface HeldPlace {
  id: string
  state: string
  offerUntil: Date | null
  /** Whether someone who waits may take a free seat now, as in the last hours before a run. */
  open: boolean
  /** The run's next session that has not ended. */
  next: ComingSession | null
}

export interface OpenPledge {
  id: string
  reviewOn: Day
}

export type NextStep<Place extends HeldPlace = HeldPlace, Pledge extends OpenPledge = OpenPledge> =
  | { kind: 'answer an offer'; place: Place }
  | { kind: 'take a seat'; place: Place }
  | { kind: 'come today'; place: Place }
  | { kind: 'review a pledge'; pledge: Pledge }
  | { kind: 'write a pledge'; place: Place }
  | { kind: 'come'; place: Place }
  | { kind: 'wait'; place: Place }
  | { kind: 'find training' }

/**
 * An offer that can still be answered comes first, since it ends; then a seat that goes to whoever takes it first; then a session today; then a pledge whose day of review has
 * come; then the first pledge, once there is a place; then the next session; then, for someone who only waits, where else there is
 * training; and for everyone else to find some. Within each kind the soonest is first.
 */
export function nextStep<Place extends HeldPlace, Pledge extends OpenPledge>(the: {
  now: Date
  places: readonly Place[]
  pledges: readonly Pledge[]
  /** Whether they ever wrote a pledge. */
  pledged: boolean
}): NextStep<Place, Pledge> {
  const { now, places, pledges, pledged } = the
  const today = dayOf(now)
  const offer = soonest(
    places.filter(({ state, offerUntil }) => state === 'offered' && offerUntil !== null && offerUntil > now),
    (place) => place.offerUntil!.getTime(),
  )
  if (offer) return { kind: 'answer an offer', place: offer }
  const free = soonest(
    places.filter(({ state, open, next }) => state === 'waiting' && open && next !== null),
    (place) => place.next!.startsAt.getTime(),
  )
  if (free) return { kind: 'take a seat', place: free }
  const coming = soonest(
    places.filter(({ state, next }) => state === 'confirmed' && next !== null && next.endsAt > now),
    (place) => place.next!.startsAt.getTime(),
  )
  if (coming && dayOf(coming.next!.startsAt) <= today) return { kind: 'come today', place: coming }
  const due = pledges
    .filter(({ reviewOn }) => reviewOn <= today)
    .toSorted((a, b) => (a.reviewOn < b.reviewOn ? -1 : 1))[0]
  if (due) return { kind: 'review a pledge', pledge: due }
  const held = coming ?? places.find(({ state }) => state === 'confirmed')
  if (held && !pledged) return { kind: 'write a pledge', place: held }
  if (coming) return { kind: 'come', place: coming }
  const waiting = places.find(({ state }) => state === 'waiting')
  return waiting ? { kind: 'wait', place: waiting } : { kind: 'find training' }
}

const soonest = <Item>(items: readonly Item[], at: (item: Item) => number): Item | undefined =>
  items.toSorted((one, other) => at(one) - at(other))[0]
