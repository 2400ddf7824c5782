/** Tiny made-up rounds for the properties: up to seven members and three runs, traits that overlap, seats that run short. */
import * as fc from 'fast-check'
import { allocate, type Allocation } from './allocation.ts'
import { lotteryNumber, priorityOrder } from './lottery.ts'
import type { Places } from './oracle.ts'
import { byText, type Member, type Priority, type Round, type Run, type Seats } from './round.ts'

const traits = ['woman', 'young', 'carer']

const anySeats: fc.Arbitrary<Seats> = fc
  .record({ capacity: fc.nat({ max: 4 }), shares: fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 }) })
  .map(({ capacity, shares }) => {
    let left = capacity
    const reserves = Object.fromEntries(
      traits.map((trait, t) => {
        const seats = Math.min(left, shares[t]!)
        left -= seats
        return [trait, seats]
      }),
    )
    return { capacity, reserves }
  })

const anyTraits = fc.subarray(traits)

/** A run's seats and up to seven people in order of priority. */
export const anyQueue = fc.record({
  run: anySeats,
  people: fc.array(
    anyTraits.map((traits) => ({ traits })),
    { maxLength: 7 },
  ),
})

/** A round; bands and numbers both decide priority. */
export const anyRound: fc.Arbitrary<Round> = fc
  .record({
    seats: fc.array(anySeats, { minLength: 1, maxLength: 3 }),
    seed: fc.string({ minLength: 1, maxLength: 4 }),
    members: fc.array(
      fc.record({ band: fc.nat({ max: 2 }), traits: anyTraits, wants: fc.shuffledSubarray([0, 1, 2]) }),
      {
        maxLength: 7,
      },
    ),
  })
  .map(({ seats, seed, members }) => ({
    round: 'made-up',
    seed,
    runs: seats.map((one, r): Run => ({ id: `r${r}`, ...one })),
    members: members.map((member, m) => memberOf(m, member, seats.length)),
  }))

/**
 * A round that often has several stable outcomes: each run puts other people first, so that members can be given each
 * other's favourites. (Where all runs rank everyone alike there is only one stable outcome, and nothing to compare.)
 */
export const anyContest: fc.Arbitrary<Round> = fc
  .record({
    seats: fc.array(fc.constantFrom(1, 1, 1, 2), { minLength: 3, maxLength: 3 }),
    members: fc.array(
      fc.record({
        band: fc.nat({ max: 5 }),
        traits: fc.subarray(traits, { minLength: 1, maxLength: 2 }),
        wants: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      }),
      { minLength: 3, maxLength: 5 },
    ),
  })
  .map(({ seats, members }) => ({
    round: 'contest',
    seed: 'contest',
    runs: seats.map((capacity, r): Run => ({ id: `r${r}`, capacity, reserves: { [traits[r]!]: capacity } })),
    members: members.map((member, m) => memberOf(m, member, seats.length)),
  }))

const memberOf = (
  m: number,
  { band, traits, wants }: { band: number; traits: string[]; wants: number[] },
  runs: number,
): Member => ({ id: `m${m}`, band, traits, preferences: wants.filter((r) => r < runs).map((r) => `r${r}`) })

/** Rounds of both sorts. */
export const anyMarket: fc.Arbitrary<Round> = fc.oneof(anyRound, anyContest)

/** A round with at least one member, and which of them it is about. */
export const anyMemberOfRound = anyMarket
  .filter(({ members }) => members.length > 0)
  .chain((round) => fc.record({ round: fc.constant(round), at: fc.nat({ max: round.members.length - 1 }) }))

/** The members by priority. */
export function queueOf({ round, seed, members }: Round): Member[] {
  const numbers = members.map(({ id }) => lotteryNumber(seed, round, id))
  return [...priorityOrder(members, numbers)].map((m) => members[m]!)
}

/** The same round with one member changed. */
export const withMember = (round: Round, at: number, change: Partial<Member>): Round => ({
  ...round,
  members: round.members.map((member, m) => (m === at ? { ...member, ...change } : member)),
})

/** The same round with its members, runs, traits and reserves the other way round. */
export const turnedRound = (round: Round): Round => ({
  ...round,
  members: round.members.map((member) => ({ ...member, traits: member.traits.toReversed() })).toReversed(),
  runs: round.runs.map((run) => ({ ...run, reserves: turnedRecord(run.reserves) })).toReversed(),
})

const turnedRecord = (record: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(record).toReversed())

/** A round in which members come in exactly this order, whatever the seed: each in a band of their own. */
export const inOrder = (runs: Run[], members: Omit<Member, 'band'>[]): Round => ({
  round: 'in order',
  seed: 'no draw',
  runs,
  members: members.map((member, band) => ({ ...member, band })),
})

export const placesOf = ({ assignments }: Pick<Allocation, 'assignments'>): Places =>
  new Map(assignments.map(({ member, run }) => [member, run]))

/** Who gets what, as a plain record. */
export const outcomeOf = (round: Round): Record<string, string | null> => Object.fromEntries(placesOf(allocate(round)))

export const priorityIn = ({ assignments }: Allocation, { id, band }: Member): Priority => ({
  band,
  number: assignments.find(({ member }) => member === id)!.number,
})

export const byId = (a: { id: string }, b: { id: string }): number => byText(a.id, b.id)

/** Checks a property on many made-up cases; the seed is fixed so that a failure can be seen again. */
export const always = <Case>(cases: fc.Arbitrary<Case>, numRuns: number, holds: (one: Case) => void): void =>
  fc.assert(fc.property(cases, holds), { numRuns, seed: 2027 })

/** A list without one entry. */
export const without = <Entry>(list: readonly Entry[], at: number): Entry[] => list.filter((_, i) => i !== at)
