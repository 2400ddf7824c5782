/** Would the same groups appear if other members had taken part? */
import type { Random } from '#core/random'
import { groupAfresh } from './chain.ts'
import type { Groups } from './groups.ts'
import { ballotsOfSome, type Ballots } from './votes.ts'

/**
 * The mean adjusted Rand index between the published groups and those found afresh, from components onwards, in 20 samples
 * drawn from the grouped people with replacement; at most 2,000 at a time. Null where there are not two groups.
 */
export function stabilityOf(
  ballots: Ballots,
  zeroed: Uint8Array,
  grouped: Uint32Array,
  groups: Groups,
  random: Random,
): number | null {
  if (groups.ids.length < 2) return null
  let total = 0
  for (let repeat = 0; repeat < repeats; repeat++) {
    const size = Math.min(grouped.length, most)
    const sample = Uint32Array.from({ length: size }, () => grouped[random.below(grouped.length)]!).sort()
    const found = groupAfresh(ballotsOfSome(ballots, sample), zeroed, groups.ids.length, random)
    const once = [...sample.keys()].filter((at) => at === 0 || sample[at] !== sample[at - 1])
    total += adjustedRand(
      once.map((at) => groups.group[sample[at]!]!),
      once.map((at) => found[at]!),
    )
  }
  return total / repeats
}

const repeats = 20
const most = 2_000

/** How far two ways of sorting the same things agree: 1 the same, 0 what chance gives (Hubert and Arabie, 1985). */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const cells = new Map<string, number>()
  const rows = new Map<number, number>()
  const columns = new Map<number, number>()
  const count = <Key>(counts: Map<Key, number>, key: Key): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  for (let i = 0; i < a.length; i++) {
    count(cells, `${a[i]} ${b[i]}`)
    count(rows, a[i]!)
    count(columns, b[i]!)
  }
  const pairs = (counts: Iterable<number>): number => {
    let sum = 0
    for (const n of counts) sum += (n * (n - 1)) / 2
    return sum
  }
  const [both, inA, inB] = [pairs(cells.values()), pairs(rows.values()), pairs(columns.values())]
  const expected = (inA * inB) / Math.max(1, (a.length * (a.length - 1)) / 2)
  const largest = (inA + inB) / 2
  return largest === expected ? 1 : (both - expected) / (largest - expected)
}
