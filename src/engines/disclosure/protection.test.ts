/** No hidden figure can be worked out: tried by a reader who tries every table, and by what the engine reckons itself. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Attack } from './attack.ts'
import { boundsIfHidden, boundsOf, figuresOf, rounded, type Arc, type Figures } from './figures.ts'
import { always, anyCounts, countsOf, truthAt } from './made-up.ts'
import { canBe, hiddenPlaces, valuesLeft, type Place } from './oracle.ts'
import { publish } from './publish.ts'
import { asPublished } from './shown.ts'
import { threshold, type Counts, type Figure, type Published } from './table.ts'

describe('whatever the table', () => {
  test('every hidden figure keeps ten possible values for a reader who tries every table that would look the same', () => {
    let hidden = 0
    always(anyCounts, 120, (counts) => {
      const published = publish(counts)
      for (const place of hiddenPlaces(published)) {
        const left = valuesLeft(published, place, truthAt(counts, place), threshold)
        expect({ counts, place, left }).toEqual({ counts, place, left: threshold })
        hidden++
      }
    })
    expect(hidden).toBeGreaterThan(400)
  }, 90_000)

  test('a small count can be any number from 0 to 9', () => {
    always(anyCounts, 60, (counts) => {
      const published = publish(counts)
      for (const place of hiddenPlaces(published))
        if (figureAt(published, place).hidden === 'few')
          for (let value = 0; value < threshold; value++) expect(canBe(published, place, value)).toBe(true)
    })
  })

  test('the truth is among the tables the reader tries', () => {
    always(anyCounts, 100, (counts) => {
      const published = publish(counts)
      for (const place of hiddenPlaces(published)) expect(canBe(published, place, truthAt(counts, place))).toBe(true)
    })
  })
})

describe('the reader finds what is not protected', () => {
  const naive = (counts: Counts): Published => {
    const hide = (value: number): Figure =>
      value < threshold ? { count: null, hidden: 'few' } : { count: rounded(value), hidden: null }
    const row = (asked: number | undefined, values: readonly number[]) => ({
      asked: asked === undefined ? null : hide(asked),
      answered: hide(values.reduce((a, b) => a + b, 0)),
      counts: values.map((value) => ({ ...hide(value), percent: null })),
      percentages: 'hidden base' as const,
    })
    const { answers, groups } = counts
    const sums = answers.map((_, figure) => truthAt(counts, { row: -1, figure }))
    return {
      answers: [...answers],
      groups: groups.map(({ name, asked, counts }) => ({ name, ...row(asked, counts) })),
      total: groups.length > 1 ? row(undefined, sums) : null,
    }
  }

  test('a single small count is what its total lacks, give or take the rounding', () => {
    const published = naive(countsOf([[40, 60, 0]]))
    const left = valuesLeft(published, { row: 0, figure: 2 }, 0, 20)
    expect(left).toBe(7)
  })

  test('hiding small counts alone would not do in many tables', () => {
    let open = 0
    always(anyCounts, 200, (counts) => {
      const published = naive(counts)
      for (const place of hiddenPlaces(published))
        if (valuesLeft(published, place, truthAt(counts, place), threshold) < threshold) open++
    })
    expect(open).toBeGreaterThan(50)
  })
})

test('the engine reckons exactly what the reader finds, whatever is hidden', () => {
  const anyHidden = fc.record({ counts: anyCounts, more: fc.array(fc.nat({ max: 30 }), { maxLength: 8 }) })
  let compared = 0
  always(anyHidden, 60, ({ counts, more }) => {
    const figures = figuresOf(counts)
    for (const i of more) {
      const arc = figures.arcs[i % figures.arcs.length]!
      if (arc.kind === 'count') arc.hidden = arc.value < threshold ? 'few' : 'protects'
      else if (arc.kind !== 'unasked') arc.hidden = 'protects'
    }
    const attack = new Attack(figures)
    const published = asPublished(counts, figures)
    for (const place of hiddenPlaces(published)) {
      const arc = arcAt(figures, place)
      const reckoned = attack.valuesOf(figures.arcs.indexOf(arc), 15)
      expect(reckoned).toBe(valuesLeft(published, place, arc.value, 15))
      compared++
    }
  })
  expect(compared).toBeGreaterThan(150)
}, 90_000)

test('hiding a figure never tells more of another', () => {
  always(anyCounts, 300, (counts) => {
    const figures = figuresOf(counts)
    for (const arc of figures.arcs) {
      const [shown, hidden] = [boundsOf({ ...arc, hidden: null }), boundsIfHidden(arc)]
      if (arc.value < threshold) continue
      expect(hidden[0]).toBeLessThanOrEqual(shown[0])
      expect(hidden[1]).toBeGreaterThanOrEqual(shown[1])
    }
  })
})

const figureAt = ({ groups, total }: Published, { row, figure }: Place): Figure => {
  const { asked, answered, counts } = row < 0 ? total! : groups[row]!
  return figure === 'asked' ? asked! : figure === 'answered' ? answered : counts[figure]!
}

const arcAt = (figures: Figures, { row, figure }: Place): Arc => {
  if (figure === 'asked') return row < 0 ? figures.allAsked : figures.asked[row]!
  if (figure === 'answered') return row < 0 ? figures.allAnswered : figures.answered[row]!
  return row < 0 ? figures.totals[figure]! : figures.counts[row]![figure]!
}
