/**
 * A reader bent on working out what is hidden, who sees only what is published and knows the rule. They try every table,
 * number by number; nothing here knows how the engine decides. For tiny tables.
 */
import type { Figure, Published, Row } from './table.ts'

/** A figure of a published table: a row (−1 the total), and which of its figures. */
export interface Place {
  row: number
  figure: number | 'answered' | 'asked'
}

type Range = [least: number, greatest: number]

/** The greatest number the reader tries where nothing they see sets a limit. */
const farEnough = 56

/** Every hidden figure of a published table. */
export function hiddenPlaces({ groups, total }: Published): Place[] {
  const inRow = ({ asked, answered, counts }: Row, row: number): Place[] => [
    ...(asked?.hidden ? [{ row, figure: 'asked' as const }] : []),
    ...(answered.hidden ? [{ row, figure: 'answered' as const }] : []),
    ...counts.flatMap(({ hidden }, figure) => (hidden ? [{ row, figure }] : [])),
  ]
  return [...groups.flatMap(inRow), ...(total ? inRow(total, -1) : [])]
}

/** Whether the reader can imagine a table that looks just like this one, in which a figure is so large. */
export function canBe(published: Published, place: Place, value: number): boolean {
  const fixed = (row: number, figure: Place['figure'], range: Range): Range =>
    place.row === row && place.figure === figure ? [Math.max(value, range[0]), Math.min(value, range[1])] : range
  const rangesOf = (row: Row, r: number) => ({
    counts: row.counts.map((figure, a) => fixed(r, a, rangeOf(figure, r >= 0))),
    answered: fixed(r, 'answered', baseRange(row)),
    asked: row.asked && fixed(r, 'asked', rangeOf(row.asked, false)),
  })
  const groups = published.groups.map(rangesOf)
  const total = published.total && rangesOf(published.total, -1)
  const columns = published.answers.map((_, a) => total?.counts[a] ?? anything)
  return exists({ groups, columns, answered: total?.answered ?? anything, asked: total?.asked ?? anything })
}

const anything: Range = [0, Number.POSITIVE_INFINITY]

/** What one figure says for itself. A hidden total says nothing. */
function rangeOf({ count, hidden }: Figure, isInside: boolean): Range {
  if (hidden === 'few') return [0, 9]
  if (count === null) return isInside ? [10, farEnough] : [0, Number.POSITIVE_INFINITY]
  const alike = [-2, -1, 0, 1, 2].map((by) => count + by).filter((n) => n >= 10 && Math.round(n / 5) * 5 === count)
  return [alike[0]!, alike.at(-1)!]
}

/** How many answered: that percentages are shown tells that there are 25 or more; that they are missing, fewer. */
function baseRange({ answered, percentages }: Row): Range {
  const [least, greatest] = rangeOf(answered, false)
  if (percentages === 'shown') return [Math.max(least, 25), greatest]
  return percentages === 'small base' ? [least, Math.min(greatest, 24)] : [least, greatest]
}

/** How many values, counted outwards from the true one and no further than `enough`, the reader cannot rule out. */
export function valuesLeft(published: Published, place: Place, truth: number, enough: number): number {
  let left = 1
  for (let value = truth + 1; left < enough && canBe(published, place, value); value++) left++
  for (let value = truth - 1; left < enough && value >= 0 && canBe(published, place, value); value--) left++
  return left
}

interface Ranges {
  groups: { counts: Range[]; answered: Range; asked: Range | null }[]
  columns: Range[]
  answered: Range
  asked: Range
}

/** Tries every number for every count in turn, gives up on a beginning that no end can fit, and remembers those. */
function exists({ groups, columns, answered, asked }: Ranges): boolean {
  const cells = groups.flatMap(({ counts }, g) => counts.map((range, a) => ({ g, a, range })))
  /** What the cells from a place on add to their row, their column and everything, at least and at most. */
  const rest = cells.map((cell, at) => {
    const later = cells.slice(at + 1)
    const some = (some: typeof cells): Range => [
      sumOf(some.map(({ range }) => range[0])),
      sumOf(some.map(({ range }) => range[1])),
    ]
    return {
      row: some(later.filter(({ g }) => g === cell.g)),
      column: some(later.filter(({ a }) => a === cell.a)),
      all: some(later),
    }
  })
  if (cells.some(({ range }) => range[0] > range[1])) return false
  const columnSums = columns.map(() => 0)
  const hopeless = new Set<string>()
  const tryFrom = (at: number, rowSum: number, fewestAsked: number): boolean => {
    const cell = cells[at]
    if (!cell) return groups[0]!.asked === null || (fewestAsked <= asked[1] && mostAsked >= asked[0])
    const key = `${at} ${rowSum} ${fewestAsked} ${columnSums.join(' ')}`
    if (hopeless.has(key)) return false
    for (let n = cell.range[0]; n <= cell.range[1]; n++) if (tryCell(at, n, rowSum + n, fewestAsked)) return true
    hopeless.add(key)
    return false
  }
  const tryCell = (at: number, n: number, rowSum: number, fewestAsked: number): boolean => {
    const { g, a } = cells[at]!
    const { row, column, all } = rest[at]!
    const group = groups[g]!
    if (!canReach(rowSum, row, group.answered) || !canReach(columnSums[a]! + n, column, columns[a]!)) return false
    if (!canReach(sumOf(columnSums) + n, all, answered)) return false
    const isEndOfRow = a === columns.length - 1
    const inRow = Math.max(group.asked?.[0] ?? 0, rowSum)
    if (isEndOfRow && inRow > (group.asked?.[1] ?? Number.POSITIVE_INFINITY)) return false
    columnSums[a]! += n
    const isFound = isEndOfRow ? tryFrom(at + 1, 0, fewestAsked + inRow) : tryFrom(at + 1, rowSum, fewestAsked)
    columnSums[a]! -= n
    return isFound
  }
  const mostAsked = sumOf(groups.map((group) => group.asked?.[1] ?? 0))
  return tryFrom(0, 0, 0)
}

const canReach = (sum: number, rest: Range, [least, greatest]: Range): boolean =>
  sum + rest[0] <= greatest && sum + rest[1] >= least

const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
