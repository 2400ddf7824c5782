/** Published runs ahead, as the rows of a list: when, where, how near and how many places. */
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Day } from '#core/days'
import { sayPattern } from '#core/pattern'
import type { Db } from '#platform/db'
import { type Area, nearnessOfRun, nearOf, sayNear } from '../areas/index.ts'

export interface RunAhead {
  id: string
  /** The slug and the title of its course. */
  course: string
  title: string
  startsOn: Day
  /** "Thursday evenings, 4 sessions" */
  pattern: string
  /** The venue's name, or "online". */
  where: string
  /** "3 miles away"; empty where it is not known. */
  near: string
  spaceForChildren: boolean
  capacity: number
  taken: number
  waiting: number
  /** Whether its places are still to be drawn in a round. */
  toBeDrawn: boolean
}

export interface AheadOf {
  /** Only runs of this course, at this academy, or these very runs; by id. */
  course?: string
  academy?: string
  runs?: readonly string[]
  today: Day
  near?: Area | undefined
  limit: number
}

/** Published runs that have not begun: the nearest first where it is asked near what, otherwise the soonest. */
export async function runsAheadOf(db: Db, { course, academy, runs, today, near, limit }: AheadOf): Promise<RunAhead[]> {
  const refs = { area: 'at', lat: 'venue.lat', lon: 'venue.lon' }
  let query = db
    .selectFrom('run')
    .innerJoin('course', 'course.id', 'run.course_id')
    .innerJoin('course_version', 'course_version.id', 'run.course_version_id')
    .leftJoin('venue', 'venue.id', 'run.venue_id')
    .leftJoin('area as at', 'at.code', 'venue.area_code')
    .where('run.state', '=', 'published')
    .where('run.starts_on', '>=', today)
    .select((eb) => [
      'run.id',
      'course.slug as course',
      'course_version.title',
      'run.starts_on',
      'venue.name as venue',
      'venue.children_space',
      'run.capacity',
      'run.taken',
      'run.waiting',
      sql<boolean>`run.how = 'round' and run.drawn_at is null`.as('to_be_drawn'),
      (near ? nearOf(near, refs) : sql<null>`null::json`).as('near'),
      jsonArrayFrom(
        eb
          .selectFrom('run_session')
          .whereRef('run_session.run_id', '=', 'run.id')
          .select(['starts_at', 'ends_at'])
          .orderBy('number'),
      ).as('sessions'),
    ])
    .limit(limit)
  if (course !== undefined) query = query.where('run.course_id', '=', course)
  if (academy !== undefined) query = query.where('run.academy_id', '=', academy)
  if (runs !== undefined) query = query.where('run.id', 'in', runs)
  if (near) query = query.orderBy(nearnessOfRun(near, refs))
  if (runs?.length === 0) return []
  const rows = await query.orderBy('run.starts_on').orderBy('run.id').execute()
  return rows.map((row) => ({
    id: row.id,
    course: row.course,
    title: row.title,
    startsOn: row.starts_on,
    pattern: sayPattern(row.sessions.map(spanOf)),
    where: row.venue ?? 'online',
    near: near ? sayNear(row.near, near) : '',
    spaceForChildren: row.children_space ?? false,
    capacity: row.capacity,
    taken: row.taken,
    waiting: row.waiting,
    toBeDrawn: row.to_be_drawn,
  }))
}

// within JSON a time is text
const spanOf = ({ starts_at, ends_at }: { starts_at: Date | string; ends_at: Date | string }) => ({
  startsAt: new Date(starts_at),
  endsAt: new Date(ends_at),
})
