/** Rounds: applying for several runs at once, and a draw that anyone can compute again. What other modules may use of them. */
export { RoundsForMe } from './applying/for-me.tsx'
export { type RoundForMe, roundsForMe } from './applying/mine.ts'
export { type Fact, sayBands } from './bands.ts'
export { rounds } from './module.ts'
export { findRound, openRounds, runsOf } from './queries.ts'
export type { Phase, Reserve, Round, RoundRun, RoundState, RoundSummary } from './round.ts'
