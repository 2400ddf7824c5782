/** The names of groups, kept from run to run by greatest overlap. */

/** A name for each of `count` new groups. Fresh groups are numbered by size, the largest first; later ones keep the name of the group they share most people with. */
export function namesOf(
  label: Uint16Array,
  people: Uint32Array,
  count: number,
  before?: { group: Int16Array; ids: readonly number[] },
): number[] {
  const sizes = new Float64Array(count)
  const first = new Float64Array(count).fill(Infinity)
  const shared = Array.from({ length: count }, () => new Float64Array(before?.ids.length ?? 0))
  people.forEach((person, at) => {
    const group = label[at]!
    sizes[group]!++
    first[group] = Math.min(first[group]!, at)
    const old = before?.group[person] ?? -1
    if (old >= 0) shared[group]![old]!++
  })
  const bySize = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || first[a]! - first[b]!)
  const heirs = bestHeirs(shared, before?.ids.length ?? 0)
  const names = heirs.map((old) => (old < 0 ? -1 : before!.ids[old]!))
  let unused = 0
  for (const group of bySize) {
    if (names[group]! >= 0) continue
    while (names.includes(unused) || before?.ids.includes(unused)) unused++
    names[group] = unused
  }
  return names
}

/** For each new group the old one it continues, or −1, such that the people kept are most; small enough to try every way. */
function bestHeirs(shared: readonly Float64Array[], olds: number): number[] {
  let best: number[] = shared.map(() => -1)
  let most = 0
  const attempt = (group: number, chosen: number[], kept: number): void => {
    if (group === shared.length) {
      if (kept > most) [best, most] = [chosen, kept]
      return
    }
    for (let old = 0; old < olds; old++)
      if (!chosen.includes(old) && shared[group]![old]! > 0)
        attempt(group + 1, [...chosen, old], kept + shared[group]![old]!)
    attempt(group + 1, [...chosen, -1], kept)
  }
  attempt(0, [], 0)
  return best
}
