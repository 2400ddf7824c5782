/** Chances as people say them: honest, and never more exact than they are. */
import type { RehearsedRun } from '#engines/allocation/index.ts'
import type { Tone } from '#design'

/** Below so many applications nothing is said of a run. */
export const fewest = 10

export interface Chance {
  says: string
  tone: Tone | undefined
}

const steps: readonly (readonly [from: number, says: string, tone: Tone | undefined])[] = [
  [0.9, 'Very likely', 'go'],
  [0.6, 'Likely', 'go'],
  [0.4, 'About even', undefined],
  [0.1, 'Unlikely', 'wait'],
  [0, 'Very unlikely', 'wait'],
]

/** The chance of a member of this band to be let in when it comes to this run, in a word or two. */
export function chanceOf(run: RehearsedRun | undefined, band: number): Chance | undefined {
  if (!run) return undefined
  if (run.listed < fewest) return { says: 'Too few have applied to say', tone: undefined }
  if (run.full === 0) return { says: 'Room for everyone so far', tone: 'go' }
  const chance = run.chances[band] ?? 0
  const [, says, tone] = steps.find(([from]) => chance >= from)!
  return { says, tone }
}

/** What the words mean. */
export const meanings: readonly (readonly [word: string, meaning: string])[] = [
  ['Room for everyone so far', 'Nobody had to be refused in any rehearsal.'],
  ['Very likely', 'Nine or more of ten with your place in the order would be let in.'],
  ['Likely', 'Six to nine of ten.'],
  ['About even', 'Four to six of ten.'],
  ['Unlikely', 'One to four of ten.'],
  ['Very unlikely', 'Fewer than one of ten.'],
]
