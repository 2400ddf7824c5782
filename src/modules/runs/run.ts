/** A run: a course given once, at a time, in a place or online. What others are shown of it. */
import type { Day } from '#core/days'
import { sayPattern, type Span } from '#core/pattern'

export type RunState = 'draft' | 'published' | 'cancelled'
export type How = 'first come' | 'round'

/** One run in a list of runs. */
export interface RunSummary {
  id: string
  /** The course's slug, for its address. */
  course: string
  courseId: string
  title: string
  strand: string
  level: string
  academy: { id: string; slug: string; name: string }
  state: RunState
  how: How
  startsOn: Day
  endsOn: Day
  /** "Thursday evenings, 4 sessions" */
  pattern: string
  /** "Sutton Community Academy" or "Online" */
  where: string
  online: boolean
  /** Where it is given; null online. */
  areaCode: string | null
  /** "3 miles", where it was asked for near somewhere and is known. */
  near: string | undefined
  capacity: number
  /** Places offered and confirmed. */
  taken: number
  waiting: number
  /** Whether its places are still to be drawn in a round. */
  toBeDrawn: boolean
}

/** One meeting of a run. */
export interface RunSession extends Span {
  id: string
  /** From 1, in the order of time. */
  number: number
  title: string
  /** When its register was done, or null. */
  registerDoneAt: Date | null
}

/** Where people meet, and what it is like to get in. */
export interface RunVenue {
  id: string
  name: string
  address: string
  postcode: string | null
  stepFree: boolean
  hearingLoop: boolean
  parking: boolean
  quietRoom: boolean
  childrenSpace: boolean
  nearestStop: string
  notes: string
}

/** Everything a page about one run shows. */
export interface Run extends RunSummary {
  versionId: string
  summary: string
  who: string
  outcomes: string[]
  hours: number
  mode: string
  practice: string
  accreditation: string | null
  severalPlaces: boolean
  sessions: RunSession[]
  trainers: { id: string; name: string }[]
  venue: RunVenue | null
  room: { id: string; name: string; capacity: number } | null
  /** Only for those with a confirmed place, its trainers and those who schedule it; null for all others. */
  onlineLink: string | null
  offerDays: number
  sequence: number
  changedAt: Date
  publishedAt: Date | null
  cancelledAt: Date | null
  cancelledWhy: string | null
  /** Whether this person schedules runs here, and so may change it. */
  mayChange: boolean
  /** Whether this person is one of its trainers. */
  leads: boolean
}

/** Where a run is, in full: "Hall, Sutton Community Academy, High Pavement, NG17 1EE", or "Online". */
export function whereOf({ venue, room }: Pick<Run, 'venue' | 'room'>): string {
  if (!venue) return 'Online'
  const postcode = venue.postcode && !venue.address.includes(venue.postcode) ? venue.postcode : undefined
  return [room?.name, venue.name, venue.address, postcode].filter(Boolean).join(', ')
}

/** What a venue offers to those who need it: "Step-free, hearing loop". Empty where nothing is known. */
export function accessOf(venue: RunVenue | null): string {
  if (!venue) return ''
  const facts = [
    venue.stepFree && 'step-free',
    venue.hearingLoop && 'hearing loop',
    venue.parking && 'parking',
    venue.quietRoom && 'quiet room',
    venue.childrenSpace && 'space for children',
  ].filter((fact) => fact !== false)
  const said = facts.join(', ')
  return said.charAt(0).toUpperCase() + said.slice(1)
}

/** When and where in one line, for a row of a list: "Thursday evenings, 4 sessions · Sutton Community Academy · 3 miles". */
export const aboutRun = ({ pattern, where, near }: Pick<RunSummary, 'pattern' | 'where' | 'near'>): string =>
  [pattern, where, near].filter(Boolean).join(' · ')

export { sayPattern }
