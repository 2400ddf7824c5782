/** The two directions along which people differ most: the first two right singular vectors of the centred votes. */
import { seeded } from '#core/random'
import { ritz } from './symmetric.ts'
import { agreesIn, disagreesIn, seenIn, type Tally } from './tally.ts'
import type { Ballots } from './votes.ts'

/** Two loadings for each statement, of length 1 and at right angles; all 0 where the votes have no such direction. */
export type Components = readonly [Float64Array, Float64Array]

/** The mean vote on each statement over those who saw it; 0 where it is zeroed or unseen. */
export function meansOf(tally: Tally, zeroed: Uint8Array): Float64Array {
  return Float64Array.from(zeroed, (isZeroed, j) =>
    isZeroed || seenIn(tally, j) === 0 ? 0 : (agreesIn(tally, j) - disagreesIn(tally, j)) / seenIn(tally, j),
  )
}

/** When the search may stop: neither component turns more than `turn` (1 − |cos|), and both reproduce themselves to `miss` of the first's size. */
export interface Precision {
  turn: number
  miss: number
}

const exact: Precision = { turn: 1e-10, miss: 1e-9 }

/**
 * Block power iteration v ← Σ (r·v) r with Gram–Schmidt, exact at every size, a pass costing time proportional to the votes.
 * The two best directions within all those tried so far are taken (Rayleigh–Ritz), which arrives at the same two in far fewer
 * passes.
 */
export function componentsOf(
  ballots: Ballots,
  means: Float64Array,
  zeroed: Uint8Array,
  last?: Components,
  precision = exact,
): Components {
  const tried: Float64Array[] = []
  const images: Float64Array[] = []
  let fresh = startingPoints(ballots.statements, zeroed, last)
  let found: Float64Array[] = last ? [...last] : []
  for (let passes = 1; passes <= mostPasses; passes++) {
    const added = orthonormal(fresh, tried)
    tried.push(...added)
    images.push(...imagesOf(ballots, means, zeroed, added))
    fresh = images.slice(-added.length)
    if (tried.length === 0) break
    if (added.length > 0 && passes % 3 !== 0 && !(last && passes < 3)) continue
    const best = ritz(tried, images, mostTried / 4)
    const isSettled = settled(best, found, precision)
    found = best.vectors.slice(0, 2).filter((_, c) => best.values[c]! > best.values[0]! * nothing)
    if (isSettled || added.length === 0) break
    if (tried.length < mostTried) continue
    fresh = best.vectors
    tried.length = images.length = 0
  }
  const empty = (): Float64Array => new Float64Array(ballots.statements)
  return [signed(found[0] ?? empty(), last?.[0]), signed(found[1] ?? empty(), last?.[1])]
}

const mostPasses = 300
const mostTried = 40
/** A direction with less than this share of the first one's size is rounding. */
const nothing = 1e-12

function settled(best: ReturnType<typeof ritz>, before: Float64Array[], { turn, miss }: Precision): boolean {
  const largest = best.values[0]!
  return best.vectors.slice(0, 2).every((vector, c) => {
    if (best.values[c]! <= largest * nothing) return true
    const turned = before[c] ? 1 - Math.abs(dot(vector, before[c])) : 1
    return turned < turn && best.residuals[c]! <= miss * largest
  })
}

/** Fixed starting points, so that the same votes give the same answer; after an earlier run its components come first. */
function startingPoints(statements: number, zeroed: Uint8Array, last?: Components): Float64Array[] {
  const random = seeded('opinion: where the components start')
  const points = [0, 1].map(() => Float64Array.from({ length: statements }, () => random.next() - 0.5))
  const before = (last ?? []).map((vector) => {
    const point = new Float64Array(statements)
    point.set(vector)
    return point
  })
  const all = before.length ? [...before, ...points.slice(0, 1)] : points
  for (const point of all) for (let j = 0; j < statements; j++) if (zeroed[j]) point[j] = 0
  return all
}

/** RᵀR v for each v, R being the centred votes, two at a time. */
function imagesOf(ballots: Ballots, means: Float64Array, zeroed: Uint8Array, vectors: Float64Array[]): Float64Array[] {
  const images: Float64Array[] = []
  for (let v = 0; v < vectors.length; v += 2) {
    const lift = liftOf(means, zeroed, vectors[v]!, vectors[v + 1] ?? new Float64Array(means.length))
    const sums = pass(ballots, lift)
    const image = [new Float64Array(means.length), new Float64Array(means.length)] as const
    for (let j = 0; j < means.length; j++)
      if (!zeroed[j])
        for (let vote = -1; vote <= 1; vote++) {
          const at = (j * 3 + vote + 1) * 2
          image[0][j]! += (vote - means[j]!) * sums[at]!
          image[1][j]! += (vote - means[j]!) * sums[at + 1]!
        }
    images.push(image[0])
    if (v + 1 < vectors.length) images.push(image[1])
  }
  return images
}

/** What each code adds along two directions: (vote − mean) × loading, in pairs; 0 for a zeroed statement. */
export function liftOf(means: Float64Array, zeroed: Uint8Array, a: Float64Array, b: Float64Array): Float64Array {
  const lift = new Float64Array(means.length * 6)
  for (let j = 0; j < means.length; j++)
    if (!zeroed[j])
      for (let vote = -1; vote <= 1; vote++) {
        const at = (j * 3 + vote + 1) * 2
        lift[at] = (vote - means[j]!) * a[j]!
        lift[at + 1] = (vote - means[j]!) * b[j]!
      }
  return lift
}

function pass({ people, start, code }: Ballots, lift: Float64Array): Float64Array {
  const sums = new Float64Array(lift.length)
  for (let i = 0; i < people; i++) {
    const [from, to] = [start[i]!, start[i + 1]!]
    let a = 0
    let b = 0
    for (let at = from; at < to; at++) {
      const c = code[at]! * 2
      a += lift[c]!
      b += lift[c + 1]!
    }
    for (let at = from; at < to; at++) {
      const c = code[at]! * 2
      sums[c]! += a
      sums[c + 1]! += b
    }
  }
  return sums
}

/** Gram–Schmidt, twice over, against `others` and one another; what is only rounding is dropped. */
function orthonormal(vectors: Float64Array[], others: Float64Array[]): Float64Array[] {
  const kept: Float64Array[] = []
  for (const vector of vectors) {
    const size = Math.sqrt(dot(vector, vector))
    const rest = vector.slice()
    for (let again = 0; again < 2; again++)
      for (const other of [...others, ...kept]) {
        const shared = dot(rest, other)
        for (let j = 0; j < rest.length; j++) rest[j]! -= shared * other[j]!
      }
    const left = Math.sqrt(dot(rest, rest))
    if (!(left > 1e-10 * size)) continue
    kept.push(rest.map((x) => x / left))
  }
  return kept
}

/** The sign that agrees with the last run; without one, the loading of largest magnitude is positive. */
function signed(vector: Float64Array, last?: Float64Array): Float64Array {
  const agreement = last ? dot(vector.subarray(0, last.length), last) : 0
  const largest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const leading = vector.find((x) => Math.abs(x) >= largest * (1 - 1e-9)) ?? 0
  return (agreement === 0 ? leading : agreement) < 0 ? vector.map((x) => 0 - x) : vector
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * (b[j] ?? 0)
  return sum
}
