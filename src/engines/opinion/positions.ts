/** Where people and statements stand in the plane of the two components. */
import { liftOf, type Components } from './components.ts'
import { statementOf, type Ballots } from './votes.ts'

/**
 * x and y of each person, in pairs: √(statements / seen) times the sum of what each vote adds. A zeroed statement counts as
 * seen by everyone, whether they saw it or not: leaving that out would spread those with few votes too far.
 */
export function positionsOf(
  ballots: Ballots,
  means: Float64Array,
  zeroed: Uint8Array,
  components: Components,
): Float64Array {
  const place = placer(ballots, means, zeroed, components)
  const positions = new Float64Array(ballots.people * 2)
  for (let i = 0; i < ballots.people; i++) place(i, positions)
  return positions
}

/** Writes the position of one person at a time into a list of all positions. */
export function placer(
  { statements, start, code }: Ballots,
  means: Float64Array,
  zeroed: Uint8Array,
  components: Components,
): (person: number, positions: Float64Array) => void {
  const lift = liftOf(means, zeroed, ...components)
  const zeroedInAll = zeroed.reduce((sum, isZeroed) => sum + isZeroed, 0)
  return (person, positions) => {
    const [from, to] = [start[person]!, start[person + 1]!]
    let x = 0
    let y = 0
    let seen = zeroedInAll
    for (let at = from; at < to; at++) {
      const c = code[at]! * 2
      if (!zeroed[statementOf(code[at]!)]) seen++
      x += lift[c]!
      y += lift[c + 1]!
    }
    const scale = Math.sqrt(statements / Math.max(seen, 1))
    positions[person * 2] = scale * x
    positions[person * 2 + 1] = scale * y
  }
}

/** How far from the middle each statement stands: the position of someone who agreed with it and saw nothing else. */
export function extremityOf(means: Float64Array, [first, second]: Components): Float64Array {
  return means.map((mean, j) => Math.sqrt(means.length) * Math.hypot((1 - mean) * first[j]!, (1 - mean) * second[j]!))
}
