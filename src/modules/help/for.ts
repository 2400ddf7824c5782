/** What one may ask for help with: a place, or an application whose draw is to come or that still waits for a place. */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import type { Visit } from '#platform/web'

export interface For {
  id: string
  /** The course of the place, or the name of the round. */
  title: string
  startsOn: Day | null
  /** Where it is asked: of a place its run's academy, of an application that of the run that is wanted most. */
  academy: { id: string; name: string; slug: string }
}

interface Row {
  id: string
  title: string
  startsOn: Day | null
  academy: string
  academyName: string
  academySlug: string
}

const from = ({ academy, academyName, academySlug, ...row }: Row): For => ({
  ...row,
  academy: { id: academy, name: academyName, slug: academySlug },
})

const placesOf = ({ actor, today }: Visit) => sql<Row>`
  select place.id, version.title, run.starts_on as "startsOn", academy.id as academy, academy.name as "academyName", academy.slug as "academySlug"
  from place join run on run.id = place.run_id join academy on academy.id = run.academy_id
    join course_version version on version.id = run.course_version_id
  where place.person_id = ${actor.id} and place.state in ('confirmed', 'offered', 'waiting')
    and run.state = 'published' and run.ends_on >= ${today}::date`

/** One's own place, while it can still be helped with. */
export async function placeFor(visit: Visit, id: string): Promise<For | undefined> {
  const { rows } = await sql<Row>`${placesOf(visit)} and place.id = ${id}`.execute(visit.db)
  return rows[0] && from(rows[0])
}

/** One's own application, while it may still come to a place. */
export async function applicationFor(visit: Visit, id: string): Promise<For | undefined> {
  const { rows } = await sql<Row>`${applicationsOf(visit)} and application.id = ${id}`.execute(visit.db)
  return rows[0] && from(rows[0])
}

const applicationsOf = ({ actor }: Visit) => sql<Row>`
    select application.id, round.name as title, null::date as "startsOn", academy.id as academy, academy.name as "academyName", academy.slug as "academySlug"
    from application join round on round.id = application.round_id
      join run on run.id = application.choices[1] join academy on academy.id = run.academy_id
    where application.person_id = ${actor.id} and application.withdrawn_at is null
      and (round.state in ('published', 'closed') or round.state = 'drawn' and exists (
        select from place where place.application_id = application.id and place.state in ('confirmed', 'offered', 'waiting')))`

/** Every place one may ask help with, where the academy helps with anything, the soonest first. */
export async function placesToHelp(visit: Visit): Promise<For[]> {
  const { rows } = await sql<Row>`${placesOf(visit)}
    and exists (select from help_rule where help_rule.academy_id = run.academy_id and help_rule.offered)
    order by run.starts_on, place.id limit 50`.execute(visit.db)
  return rows.map(from)
}

/** Every application one may ask help with before its draw, the newest first; once drawn, its places stand for it. */
export async function applicationsToHelp(visit: Visit): Promise<For[]> {
  const { rows } = await sql<Row>`${applicationsOf(visit)} and round.state <> 'drawn'
    and exists (select from help_rule where help_rule.academy_id = run.academy_id and help_rule.offered)
    order by application.submitted_at desc limit 20`.execute(visit.db)
  return rows.map(from)
}
