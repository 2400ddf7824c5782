/** Two tables of the same people, protected as one: tried by a reader who tries every pair of tables that look like these. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { figuresOf, rounded } from './figures.ts'
import { Attack } from './attack.ts'
import { always } from './made-up.ts'
import { publish } from './publish.ts'
import { threshold, type Counts, type Figure, type Published, type Row } from './table.ts'

const stages = ['none', 'place', 'finished']

/** People by group, other group and answer: two groups of each kind, two answers; and how many of each pair said nothing. */
const anyPeople = fc.record({
  cells: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.nat({ max: 7 }) },
      { weight: 3, arbitrary: fc.integer({ min: 8, max: 16 }) },
      { weight: 1, arbitrary: fc.integer({ min: 17, max: 24 }) },
    ),
    { minLength: 8, maxLength: 8 },
  ),
  silent: fc.option(fc.array(fc.nat({ max: 12 }), { minLength: 4, maxLength: 4 })),
})

function countsOf({ cells, silent }: { cells: number[]; silent: number[] | null }): Counts {
  const at = (g: number, s: number, a: number): number => cells[g * 4 + s * 2 + a]!
  const quiet = (g: number, s: number): number => silent?.[g * 2 + s] ?? 0
  const group = (name: string, of: (a: number) => number, silence: number) => {
    const counts = [of(0), of(1)]
    return { name, counts, ...(silent ? { asked: counts[0]! + counts[1]! + silence } : {}) }
  }
  return {
    answers: ['yes', 'no'],
    groups: [0, 1].map((g) => group(`region ${g}`, (a) => at(g, 0, a) + at(g, 1, a), quiet(g, 0) + quiet(g, 1))),
    also: [0, 1].map((s) => group(stages[s]!, (a) => at(0, s, a) + at(1, s, a), quiet(0, s) + quiet(1, s))),
  }
}

type Range = [least: number, greatest: number]
const far = 56

/** What a figure says for itself to whoever knows the rule; nothing here is shared with the engine. */
function rangeOf({ count, hidden }: Figure, isInside: boolean): Range {
  if (hidden === 'few') return [0, 9]
  if (count === null) return [isInside && hidden !== 'either' ? 10 : 0, far * 2]
  const alike = [-2, -1, 0, 1, 2].map((by) => count + by).filter((n) => n >= 10 && Math.round(n / 5) * 5 === count)
  return [alike[0]!, alike.at(-1)!]
}

function baseRange({ answered, percentages }: Row): Range {
  const [least, greatest] = rangeOf(answered, false)
  if (percentages === 'shown') return [Math.max(least, 25), greatest]
  return percentages === 'small base' ? [least, Math.min(greatest, 24)] : [least, greatest]
}

interface Possible {
  yes: number
  no: number
}

/** Every pair of numbers that a row can hold. */
function rowsLike(row: Row): Possible[] {
  const [yes, no, base] = [rangeOf(row.counts[0]!, true), rangeOf(row.counts[1]!, true), baseRange(row)]
  const most = row.asked ? rangeOf(row.asked, false)[1] : Number.POSITIVE_INFINITY
  const found: Possible[] = []
  for (let y = yes[0]; y <= Math.min(yes[1], far); y++)
    for (let n = no[0]; n <= Math.min(no[1], far); n++)
      if (y + n >= base[0] && y + n <= base[1] && y + n <= most) found.push({ yes: y, no: n })
  return found
}

/** Every pair of rows of a table by its column sums, with how few and how many may have said nothing. */
function* tablesLike(rows: readonly Row[]) {
  const [first, second] = rows.map(rowsLike) as [Possible[], Possible[]]
  const silence = (row: Row, { yes, no }: Possible): Range => {
    if (!row.asked) return [0, 0]
    const [least, greatest] = rangeOf(row.asked, false)
    return [Math.max(0, least - yes - no), greatest - yes - no]
  }
  for (const one of first)
    for (const two of second) {
      const [a, b] = [silence(rows[0]!, one), silence(rows[1]!, two)]
      yield { one, two, key: (one.yes + two.yes) * 1000 + one.no + two.no, silent: [a[0] + b[0], a[1] + b[1]] as Range }
    }
}

/** By column sums, the ranges of silence met with them, widened: what lies between two that are possible is possible too. */
function sumsOf(rows: readonly Row[]): Map<number, Range> {
  const sums = new Map<number, Range>()
  for (const { key, silent } of tablesLike(rows)) {
    const known = sums.get(key)
    sums.set(key, known ? [Math.min(known[0], silent[0]), Math.max(known[1], silent[1])] : silent)
  }
  return sums
}

/** The values that the reader cannot rule out for each count of the first table. */
function valuesLeft(mine: readonly Row[], others: readonly Row[], total: Row): Set<number>[] {
  const [yes, no] = total.counts.map((figure) => rangeOf(figure, false)) as [Range, Range]
  const known = sumsOf(others)
  const left = [0, 1, 2, 3].map(() => new Set<number>())
  for (const { one, two, key, silent } of tablesLike(mine)) {
    const [y, n] = [one.yes + two.yes, one.no + two.no]
    const quiet = known.get(key)
    if (!quiet || y < yes[0] || y > yes[1] || n < no[0] || n > no[1]) continue
    if (quiet[0] > silent[1] || quiet[1] < silent[0]) continue
    ;[one.yes, one.no, two.yes, two.no].forEach((value, i) => left[i]!.add(value))
  }
  return left
}

test('every hidden count keeps ten possible values for a reader who holds both tables side by side', () => {
  let hidden = 0
  always(anyPeople, 60, (people) => {
    const counts = countsOf(people)
    const { groups, also, total } = publish(counts)
    for (const [mine, others, true_] of [
      [groups, also!, counts.groups],
      [also!, groups, counts.also!],
    ] as const) {
      const left = valuesLeft(mine, others, total!)
      mine.forEach((row, g) =>
        row.counts.forEach((figure, a) => {
          const values = left[g * 2 + a]!
          expect(values.has(true_[g]!.counts[a]!)).toBe(true)
          if (figure.hidden === null) return
          hidden++
          expect({ counts, g, a, left: Math.min(values.size, threshold) }).toEqual({ counts, g, a, left: threshold })
        }),
      )
    }
  })
  expect(hidden).toBeGreaterThan(150)
}, 120_000)

test('each table protected by itself would not do: the other gives it away', () => {
  let open = 0
  always(anyPeople, 60, (people) => {
    const counts = countsOf({ ...people, silent: null })
    const { answers, groups, also } = counts
    const [one, other] = [publish({ answers, groups }), publish({ answers, groups: also! })]
    // the total as the more open of the two tells it
    const total = [one, other].find((table) => table.total!.counts.every(({ hidden }) => hidden === null))?.total
    if (!total) return
    const left = valuesLeft(one.groups, other.groups, total)
    one.groups.forEach((row, g) =>
      row.counts.forEach((figure, a) => {
        if (figure.hidden !== null && left[g * 2 + a]!.size < threshold) open++
      }),
    )
  })
  expect(open).toBeGreaterThan(0)
})

test('what stands in the total is added up from what is shown, or hidden', () => {
  always(anyPeople, 200, (people) => {
    const counts = countsOf(people)
    const { groups, also, total } = publish(counts) as Required<Published>
    const shown = total!.counts.map(({ count }) => count)
    expect(total!.answered.count).toBe(shown.includes(null) ? null : shown.reduce((a, b) => a! + b!, 0))
    if (total!.percentages === 'shown')
      expect(counts.groups.reduce((sum, { counts: each }) => sum + each[0]! + each[1]!, 0)).toBeGreaterThanOrEqual(25)
    if (!people.silent) return
    const sums = [groups, also].map((rows) => rows.map(({ asked }) => asked!.count))
    const whole = sums.find((each) => !each.includes(null))
    expect(total!.asked!.count).toBe(whole ? whole.reduce((a, b) => a! + b!, 0) : null)
  })
})

test('the network holds the truth: as much flows into every node as out of it', () => {
  always(anyPeople, 100, (people) => {
    const figures = figuresOf(countsOf(people))
    const balance = new Map<number, number>()
    for (const { from, to, value } of figures.arcs) {
      balance.set(from, (balance.get(from) ?? 0) - value)
      balance.set(to, (balance.get(to) ?? 0) + value)
    }
    expect([...balance.values()].every((one) => one === 0)).toBe(true)
    expect(() => new Attack(figures)).not.toThrow()
  })
})

test('shows the same numbers as one table would, where nothing is small', () => {
  const large = (name: string, ...counts: number[]) => ({ name, counts, asked: 200 })
  const { groups, also, total } = publish({
    answers: ['yes', 'no'],
    groups: [large('a', 41, 52), large('b', 63, 74)],
    also: [large('none', 54, 76), large('place', 50, 50)],
  })
  expect(groups.map(({ counts }) => counts.map(({ count }) => count))).toEqual([
    [rounded(41), rounded(52)],
    [rounded(63), rounded(74)],
  ])
  expect(also!.map(({ answered }) => answered.count)).toEqual([130, 100])
  expect(total).toMatchObject({
    asked: { count: 400 },
    answered: { count: 230 },
    counts: [{ percent: 46 }, { percent: 54 }],
  })
})

test('groups that are not of the same people are refused', () => {
  const group = (name: string, ...counts: number[]) => ({ name, counts })
  const table = { answers: ['yes', 'no'], groups: [group('a', 20, 30)] }
  expect(() => publish({ ...table, also: [group('x', 20, 29)] })).toThrow('not of the same people: no')
  expect(() => publish({ ...table, also: [{ ...group('x', 20, 30), asked: 60 }] })).toThrow('for both kinds')
  expect(() =>
    publish({
      answers: ['yes', 'no'],
      groups: [{ ...group('a', 20, 30), asked: 60 }],
      also: [{ ...group('x', 20, 30), asked: 61 }],
    }),
  ).toThrow('not of the same people: asked')
})
