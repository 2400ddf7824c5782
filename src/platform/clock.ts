/** The only place that reads the clock. */
import { type Day, dayOf } from '#core/days'

/** A source of the present moment; tests and the demonstration bring their own. */
export type Clock = () => Date

/** The machine's clock. */
export const machineClock: Clock = () => new Date()

/** The day it is in London by this clock. */
export const todayBy = (clock: Clock): Day => dayOf(clock())

/** Milliseconds since an arbitrary moment, for measuring how long something took. */
export const stopwatch = (): (() => number) => {
  const start = performance.now()
  return () => performance.now() - start
}
