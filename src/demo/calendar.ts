/** Days counted from today, so that the demonstration is always about now. */
import { type Day, instantAt, weekdayOf } from '#core/days'
import type { Random } from '#core/random'

export interface Calendar {
  today: Day
  /** The first instant of today: whatever has happened happened before it. */
  midnight: number
  /** The day so many days from today. */
  day: (offset: number) => Day
  /** An instant of that day by London's clocks, 19:00, in milliseconds. */
  at: (offset: number, time: string) => number
  /** The morning of that day, quickly, where no more than the day matters. */
  morning: (offset: number) => number
  /** Some moment of that day when people are awake. */
  some: (offset: number, random: Random) => number
  /** 0 for Monday to 6 for Sunday. */
  weekday: (offset: number) => number
  /** Whether nothing is held on that day: Christmas to New Year. */
  shut: (offset: number) => boolean
}

/** The calendar around a day. */
export function calendarAround(today: Day): Calendar {
  const days = new Map<number, Day>()
  const starts = new Map<number, number>()
  const first = weekdayOf(today)
  const noon = Date.parse(`${today}T12:00:00Z`)
  const day = (offset: number): Day =>
    remembered(days, offset, () => new Date(noon + offset * 86_400_000).toISOString().slice(0, 10))
  const start = (offset: number): number => remembered(starts, offset, () => instantAt(day(offset), '00:00').getTime())
  return {
    today,
    midnight: start(0),
    day,
    at: (offset, time) => instantAt(day(offset), time).getTime(),
    morning: (offset) => noon + offset * 86_400_000 - 3 * 3_600_000,
    some: (offset, random) => start(offset) + Math.floor((7.5 + 15 * random.next()) * 3600) * 1000,
    weekday: (offset) => (((first + offset) % 7) + 7) % 7,
    shut: (offset) => {
      const monthAndDay = day(offset).slice(5)
      return monthAndDay >= '12-22' || monthAndDay <= '01-03'
    },
  }
}

function remembered<Value>(known: Map<number, Value>, key: number, make: () => Value): Value {
  let value = known.get(key)
  if (value === undefined) known.set(key, (value = make()))
  return value
}
