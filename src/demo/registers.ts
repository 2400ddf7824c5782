/** Who came: the register of each session that is over, as its trainer kept it. */
import { seeded } from '#core/random'
import type { Person } from './members.ts'
import type { Place } from './queue.ts'
import type { Run, Session } from './timetable.ts'

export type Mark = 'present' | 'late' | 'absent' | 'apologies'

export interface Attendance {
  run: Run
  session: Session
  person: Person
  mark: Mark
  by: Person
  at: number
  /** A correction made later, and why: what stood before. */
  was: Mark | null
  why: string
}

/** Marks every session before today; a few of the last days are left for the trainer to finish, `unfinished` among them. */
export function keepRegisters(runs: readonly Run[], unfinished: (run: Run) => boolean): Attendance[] {
  const random = seeded('demonstration registers')
  const marks: Attendance[] = []
  for (const run of runs) {
    const [trainer, second] = run.trainers
    if (run.state !== 'published' || !trainer) continue
    const there = run.places.filter(({ state }) => state === 'confirmed')
    const lastDay = run.sessions.findLast(({ day }) => day < 0)?.day
    const leavesOff = new Map(there.map((place) => [place, random.next() < 0.06 ? 1 + random.below(2) : Infinity]))
    for (const session of run.sessions) {
      if (session.day >= 0) continue
      const left = session.day === lastDay && (unfinished(run) || (session.day > -10 && random.next() < 0.12))
      const by = second && random.next() < 0.3 ? second : trainer
      const done = session.ends + (2 + random.below(40)) * 60_000
      const marked = left ? (unfinished(run) || random.next() < 0.5 ? Math.ceil(there.length / 2) : 0) : there.length
      for (const place of there.slice(0, marked)) {
        const mark = markFor(place, session, leavesOff.get(place)!, random.next())
        const at = session.starts + (5 + random.below(25)) * 60_000
        const corrected = !left && random.next() < 0.012 && session.day < -1
        marks.push({
          run,
          session,
          person: place.person,
          by,
          mark: corrected ? 'late' : mark,
          at: corrected ? done + 20 * 3_600_000 : at,
          was: corrected ? 'absent' : null,
          why: corrected ? random.pick(corrections) : '',
        })
      }
      if (!left) Object.assign(session, { doneAt: done, doneBy: by })
    }
  }
  return marks
}

function markFor({ person, turnedUp }: Place, { number }: Session, leavesOff: number, chance: number): Mark {
  if (turnedUp && number === 1) return 'present'
  if (number > leavesOff) return 'absent'
  if (chance < person.reliable) return chance < 0.05 ? 'late' : 'present'
  return chance < person.reliable + (1 - person.reliable) * 0.55 ? 'apologies' : 'absent'
}

const corrections = [
  'Came in after the break and signed the sheet',
  'Her bus was late. She was there from the second exercise',
  'He was in the other room with the children until half past',
  'I marked the wrong line on the paper sheet',
]
