/**
 * Every figure of a table, and how they add up: each is an arc of a network in which as much flows into every node as
 * out of it. All asked → those asked in a group → those who answered → their answers → all with an answer → all who
 * answered → all asked. What a reader cannot rule out is then a question of flows.
 */
import { smallestBase, step, sum, threshold, type Counts, type Group, type Reason } from './table.ts'

/** What kind of figure: in order of how readily it is hidden to protect another. `unasked`: never published. */
export const kinds = [
  'count',
  'shared count',
  'answer total',
  'answered',
  'asked',
  'all answered',
  'all asked',
  'unasked',
] as const
export type Kind = (typeof kinds)[number]

/** One figure; `hidden` changes from null to a reason, never back. */
export interface Arc {
  kind: Kind
  from: number
  to: number
  value: number
  hidden: Reason | null
  /** Whether the reader knows if there are at least 25: true of bases, by whether percentages are shown. */
  isBase: boolean
}

export interface Figures {
  nodes: number
  arcs: Arc[]
  /** Arcs by group and answer. */
  counts: Arc[][]
  answered: Arc[]
  /** Empty where it is not known who was asked. */
  asked: Arc[]
  /** By answer, all groups together; never published where there is one group. */
  totals: Arc[]
  allAnswered: Arc
  allAsked: Arc
  /** The figures of the other kind of groups, where there is one. */
  also?: Pick<Figures, 'counts' | 'answered' | 'asked'>
}

/** The figures of a table: nothing hidden yet but counts below the threshold and totals below it. */
export function figuresOf({ answers, groups, also }: Counts): Figures {
  if (also) return twofold({ answers, groups, also })
  const isWhole = groups.length > 1
  const knowsAsked = groups[0]!.asked !== undefined
  const [hub, askedIn, answeredIn] = [0, (g: number) => 1 + g, (g: number) => 1 + groups.length + g]
  const answer = (a: number) => 1 + 2 * groups.length + a
  const [gathered, whole, silent] = [0, 1, 2].map((i) => 1 + 2 * groups.length + answers.length + i) as [
    number,
    number,
    number,
  ]
  const all = (from: number, to: number, value: number, kind: Kind): Arc =>
    arcOf(from, to, value, isWhole ? kind : 'unasked')
  const answeredOf = groups.map(({ counts }) => sum(counts))
  const askedOf = groups.map(({ asked }, g) => asked ?? answeredOf[g]!)
  const figures = {
    counts: groups.map(({ counts }, g) => counts.map((n, a) => arcOf(answeredIn(g), answer(a), n, 'count'))),
    answered: groups.map((_, g) => arcOf(knowsAsked ? askedIn(g) : hub, answeredIn(g), answeredOf[g]!, 'answered')),
    asked: knowsAsked ? groups.map((_, g) => arcOf(hub, askedIn(g), askedOf[g]!, 'asked')) : [],
    totals: answers.map((_, a) =>
      all(answer(a), gathered, sum(groups.map(({ counts }) => counts[a]!)), 'answer total'),
    ),
    allAnswered: all(gathered, whole, sum(answeredOf), 'all answered'),
    allAsked: arcOf(whole, hub, sum(askedOf), isWhole && knowsAsked ? 'all asked' : 'unasked'),
  }
  const unanswered = knowsAsked
    ? groups.map((_, g) => arcOf(askedIn(g), silent, askedOf[g]! - answeredOf[g]!, 'unasked'))
    : []
  const allSilent = arcOf(silent, whole, sum(askedOf) - sum(answeredOf), 'unasked')
  const { counts, answered, asked, totals, allAnswered, allAsked } = figures
  const arcs = [...counts.flat(), ...totals, ...answered, ...asked, allAnswered, allAsked, ...unanswered, allSilent]
  return { nodes: silent + 1, arcs, ...figures }
}

/**
 * Groups of two kinds, of the same people: whoever flows from a group of the one kind into an answer flows on into a group
 * of the other, and so do those without an answer. How many answered and were asked in all are no figures of their own
 * here: what is shown of them is added up from what is shown.
 */
function twofold({ answers, groups, also }: Required<Counts>): Figures {
  const knowsAsked = groups[0]!.asked !== undefined
  let nodes = 1
  const make = (count: number): number[] => Array.from({ length: count }, () => nodes++)
  const hub = 0
  const [given, counted] = [make(answers.length), make(answers.length)]
  const [silent, silentToo] = [make(1)[0]!, make(1)[0]!]
  const side = (kind: readonly Group[], answer: readonly number[], quiet: number, isOnward: boolean) => {
    const [askedIn, answeredIn] = [make(kind.length), make(kind.length)]
    const arc = (from: number, to: number, value: number, what: Kind): Arc =>
      isOnward ? arcOf(from, to, value, what) : arcOf(to, from, value, what)
    const answeredOf = kind.map(({ counts }) => sum(counts))
    return {
      counts: kind.map(({ counts }, g) => counts.map((n, a) => arc(answeredIn[g]!, answer[a]!, n, 'shared count'))),
      answered: kind.map((_, g) => arc(knowsAsked ? askedIn[g]! : hub, answeredIn[g]!, answeredOf[g]!, 'answered')),
      asked: knowsAsked ? kind.map(({ asked }, g) => arc(hub, askedIn[g]!, asked!, 'asked')) : [],
      silent: knowsAsked ? kind.map(({ asked }, g) => arc(askedIn[g]!, quiet, asked! - answeredOf[g]!, 'unasked')) : [],
    }
  }
  const one = side(groups, given, silent, true)
  const other = side(also, counted, silentToo, false)
  const totals = answers.map((_, a) =>
    arcOf(given[a]!, counted[a]!, sum(groups.map(({ counts }) => counts[a]!)), 'answer total'),
  )
  const allSilent = arcOf(silent, silentToo, sum(one.silent.map(({ value }) => value)), 'unasked')
  // never on the network: only added up from what is shown
  const allAnswered = arcOf(hub, hub, sum(totals.map(({ value }) => value)), 'unasked')
  const allAsked = arcOf(hub, hub, sum(one.asked.map(({ value }) => value)), 'unasked')
  const sides = [one, other]
  const arcs = [
    ...sides.flatMap(({ counts }) => counts.flat()),
    ...totals,
    ...sides.flatMap(({ answered, asked, silent: quiet }) => [...answered, ...asked, ...quiet]),
    allSilent,
  ]
  return { nodes, arcs, ...one, totals, allAnswered, allAsked, also: other }
}

function arcOf(from: number, to: number, value: number, kind: Kind): Arc {
  const isSmall = kind !== 'unasked' && value < threshold
  return {
    kind,
    from,
    to,
    value,
    hidden: isSmall ? reasonFor(kind, value) : null,
    isBase: kind === 'answered' || kind === 'all answered',
  }
}

/**
 * The reason under which a figure is hidden: only a count inside a single table may say that it is small. In two tables of
 * the same people, small counts of the one and large counts of the other could otherwise close in on a third.
 */
export function reasonFor(kind: Kind, value: number): Reason {
  if (kind === 'shared count') return 'either'
  return kind === 'count' && value < threshold ? 'few' : 'protects'
}

/** A count as it is published: the nearest multiple of 5. */
export const rounded = (value: number): number => step * Math.round(value / step)

/** The same if it were hidden. */
export const boundsIfHidden = (arc: Arc): [least: number, greatest: number] =>
  boundsOf({ ...arc, hidden: reasonFor(arc.kind, arc.value) })

/** The least and the greatest that a figure can be for a reader who knows the rule, from this figure alone. */
export function boundsOf({ kind, value, hidden, isBase }: Arc): [least: number, greatest: number] {
  if (kind === 'unasked') return [0, Number.POSITIVE_INFINITY]
  if (hidden === 'few') return [0, threshold - 1]
  if (hidden === 'either') return [0, Number.POSITIVE_INFINITY]
  if (hidden === 'protects') return [kind === 'count' ? threshold : 0, Number.POSITIVE_INFINITY]
  const [least, greatest] = [Math.max(threshold, rounded(value) - 2), rounded(value) + 2]
  if (!isBase || least >= smallestBase || greatest < smallestBase) return [least, greatest]
  return value >= smallestBase ? [smallestBase, greatest] : [least, smallestBase - 1]
}
