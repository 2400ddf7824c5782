/** Everything that a review's votes say: computed in full, kept up with new votes, and computed again from a warm start. */
import { seeded } from '#core/random'
import { componentsOf, meansOf, type Components } from './components.ts'
import { consensusOf, majorityOf, type Consensus } from './consensus.ts'
import { groupPeople, groupedPeople, type Groups } from './groups.ts'
import { heldOutOf, type HeldOut } from './held-out.ts'
import { nearest } from './k-means.ts'
import { namesOf } from './names.ts'
import { extremityOf, placer, positionsOf } from './positions.ts'
import { prioritiesOf } from './priorities.ts'
import { representativeOf, type Representative } from './representative.ts'
import { stabilityOf } from './stability.ts'
import { sumOf, tallyOf, tallyOfGroups, type Tally } from './tally.ts'
import { ballotsOf, votesOf, withVotes, type Ballots, type Votes } from './votes.ts'

/** Changes with anything that could change a result; stored beside each result so that it can be computed again. */
export const engineVersion = 'opinion 1'

/** What the votes alone do not say. Lists may be shorter than the statements there are; the rest count as 0. */
export interface Settings {
  /** Any text; the same votes and seed give the same result to the byte. */
  seed: string
  /** 1 for each statement moderated out: zeroed, and left out of every list. */
  moderatedOut?: Uint8Array
  /** 1 for each statement about the people and not the question: zeroed, but still asked. */
  meta?: Uint8Array
  /** Groups from elsewhere: statistics are computed for them and no one is grouped. −1 for a person in none. */
  given?: { group: Int16Array; ids: number[] }
  /** Find exactly so many groups, however small or unclear. */
  groups?: number
}

/** A result. People and statements are numbers; lists are by person or by statement. */
export interface Opinion extends Statistics {
  settings: Settings
  ballots: Ballots
  grouped: Uint32Array
  groups: Groups
  components: Components
  /** x and y for each person, in pairs. */
  positions: Float64Array
  extremity: Float64Array
  /** The mean adjusted Rand index of the groups over samples; null where there is nothing to compare. */
  stability: number | null
  heldOut: HeldOut | null
  /** How many votes have come since components, extremity, grouping, stability and held-out score were computed. */
  votesSince: number
}

/** What follows from counts and groups, and is always up to date. */
interface Statistics {
  /** Everyone's votes. */
  tally: Tally
  groupTallies: Tally[]
  means: Float64Array
  /** For each group in the order of `groups.ids`. */
  representative: Representative[][]
  majority: { agree: number[]; disagree: number[] }
  consensus: Consensus[]
  priorities: Float64Array
}

/** The full result of these votes. Throws RangeError on votes out of range. */
export const computeOpinion = (votes: Votes, settings: Settings): Opinion => run(ballotsOf(votes), settings)

/**
 * The full result again, from a warm start: the last components are where the search begins and give the signs, once grouped
 * is always grouped, groups keep their names, and another number of groups waits until it has won four times running.
 * Everything else is what `computeOpinion` would give, positions and components to 1e-6.
 */
export const recomputeOpinion = (last: Opinion, settings: Settings = last.settings): Opinion =>
  run(last.ballots, settings, last)

/**
 * The result with more votes, each later than those before it, at the cost of counting them: counts, means, representative
 * statements, majority, consensus and priorities are exact for the groups as they stand. Kept from the last computation are
 * components, extremity, scores, and the groups and positions of people who cast no vote now; voters get a new
 * position along the kept components about the new means, and newcomers join the group whose middle is nearest.
 */
export function addVotes(last: Opinion, votes: Votes): Opinion {
  const more = ballotsOf(votes)
  const ballots = withVotes(last.ballots, more)
  const { statements } = ballots
  const zeroed = zeroedOf(last.settings, statements)
  const voters = Array.from({ length: more.people }, (_, i) => i).filter((i) => votesOf(more, i) > 0)

  const tally = longer(last.tally, statements * 3)
  for (const person of voters) recount(tally, last.ballots, ballots, person)
  const components = [longer(last.components[0], statements), longer(last.components[1], statements)] as const
  const means = meansOf(tally, zeroed)
  const positions = longer(last.positions, ballots.people * 2)
  const place = placer(ballots, means, zeroed, components)
  for (const person of voters) place(person, positions)

  const group = new Int16Array(ballots.people).fill(-1)
  group.set(last.groups.group)
  const groupTallies = last.groupTallies.map((before) => longer(before, statements * 3))
  const middles = middlesOf(last)
  const grouped = last.settings.given ? last.grouped : groupedPeople(ballots, group)
  for (const person of voters) {
    const own = groupTallies[group[person]!]
    if (own) recount(own, last.ballots, ballots, person)
  }
  for (const person of grouped) {
    if (group[person]! >= 0 || middles.length === 0) continue
    group[person] = nearest(middles, positions[person * 2]!, positions[person * 2 + 1]!)
    recount(groupTallies[group[person]]!, null, ballots, person)
  }
  const extremity = longer(last.extremity, statements)
  return {
    ...last,
    ...statisticsOf(tally, groupTallies, means, extremity, zeroed, last.settings),
    ballots,
    grouped,
    groups: { ...last.groups, group },
    components,
    positions,
    extremity,
    votesSince: last.votesSince + more.code.length,
  }
}

function run(ballots: Ballots, settings: Settings, last?: Opinion): Opinion {
  const zeroed = zeroedOf(settings, ballots.statements)
  const tally = tallyOf(ballots)
  const means = meansOf(tally, zeroed)
  const components = componentsOf(ballots, means, zeroed, last?.components)
  const positions = positionsOf(ballots, means, zeroed, components)
  const extremity = extremityOf(means, components)
  const { groups, grouped } = groupsOf(ballots, positions, settings, last?.groups)
  const groupTallies = tallyOfGroups(ballots, groups.group, groups.ids.length)
  const draw = (stage: string) => seeded(`${settings.seed}: ${stage}`)
  return {
    settings,
    ballots,
    grouped,
    groups,
    components,
    positions,
    extremity,
    ...statisticsOf(tally, groupTallies, means, extremity, zeroed, settings),
    stability: settings.given ? null : stabilityOf(ballots, zeroed, grouped, groups, draw('stability')),
    heldOut: heldOutOf(ballots, zeroed, grouped, groups, Boolean(settings.given), draw('held out')),
    votesSince: 0,
  }
}

function groupsOf(ballots: Ballots, positions: Float64Array, settings: Settings, last?: Groups) {
  const group = new Int16Array(ballots.people).fill(-1)
  if (settings.given) {
    group.set(settings.given.group.subarray(0, ballots.people))
    const grouped = Uint32Array.from([...group.keys()].filter((i) => group[i]! >= 0))
    const { ids } = settings.given
    return { grouped, groups: { group, ids, choice: { groups: ids.length, rival: 0, wins: 0 } } }
  }
  const grouped = groupedPeople(ballots, last?.group)
  const zeroed = zeroedOf(settings, ballots.statements)
  const random = seeded(`${settings.seed}: groups`)
  const { label, choice } = groupPeople(
    { ballots, zeroed, people: grouped, positions },
    random,
    settings.groups,
    last?.choice,
  )
  const names = namesOf(label, grouped, grouped.length ? Math.max(...new Set(label)) + 1 : 0, last)
  const ids = names.toSorted((a, b) => a - b)
  grouped.forEach((person, at) => (group[person] = ids.indexOf(names[label[at]!]!)))
  return { grouped, groups: { group, ids, choice } }
}

function statisticsOf(
  tally: Tally,
  groupTallies: Tally[],
  means: Float64Array,
  extremity: Float64Array,
  zeroed: Uint8Array,
  settings: Settings,
): Statistics {
  const statements = means.length
  return {
    tally,
    groupTallies,
    means,
    representative: representativeOf(groupTallies, filled(settings.moderatedOut, statements)),
    majority: majorityOf(tally, zeroed),
    consensus: consensusOf(groupTallies, statements),
    priorities: prioritiesOf(sumOf(groupTallies, statements), extremity, filled(settings.meta, statements)),
  }
}

function zeroedOf({ moderatedOut, meta }: Settings, statements: number): Uint8Array {
  const zeroed = filled(moderatedOut, statements)
  filled(meta, statements).forEach((isMeta, j) => (zeroed[j] ||= isMeta))
  return zeroed
}

const filled = (marks: Uint8Array | undefined, statements: number): Uint8Array =>
  Uint8Array.from({ length: statements }, (_, j) => (marks?.[j] ? 1 : 0))

function longer<Numbers extends Float64Array | Uint32Array>(list: Numbers, length: number): Numbers {
  const copy = new (list.constructor as new (length: number) => Numbers)(length)
  copy.set(list)
  return copy
}

/** Takes a person's votes before out of a tally, and puts those after in. */
function recount(tally: Tally, before: Ballots | null, after: Ballots, person: number): void {
  if (before && person < before.people)
    for (let at = before.start[person]!; at < before.start[person + 1]!; at++) tally[before.code[at]!]!--
  for (let at = after.start[person]!; at < after.start[person + 1]!; at++) tally[after.code[at]!]!++
}

/** The middle of each group, in pairs. */
function middlesOf({ groups, grouped, positions }: Opinion): Float64Array {
  const middles = new Float64Array(groups.ids.length * 2)
  const sizes = new Float64Array(groups.ids.length)
  for (const person of grouped) {
    const g = groups.group[person]!
    sizes[g]!++
    middles[g * 2]! += positions[person * 2]!
    middles[g * 2 + 1]! += positions[person * 2 + 1]!
  }
  return middles.map((sum, at) => sum / sizes[at >> 1]!)
}
