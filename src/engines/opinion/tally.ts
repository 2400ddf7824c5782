/** Counts of disagree, pass and agree, for each statement. */
import type { Ballots } from './votes.ts'

/** Three counts for each statement, in the order of codes: disagree, pass, agree. */
export type Tally = Uint32Array

/** Counts everyone's votes. */
export function tallyOf(ballots: Ballots): Tally {
  const tally = new Uint32Array(ballots.statements * 3)
  for (const code of ballots.code) tally[code]!++
  return tally
}

/** Counts the votes of each group; `group[person]` is below `groups`, or negative for a person in none. */
export function tallyOfGroups(ballots: Ballots, group: Int16Array, groups: number): Tally[] {
  const tallies = Array.from({ length: groups }, () => new Uint32Array(ballots.statements * 3))
  for (let i = 0; i < ballots.people; i++) {
    const tally = tallies[group[i]!]
    if (!tally) continue
    for (let at = ballots.start[i]!; at < ballots.start[i + 1]!; at++) tally[ballots.code[at]!]!++
  }
  return tallies
}

/** The sum of several tallies. */
export function sumOf(tallies: readonly Tally[], statements: number): Tally {
  const sum = new Uint32Array(statements * 3)
  for (const tally of tallies) for (let code = 0; code < sum.length; code++) sum[code]! += tally[code]!
  return sum
}

/** How many disagreed with a statement. */
export const disagreesIn = (tally: Tally, statement: number): number => tally[statement * 3]!
/** How many agreed with a statement. */
export const agreesIn = (tally: Tally, statement: number): number => tally[statement * 3 + 2]!
/** How many saw a statement: agreed, disagreed or passed. */
export const seenIn = (tally: Tally, statement: number): number =>
  tally[statement * 3]! + tally[statement * 3 + 1]! + tally[statement * 3 + 2]!
