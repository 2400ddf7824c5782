/** What a rehearsal says, as a program is given it. */
import type { Rehearsal } from '#engines/allocation/index.ts'
import type { Round } from '../round.ts'
import { chanceOf, fewest } from './words.ts'

/** How many applied for a run, rounded; null where it is few. */
export const countOf = (count: number): number | null => (count < fewest ? null : Math.round(count / 5) * 5)

/** The figures of a rehearsal that may be told; none while too few have applied. */
export function rehearsalFigures({
  round,
  rehearsal,
}: {
  round: Round
  rehearsal: (Rehearsal & { madeAt: Date }) | undefined
}) {
  if (!rehearsal || rehearsal.applications < fewest) return { madeAt: rehearsal?.madeAt ?? null, runs: [] }
  const bands = Array.from({ length: round.bands.length + 1 }, (_, band) => band)
  return {
    madeAt: rehearsal.madeAt,
    draws: rehearsal.draws,
    runs: rehearsal.runs.map((run) => ({
      run: run.id,
      wantIt: countOf(run.listed),
      chances: bands.map((band) => chanceOf(run, band)?.says ?? null),
    })),
  }
}
