/** On which days and at what times a course is given: evenings in the week, Saturdays for what takes half a day or more. */
import type { Random } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Course } from './ground.ts'

export interface Pattern {
  /** Days from today, and the time of each. */
  days: number[]
  times: string[]
}

/** Days between sessions where people have work to do in between; a week for all others. */
const slow: Readonly<Record<string, number>> = {
  'community-listening-what-matters-here': 14,
  'organising-on-a-local-issue': 14,
  'long-term-organising-from-one-win-to-the-next': 28,
  'becoming-a-trainer': 14,
  'mentoring-practice': 14,
  'organising-where-the-work-went': 14,
}

const saturday = 5

/** Days and times for a course from about `start`, never between Christmas and New Year. */
export function patternsFor(
  course: Course,
  calendar: Calendar,
  start: number,
  online: boolean,
  random: Random,
): Pattern {
  const byDay = !online && random.next() < 0.14
  const weekday = random.pick([0, 1, 1, 2, 2, 2, 3, 3, 3])
  const evening = random.pick(online ? ['19:00', '19:30', '20:00'] : ['18:30', '19:00', '19:00', '19:00'])
  const morning = random.pick(['10:00', '10:30'])
  const every = slow[course.slug] ?? 7
  const pattern: Pattern = { days: [], times: [] }
  let earliest = start
  for (const { minutes } of course.sessions) {
    const long = minutes >= 180
    const wanted = long ? saturday : weekday
    let day = earliest
    while (calendar.weekday(day) !== wanted || calendar.shut(day)) day++
    pattern.days.push(day)
    pattern.times.push(long ? '10:00' : byDay ? morning : evening)
    // the next of the same kind is then a week later, or as many weeks as there is work for
    earliest = day + every - 6
  }
  return pattern
}
