/** Writing to everyone who applied: what they got, why, and what now; or that the round was cancelled. */
import { sql } from 'kysely'
import { post } from '#platform/mail'
import type { Visit } from '#platform/web'
import { type Applied, cancelledLetter, drawnLetter } from './letters.ts'

const batch = 500

/** Writes to each member of a drawn or cancelled round once, however often it is stopped and begun again. */
export async function tellRound(visit: Visit, id: string): Promise<void> {
  const round = await visit.db
    .selectFrom('round')
    .innerJoin('academy', 'academy.id', 'round.academy_id')
    .where('round.id', '=', id)
    .where('round.state', 'in', ['drawn', 'cancelled'])
    .select(['round.id', 'round.slug', 'round.name', 'round.state', 'round.cancelled_why', 'round.applications'])
    .select(['academy.name as academy', 'academy.email'])
    .executeTakeFirst()
  if (!round) return
  const about = { ...round, address: visit.address }
  while (await visit.atomically((inside) => tellSome(inside, about))) continue
  await visit.db.updateTable('round').set({ draw_step: null }).where('id', '=', id).execute()
}

export interface About {
  id: string
  slug: string
  name: string
  state: string
  cancelled_why: string | null
  academy: string
  email: string | null
  address: string
}

/** Writes to some, and says whether there may be more. */
async function tellSome({ db, now }: Visit, about: About): Promise<boolean> {
  const { rows } = await sql<Applied>`
    with told as (
      update application set told_at = ${now} where id in (
        select id from application where round_id = ${about.id} and told_at is null and withdrawn_at is null order by id limit ${batch})
      returning id, person_id, run_id, choice, choices)
    select told.person_id as person, person.name, person.email, told.choice, cardinality(told.choices) as listed,
      version.title, run.id as run, run.starts_on as "startsOn", place.state, place.offer_until as "offerUntil",
      (select count(*)::int from place waits where waits.application_id = told.id and waits.state = 'waiting') as waits
    from told join person on person.id = told.person_id left join run on run.id = told.run_id
      left join course_version version on version.id = run.course_version_id
      left join place on place.application_id = told.id and place.run_id = told.run_id
        and place.state in ('offered', 'confirmed', 'declined', 'lapsed', 'withdrawn')`.execute(db)
  const letters = rows
    .filter(({ email }) => email !== null)
    .map((one) => (about.state === 'drawn' ? drawnLetter(one, about) : cancelledLetter(one, about)))
  await post(db, letters)
  if (about.state === 'drawn')
    await db
      .updateTable('round')
      .set((eb) => ({
        draw_done: eb('draw_done', '+', rows.length),
        draw_total: sql<number>`coalesce(applications, 0)`,
      }))
      .where('id', '=', about.id)
      .execute()
  return rows.length === batch
}
