/**
 * How much a reader learns who also replays which figure the program hides: every table of two counts is published, and
 * those that look the same are put side by side. This is a known limit (README); the test keeps it from growing unseen.
 */
import { expect, test } from 'vitest'
import { publish } from './publish.ts'
import { threshold, type Counts, type Published } from './table.ts'

const most = 70

interface Narrowed {
  tables: number
  narrowed: number
  /** The most people in a table of which something is narrowed. */
  largest: number
}

/** Publishes every table of two counts, and looks at those whose looks do not reach the edge of what was tried. */
function replay(
  make: (one: number, other: number) => Counts,
  shown: (published: Published) => (number | null)[],
): Narrowed {
  const looks = new Map<string, [number, number][]>()
  for (let one = 0; one <= most; one++)
    for (let other = 0; other <= most; other++) {
      const look = JSON.stringify(publish(make(one, other)))
      const alike = looks.get(look)
      if (alike) alike.push([one, other])
      else looks.set(look, [[one, other]])
    }
  const found: Narrowed = { tables: 0, narrowed: 0, largest: 0 }
  for (const [look, tables] of looks) {
    if (tables.some((table) => table.includes(most))) continue
    found.tables += tables.length
    const counts = shown(JSON.parse(look) as Published)
    const isNarrowed = counts.some(
      (count, at) => count === null && new Set(tables.map((table) => table[at])).size < threshold,
    )
    if (!isNarrowed) continue
    found.narrowed += tables.length
    found.largest = Math.max(found.largest, ...tables.map(([one, other]) => one + other))
  }
  return found
}

test('of one group with two answers, only where fewer than 18 answered, and in 2 of 100 tables', () => {
  const { tables, narrowed, largest } = replay(
    (one, other) => ({ answers: ['yes', 'no'], groups: [{ name: 'all', counts: [one, other] }] }),
    ({ groups }) => groups[0]!.counts.map(({ count }) => count),
  )
  expect(largest).toBeLessThan(18)
  expect(narrowed / tables).toBeLessThan(0.02)
})

test('of two groups with one answer, only where fewer than 28 answered, and in 4 of 100 tables', () => {
  const { tables, narrowed, largest } = replay(
    (one, other) => ({
      answers: ['yes'],
      groups: [
        { name: 'a', counts: [one] },
        { name: 'b', counts: [other] },
      ],
    }),
    ({ groups }) => groups.map(({ counts }) => counts[0]!.count),
  )
  expect(largest).toBeLessThan(28)
  expect(narrowed / tables).toBeLessThan(0.04)
})
