/** Do the groups mean anything? Hide some votes and see whether knowing a person's group helps to foretell them. */
import type { Random } from '#core/random'
import { groupAfresh } from './chain.ts'
import type { Groups } from './groups.ts'
import { sumOf, tallyOfGroups } from './tally.ts'
import { ballotsOfSome, statementOf, type Ballots } from './votes.ts'

/** The mean of −ln(chance foretold for the vote that was cast) over the hidden votes; lower is better. */
export interface HeldOut {
  /** Foretold by the share of the person's group that voted so. */
  groups: number
  /** Foretold by the share of everyone grouped. */
  everyone: number
}

/**
 * Hides a tenth of the grouped people's votes on the statements that count, sorts the people into as many groups without
 * them (or keeps groups that were given), and foretells each as agree, pass or disagree with chance (votes + 1) / (seen + 3).
 * At most 20,000 people, drawn without replacement. Null where there are not two groups, or nothing was hidden.
 */
export function heldOutOf(
  ballots: Ballots,
  zeroed: Uint8Array,
  grouped: Uint32Array,
  groups: Groups,
  isGiven: boolean,
  random: Random,
): HeldOut | null {
  if (groups.ids.length < 2) return null
  const people = drawn(grouped, random)
  const hidden = new Uint8Array(ballots.code.length)
  for (const person of people)
    for (let at = ballots.start[person]!; at < ballots.start[person + 1]!; at++)
      if (!zeroed[statementOf(ballots.code[at]!)] && random.next() < 0.1) hidden[at] = 1
  const rest = ballotsOfSome(ballots, people, (at) => hidden[at] === 0)
  const group = isGiven
    ? Int16Array.from(people, (person) => groups.group[person]!)
    : Int16Array.from(groupAfresh(rest, zeroed, groups.ids.length, random))
  const tallies = tallyOfGroups(rest, group, groups.ids.length)
  const everyone = sumOf(tallies, ballots.statements)
  const loss = { groups: 0, everyone: 0 }
  let votes = 0
  people.forEach((person, i) => {
    for (let at = ballots.start[person]!; at < ballots.start[person + 1]!; at++) {
      if (!hidden[at]) continue
      votes++
      loss.groups -= Math.log(chanceOf(tallies[group[i]!]!, ballots.code[at]!))
      loss.everyone -= Math.log(chanceOf(everyone, ballots.code[at]!))
    }
  })
  return votes === 0 ? null : { groups: loss.groups / votes, everyone: loss.everyone / votes }
}

function chanceOf(tally: Uint32Array, code: number): number {
  const first = statementOf(code) * 3
  return (tally[code]! + 1) / (tally[first]! + tally[first + 1]! + tally[first + 2]! + 3)
}

const most = 20_000

/** At most 20,000 of the people, in order. */
function drawn(people: Uint32Array, random: Random): Uint32Array {
  if (people.length <= most) return people
  const shuffled = people.slice()
  for (let i = 0; i < most; i++) {
    const j = i + random.below(shuffled.length - i)
    const swapped = shuffled[i]!
    shuffled[i] = shuffled[j]!
    shuffled[j] = swapped
  }
  return shuffled.slice(0, most).sort()
}
