/** A trainer's own sessions: what is ahead, what is over, and which registers are still open. */
import { sql } from 'kysely'
import type { Visit } from '#platform/web'

export interface TrainersSession {
  id: string
  run: string
  course: string
  title: string
  number: number
  of: number
  startsAt: Date
  endsAt: Date
  where: string
  taken: number
  capacity: number
  registerDoneAt: Date | null
}

/** Sessions that this visit's person leads: those ahead (or today), those whose register is still open, or those done. In one query. */
export async function sessionsOfTrainer(
  { db, actor, now }: Visit,
  { which = 'ahead', limit = 20 }: { which?: 'ahead' | 'open' | 'done'; limit?: number } = {},
): Promise<TrainersSession[]> {
  const wanted = {
    ahead: sql`session.ends_at > ${now}`,
    open: sql`session.ends_at <= ${now} and session.register_done_at is null`,
    done: sql`session.register_done_at is not null`,
  }[which]
  const { rows } = await sql<TrainersSession>`
    select session.id, run.id as run, version.title as course, session.title, session.number,
      (select count(*)::int from run_session of where of.run_id = run.id) as of,
      session.starts_at as "startsAt", session.ends_at as "endsAt", coalesce(venue.name, 'Online') as "where",
      run.taken, run.capacity, session.register_done_at as "registerDoneAt"
    from run_trainer led join run on run.id = led.run_id and run.state = 'published'
      join run_session session on session.run_id = run.id
      join course_version version on version.id = run.course_version_id
      left join venue on venue.id = run.venue_id
    where led.person_id = ${actor.id} and ${wanted}
    order by session.starts_at ${which === 'done' ? sql`desc` : sql`asc`}, session.id limit ${limit}`.execute(db)
  return rows
}
