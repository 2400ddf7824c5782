/** Days and times as people here say them: Europe/London, British English, the clock changes included. */
import { Temporal } from 'temporal-polyfill'

/** A calendar day, 2027-01-14. */
export type Day = string

const zone = 'Europe/London'

/** The day it is in London at this instant. */
export const dayOf = (at: Date): Day => clocksAt(at).slice(0, 10)

/** The clock time it is in London at this instant, 19:00. */
export const timeOf = (at: Date): string => clocksAt(at).slice(11, 16)

/** The day so many days later (or, negative, earlier). */
export const addDays = (day: Day, days: number): Day =>
  new Date(midnightOf(day) + days * dayLong).toISOString().slice(0, 10)

/** How many days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => (midnightOf(to) - midnightOf(from)) / dayLong

/** The instant at which London's clocks show this time on this day. A time the clocks skip moves on by the hour skipped. */
export const instantAt = (day: Day, time: string): Date =>
  new Date(
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
      .toInstant().epochMilliseconds,
  )

/** The first day of the quarter a day falls in. */
export function quarterOf(day: Day): Day {
  const { year, month } = Temporal.PlainDate.from(day)
  return new Temporal.PlainDate(year, month - ((month - 1) % 3), 1).toString()
}

/** The first day of the quarter so many quarters on. */
export const addQuarters = (quarter: Day, quarters: number): Day =>
  Temporal.PlainDate.from(quarter)
    .add({ months: 3 * quarters })
    .toString()

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (new Date(midnightOf(day)).getUTCDay() + 6) % 7

/** Whether a text names a real calendar day in the form 2027-01-14. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

// days by themselves have no clocks that change, so plain arithmetic is exact
const dayLong = 86_400_000
const midnightOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`)

// a page says the same few days again and again, and each is dear to put into words
const most = 10_000
const clocks = new Map<number, string>()

/** The same words for the same day, worked out once. */
function remembering(say: (day: Day) => string): (day: Day) => string {
  const said = new Map<Day, string>()
  return (day) => {
    let words = said.get(day)
    if (words === undefined) {
      if (said.size >= most) said.clear()
      said.set(day, (words = say(day)))
    }
    return words
  }
}

const formats = {
  full: new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }),
  fullWithYear: new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  }),
  short: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone }),
  shortWithYear: new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone,
  }),
  plain: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }),
  month: new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: zone }),
}

const noon = (day: Day): Date => instantAt(day, '12:00')

/** "Thursday 14 January"; told what day it is, with the year where it is another. */
export const sayDay = (day: Day, today?: Day): string => (isOtherYear(day, today) ? sayDayAndYear(day) : fullOf(day))
const fullOf = remembering((day) => formats.full.format(noon(day)).replace(',', ''))
/** "Thursday 14 January 2027" */
export const sayDayAndYear = remembering((day) => formats.fullWithYear.format(noon(day)).replace(',', ''))
/** "14 January 2027" */
export const sayDate = remembering((day) => formats.plain.format(noon(day)))
/** "Thu 14 Jan"; told what day it is, with the year where it is another. */
export const sayShortDay = (day: Day, today?: Day): string =>
  isOtherYear(day, today) ? shortWithYearOf(day) : shortOf(day)
const shortOf = remembering((day) => formats.short.format(noon(day)).replace(',', ''))
const shortWithYearOf = remembering((day) => formats.shortWithYear.format(noon(day)).replace(',', ''))

const isOtherYear = (day: Day, today: Day | undefined): boolean =>
  today !== undefined && day.slice(0, 4) !== today.slice(0, 4)
/** The two halves of a date as a ticket stub: "14" and "JAN". */
export const stubOf = (day: Day): { day: string; month: string } => ({
  day: String(Number(day.slice(8))),
  month: sayMonth(day),
})
const sayMonth = remembering((day) => formats.month.format(noon(day)).slice(0, 3).toUpperCase())

/** "7 pm", "7.30 pm", "noon" */
export function sayTime(at: Date): string {
  const [hour, minute] = timeOf(at).split(':').map(Number) as [number, number]
  if (hour === 12 && minute === 0) return 'noon'
  return `${clockOf(hour, minute)} ${hour < 12 ? 'am' : 'pm'}`
}

/** "7 to 9 pm", "11 am to 1 pm" */
export function sayTimes(from: Date, to: Date): string {
  const [start, end] = [sayTime(from), sayTime(to)]
  const half = (said: string): string => said.slice(-2)
  return half(start) === half(end) && !start.startsWith('noon') && !end.startsWith('noon')
    ? `${start.slice(0, -3)} to ${end}`
    : `${start} to ${end}`
}

/** "Thursday 14 January, 7 to 9 pm", with the year as in `sayDay`. */
export const sayWhen = (from: Date, to: Date, today?: Day): string =>
  `${sayDay(dayOf(from), today)}, ${sayTimes(from, to)}`
/** "Thu 14 Jan, 7 to 9 pm", with the year as in `sayShortDay`. */
export const sayWhenShort = (from: Date, to: Date, today?: Day): string =>
  `${sayShortDay(dayOf(from), today)}, ${sayTimes(from, to)}`

/** What London's clocks show at an instant, as 2027-01-14T19:00, worked out once for each minute. */
function clocksAt(at: Date): string {
  const minute = Math.floor(at.getTime() / 60_000)
  let shown = clocks.get(minute)
  if (shown === undefined) {
    if (clocks.size >= most) clocks.clear()
    const there = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone)
    shown = there.toPlainDateTime().toString({ smallestUnit: 'minute' })
    clocks.set(minute, shown)
  }
  return shown
}

const clockOf = (hour: number, minute: number): string =>
  `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `.${String(minute).padStart(2, '0')}`}`
