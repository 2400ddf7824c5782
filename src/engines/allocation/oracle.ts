/** The rule by brute force, straight from its definition, for tiny rounds: what the tests hold the engine against. */
import type { Member, Round, Run, Seats } from './round.ts'

/** ν: the most people who can sit in reserved seats at once, each in one seat of a trait they have; by trying everything. */
export function mostSeated(people: readonly Pick<Member, 'traits'>[], seats: Readonly<Record<string, number>>): number {
  const [first, ...others] = people
  if (!first) return 0
  let most = mostSeated(others, seats)
  for (const trait of first.traits)
    if ((seats[trait] ?? 0) > 0) most = Math.max(most, 1 + mostSeated(others, { ...seats, [trait]: seats[trait]! - 1 }))
  return most
}

/** The choice of one run, read off the three steps of the rule; `people` in order of priority. */
export function chooseByDefinition<Someone extends { traits: readonly string[] }>(
  run: Seats,
  people: readonly Someone[],
): { reserved: Someone[]; held: Someone[] } {
  const reserved: Someone[] = []
  for (const person of people)
    if (
      reserved.length < run.capacity &&
      mostSeated([...reserved, person], run.reserves) > mostSeated(reserved, run.reserves)
    )
      reserved.push(person)
  const held = new Set(reserved)
  for (const person of people) if (held.size < run.capacity) held.add(person)
  return { reserved, held: people.filter((person) => held.has(person)) }
}

/** Who has what: by member id a run id or null. */
export type Places = ReadonlyMap<string, string | null>

/** How much a member likes a run: 0 their first choice, the length of their list no run at all. */
export const rankOf = ({ preferences }: Member, run: string | null): number =>
  run === null ? preferences.length : preferences.indexOf(run)

/** Whether no run would rather have others, and no member and run would rather have each other; `queue` by priority. */
export function isStable(runs: readonly Run[], queue: readonly Member[], places: Places): boolean {
  return runs.every((run) => {
    const held = queue.filter(({ id }) => places.get(id) === run.id)
    if (chooseByDefinition(run, held).held.length < held.length) return false
    return queue.every((member) => {
      const wants = member.preferences.includes(run.id)
      if (!wants || rankOf(member, places.get(member.id)!) <= rankOf(member, run.id)) return true
      const asked = queue.filter((other) => other === member || held.includes(other))
      return !chooseByDefinition(run, asked).held.includes(member)
    })
  })
}

/** Every stable outcome of a round, found by trying every way to give out places. */
export function allStable({ runs }: Pick<Round, 'runs'>, queue: readonly Member[]): Places[] {
  const found: Places[] = []
  const left = new Map(runs.map(({ id, capacity }) => [id, capacity]))
  const places = new Map<string, string | null>()
  const give = (at: number): void => {
    const member = queue[at]
    if (!member) {
      if (isStable(runs, queue, places)) found.push(new Map(places))
      return
    }
    for (const run of [...member.preferences, null]) {
      if (run !== null && left.get(run) === 0) continue
      if (run !== null) left.set(run, left.get(run)! - 1)
      places.set(member.id, run)
      give(at + 1)
      if (run !== null) left.set(run, left.get(run)! + 1)
    }
  }
  give(0)
  return found
}

/** Every ordered list of some of these runs, the empty one among them. */
export const allLists = (runs: readonly string[]): string[][] => [
  [],
  ...runs.flatMap((run) => allLists(runs.filter((other) => other !== run)).map((rest) => [run].concat(rest))),
]

/** A rule that fills reserves trait by trait, in order, before the open seats: what the engine must not do. */
export function chooseTraitByTrait<Someone extends { traits: readonly string[] }>(
  run: Seats,
  people: readonly Someone[],
): Someone[] {
  const held = new Set<Someone>()
  for (const [trait, seats] of Object.entries(run.reserves))
    for (const person of people.filter((one) => !held.has(one) && one.traits.includes(trait)).slice(0, seats))
      held.add(person)
  for (const person of people) if (held.size < run.capacity) held.add(person)
  return people.filter((person) => held.has(person))
}

/** Deferred acceptance in rounds, as the textbook has it, for runs that know nothing but priority. */
export function plainDeferredAcceptance(runs: readonly Run[], queue: readonly Member[]): Places {
  const refusals = new Map(queue.map(({ id }) => [id, 0]))
  for (;;) {
    const asked = Map.groupBy(queue, ({ id, preferences }) => preferences[refusals.get(id)!])
    const refused = runs.flatMap(({ id, capacity }) => (asked.get(id) ?? []).slice(capacity))
    if (refused.length === 0)
      return new Map(queue.map(({ id, preferences }) => [id, preferences[refusals.get(id)!] ?? null]))
    for (const { id } of refused) refusals.set(id, refusals.get(id)! + 1)
  }
}
