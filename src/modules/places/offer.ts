/** How long an offer stands. Rules only: no database, no clock. */

const hour = 3_600_000

/** In the last hours before a run starts nobody is offered anything: whoever waits may take a free seat, the first to do so has it. */
export const lastHours = 6

const short = 48
const leastHours = 1

/**
 * Until when an offer made now stands: the run's own number of days, and never so long that the next in line could not be
 * asked as well. Within two days of the start it stands for a quarter of the time that is left. Null in the last hours.
 */
export function offerUntil(now: Date, begins: Date, offerDays: number): Date | null {
  const left = begins.getTime() - now.getTime()
  if (left <= lastHours * hour) return null
  if (left <= short * hour) return new Date(now.getTime() + Math.max(leastHours * hour, left / 4))
  return new Date(Math.min(now.getTime() + offerDays * 24 * hour, begins.getTime() - (short / 2) * hour))
}

/** Whether a free seat goes to the first who takes it, since there is no time left to offer it in turn. */
export const inLastHours = (now: Date, begins: Date): boolean =>
  now < begins && begins.getTime() - now.getTime() <= lastHours * hour

/** Runs that begin up to this moment are in their last hours. */
export const lastHoursFrom = (now: Date): Date => new Date(now.getTime() + lastHours * hour)

/** "You are next", "2 people asked before you" */
export function sayAhead(ahead: number): string {
  if (ahead === 0) return 'You are next'
  return ahead === 1 ? 'One person asked before you' : `${ahead.toLocaleString('en-GB')} people asked before you`
}
