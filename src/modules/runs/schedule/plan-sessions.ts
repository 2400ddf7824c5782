/** The sessions of a run from how a coordinator says them: a first day, how often, how many, and what to skip. */
import { addDays, type Day, instantAt } from '#core/days'
import type { Span } from '#core/pattern'
import type { BankHoliday } from './bank-holidays.ts'

export const rhythms = ['weekly', 'days', 'once'] as const
export type Rhythm = (typeof rhythms)[number]

/** How a coordinator says when a run is. What is null is as the course's outline has it. */
export interface When {
  firstDay: Day
  time: string
  minutes: number | null
  rhythm: Rhythm
  count: number | null
  skip: readonly Day[]
}

export interface PlannedSession extends Span {
  number: number
  title: string
}

export interface Skipped {
  day: Day
  /** The bank holiday it is, where that is why. */
  holiday: string | undefined
}

interface Outline {
  title: string
  minutes: number
}

const longestDay = 480
/** So many candidates are looked at before giving up: a year and more of weeks. */
const mostTries = 400

/**
 * Every session, at the same time by London's clocks whatever the clocks do, and the days that were skipped. A day that is
 * skipped moves all that follow on, so that there are as many sessions all the same.
 */
export function planSessions(
  when: When,
  course: { title: string; outline: readonly Outline[] },
  holidays: (from: Day, to: Day) => readonly BankHoliday[],
): { sessions: PlannedSession[]; skipped: Skipped[] } {
  const { outline, title } = course
  const count = when.rhythm === 'once' ? 1 : (when.count ?? Math.max(1, outline.length))
  const step = when.rhythm === 'weekly' ? 7 : 1
  const names = new Map(
    holidays(when.firstDay, addDays(when.firstDay, step * mostTries)).map(({ day, name }) => [day, name]),
  )
  const sessions: PlannedSession[] = []
  const skipped: Skipped[] = []
  for (let n = 0; sessions.length < count && n < mostTries; n++) {
    const day = addDays(when.firstDay, n * step)
    const holiday = names.get(day)
    // a run of one session is where it is put
    if (when.rhythm !== 'once' && (holiday !== undefined || when.skip.includes(day))) {
      skipped.push({ day, holiday })
      continue
    }
    const number = sessions.length + 1
    const startsAt = instantAt(day, when.time)
    const minutes = when.minutes ?? lengthOf(number, count, outline)
    sessions.push({ number, title: titleOf(number, count, title, outline), startsAt, endsAt: after(startsAt, minutes) })
  }
  return { sessions, skipped }
}

/** What of the outline a session covers: its own part, or several where fewer sessions are held than it has. */
function partsOf(number: number, count: number, outline: readonly Outline[]): readonly Outline[] {
  if (count >= outline.length) return outline.slice(number - 1, number)
  const at = (n: number): number => Math.floor((n * outline.length) / count)
  return outline.slice(at(number - 1), at(number))
}

/** Several parts at one meeting take as long as they do, but no longer than a day. */
function lengthOf(number: number, count: number, outline: readonly Outline[]): number {
  return Math.min(longestDay, sum(partsOf(number, count, outline)) || (outline.at(-1)?.minutes ?? 120))
}

function titleOf(number: number, count: number, title: string, outline: readonly Outline[]): string {
  if (count === 1 && outline.length !== 1) return title
  const titles = partsOf(number, count, outline).map((part) => part.title)
  return titles.join('; ').slice(0, 200) || `Session ${number}`
}

const sum = (outline: readonly Outline[]): number => outline.reduce((total, { minutes }) => total + minutes, 0)

/** Minutes later by the clock's own running, which is what a session lasts. */
export const after = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000)
