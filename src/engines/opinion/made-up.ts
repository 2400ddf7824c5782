/** Test material: made-up reviews. */
import * as fc from 'fast-check'
import { seeded } from '#core/random'
import type { Votes } from './votes.ts'

export interface Row {
  person: number
  statement: number
  vote: number
  time: number
}

/** Rows as the engine takes them, in the order given. */
export const votesFrom = (rows: readonly Row[], people: number, statements: number): Votes => ({
  people,
  statements,
  person: Uint32Array.from(rows, ({ person }) => person),
  statement: Uint16Array.from(rows, ({ statement }) => statement),
  vote: Int8Array.from(rows, ({ vote }) => vote),
  time: Float64Array.from(rows, ({ time }) => time),
})

/** Any small review: people may vote twice on one statement, at different times. */
export const anyReview = fc
  .record({ people: fc.integer({ min: 1, max: 40 }), statements: fc.integer({ min: 1, max: 12 }) })
  .chain(({ people, statements }) =>
    fc.record({
      people: fc.constant(people),
      statements: fc.constant(statements),
      rows: fc.uniqueArray(
        fc.record({
          person: fc.nat(people - 1),
          statement: fc.nat(statements - 1),
          vote: fc.integer({ min: -1, max: 1 }),
          time: fc.nat(20),
        }),
        { minLength: 1, maxLength: 200, selector: (row) => `${row.person} ${row.statement} ${row.time}` },
      ),
    }),
  )

/** A review with camps: each has its own mind on every statement and departs from it one time in eight; everyone skips some statements. */
export function reviewWithCamps(camps: number, people: number, statements: number, seed: string): Row[] {
  const random = seeded(seed)
  const minds = Array.from({ length: camps * statements }, () => (random.next() < 0.5 ? -1 : 1))
  const rows: Row[] = []
  for (let person = 0; person < people; person++)
    for (let statement = 0; statement < statements; statement++) {
      if (random.next() < 0.3) continue
      const vote = random.next() < 1 / 8 ? random.below(3) - 1 : minds[(person % camps) * statements + statement]!
      rows.push({ person, statement, vote, time: rows.length })
    }
  return rows
}

/** The same rows in another order. */
export function shuffled<Item>(items: readonly Item[], seed: string): Item[] {
  const random = seeded(seed)
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
