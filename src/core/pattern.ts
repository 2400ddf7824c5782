/** When a run's sessions are, in the few words in which people say it. */
import { addDays, dayOf, daysBetween, timeOf, weekdayOf } from './days.ts'

export interface Span {
  startsAt: Date
  endsAt: Date
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** "Thursday evenings, 4 sessions", "Two Saturdays", "Weekend", "Monday to Wednesday", "One Thursday evening". */
export function sayPattern(sessions: readonly Span[]): string {
  if (sessions.length === 0) return 'No sessions yet'
  const days = [...new Set(sessions.map(({ startsAt }) => dayOf(startsAt)))].toSorted()
  const parts = [...new Set(sessions.map(partOf))]
  const part = parts.length === 1 && parts[0] !== 'day' && days.length === sessions.length ? parts[0]! : undefined
  const on = [...new Set(days.map(weekdayOf))].toSorted((a, b) => a - b)
  if (days.length === 1) return part ? `One ${weekdays[on[0]!]} ${part}` : `One ${weekdays[on[0]!]}`
  const weekends = weekendsIn(days)
  if (weekends > 0) return weekends === 1 ? 'Weekend' : `${capital(say(weekends))} weekends`
  if (inARow(days)) {
    const [first, last] = [weekdays[weekdayOf(days[0]!)], weekdays[weekdayOf(days.at(-1)!)]]
    return part ? `${first} to ${last}, ${part}s` : `${first} to ${last}`
  }
  if (on.length > 2) return `${sessions.length} sessions`
  const named = on.map((day) => (part || on.length > 1 ? weekdays[day] : `${weekdays[day]}s`))
  if (part) return `${named.join(' and ')} ${part}s, ${sessions.length} sessions`
  if (on.length > 1) return `${named.map((day) => `${day}s`).join(' and ')}, ${sessions.length} sessions`
  return days.length === sessions.length && days.length < numbers.length
    ? `${capital(say(days.length))} ${named[0]}`
    : `${named[0]}, ${sessions.length} sessions`
}

/** The part of the day a session fills: what lasts from the morning into the afternoon, or longer, is a day. */
function partOf({ startsAt, endsAt }: Span): 'morning' | 'afternoon' | 'evening' | 'day' {
  const [from, to] = [timeOf(startsAt), timeOf(endsAt)]
  const overnight = dayOf(startsAt) !== dayOf(endsAt)
  if (from >= '17:00') return 'evening'
  if (!overnight && to <= '13:00') return 'morning'
  if (!overnight && from >= '12:00' && to <= '18:30') return 'afternoon'
  return 'day'
}

/** How many weekends the days make, where they are whole weekends and nothing else. */
function weekendsIn(days: readonly string[]): number {
  const whole = days.every((day, index) => {
    const weekday = weekdayOf(day)
    if (weekday === 5) return days[index + 1] === addDays(day, 1)
    return weekday === 6 && days[index - 1] === addDays(day, -1)
  })
  return whole ? days.length / 2 : 0
}

const inARow = (days: readonly string[]): boolean => daysBetween(days[0]!, days.at(-1)!) === days.length - 1

const say = (number: number): string => numbers[number] ?? String(number)
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
