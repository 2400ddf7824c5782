/** What a trainer's home shows: today, what is next, and registers still to finish. */
import { sql } from 'kysely'
import { dayOf } from '#core/days'
import { personOf, type Visit } from '#platform/web'

export interface TaughtSession {
  id: string
  run: string
  course: string
  title: string
  number: number
  sessions: number
  startsAt: Date
  endsAt: Date
  where: string
  /** Places of the run that are taken. */
  taken: number
  capacity: number
  waiting: number
  /** Who leads it beside this person. */
  others: string[]
  registerDoneAt: Date | null
}

export interface Teaching {
  today: TaughtSession[]
  next: TaughtSession[]
  /** Sessions that have ended and whose register is not finished, the oldest first. */
  registers: TaughtSession[]
  /** How many sessions they have led whose register is finished. */
  led: number
}

const shown = 12
const registersBack = '180 days'

/** A trainer's own sessions, in two queries. */
export async function loadTeaching({ db, actor, now, today }: Visit): Promise<Teaching> {
  const person = personOf(actor)
  const { rows } = await sql<TaughtSession>`
    select session.id, run.id as run, version.title as course, session.title, session.number,
      (select count(*) from run_session of where of.run_id = run.id) as sessions,
      session.starts_at as "startsAt", session.ends_at as "endsAt", coalesce(venue.name, 'Online') as "where",
      run.taken, run.capacity, run.waiting, session.register_done_at as "registerDoneAt",
      (select coalesce(json_agg(person.name order by person.name), '[]'::json) from run_trainer beside
        join person on person.id = beside.person_id where beside.run_id = run.id and beside.person_id <> ${person}) as others
    from run_trainer led join run on run.id = led.run_id and run.state = 'published'
      join run_session session on session.run_id = run.id
      join course_version version on version.id = run.course_version_id
      left join venue on venue.id = run.venue_id
    where led.person_id = ${person}
      and (session.ends_at > ${now}::timestamptz - interval '1 day'
        or (session.register_done_at is null and session.ends_at > ${now}::timestamptz - ${registersBack}::interval))
    order by session.starts_at, session.id limit 200`.execute(db)
  const { rows: counted } = await sql<{ led: number }>`
    select count(*) as led from run_trainer led join run_session session on session.run_id = led.run_id
    where led.person_id = ${person} and session.register_done_at is not null`.execute(db)
  return {
    today: rows.filter(({ startsAt }) => dayOf(startsAt) === today),
    next: rows.filter(({ startsAt }) => dayOf(startsAt) > today).slice(0, shown),
    registers: rows.filter(({ endsAt, registerDoneAt }) => endsAt <= now && registerDoneAt === null).slice(0, shown),
    led: counted[0]!.led,
  }
}
