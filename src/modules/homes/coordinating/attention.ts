/** What about a run needs its coordinator, in words. Rules only: no database, no clock. */
import { type Day, daysBetween } from '#core/days'

/** A run as the rule looks at it. */
export interface RunFacts {
  state: string
  startsOn: Day
  capacity: number
  taken: number
  waiting: number
  trainers: number
  /** Whether another run of the course with free places is ahead at this academy. */
  another: boolean
  /** Access needs of people with a place or a turn that nobody has arranged. */
  needs: number
  /** Sessions that ended a day ago or longer and whose register is not finished. */
  registers: number
}

/** A draft is late so many days before it would begin. */
export const draftDays = 28
/** A run that begins within so many days should be this full: a quarter. */
export const quietDays = 14
export const quietShare = 4

/** What needs someone, the gravest first; empty where all is well. The same rules stand in the query that counts and sorts by them. */
export function attentionOf(run: RunFacts, today: Day): string[] {
  const days = daysBetween(today, run.startsOn)
  const ahead = days >= 0
  return [
    ahead && run.state === 'draft' && days <= draftDays && 'Not published',
    ahead && run.trainers === 0 && 'No trainer',
    run.needs > 0 && (run.needs === 1 ? 'A need to arrange' : `${run.needs} needs to arrange`),
    ahead && run.taken >= run.capacity && run.waiting > 0 && !run.another && `${run.waiting} waiting, no next run`,
    ahead &&
      run.state === 'published' &&
      days <= quietDays &&
      run.taken * quietShare < run.capacity &&
      `${run.taken} of ${run.capacity} taken, begins ${days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`}`,
    run.registers > 0 && (run.registers === 1 ? 'A register to finish' : `${run.registers} registers to finish`),
  ].filter((said) => said !== false)
}
