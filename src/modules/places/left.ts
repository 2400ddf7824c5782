/** Whoever is no longer a member gives up what they hold ahead, and leaves every line they wait in. */
import { sql } from 'kysely'
import { recordEach } from '#platform/record'
import type { Visit } from '#platform/web'
import { fillSeats, holdRun } from './seats.ts'

/** Does so run by run, not person by person: a roll may close thousands at once. Done again, it changes nothing. */
export async function freeSeatsOfThoseWhoLeft(visit: Visit): Promise<void> {
  const { rows } = await sql<{ run: string }>`
    select distinct place.run_id as run from run join place on place.run_id = run.id join person on person.id = place.person_id
    where run.state = 'published' and run.starts_on >= ${visit.today}::date
      and place.state in ('offered', 'confirmed', 'waiting') and person.standing = 'closed'`.execute(visit.db)
  for (const { run } of rows) await visit.atomically((inside) => freeSeatsOn(inside, run))
}

async function freeSeatsOn(visit: Visit, run: string): Promise<void> {
  const { db, actor, now } = visit
  await holdRun(db, run)
  const { rows: left } = await sql<{ place: string; person: string; was: string }>`
    update place set state = 'withdrawn', ended_at = ${now}, ended_why = 'No longer a member', tell = false
    where place.run_id = ${run} and place.state in ('offered', 'confirmed', 'waiting')
      and (select standing from person where person.id = place.person_id) = 'closed'
    returning place.id as place, place.person_id as person, old.state as was`.execute(db)
  if (left.length === 0) return
  await recordEach(
    db,
    actor,
    'place.withdrawn',
    left.map((one) => ({ ...one, run })),
  )
  await fillSeats(visit, run)
}
