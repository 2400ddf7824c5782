/** From votes to groups in one go, for samples of people: how the scores beside the groups are made. */
import type { Random } from '#core/random'
import { componentsOf, meansOf, type Precision } from './components.ts'
import { groupPeople } from './groups.ts'
import { positionsOf } from './positions.ts'
import { tallyOf } from './tally.ts'
import type { Ballots } from './votes.ts'

/** The group of each person when these ballots alone are sorted into so many groups. */
export function groupAfresh(ballots: Ballots, zeroed: Uint8Array, groups: number, random: Random): Uint16Array {
  const means = meansOf(tallyOf(ballots), zeroed)
  const components = componentsOf(ballots, means, zeroed, undefined, enough)
  const people = Uint32Array.from({ length: ballots.people }, (_, i) => i)
  const positions = positionsOf(ballots, means, zeroed, components)
  return groupPeople({ ballots, zeroed, people, positions }, random, groups).label
}

/** In a sample, chance moves the components far more than this. */
const enough: Precision = { turn: 1e-3, miss: 1e-2 }
