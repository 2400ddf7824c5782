/** The disclosure rule, as it is written. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { whyHidden, whyNoPercentages } from './explanation.ts'
import { always, anyCounts, countsOf, truthAt } from './made-up.ts'
import { publish } from './publish.ts'
import type { Counts, Figure, Published, Row } from './table.ts'

/** A row as a reader would write it down: asked, answered, counts; f and p for what is hidden. */
const written = ({ asked, answered, counts }: Row): string =>
  [asked, answered, ...counts].flatMap((figure) => (figure ? [figure.count ?? figure.hidden![0]] : [])).join(' ')
const rowsOf = ({ groups, total }: Published): string[] => [...groups, ...(total ? [total] : [])].map(written)
const everyFigure = ({ groups, total }: Published): Figure[] =>
  [...groups, ...(total ? [total] : [])].flatMap(({ asked, answered, counts }) =>
    [asked ?? answered, answered].concat(counts),
  )

describe('counts', () => {
  test('of 10 and more are rounded to the nearest 5', () => {
    const counts = Array.from({ length: 14 }, (_, i) => 10 + i)
    expect(rowsOf(publish(countsOf([counts])))).toEqual(['230 10 10 10 15 15 15 15 15 20 20 20 20 20 25'])
  })

  test('under 10 are hidden, zero included', () => {
    for (let small = 0; small < 10; small++)
      expect(publish(countsOf([[40, 45, small, 12]])).groups[0]!.counts[2]).toEqual({
        count: null,
        hidden: 'few',
        percent: null,
      })
    expect(publish(countsOf([[40, 45, 10, 12]])).groups[0]!.counts[2]).toMatchObject({ count: 10, hidden: null })
  })

  test('are all shown where none is small', () => {
    const published = publish(
      countsOf(
        [
          [12, 40],
          [33, 10],
        ],
        [70, 43],
      ),
    )
    expect(rowsOf(published)).toEqual(['70 50 10 40', '45 45 35 10', '115 95 45 50'])
  })
})

describe('percentages', () => {
  const row = (counts: number[]) => publish(countsOf([counts])).groups[0]!

  test('need a base of 25, exactly', () => {
    expect(row([12, 13])).toMatchObject({ percentages: 'shown', answered: { count: 25 } })
    expect(row([12, 12])).toMatchObject({ percentages: 'small base', answered: { count: 25 } })
    expect(row([12, 12]).counts.map(({ percent }) => percent)).toEqual([null, null])
  })

  test('are worked out from what is shown', () => {
    expect(row([12, 13]).counts.map(({ percent }) => percent)).toEqual([40, 60])
    expect(row([33, 66, 101]).counts.map(({ percent }) => percent)).toEqual([18, 33, 50])
  })

  test('are missing where the base is hidden, and the words say so', () => {
    const { percentages, answered } = row([14, 1])
    expect([percentages, answered.hidden]).toEqual(['hidden base', 'protects'])
    expect(whyNoPercentages[percentages]).toBe('No percentages, because how many answered is hidden.')
  })

  test('are never more than a hundred, and never of anything hidden', () => {
    always(anyCounts, 300, (counts) => {
      const { groups, total } = publish(counts)
      for (const { counts, percentages } of [...groups, ...(total ? [total] : [])])
        for (const { count, percent } of counts) {
          expect(percent === null).toBe(count === null || percentages !== 'shown')
          expect(percent ?? 0).toBeLessThanOrEqual(100)
        }
    })
  })
})

describe('what protects a small count', () => {
  test('is nothing more, where the rounding does it already', () => {
    expect(rowsOf(publish(countsOf([[45, 40, 3, 12]], [130])))).toEqual(['130 100 45 40 f 10'])
  })

  test('is one more count, the last that is enough', () => {
    expect(rowsOf(publish(countsOf([[45, 40, 0, 32]], [130])))).toEqual(['130 115 45 40 f p'])
    expect(rowsOf(publish(countsOf([[45, 40, 0]], [130])))).toEqual(['130 85 45 p f'])
  })

  test('is the total, where the counts beside it are too small to hide much', () => {
    expect(rowsOf(publish(countsOf([[11, 10, 0]])))).toEqual(['p 10 10 f'])
    expect(rowsOf(publish(countsOf([[5, 5]])))).toEqual(['p f f'])
  })

  test('goes across and down a table', () => {
    const counts = [
      [45, 40, 0, 12],
      [85, 80, 0, 22],
      [70, 60, 0, 32],
    ]
    expect(rowsOf(publish(countsOf(counts)))).toEqual([
      '95 45 p f 10',
      '185 85 80 f p',
      '160 70 60 f p',
      '445 200 180 p p',
    ])
  })

  test('is explained', () => {
    expect(whyHidden).toEqual({
      few: 'Hidden because fewer than 10 people.',
      protects: 'Hidden so that another figure cannot be worked out.',
      either: 'Hidden because fewer than 10 people, or so that another figure cannot be worked out.',
    })
  })
})

describe('every published table', () => {
  test('shows only what the rule allows, and gives the true reason for the rest', () => {
    always(anyCounts, 400, (counts) => {
      const { groups, total } = publish(counts)
      const check = ({ count, hidden }: Figure, truth: number, isInside: boolean) => {
        if (count !== null) {
          expect(truth).toBeGreaterThanOrEqual(10)
          expect([Math.abs(count - truth) <= 2, count % 5]).toEqual([true, 0])
        } else expect(hidden).toBe(isInside && truth < 10 ? 'few' : 'protects')
      }
      groups.forEach(({ counts: row }, g) =>
        row.forEach((figure, a) => check(figure, truthAt(counts, { row: g, figure: a }), true)),
      )
      groups.forEach(({ answered }, g) => check(answered, truthAt(counts, { row: g, figure: 'answered' }), false))
      total?.counts.forEach((figure, a) => check(figure, truthAt(counts, { row: -1, figure: a }), false))
    })
  })

  test('gives both asked and answered, or why not', () => {
    always(anyCounts, 300, (counts) => {
      const { groups, total } = publish(counts)
      expect(total === null).toBe(groups.length === 1)
      for (const { asked, answered } of [...groups, ...(total ? [total] : [])]) {
        expect(asked === null).toBe(counts.groups[0]!.asked === undefined)
        for (const figure of [asked, answered])
          if (figure) expect((figure.count === null) !== (figure.hidden === null)).toBe(true)
      }
    })
  })

  test('hides nothing where nothing is small, and is the same to the byte for the same counts', () => {
    const anyLarge = fc.array(fc.array(fc.integer({ min: 10, max: 90 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 4,
    })
    always(anyLarge, 200, (counts) => {
      expect(everyFigure(publish(countsOf(counts))).every(({ hidden }) => hidden === null)).toBe(true)
    })
    always(anyCounts, 100, (counts) => {
      expect(JSON.stringify(publish(structuredClone<Counts>(counts)))).toBe(JSON.stringify(publish(counts)))
    })
  })

  test('keeps names as they are, even ones named like a part of the language', () => {
    const odd = { answers: ['__proto__', ''], groups: [{ name: 'constructor', counts: [20, 30] }] }
    const { answers, groups } = publish(odd)
    expect([answers, groups[0]!.name]).toEqual([['__proto__', ''], 'constructor'])
  })
})

test('a table of a thousand counts takes no more than moments', () => {
  const counts = Array.from({ length: 100 }, (_, g) => Array.from({ length: 10 }, (_, a) => (g * 37 + a * 11) % 60))
  const { groups } = publish(countsOf(counts))
  expect(groups.length).toBe(100)
})

describe('what is no table of people is refused', () => {
  test.each([
    [{ answers: [], groups: [{ name: 'a', counts: [] }] }, 'a table needs at least one answer and one group'],
    [{ answers: ['yes'], groups: [] }, 'a table needs at least one answer and one group'],
    [countsOf([[1, 2], [3]]), 'groups[1]: there are 1 counts for 2 answers'],
    [countsOf([[1, -2]]), 'groups[0].counts[1]: -2 is not a count of people'],
    [countsOf([[1.5]]), 'groups[0].counts[0]: 1.5 is not a count of people'],
    [countsOf([[Number.NaN]]), 'groups[0].counts[0]: NaN is not a count of people'],
    [countsOf([[20, 30]], [49]), 'groups[0]: 50 answered, but only 49 were asked'],
    [countsOf([[20]], [-1]), 'groups[0].asked: -1 is not a count of people'],
    [countsOf([[2 ** 52], [2 ** 52]]), 'the table counts more people than can be counted exactly'],
    [
      {
        answers: ['yes'],
        groups: [
          { name: 'a', asked: 9, counts: [3] },
          { name: 'b', counts: [3] },
        ],
      },
      'groups[1]: “asked” should be given for every group, or for none',
    ],
  ])('%#: %j', (table, problem) => {
    expect(() => publish(table)).toThrow(new RangeError(problem))
  })
})
