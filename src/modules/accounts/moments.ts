/** Moments in an account's life, in words. */
import { dayOf, sayDate, sayDay, sayTime } from '#core/days'

/** "Thursday 14 January, 7 pm" */
export const sayMoment = (at: Date): string => `${sayDay(dayOf(at))}, ${sayTime(at)}`

/** "14 January 2027" */
export const sayDayOf = (at: Date): string => sayDate(dayOf(at))
