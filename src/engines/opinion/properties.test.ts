import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyReview, reviewWithCamps, shuffled, votesFrom, type Row } from './made-up.ts'
import { computeOpinion, type Opinion, type Settings } from './opinion.ts'
import { reportOf } from './report.ts'
import { adjustedRand } from './stability.ts'

const settings: Settings = { seed: 'properties' }
const compute = (rows: readonly Row[], people: number, statements: number, more: Partial<Settings> = {}): Opinion =>
  computeOpinion(votesFrom(rows, people, statements), { ...settings, ...more })
const names = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`)
const printed = (opinion: Opinion): string =>
  JSON.stringify(reportOf(opinion, names(opinion.ballots.people, 'p'), names(opinion.ballots.statements, 's')))

describe('for any review', () => {
  test('the order of rows changes nothing, to the byte', () => {
    fc.assert(
      fc.property(anyReview, fc.string(), ({ rows, people, statements }, seed) => {
        const asCame = printed(compute(rows, people, statements))
        expect(printed(compute(shuffled(rows, seed), people, statements))).toBe(asCame)
      }),
      { numRuns: 40 },
    )
  })

  test('of two votes by one person on one statement only the later counts', () => {
    fc.assert(
      fc.property(anyReview, ({ rows, people, statements }) => {
        const last = new Map<string, Row>()
        for (const row of [...rows].sort((a, b) => a.time - b.time)) last.set(`${row.person} ${row.statement}`, row)
        expect(printed(compute([...last.values()], people, statements))).toBe(
          printed(compute(rows, people, statements)),
        )
      }),
      { numRuns: 40 },
    )
  })

  test('someone who never votes changes nothing for the others', () => {
    fc.assert(
      fc.property(anyReview, ({ rows, people, statements }) => {
        const before = compute(rows, people, statements)
        const after = compute(rows, people + 1, statements)
        expect(after.groups.group.at(-1)).toBe(-1)
        expect([...after.positions.subarray(people * 2)]).toEqual([0, 0])
        const without = { ...after, ballots: before.ballots }
        expect(printed(without)).toBe(printed(before))
      }),
      { numRuns: 40 },
    )
  })

  test('all figures are finite and all shares lie between 0 and 1', () => {
    fc.assert(
      fc.property(anyReview, ({ rows, people, statements }) => {
        const opinion = compute(rows, people, statements)
        const { components, positions, extremity, means, priorities } = opinion
        for (const list of [...components, positions, extremity, means, priorities])
          expect([...list].every(Number.isFinite)).toBe(true)
        for (const { value, disagree, mean, low } of opinion.consensus)
          for (const share of [value, disagree, mean, low]) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1)
          }
      }),
      { numRuns: 40 },
    )
  })

  test('components have length 1 and stand at right angles, or are 0', () => {
    fc.assert(
      fc.property(anyReview, ({ rows, people, statements }) => {
        const [a, b] = compute(rows, people, statements).components
        for (const vector of [a, b]) expect([0, 1]).toContain(Math.round(product(vector, vector) * 1e9) / 1e9)
        expect(product(a, b)).toBeCloseTo(0, 8)
      }),
      { numRuns: 40 },
    )
  })

  test('no group is smaller than two people or one in a hundred', () => {
    fc.assert(
      fc.property(anyReview, ({ rows, people, statements }) => {
        const { groups, grouped } = compute(rows, people, statements)
        if (groups.ids.length < 2) return
        const sizes = groups.ids.map((_, g) => grouped.filter((i) => groups.group[i] === g).length)
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(2)
      }),
      { numRuns: 40 },
    )
  })
})

describe('with camps', () => {
  test('the camps are found, as many as there are', () => {
    for (const camps of [2, 3]) {
      const opinion = compute(reviewWithCamps(camps, 150, 30, `camps ${camps}`), 150, 30)
      expect(opinion.groups.ids).toEqual([...Array(camps).keys()])
      expect(agreement(opinion, (person) => person % camps)).toBe(1)
      expect(opinion.stability).toBeGreaterThan(0.95)
      expect(opinion.heldOut!.groups).toBeLessThan(opinion.heldOut!.everyone - 0.1)
    }
  })

  test('people and statements under other numbers give the same groups and the same figures', () => {
    const rows = reviewWithCamps(3, 120, 25, 'relabelling')
    const before = compute(rows, 120, 25)
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const people = shuffled([...Array(120).keys()], `${seed} people`)
        const statements = shuffled([...Array(25).keys()], `${seed} statements`)
        const renamed = rows.map(({ person, statement, vote, time }) => ({
          person: people[person]!,
          statement: statements[statement]!,
          vote,
          time,
        }))
        const after = compute(renamed, 120, 25)
        const group = Array.from({ length: 120 }, (_, person) => after.groups.group[people[person]!]!)
        expect(adjustedRand([...before.groups.group], group)).toBe(1)
        statements.forEach((there, here) => {
          expect(after.means[there]).toBe(before.means[here])
          expect(after.extremity[there]).toBeCloseTo(before.extremity[here]!, 6)
          expect(after.consensus[there]!.value).toBeCloseTo(before.consensus[here]!.value, 10)
          expect(after.priorities[there]).toBeCloseTo(before.priorities[here]!, 6)
        })
      }),
      { numRuns: 10 },
    )
  })

  test('another seed may draw otherwise but finds the same camps; the same seed gives the same bytes', () => {
    const rows = reviewWithCamps(3, 120, 25, 'seeds')
    const [a, b] = ['one', 'two'].map((seed) => compute(rows, 120, 25, { seed }))
    expect(adjustedRand([...a!.groups.group], [...b!.groups.group])).toBe(1)
    expect(printed(compute(rows, 120, 25, { seed: 'one' }))).toBe(printed(a!))
  })

  test('a statement moderated out, or meta, weighs nothing with anyone, and still the rest is as if it were passed on by all', () => {
    const rows = reviewWithCamps(2, 80, 20, 'moderated')
    const mark = Uint8Array.from({ length: 20 }, (_, j) => (j === 4 ? 1 : 0))
    const elsewhere = rows.filter(({ statement }) => statement !== 4)
    const passedByAll = [...Array(80).keys()].map((person) => ({ person, statement: 4, vote: 0, time: 1e6 }))
    const zeroed = compute(rows, 80, 20, { moderatedOut: mark })
    const passed = compute([...elsewhere, ...passedByAll], 80, 20)
    expect(furthest(zeroed.positions, passed.positions)).toBeLessThan(1e-9)
    expect(zeroed.representative.flat().every(({ statement }) => statement !== 4)).toBe(true)
    const meta = compute(rows, 80, 20, { meta: mark })
    expect(meta.positions).toEqual(zeroed.positions)
    expect(meta.priorities[4]).toBe(49)
  })
})

describe('at the edges', () => {
  test('when everyone passes there is one group, nowhere, and no consensus', () => {
    const rows = [...Array(200).keys()].map((at) => ({
      person: at % 20,
      statement: Math.floor(at / 20),
      vote: 0,
      time: at,
    }))
    const opinion = compute(rows, 20, 10)
    expect(opinion.groups.ids).toEqual([0])
    expect(opinion.positions.every((x) => x === 0)).toBe(true)
    expect(opinion.majority).toEqual({ agree: [], disagree: [] })
    expect([opinion.stability, opinion.heldOut]).toEqual([null, null])
  })

  test('one statement still divides those who agree from those who disagree', () => {
    const rows = [...Array(40).keys()].map((person) => ({ person, statement: 0, vote: person < 25 ? 1 : -1, time: 0 }))
    const opinion = compute(rows, 40, 1)
    expect(opinion.groups.ids).toEqual([0, 1])
    expect(agreement(opinion, (person) => (person < 25 ? 0 : 1))).toBe(1)
    expect([...opinion.components[0]]).toEqual([1])
    expect([...opinion.components[1]]).toEqual([0])
  })

  test('two people are one group, even when they differ', () => {
    const rows = [...Array(20).keys()].map((at) => ({
      person: at % 2,
      statement: at >> 1,
      vote: at % 2 ? 1 : -1,
      time: 0,
    }))
    const opinion = compute(rows, 2, 10)
    expect(opinion.groups.ids).toEqual([0])
    expect([...opinion.grouped]).toEqual([0, 1])
    expect(opinion.positions[0]).toBeCloseTo(-opinion.positions[2]!, 9)
  })

  test('identical people stand on the same spot, in one group', () => {
    const rows = [...Array(300).keys()].map((at) => ({
      person: at % 30,
      statement: Math.floor(at / 30),
      vote: at < 150 ? 1 : -1,
      time: 0,
    }))
    const opinion = compute(rows, 30, 10)
    expect(opinion.groups.ids).toEqual([0])
    expect(new Set(opinion.positions).size).toBe(1)
  })

  test('when fewer than fifteen have seven votes, those with most votes are grouped too, up to fifteen', () => {
    const rows = [...Array(40).keys()].flatMap((person) =>
      [...Array(person < 5 ? 8 : person < 12 ? 4 : 2).keys()].map((statement) => ({
        person,
        statement,
        vote: 1,
        time: 0,
      })),
    )
    expect([...compute(rows, 40, 10).grouped]).toEqual([...Array(15).keys()])
    const fourteen = [...Array(20).keys()].flatMap((person) =>
      [...Array(person < 14 ? 7 : 1).keys()].map((statement) => ({ person, statement, vote: 1, time: 0 })),
    )
    expect(compute(fourteen, 20, 10).grouped.length).toBe(15)
  })

  test('votes that name no one, nothing or no answer are refused', () => {
    const votes = votesFrom([{ person: 0, statement: 0, vote: 1, time: 0 }], 1, 1)
    expect(() => computeOpinion({ ...votes, people: 0 }, settings)).toThrow(RangeError)
    expect(() => computeOpinion({ ...votes, statements: 0 }, settings)).toThrow(RangeError)
    expect(() => computeOpinion({ ...votes, vote: Int8Array.of(2) }, settings)).toThrow(RangeError)
    expect(() => computeOpinion({ ...votes, vote: new Int8Array(0) }, settings)).toThrow(RangeError)
  })
})

const product = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)
const furthest = (a: Float64Array, b: Float64Array): number =>
  Math.min(...[1, -1].map((sign) => a.reduce((most, x, i) => Math.max(most, Math.abs(x - sign * b[i]!)), 0)))
const agreement = ({ grouped, groups }: Opinion, campOf: (person: number) => number): number =>
  adjustedRand(
    Array.from(grouped, (person) => groups.group[person]!),
    Array.from(grouped, campOf),
  )
