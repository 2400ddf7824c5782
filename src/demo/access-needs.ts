/** What would help some of those who have a place; what was said for runs that ended over a month ago is forgotten. */
import { seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import { needs } from './need-words.ts'
import type { Place } from './queue.ts'
import type { Run } from './timetable.ts'

export interface AccessNeed {
  place: Place
  run: Run
  needs: string
  arrangedAt: number | null
  note: string
}

/** Needs on one place in nine; most are arranged by the day, half of those to come are not yet. */
export function askForAccess(runs: readonly Run[], calendar: Calendar): AccessNeed[] {
  const random = seeded('demonstration needs')
  return runs.flatMap((run) => {
    const last = run.sessions.at(-1)!.day
    if (run.state !== 'published' || last < -29) return []
    return run.places.flatMap((place) => {
      if (!['confirmed', 'waiting', 'offered'].includes(place.state) || place.turnedUp || random.next() > 0.11)
        return []
      const [said, note] = random.pick(needs)
      const soon = place.askedAt + (1 + 5 * random.next()) * 86_400_000
      const likely = run.sessions[0]!.day < 0 ? 0.97 : 0.5
      const arranged = place.state === 'confirmed' && soon < calendar.midnight && random.next() < likely
      return [{ place, run, needs: said, arrangedAt: arranged ? Math.floor(soon) : null, note: arranged ? note : '' }]
    })
  })
}
