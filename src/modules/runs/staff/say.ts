/** Days and names in as few letters as the column of a table has. */
import { type Day, daysBetween, stubOf } from '#core/days'

/** From so many days off, a date could be taken for one of another year. */
const far = 300
const nbsp = '\u00a0'

/** "16, 23 Jan", "6–7 Feb", "14 Jan – 4 Feb": the days of a run, with the year where it could be mistaken. Breaks only at the dash. */
export function sayDates(days: readonly Day[], today: Day): string {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return '–'
  const year = Math.abs(daysBetween(today, last)) > far ? `${nbsp}${last.slice(0, 4)}` : ''
  return `${span(days, first, last)}${year}`
}

function span(days: readonly Day[], first: Day, last: Day): string {
  if (first === last) return short(first)
  const sameMonth = first.slice(0, 7) === last.slice(0, 7)
  if (daysBetween(first, last) === days.length - 1 && sameMonth) return `${stubOf(first).day}–${short(last)}`
  if (sameMonth && days.length <= 3)
    return `${days.map((day) => stubOf(day).day).join(`,${nbsp}`)}${nbsp}${monthOf(last)}`
  return `${short(first)}${nbsp}– ${short(last)}`
}

const short = (day: Day): string => `${stubOf(day).day}${nbsp}${monthOf(day)}`
const monthOf = (day: Day): string => {
  const { month } = stubOf(day)
  return `${month.charAt(0)}${month.slice(1).toLowerCase()}`
}

/** "R. Osei" for Ruth Osei; a single name as it is. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/u)
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${String.fromCodePoint(words[0]!.codePointAt(0)!)}.${nbsp}${last}`
}
