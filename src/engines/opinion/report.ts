/** A result as the JSON that the command prints and the API gives. */
import type { Opinion } from './opinion.ts'
import type { Representative } from './representative.ts'

/** The result with ids in place of numbers; every list in order of id, but for ranked ones, and without statements moderated out. */
export interface OpinionReport {
  people: number
  grouped: number
  statements: number
  votes: number
  /** One loading, and one mean, for each statement in `priorities`, in that order. */
  components: [number[], number[]]
  means: number[]
  groups: {
    id: number | string
    size: number
    members: string[]
    representative: (Omit<Representative, 'statement' | 'probabilityTest'> & { statement: string })[]
  }[]
  /** Strongest first. */
  majority: { agree: string[]; disagree: string[] }
  consensus: { statement: string; value: number; disagree: number; mean: number; low: number }[]
  priorities: { statement: string; value: number; extremity: number }[]
  /** `group` is null for a person who is not grouped. */
  positions: { person: string; x: number; y: number; group: number | string | null }[]
  stability: number | null
  heldOut: { groups: number | null; everyone: number | null }
}

/** The report of a result whose people, statements and (unless they are numbers already) groups have these ids. */
export function reportOf(
  opinion: Opinion,
  people: readonly string[],
  statements: readonly string[],
  groupNames: readonly (number | string)[] = opinion.groups.ids,
): OpinionReport {
  const { ballots, groups, positions, means, components } = opinion
  const listed = [...statements.keys()].filter((j) => !opinion.settings.moderatedOut?.[j])
  const pick = (numbers: Float64Array): number[] => listed.map((j) => plain(numbers[j]!))
  const members = groupNames.map((): string[] => [])
  for (const person of opinion.grouped) members[groups.group[person]!]!.push(people[person]!)
  return {
    people: ballots.people,
    grouped: opinion.grouped.length,
    statements: ballots.statements,
    votes: ballots.code.length,
    components: [pick(components[0]), pick(components[1])],
    means: pick(means),
    groups: groupNames.map((id, g) => ({
      id,
      size: members[g]!.length,
      members: members[g]!,
      representative: opinion.representative[g]!.map((r) => ({
        statement: statements[r.statement]!,
        side: r.side,
        agrees: r.agrees,
        disagrees: r.disagrees,
        seen: r.seen,
        probability: r.probability,
        repness: r.repness,
        test: r.test,
      })),
    })),
    majority: {
      agree: opinion.majority.agree.map((j) => statements[j]!),
      disagree: opinion.majority.disagree.map((j) => statements[j]!),
    },
    consensus: listed.map((j) => {
      const { value, disagree, mean, low } = opinion.consensus[j]!
      return { statement: statements[j]!, value, disagree, mean, low }
    }),
    priorities: listed.map((j) => ({
      statement: statements[j]!,
      value: opinion.priorities[j]!,
      extremity: plain(opinion.extremity[j]!),
    })),
    positions: people.map((person, i) => ({
      person,
      x: plain(positions[i * 2]!),
      y: plain(positions[i * 2 + 1]!),
      group: groupNames[groups.group[i]!] ?? null,
    })),
    stability: opinion.stability,
    heldOut: opinion.heldOut ?? { groups: null, everyone: null },
  }
}

/** No minus before a zero. */
const plain = (x: number): number => (x === 0 ? 0 : x)
