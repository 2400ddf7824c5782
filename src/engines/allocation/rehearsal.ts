/** A rehearsal: the draw on applications as they are, with throw-away seeds, to say what would probably come of it. */
import { allocate, type RunOutcome } from './allocation.ts'
import type { Applications } from './round.ts'

export interface Rehearsal {
  applications: number
  /** How many times it was drawn. */
  draws: number
  /** By band: how many applied, and how many of them got a place, on the average of the draws. */
  bands: { applied: number; placed: number }[]
  /** In order of id. */
  runs: RehearsedRun[]
}

export interface RehearsedRun {
  id: string
  /** How many list it, and how many list it first. */
  listed: number
  first: number
  /** In how many of a hundred draws it had to refuse someone. */
  full: number
  /** By band: the chance, from 0 to 1, that a member of it without any reserved trait is let in when they ask. */
  chances: number[]
}

/**
 * Draws the applications once with each seed. `bands` is how many bands there are. Equal input gives equal results. The seeds
 * must have nothing to do with the real one, which is not known before applications close.
 */
export function rehearse(applications: Applications, seeds: readonly string[], bands: number): Rehearsal {
  const { members, runs } = applications
  const sums = new Map(runs.map(({ id }) => [id, { full: 0, chances: Array.from({ length: bands }, () => 0) }]))
  const bandOf = new Map(members.map(({ id, band }) => [id, band]))
  const placed = Array.from({ length: bands }, () => 0)
  for (const seed of seeds) {
    const drawn = allocate({ ...applications, seed })
    for (const { member, run } of drawn.assignments) if (run !== null) placed[bandOf.get(member)!]!++
    for (const outcome of drawn.runs) {
      const sum = sums.get(outcome.id)!
      if (outcome.waiting.length > 0) sum.full++
      for (let band = 0; band < bands; band++) sum.chances[band]! += letIn(outcome, band)
    }
  }
  const draws = Math.max(1, seeds.length)
  const [listed, first] = [new Map<string, number>(), new Map<string, number>()]
  for (const { preferences } of members) {
    preferences.forEach((run, at) => {
      count(listed, run)
      if (at === 0) count(first, run)
    })
  }
  return {
    applications: members.length,
    draws: seeds.length,
    bands: placed.map((sum, band) => ({
      applied: members.filter((member) => member.band === band).length,
      placed: Math.round(sum / draws),
    })),
    runs: [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { full, chances }]) => ({
        id,
        listed: listed.get(id) ?? 0,
        first: first.get(id) ?? 0,
        full: Math.round((100 * full) / draws),
        chances: chances.map((sum) => Math.round((1000 * sum) / draws) / 1000),
      })),
  }
}

/** Which share of a band's numbers an outcome let in openly. */
function letIn({ waiting, lastOpen }: RunOutcome, band: number): number {
  if (waiting.length === 0) return 1
  if (lastOpen === null || lastOpen.band < band) return 0
  return lastOpen.band > band ? 1 : Number.parseInt(lastOpen.number.slice(0, 12), 16) / 16 ** 12
}

const count = (counts: Map<string, number>, run: string): void => void counts.set(run, (counts.get(run) ?? 0) + 1)
