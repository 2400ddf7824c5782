/** Tiny made-up tables: many counts near and below the threshold, some far above it. */
import * as fc from 'fast-check'
import type { Place } from './oracle.ts'
import { sum, type Counts } from './table.ts'

const anyCount = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 9 }) },
  { weight: 3, arbitrary: fc.integer({ min: 10, max: 19 }) },
  { weight: 3, arbitrary: fc.integer({ min: 20, max: 45 }) },
)

/** Up to three groups of up to three answers, with or without how many were asked. */
export const anyCounts: fc.Arbitrary<Counts> = fc
  .record({
    counts: fc
      .integer({ min: 1, max: 3 })
      .chain((answers) =>
        fc.array(fc.array(anyCount, { minLength: answers, maxLength: answers }), { minLength: 1, maxLength: 3 }),
      ),
    silent: fc.option(fc.array(fc.nat({ max: 30 }), { minLength: 3, maxLength: 3 })),
  })
  .map(({ counts, silent }) =>
    countsOf(
      counts,
      silent?.map((n, g) => n + sum(counts[g] ?? [])),
    ),
  )

/** A table from bare numbers. */
export const countsOf = (counts: readonly (readonly number[])[], asked?: readonly number[]): Counts => ({
  answers: counts[0]!.map((_, a) => `answer ${a}`),
  groups: counts.map((row, g) => ({ name: `group ${g}`, counts: row, ...(asked ? { asked: asked[g]! } : {}) })),
})

/** What a figure of the published table really is. */
export function truthAt({ groups }: Counts, { row, figure }: Place): number {
  const rows = row < 0 ? groups : [groups[row]!]
  if (figure === 'asked') return sum(rows.map(({ asked }) => asked!))
  return sum(rows.map(({ counts }) => (figure === 'answered' ? sum(counts) : counts[figure]!)))
}

/** Checks a property on many made-up cases; the seed is fixed so that a failure can be seen again. */
export const always = <Case>(cases: fc.Arbitrary<Case>, numRuns: number, holds: (one: Case) => void): void =>
  fc.assert(fc.property(cases, holds), { numRuns, seed: 2027 })
