/** One session's register as the database holds it: for the trainers of the run, and those who arrange there. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import type { Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import type { Mark } from './mark.ts'

export interface RegisterSession {
  id: string
  run: string
  runState: string
  course: string
  number: number
  of: number
  title: string
  startsAt: Date
  endsAt: Date
  where: string
  academy: string
  capacity: number
  taken: number
  doneAt: Date | null
  doneBy: string | null
}

export interface RegisterRow {
  person: string
  name: string
  /** Whether they have a place; someone who only came is listed too. */
  place: boolean
  mark: Mark | null
  notedBy: string | null
  notedAt: Date | null
}

/** A mark that was changed: by whom, when and why. */
export interface Correction {
  name: string
  was: Mark
  now: Mark
  why: string
  by: string
  at: Date
}

/** The session, or nothing where this person neither leads the run nor arranges there. */
export const findSession = ({ db, actor }: Visit, id: string): Promise<RegisterSession | undefined> =>
  db
    .selectFrom('run_session as session')
    .innerJoin('run', 'run.id', 'session.run_id')
    .innerJoin('course_version as version', 'version.id', 'run.course_version_id')
    .innerJoin('academy', 'academy.id', 'run.academy_id')
    .leftJoin('venue', 'venue.id', 'run.venue_id')
    .leftJoin('person as closer', 'closer.id', 'session.register_done_by')
    .where('session.id', '=', id)
    .where((eb) =>
      eb.or([
        academyWithin(actor, 'places.arrange', 'run.academy_id'),
        sql<boolean>`exists (select from run_trainer where run_id = run.id and person_id = ${actor.id})`,
      ]),
    )
    .select(['session.id', 'run.id as run', 'run.state as runState', 'version.title as course'])
    .select(['session.number', 'session.title', 'session.starts_at as startsAt', 'session.ends_at as endsAt'])
    .select(sql<number>`(select count(*)::int from run_session of where of.run_id = run.id)`.as('of'))
    .select(sql<string>`coalesce(venue.name, 'Online')`.as('where'))
    .select(['academy.name as academy', 'run.capacity', 'run.taken'])
    .select(['session.register_done_at as doneAt', 'closer.name as doneBy'])
    .executeTakeFirst()

/** Everyone with a place on the run, and everyone who came to any session of it, by name. */
export async function rowsOf(db: Db, session: Pick<RegisterSession, 'id' | 'run'>): Promise<RegisterRow[]> {
  const { rows } = await sql<RegisterRow>`
    with there as (
      select person_id, true as place from place where run_id = ${session.run} and state = 'confirmed'
      union all
      select distinct attendance.person_id, false from attendance join run_session on run_session.id = attendance.session_id
        where run_session.run_id = ${session.run})
    select person.id as person, person.name, bool_or(there.place) as place, attendance.mark,
      noter.name as "notedBy", attendance.noted_at as "notedAt"
    from there join person on person.id = there.person_id
      left join attendance on attendance.session_id = ${session.id} and attendance.person_id = person.id
      left join person noter on noter.id = attendance.noted_by
    group by person.id, attendance.mark, noter.name, attendance.noted_at
    order by plain_words(person.name), person.id limit 1000`.execute(db)
  return rows
}

/** The marks of a session that were changed after they were first made, the latest first. */
export async function correctionsOf(db: Db, session: string): Promise<Correction[]> {
  const rows = await db
    .selectFrom('attendance_change as change')
    .innerJoin('person', 'person.id', 'change.person_id')
    .innerJoin('person as by', 'by.id', 'change.changed_by')
    .where('change.session_id', '=', session)
    .where('change.was', 'is not', null)
    .orderBy('change.id', 'desc')
    .limit(200)
    .select(['person.name', 'change.was', 'change.now', 'change.why', 'by.name as by', 'change.changed_at as at'])
    .execute()
  return rows.map((row) => Object.assign(row, { was: row.was as Mark, now: row.now as Mark }))
}
