/** A round: applications for several runs at once, drawn by a published rule. What others are shown of it. */
import type { Day } from '#core/days'
import type { Fact } from './bands.ts'

export type RoundState = 'draft' | 'published' | 'closed' | 'drawn' | 'cancelled'

/** Where a round is now. `closing`: its time is up, and its roll is being fixed. */
export type Phase = 'draft' | 'coming' | 'open' | 'closing' | 'closed' | 'drawn' | 'cancelled'

/** One round in a list of rounds. */
export interface RoundSummary {
  id: string
  /** Its address, and the id that the lottery numbers are made with. */
  slug: string
  name: string
  summary: string
  academy: { id: string; slug: string; name: string }
  state: RoundState
  phase: Phase
  opensAt: Date
  closesAt: Date
  /** How many runs it gives places in, and how many places those have. */
  runs: number
  places: number
}

/** Everything a page about one round shows. */
export interface Round extends Omit<RoundSummary, 'runs' | 'places'> {
  revealUntil: Date
  /** The facts by which some come before others, in order; whoever none is true of comes last. */
  bands: Fact[]
  offerDays: number
  mostChoices: number
  seedFrom: 'nonces' | 'beacon'
  /** On the roll; null until it is closed. */
  applications: number | null
  rollDigest: string | null
  beaconRound: number | null
  beaconRandomness: string | null
  beaconSignature: string | null
  seed: string | null
  engine: string | null
  digest: string | null
  closedAt: Date | null
  drawnAt: Date | null
  drawStep: string | null
  drawDone: number
  drawTotal: number
  cancelledWhy: string | null
  publishedAt: Date | null
  /** Whether this person opens rounds at its academy, and so may change it. */
  mayChange: boolean
  /** Whether this person is one of its officers. */
  isOfficer: boolean
  runs: RoundRun[]
  officers: Officer[]
}

/** A run whose places the round gives. */
export interface RoundRun {
  id: string
  /** The course's slug. */
  course: string
  title: string
  academy: string
  state: string
  startsOn: Day
  /** "Thursday evenings, 4 sessions" */
  pattern: string
  where: string
  /** As it was when the round was closed; before, as it is now. */
  capacity: number
  reserves: Reserve[]
}

/** Seats of a run held first for those whom a measure names. */
export interface Reserve {
  measure: string
  /** The measure's name in a round's files. */
  trait: string
  name: string
  who: string
  seats: number
  /** Whether the measure was in force when the round was closed; before, whether it is in force today. */
  stands: boolean
}

/** Whoever commits to a secret before closing. */
export interface Officer {
  name: string
  digest: string | null
  committedAt: Date | null
  revealedAt: Date | null
  /** Told only once the seed is made, so that no officer can wait for the others' secrets. */
  nonce: string | null
}

/** Where a round is at this moment. */
export function phaseOf(
  { state, opensAt, closesAt }: Pick<RoundSummary, 'state' | 'opensAt' | 'closesAt'>,
  now: Date,
): Phase {
  if (state !== 'published') return state
  return now < opensAt ? 'coming' : now < closesAt ? 'open' : 'closing'
}

/** The phases in a word or two. */
export const phaseNames: Readonly<Record<Phase, string>> = {
  draft: 'Draft',
  coming: 'Not open yet',
  open: 'Open',
  closing: 'Closing',
  closed: 'Closed, not drawn yet',
  drawn: 'Drawn',
  cancelled: 'Cancelled',
}
