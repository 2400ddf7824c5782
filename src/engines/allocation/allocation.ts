/** The outcome of a round: who gets which run, who waits, and how far down each run went. */
import { canonical, canonicalList, digestOf } from './canonical.ts'
import { lotteryNumber, priorityOrder } from './lottery.ts'
import { deferredAcceptance, marketOf, type Market, type Outcome } from './market.ts'
import { reservedTraits } from './choice.ts'
import { byText, emptyRecord, type Member, type Priority, type Round, type Run } from './round.ts'

/** The rule and the file formats; a change that could change any outcome changes this. */
export const engineVersion = 'allocation 1'

/** What one member gets: a run and which choice it was (1 the first), or null and null. */
export interface Assignment {
  member: string
  run: string | null
  choice: number | null
  number: string
}

/** One run after the draw; `held` and `waiting` are in order of priority. */
export interface RunOutcome {
  id: string
  held: string[]
  /** Everyone who listed the run and got neither it nor a run they prefer. */
  waiting: string[]
  /** The last priority that got an open seat; null if no one did. */
  lastOpen: Priority | null
  /** By reserved trait, the last priority its reserve let in; null if no one. */
  lastReserved: Record<string, Priority | null>
}

/** The whole result; assignments and runs in order of id. */
export interface Allocation {
  round: string
  assignments: Assignment[]
  runs: RunOutcome[]
  digest: string
}

/**
 * Gives out the places of a round: the stable outcome that is best for every member at once. Equal rounds give equal
 * results, whatever the order of runs, members and traits. Expects a round as `readRound` returns it: ids unique, lists
 * naming runs of the round once each, reserves within capacity.
 */
export function allocate({ round, seed, runs: given, members: unsorted }: Round): Allocation {
  const runs = [...given].sort((a, b) => byText(a.id, b.id))
  const members = [...unsorted].sort((a, b) => byText(a.id, b.id))
  const numbers = members.map(({ id }) => lotteryNumber(seed, round, id))
  const order = priorityOrder(members, numbers)
  const market = marketOf(runs, members, order)
  const outcome = deferredAcceptance(market)
  const assignments = assignmentsOf(members, numbers, order, runs, outcome)
  const outcomes = runOutcomes(
    market,
    outcome,
    (p) => members[order[p]!]!,
    (p) => numbers[order[p]!]!,
  )
  return { round, assignments, runs: outcomes, digest: digestOf(canonicalOutcome(round, assignments, outcomes)) }
}

/** Everything above the digest as canonical JSON, in pieces. */
export function* canonicalOutcome(
  round: string,
  assignments: readonly Assignment[],
  runs: readonly RunOutcome[],
): Generator<string> {
  yield '{"assignments":'
  yield* canonicalList(assignments)
  yield `,"round":${canonical([round]).slice(1, -1)},"runs":`
  yield* canonicalList(runs)
  yield '}'
}

function assignmentsOf(
  members: readonly Member[],
  numbers: readonly string[],
  order: Uint32Array,
  runs: readonly Run[],
  outcome: Outcome,
): Assignment[] {
  const got = new Int32Array(members.length)
  order.forEach((member, p) => (got[member] = outcome.run[p]!))
  return members.map(({ id, preferences }, m) => {
    const run = got[m]! < 0 ? null : runs[got[m]!]!.id
    return { member: id, run, choice: run === null ? null : preferences.indexOf(run) + 1, number: numbers[m]! }
  })
}

function runOutcomes(
  { people, runs, from, list }: Market,
  outcome: Outcome,
  memberAt: (p: number) => Member,
  numberAt: (p: number) => string,
): RunOutcome[] {
  const priorityAt = (p: number): Priority | null => (p < 0 ? null : { band: memberAt(p).band, number: numberAt(p) })
  const outcomes = runs.map((run, r): RunOutcome => {
    const filling = outcome.fillings[r]!
    const traits = reservedTraits(run)
    const lastReserved = emptyRecord<Priority | null>()
    for (const trait of Object.keys(run.reserves).sort(byText))
      lastReserved[trait] = priorityAt(filling.lastReserved(traits.indexOf(trait)))
    return { id: run.id, held: [], waiting: [], lastOpen: priorityAt(filling.lastOpen), lastReserved }
  })
  for (let p = 0; p < people; p++) {
    const { id } = memberAt(p)
    let at = from[p]!
    for (; at < from[p + 1]! && list[at] !== outcome.run[p]; at++) outcomes[list[at]!]!.waiting.push(id)
    if (at < from[p + 1]!) outcomes[list[at]!]!.held.push(id)
  }
  return outcomes
}
