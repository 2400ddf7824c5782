/** Days as people write them into one line of a form. */
import { addDays, type Day, daysBetween, isDay } from '#core/days'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const longestSpan = 120

/**
 * The days named in a text such as "24 December, 31 Dec 2026, 2027-02-18, 21 December to 3 January", in order; or the
 * part that cannot be read. A day without a year is the first such day on or after `from`.
 */
export function daysIn(text: string, from: Day): { days: Day[] } | { unread: string } {
  const days: Day[] = []
  for (const part of text.split(/[,;\n]|\band\b/i).map((said) => said.trim())) {
    if (part === '') continue
    const ends = part.split(/\s+(?:to|until|–|-)\s+|\s*–\s*/i)
    const first = dayIn(ends[0]!, from)
    const last = ends.length === 1 ? first : ends.length === 2 && first ? dayIn(ends[1]!, first) : undefined
    if (!first || !last || last < first || daysBetween(first, last) > longestSpan) return { unread: part }
    for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  }
  return { days: [...new Set(days)].toSorted() }
}

function dayIn(said: string, from: Day): Day | undefined {
  const text = said.toLowerCase().replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+/, '')
  if (isDay(text)) return text
  const slashes = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text)
  if (slashes) return real(slashes[3]!, Number(slashes[2]), slashes[1]!)
  const words = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?$/.exec(text)
  if (!words) return undefined
  const month = months.indexOf(words[2]!.slice(0, 3)) + 1
  if (month === 0) return undefined
  if (words[3]) return real(words[3], month, words[1]!)
  const year = Number(from.slice(0, 4))
  // the 29th of February may be up to eight years away
  for (let next = year; next <= year + 8; next++) {
    const day = real(String(next), month, words[1]!)
    if (day && day >= from) return day
  }
  return undefined
}

function real(year: string, month: number, day: string): Day | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : undefined
}
