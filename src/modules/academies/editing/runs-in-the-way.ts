import { type Day, sayDate } from '#core/days'
import type { Db } from '#platform/db'

interface Where {
  today: Day
  academy?: string
  venue?: string
  room?: string
  /** Only runs of more people than this. */
  above?: number
}

const mostNamed = 5

/** The runs that are not over, in words, each with its first day: "Listening on the doorstep (14 January 2027)"; none gives nothing. */
export async function runsInTheWay(db: Db, { today, academy, venue, room, above }: Where): Promise<string | undefined> {
  let query = db
    .selectFrom('run')
    .innerJoin('course_version', 'course_version.id', 'run.course_version_id')
    .where('run.state', '<>', 'cancelled')
    .where('run.ends_on', '>=', today)
    .select(['course_version.title', 'run.starts_on'])
    .orderBy('run.starts_on')
    .orderBy('run.id')
    .limit(mostNamed + 1)
  if (academy !== undefined) query = query.where('run.academy_id', '=', academy)
  if (venue !== undefined) query = query.where('run.venue_id', '=', venue)
  if (room !== undefined) query = query.where('run.room_id', '=', room)
  if (above !== undefined) query = query.where('run.capacity', '>', above)
  const runs = await query.execute()
  if (runs.length === 0) return undefined
  const named = runs.slice(0, mostNamed).map(({ title, starts_on }) => `${title} (${sayDate(starts_on)})`)
  return runs.length > mostNamed ? `${named.join(', ')} and others` : named.join(', ')
}
