/** The allocation engine: what everyone else may use. */
export type { Applications, Member, Priority, Round, Run, Seats } from './round.ts'
export { allocate, engineVersion, type Allocation, type Assignment, type RunOutcome } from './allocation.ts'
