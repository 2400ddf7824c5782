/** Each part against brute force on small cases. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from '#core/random'
import { componentsOf, meansOf } from './components.ts'
import { silhouette } from './groups.ts'
import { kMeans, nearest } from './k-means.ts'
import { anyReview, reviewWithCamps, votesFrom } from './made-up.ts'
import { nextStatement } from './priorities.ts'
import { eigen } from './symmetric.ts'
import { tallyOf } from './tally.ts'
import { ballotsOf, withVotes } from './votes.ts'

test('components are the first two eigenvectors of the full table of products', () => {
  fc.assert(
    fc.property(anyReview, ({ rows, people, statements }) => {
      const ballots = ballotsOf(votesFrom(rows, people, statements))
      const zeroed = new Uint8Array(statements)
      const means = meansOf(tallyOf(ballots), zeroed)
      const table = Array.from({ length: statements }, () => Array.from({ length: statements }, () => 0))
      for (let i = 0; i < people; i++) {
        const votes = [...ballots.code.subarray(ballots.start[i], ballots.start[i + 1])]
        const centred = votes.map(
          (code) => [Math.floor(code / 3), (code % 3) - 1 - means[Math.floor(code / 3)]!] as const,
        )
        for (const [a, x] of centred) for (const [b, y] of centred) table[a]![b]! += x * y
      }
      const values = eigen(table).values.toSorted((a, b) => b - a)
      for (const [c, vector] of componentsOf(ballots, means, zeroed).entries()) {
        const image = table.map((row) => row.reduce((sum, x, j) => sum + x * vector[j]!, 0))
        const value = Math.max(0, values[c] ?? 0)
        const length = Math.hypot(...vector)
        expect(length).toBeCloseTo(value > 1e-9 ? 1 : 0, 9)
        expect(Math.hypot(...image.map((x, j) => x - value * vector[j]!))).toBeLessThan(1e-6)
      }
    }),
    { numRuns: 60 },
  )
})

test('the loading of largest magnitude is positive; on a warm start the sign is that of the last run', () => {
  const ballots = ballotsOf(votesFrom(reviewWithCamps(3, 60, 15, 'signs'), 60, 15))
  const zeroed = new Uint8Array(15)
  const means = meansOf(tallyOf(ballots), zeroed)
  const cold = componentsOf(ballots, means, zeroed)
  for (const vector of cold) expect(Math.max(...vector)).toBe(Math.max(...vector.map(Math.abs)))
  const turned = [cold[0].map((x) => -x), cold[1]] as const
  const warm = componentsOf(ballots, means, zeroed, turned)
  for (const c of [0, 1] as const) for (const [j, x] of warm[c].entries()) expect(x).toBeCloseTo(turned[c][j]!, 9)
})

test('components without an end in sight stop, and are the same each time', () => {
  const random = seeded('noise')
  const rows = Array.from({ length: 6_000 }, (_, time) => ({
    person: random.below(300),
    statement: random.below(120),
    vote: random.below(3) - 1,
    time,
  }))
  const ballots = ballotsOf(votesFrom(rows, 300, 120))
  const zeroed = new Uint8Array(120)
  const means = meansOf(tallyOf(ballots), zeroed)
  const [first, second] = [0, 1].map(() => componentsOf(ballots, means, zeroed))
  expect(first).toEqual(second)
})

test('after k-means every point is with the nearest centre, however many points and centres', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 30 }), (seed, size, k) => {
      const random = seeded(seed)
      const points = Float64Array.from({ length: size * 2 }, () => Math.round(random.next() * 40) / 10)
      const start = points.slice(0, Math.min(k, size) * 2)
      const { centres, label, weight } = kMeans(points, null, start, { stop: 0, most: 100 })
      for (let i = 0; i < size; i++) {
        const away = (c: number): number =>
          (points[i * 2]! - centres[c * 2]!) ** 2 + (points[i * 2 + 1]! - centres[c * 2 + 1]!) ** 2
        expect(away(label[i]!)).toBe(away(nearest(centres, points[i * 2]!, points[i * 2 + 1]!)))
      }
      expect(weight.reduce((sum, x) => sum + x, 0)).toBe(size)
      expect(weight.every((x) => x > 0)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('the silhouette of two pairs far apart, and of a point alone', () => {
  const points = Float64Array.of(0, 0, 0, 1, 10, 0, 10, 1)
  const across = (10 + Math.hypot(10, 1)) / 2
  expect(silhouette(points, Uint16Array.of(0, 0, 1, 1), 2)).toBeCloseTo((across - 1) / across, 12)
  expect(silhouette(points.subarray(0, 4), Uint16Array.of(0, 1), 2)).toBe(0)
})

test('votes counted in one after another are as if they had come at once', () => {
  fc.assert(
    fc.property(anyReview, fc.nat(), ({ rows, people, statements }, cut) => {
      const inTime = [...rows].sort((a, b) => a.time - b.time)
      const at = cut % (rows.length + 1)
      const before = ballotsOf(votesFrom(inTime.slice(0, at), people, statements))
      const after = ballotsOf(votesFrom(inTime.slice(at), people, statements))
      expect(withVotes(before, after)).toEqual(ballotsOf(votesFrom(rows, people, statements)))
    }),
  )
})

test('the next statement is drawn as often as its priority says, never one that was seen', () => {
  const random = seeded('draws')
  const drawn = [0, 0, 0, 0]
  for (let i = 0; i < 8_000; i++) drawn[nextStatement(Float64Array.of(1, 3, 100, 0), (j) => j === 2, random)!]!++
  expect(drawn[0]! / 8_000).toBeCloseTo(0.25, 1)
  expect(drawn.slice(2)).toEqual([0, 0])
  expect(nextStatement(Float64Array.of(1, 2), () => true, random)).toBeNull()
})
