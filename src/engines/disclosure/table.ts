/** A table of counts as it is known inside, and as it may be published. */

/** Each person of a group gave exactly one of the answers, or none. The last group and the last answer are the first to be hidden. */
export interface Counts {
  answers: readonly string[]
  groups: readonly Group[]
  /** The same people in groups of another kind, so that both tables are protected as one: by region, and by how far they took part. */
  also?: readonly Group[]
}

/** A region, a programme, or everyone; `counts` in the order of the answers. */
export interface Group {
  name: string
  /** How many were asked, those who did not answer among them. Given for every group, or for none. */
  asked?: number
  counts: readonly number[]
}

/**
 * Why a figure is hidden. `few`: it counts fewer than 10 people. `protects`: another figure could be worked out from it.
 * A total is always hidden as `protects`, and a count in two tables of the same people as `either`, so that the reason says
 * nothing of its size.
 */
export type Reason = 'few' | 'protects' | 'either'

/** One figure: either a count, rounded to 5, or why it is hidden. */
export interface Figure {
  count: number | null
  hidden: Reason | null
}

/** A figure in a row, with what percentage it is of those who answered. */
export interface Share extends Figure {
  /** Whole per cent; null where the figure is hidden or the row has no percentages. */
  percent: number | null
}

export interface Row {
  /** Null where it was not given. */
  asked: Figure | null
  answered: Figure
  counts: Share[]
  /** `small base`: fewer than 25 answered. `hidden base`: how many answered is hidden. */
  percentages: 'shown' | 'small base' | 'hidden base'
}

/** The table to publish. `total` is all groups together; null where there is one group, which is the total. */
export interface Published {
  answers: string[]
  groups: (Row & { name: string })[]
  total: Row | null
  /** The same people in groups of another kind, where they were given. `total` is then the total of both. */
  also?: (Row & { name: string })[]
}

/** A count below this is hidden, 0 included; and of any hidden figure at least so many values stay possible. */
export const threshold = 10
/** Counts are rounded to a multiple of this. */
export const step = 5
/** Percentages need at least so many answers. */
export const smallestBase = 25

/** Throws a RangeError, naming the place, where counts are not a table of people. */
export function expectTable({ answers, groups, also }: Counts): void {
  if (answers.length === 0 || groups.length === 0)
    throw new RangeError('a table needs at least one answer and one group')
  let people = 0
  groups.forEach(({ asked, counts }, g) => {
    if (counts.length !== answers.length)
      throw new RangeError(`groups[${g}]: there are ${counts.length} counts for ${answers.length} answers`)
    counts.forEach((count, a) => expectCount(count, `groups[${g}].counts[${a}]`))
    const answered = sum(counts)
    if ((asked === undefined) !== (groups[0]!.asked === undefined))
      throw new RangeError(`groups[${g}]: “asked” should be given for every group, or for none`)
    if (asked !== undefined) expectCount(asked, `groups[${g}].asked`)
    if (asked !== undefined && asked < answered)
      throw new RangeError(`groups[${g}]: ${answered} answered, but only ${asked} were asked`)
    people += asked ?? answered
  })
  if (!Number.isSafeInteger(people)) throw new RangeError('the table counts more people than can be counted exactly')
  if (also) expectSame(groups, also, answers)
}

/** Throws where groups of two kinds are not of the same people. */
function expectSame(groups: readonly Group[], also: readonly Group[], answers: readonly string[]): void {
  expectTable({ answers, groups: also })
  if ((groups[0]!.asked === undefined) !== (also[0]!.asked === undefined))
    throw new RangeError('“asked” should be given for both kinds of groups, or for neither')
  const all = (kind: readonly Group[], of: (group: Group) => number): number => sum(kind.map(of))
  if (all(groups, ({ asked }) => asked ?? 0) !== all(also, ({ asked }) => asked ?? 0))
    throw new RangeError('the two kinds of groups are not of the same people: asked')
  answers.forEach((answer, a) => {
    if (all(groups, ({ counts }) => counts[a]!) !== all(also, ({ counts }) => counts[a]!))
      throw new RangeError(`the two kinds of groups are not of the same people: ${answer}`)
  })
}

function expectCount(count: number, at: string): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${at}: ${count} is not a count of people`)
}

export const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0)
