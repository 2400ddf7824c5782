/** What nearly everyone shares, counted over everyone and across groups. */
import { betaQuantile } from './beta.ts'
import { oneProportion, Z } from './representative.ts'
import { agreesIn, disagreesIn, seenIn, type Tally } from './tally.ts'

/** The statements that most people agree with, and disagree with: the five strongest of each, strongest first. */
export function majorityOf(everyone: Tally, left: Uint8Array): { agree: number[]; disagree: number[] } {
  const strongest = (votesFor: (tally: Tally, j: number) => number): number[] =>
    [...left.keys()]
      .filter((j) => !left[j])
      .map((j) => {
        const [votes, seen] = [votesFor(everyone, j), seenIn(everyone, j)]
        return { j, probability: (votes + 1) / (seen + 2), test: oneProportion(votes, seen) }
      })
      .filter(({ probability, test }) => probability > 0.5 && test > Z)
      .sort((a, b) => b.probability * b.test - a.probability * a.test || a.j - b.j)
      .slice(0, 5)
      .map(({ j }) => j)
  return { agree: strongest(agreesIn), disagree: strongest(disagreesIn) }
}

/** Group-aware consensus on a statement. */
export interface Consensus {
  /** The product over groups of the chance that a member agrees: (agrees + 1) / (seen + 2). */
  value: number
  /** The same for disagreeing. */
  disagree: number
  /** The geometric mean of what `value` multiplies, comparable between different numbers of groups. */
  mean: number
  /** The product over groups of the share of agreement that is surpassed with 90 % certainty: few votes cannot win it. */
  low: number
}

/** The consensus on each statement. Without groups there is nothing to multiply, and all are 1. */
export function consensusOf(tallies: readonly Tally[], statements: number): Consensus[] {
  return Array.from({ length: statements }, (_, j) => {
    let [value, disagree, low] = [1, 1, 1]
    for (const tally of tallies) {
      const [agrees, disagrees, seen] = [agreesIn(tally, j), disagreesIn(tally, j), seenIn(tally, j)]
      value *= (agrees + 1) / (seen + 2)
      disagree *= (disagrees + 1) / (seen + 2)
      low *= betaQuantile(0.1, agrees + 1, seen - agrees + 1)
    }
    return { value, disagree, mean: value ** (1 / Math.max(1, tallies.length)), low }
  })
}
