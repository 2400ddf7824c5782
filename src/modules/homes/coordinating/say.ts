/** Short forms for dense tables. */
import { type Day, daysBetween, stubOf } from '#core/days'

const long = 300

/** "11 Feb", "14 Jan – 4 Feb", with the year where it could be mistaken: long ago, or far ahead. Breaks only at the dash. */
export function sayDates(from: Day, to: Day, today: Day): string {
  const say = (day: Day): string => {
    const { day: number, month } = stubOf(day)
    return `${number}${nbsp}${month.charAt(0)}${month.slice(1).toLowerCase()}`
  }
  const year = Math.abs(daysBetween(today, to)) > long ? `${nbsp}${to.slice(0, 4)}` : ''
  return from === to ? `${say(to)}${year}` : `${say(from)}${nbsp}– ${say(to)}${year}`
}

const nbsp = '\u00a0'

/** "R. Osei" for Ruth Osei; a single name as it is. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/u)
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${String.fromCodePoint(words[0]!.codePointAt(0)!)}.${nbsp}${last}`
}
