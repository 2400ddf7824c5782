/** Short forms for dense tables. */
import { type Day, stubOf } from '#core/days'

/** "11 Feb", "14 Jan – 4 Feb", with the year where it is not this one. */
export function sayDates(from: Day, to: Day, today: Day): string {
  const say = (day: Day): string => {
    const { day: number, month } = stubOf(day)
    return `${number} ${month.charAt(0)}${month.slice(1).toLowerCase()}`
  }
  const year = to.slice(0, 4) === today.slice(0, 4) ? '' : ` ${to.slice(0, 4)}`
  return from === to ? `${say(to)}${year}` : `${say(from)} – ${say(to)}${year}`
}

/** "R. Osei" for Ruth Osei; a single name as it is. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/u)
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${String.fromCodePoint(words[0]!.codePointAt(0)!)}. ${last}`
}
