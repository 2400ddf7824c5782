/** What to ask next. */
import type { Random } from '#core/random'
import { agreesIn, disagreesIn, seenIn, type Tally } from './tally.ts'

/** How much asking about each statement would tell, all groups' votes counted together; 49 for a meta statement. */
export function prioritiesOf(grouped: Tally, extremity: Float64Array, meta: Uint8Array): Float64Array {
  return extremity.map((extreme, j) => {
    if (meta[j]) return 49
    const [agrees, seen] = [agreesIn(grouped, j), seenIn(grouped, j)]
    const passes = seen - agrees - disagreesIn(grouped, j)
    const importance = ((1 - (passes + 1) / (seen + 2)) * (extreme + 1) * (agrees + 1)) / (seen + 2)
    return (importance * (1 + 8 * 2 ** (-seen / 5))) ** 2
  })
}

/** Draws the next statement to ask about from those neither seen nor left out, by priority; null when none is left. */
export function nextStatement(
  priorities: Float64Array,
  isExcluded: (statement: number) => boolean,
  random: Random,
): number | null {
  const open = [...priorities.keys()].filter((j) => !isExcluded(j))
  let left = random.next() * open.reduce((sum, j) => sum + priorities[j]!, 0)
  return open.find((j) => (left -= priorities[j]!) < 0) ?? open.at(-1) ?? null
}
