/** Opinion groups: people to base clusters, base clusters to two to five groups. */
import type { Random } from '#core/random'
import { unexplained } from './explanation.ts'
import { kMeans, type Clusters, type Points } from './k-means.ts'
import { tallyOfGroups } from './tally.ts'
import { votesOf, type Ballots } from './votes.ts'

/** The groups of a run. */
export interface Groups {
  /** The group of each person as a place in `ids`, or −1 for someone not grouped. */
  group: Int16Array
  /** What the groups are called, ascending: a group keeps its name from run to run. */
  ids: number[]
  /** How the number of groups was chosen, for the next run. */
  choice: { groups: number; rival: number; wins: number }
}

/** Who is grouped: everyone with at least min(7, statements) votes or grouped before; while fewer than 15, those with most votes as well. */
export function groupedPeople(ballots: Ballots, before?: Int16Array): Uint32Array {
  const enough = Math.max(1, Math.min(7, ballots.statements))
  const people = Array.from({ length: ballots.people }, (_, i) => i)
  const grouped = people.filter((i) => votesOf(ballots, i) >= enough || (before?.[i] ?? -1) >= 0)
  if (grouped.length < 15) {
    const others = people
      .filter((i) => votesOf(ballots, i) > 0 && !grouped.includes(i))
      .sort((a, b) => votesOf(ballots, b) - votesOf(ballots, a) || a - b)
    grouped.push(...others.slice(0, 15 - grouped.length))
  }
  return Uint32Array.from(grouped).sort()
}

/** Who voted how, and where they stand. */
export interface Standing {
  ballots: Ballots
  zeroed: Uint8Array
  /** Those to be grouped. */
  people: Uint32Array
  /** Of everyone, in pairs. */
  positions: Points
}

interface Sorting {
  groups: number
  score: number
  /** The group of each base cluster. */
  label: Uint16Array
}

/**
 * Sorts people into groups; `label` is by place in `people`. `wanted` fixes how many groups; `last` is how many the last run
 * chose, and by how much.
 */
export function groupPeople(
  { ballots, zeroed, people, positions }: Standing,
  random: Random,
  wanted?: number,
  last?: Groups['choice'],
): { label: Uint16Array; choice: Groups['choice'] } {
  const points = new Float64Array(people.length * 2)
  people.forEach((person, at) => points.set(positions.subarray(person * 2, person * 2 + 2), at * 2))
  const base = baseClusters(points)
  const clusterOf = new Int16Array(ballots.people).fill(-1)
  people.forEach((person, at) => (clusterOf[person] = base.label[at]!))
  const tallies = tallyOfGroups(ballots, clusterOf, base.weight.length)
  const most = wanted ?? Math.min(5, 2 + Math.floor(base.weight.length / 12))
  const possible: Sorting[] = [{ groups: 1, score: -Infinity, label: new Uint16Array(base.weight.length) }]
  for (let k = wanted ?? 2; k <= most; k++) {
    const found = bestOfMany(base, k, random, (label) => unexplained(tallies, label, k, zeroed))
    if (!found) continue
    if (!wanted && Math.min(...found.weight) < Math.max(2, people.length / 100)) continue
    possible.push({ groups: k, score: silhouette(base.centres, found.label, k), label: found.label })
  }
  const winner = possible.reduce((best, next) => (next.score > best.score ? next : best))
  const choice = chooseNext(winner.groups, last)
  const chosen = possible.find(({ groups }) => groups === choice.groups) ?? winner
  return {
    label: base.label.map((cluster) => chosen.label[cluster]!),
    choice: chosen.groups === choice.groups ? choice : { groups: winner.groups, rival: 0, wins: 0 },
  }
}

/** A number of groups that wins against the present one is adopted once it has won four times running; at once where there were no groups yet. */
export function chooseNext(winner: number, last?: Groups['choice']): Groups['choice'] {
  if (!last || last.groups < 2 || winner === last.groups) return { groups: winner, rival: 0, wins: 0 }
  const wins = winner === last.rival ? last.wins + 1 : 1
  return wins >= 4 ? { groups: winner, rival: 0, wins: 0 } : { groups: last.groups, rival: winner, wins }
}

/** Up to 100 clusters of people who stand close together, from the first 100 different positions in order. */
function baseClusters(points: Points): Clusters {
  const start: number[] = []
  const known = new Set<string>()
  for (let i = 0; i < points.length && known.size < 100; i += 2) {
    const place = `${points[i]} ${points[i + 1]}`
    if (known.has(place)) continue
    known.add(place)
    start.push(points[i]!, points[i + 1]!)
  }
  return kMeans(points, null, Float64Array.from(start), { stop: 0.01, most: 100 })
}

/**
 * The k-means of least weighted inertia among 30 seeded k-means++ starts. Inertias within 1 % are nearer than base clusters
 * can tell apart, though the groups may be quite different ones: of those, the groups that leave least of the votes unexplained.
 */
function bestOfMany(
  base: Clusters,
  k: number,
  random: Random,
  unexplainedBy: (label: Uint16Array) => number,
): Clusters | null {
  if (base.weight.length < k) return null
  const starts = Array.from({ length: 30 }, () => spreadStart(base, k, random))
  const found = starts
    .map((start) => kMeans(base.centres, base.weight, start, { stop: 0, most: 100 }))
    .filter(({ weight }) => weight.length === k)
  const least = Math.min(...found.map(({ inertia }) => inertia))
  const near = new Map(
    found.filter(({ inertia }) => inertia <= least * 1.01).map((one) => [one.inertia.toPrecision(9), one]),
  )
  let best: { clusters: Clusters; loss: number } | null = null
  for (const clusters of near.values()) {
    const loss = near.size === 1 ? 0 : unexplainedBy(clusters.label)
    if (!best || loss < best.loss) best = { clusters, loss }
  }
  return best?.clusters ?? null
}

/** k-means++: each next centre is drawn with probability proportional to weight times squared distance from those drawn. */
function spreadStart({ centres, weight }: Clusters, k: number, random: Random): Points {
  const start = new Float64Array(k * 2)
  const away = weight.slice().fill(1)
  for (let c = 0; c < k; c++) {
    const chances = weight.map((w, i) => w * away[i]!)
    let left = random.next() * chances.reduce((sum, x) => sum + x, 0)
    let drawn = chances.findIndex((chance) => (left -= chance) < 0)
    if (drawn < 0) drawn = chances.findLastIndex((chance) => chance > 0)
    if (drawn < 0) drawn = c
    start.set(centres.subarray(drawn * 2, drawn * 2 + 2), c * 2)
    for (let i = 0; i < weight.length; i++) {
      const squared = (centres[i * 2]! - start[c * 2]!) ** 2 + (centres[i * 2 + 1]! - start[c * 2 + 1]!) ** 2
      away[i] = c === 0 ? squared : Math.min(away[i]!, squared)
    }
  }
  return start
}

/** The mean over points of (b − a) / max(a, b): a the mean distance within the cluster, b to the nearest other; 0 for one alone. */
export function silhouette(points: Points, label: Uint16Array, clusters: number): number {
  const sizes = new Float64Array(clusters)
  for (const c of label) sizes[c]!++
  let total = 0
  for (let i = 0; i < label.length; i++) {
    if (sizes[label[i]!] === 1) continue
    const sums = new Float64Array(clusters)
    for (let j = 0; j < label.length; j++)
      sums[label[j]!]! += Math.hypot(points[i * 2]! - points[j * 2]!, points[i * 2 + 1]! - points[j * 2 + 1]!)
    const within = sums[label[i]!]! / (sizes[label[i]!]! - 1)
    let other = Infinity
    for (let c = 0; c < clusters; c++) if (c !== label[i]) other = Math.min(other, sums[c]! / sizes[c]!)
    total += Math.max(within, other) > 0 ? (other - within) / Math.max(within, other) : 0
  }
  return label.length ? total / label.length : 0
}
