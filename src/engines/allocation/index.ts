/** The allocation engine: what everyone else may use. */
export { allocate, engineVersion, type Allocation, type Assignment, type RunOutcome } from './allocation.ts'
export { auditOf, readAudit, verify, type Audit, type ClaimedAudit } from './audit.ts'
export { choose, nextInLine, type Choice } from './choice.ts'
export { auditLines, resultLines, runAllocate, runVerify, type AllocationOutput } from './command.ts'
export type { Difference } from './difference.ts'
export { comesBefore, explaining, type Explanation, type ListedRun, type Refusal } from './explanation.ts'
export { afterWithdrawal, type Filled, type Move } from './free-seats.ts'
export { parseJson, type Json } from './json.ts'
export { lotteryNumber, priorityOrder } from './lottery.ts'
export { readRound } from './reading.ts'
export { rehearse, type RehearsedRun, type Rehearsal } from './rehearsal.ts'
export { Unusable, type Applications, type Member, type Priority, type Round, type Run, type Seats } from './round.ts'
export { drawOnWorker, rehearseOnWorker } from './run-on-worker.ts'
export {
  commitmentTo,
  canonicalRoll,
  rollDigest,
  seedFrom,
  type Beacon,
  type Commitment,
  type SeedParts,
} from './seed.ts'
