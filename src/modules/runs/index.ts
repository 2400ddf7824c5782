/** Runs: courses given at a time and place. What other modules may use of them. */
export { calendarEntries, calendarEntry } from './calendar/invitations.ts'
export { runs } from './module.ts'
export { type Span, sayPattern } from '#core/pattern'
export { type Ahead, findRun, runsAhead } from './queries.ts'
export {
  aboutRun,
  accessOf,
  type How,
  type Run,
  type RunSession,
  type RunState,
  type RunSummary,
  type RunVenue,
  whereOf,
} from './run.ts'
export { type Reason } from './staff/attention.ts'
export { runsNeedingAttention, type StaffFilter, type StaffRun, staffRuns } from './staff/staff-runs.ts'
export { sayDates, shortName } from './staff/page.tsx'
