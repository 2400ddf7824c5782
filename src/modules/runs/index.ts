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
export { type RunFigures, type StaffFilter, type StaffRun, type StaffRuns, staffRuns } from './staff/staff-runs.ts'
export { runColumns } from './staff/page.tsx'
