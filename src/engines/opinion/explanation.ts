/** How well a sorting of people into groups explains the votes they cast. */
import { sumOf, type Tally } from './tally.ts'

/**
 * The sum of −ln(share of the voter's group that cast the same vote) over all votes on statements that count, shares being
 * (votes + 1) / (seen + 3): lower explains more. `tallies` are of clusters that are wholly in one group, `label` says which.
 */
export function unexplained(tallies: readonly Tally[], label: Uint16Array, groups: number, zeroed: Uint8Array): number {
  let loss = 0
  for (let g = 0; g < groups; g++) {
    const tally = sumOf(
      tallies.filter((_, cluster) => label[cluster] === g),
      zeroed.length,
    )
    for (let j = 0; j < zeroed.length; j++) {
      if (zeroed[j]) continue
      const seen = tally[j * 3]! + tally[j * 3 + 1]! + tally[j * 3 + 2]!
      for (let code = j * 3; code < j * 3 + 3; code++) loss -= tally[code]! * Math.log((tally[code]! + 1) / (seen + 3))
    }
  }
  return loss
}
