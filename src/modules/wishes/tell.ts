/** When a run is published, everyone who wished for its course within reach is written to, once. */
import { sql } from 'kysely'
import { enqueue, job } from '#platform/jobs'
import { post } from '#platform/mail'
import type { Visit } from '#platform/web'
import { type Area, findArea, type Near, nearness, nearOf, sayNear } from '../areas/index.ts'
import { findRun, type Run } from '../runs/index.ts'
import { runLetter } from './letters.ts'
import { fulfilled } from './wish.ts'

/** How far "near me" reaches, in miles; where only the hexagons of the map are known, as many as that is. */
export const reach = 30
const batch = 500

/** Has those written to who wished for the course of this run. */
export const tellSoon = ({ db }: Visit, run: string): Promise<void> =>
  enqueue(db, 'wishes.tell', { run }, { key: `wishes.tell ${run}` })

export const jobs = [job<{ run: string }>({ name: 'wishes.tell', run: (visit, { run }) => tell(visit, run) })]

/** Writes to all of them, some at a time; each is told of a run once, even if this is done again. */
export async function tell(visit: Visit, id: string): Promise<void> {
  const run = await findRun(visit, id)
  if (!run || run.state !== 'published' || run.startsOn <= visit.today) return
  const at = run.online ? undefined : await whereIs(visit, run)
  while (await visit.atomically((inside) => tellSome(inside, run, at))) continue
}

async function tellSome({ db, now, address }: Visit, run: Run, at: Area | undefined): Promise<boolean> {
  const refs = { area: 'home' }
  const within = run.online
    ? sql`true`
    : at
      ? sql`coalesce(${nearness(at, refs)} <= ${reach}, home.path <@ ${at.path}::ltree or home.region = ${at.region ?? at.code}::text)`
      : sql`false`
  const { rows } = await sql<{ person: string; name: string; email: string; near: Near | null }>`
    with due as (
      select wish.id, wish.person_id, ${at ? nearOf(at, refs) : sql`null::json`} as near
      from wish join person on person.id = wish.person_id left join area home on home.code = wish.area_code
      where wish.course_id = ${run.courseId} and wish.ended_at is null and not wish.told_of @> array[${run.id}::uuid]
        and person.standing = 'member' and person.email is not null and ${within} and not ${fulfilled}
        and not exists (select from run_trainer t where t.run_id = ${run.id} and t.person_id = wish.person_id)
      order by wish.id limit ${batch} for update of wish),
    told as (
      update wish set told_at = ${now}, told_of = told_of || ${run.id}::uuid from due where wish.id = due.id returning wish.id)
    select due.person_id as person, person.name, person.email, due.near
    from due join told on told.id = due.id join person on person.id = due.person_id`.execute(db)
  await post(
    db,
    rows.map(({ person, name, email, near }) => ({
      person,
      address: email,
      ...runLetter({ name, near: at ? sayNear(near, at) : '' }, run, address),
    })),
  )
  return rows.length === batch
}

/** Where a run is given: its area, at the venue's own position where that is known. */
async function whereIs({ db }: Visit, run: Run): Promise<Area | undefined> {
  const spot = await db
    .selectFrom('run')
    .innerJoin('academy', 'academy.id', 'run.academy_id')
    .leftJoin('venue', 'venue.id', 'run.venue_id')
    .where('run.id', '=', run.id)
    .select(['venue.lat', 'venue.lon', 'academy.area_code as academyArea'])
    .executeTakeFirst()
  const area = spot && (await findArea(db, run.areaCode ?? spot.academyArea))
  if (!area) return undefined
  const known = spot.lat !== null && spot.lon !== null
  return known ? { ...area, lat: spot.lat, lon: spot.lon } : area
}
