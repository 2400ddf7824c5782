/** Who asks for training where, against what there is; who waits longest; what else is to be seen to. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, type Day } from '#core/days'
import type { Actor } from '#platform/actor'
import type { Visit } from '#platform/web'
import { academyWithin } from '#platform/within'

/** How far ahead demand and places are counted: a quarter. */
export const quarterDays = 91

/** One constituency: its people who asked, and the places given in it. */
export interface Demand {
  code: string
  name: string
  asking: number
  /** Those of them who have no place yet. */
  waiting: number
  places: number
}

export interface Waiting {
  place: string
  run: string
  title: string
  startsOn: Day
  name: string
  askedAt: Date
  /** How many who wait asked before. */
  ahead: number
}

export interface ToSeeTo {
  demand: Demand[]
  demandTotal: number
  /** Places online in the same time: they are for every area. */
  placesOnline: number
  waiting: Waiting[]
  waitingTotal: number
  needs: { run: string; title: string; startsOn: Day; count: number }[]
  needsTotal: number
  pledges: { id: string; name: string; reviewOn: Day }[]
  pledgesTotal: number
}

/** Runs at academies where this person schedules, or at the one chosen of them. */
const runsWithin = (actor: Actor, academy: string | undefined): RawBuilder<boolean> =>
  academy === undefined
    ? academyWithin(actor, 'runs.schedule', 'run.academy_id')
    : sql<boolean>`(run.academy_id = ${academy} and ${academyWithin(actor, 'runs.schedule', 'run.academy_id')})`

const asked = sql`('offered', 'confirmed', 'waiting')`

/** The parts of a query that give `demand`, a row for each constituency, and `online`. Online runs count as asked for, wherever one lives. */
const demandParts = (actor: Actor, academy: string | undefined, today: Day) => sql`
  ahead as (
    select run.id, run.area_code, run.capacity from run
    where run.state = 'published' and run.starts_on between ${today}::date and ${addDays(today, quarterDays)}::date and ${runsWithin(actor, academy)}),
  asking as (
    select person.area_code, count(distinct person.id) as asking,
      count(distinct person.id) filter (where place.state = 'waiting' and not exists (
        select from place held join ahead on ahead.id = held.run_id where held.person_id = person.id and held.state in ('offered', 'confirmed'))) as waiting
    from ahead join place on place.run_id = ahead.id and place.state in ${asked} join person on person.id = place.person_id
    where person.area_code is not null group by 1),
  having_places as (select area_code, sum(capacity) as places from ahead where area_code is not null group by 1),
  both_ways as (
    select area_code, asking, waiting, 0 as places from asking union all select area_code, 0, 0, places from having_places),
  demand as (
    select home.code, home.name, sum(both_ways.asking)::int as asking, sum(both_ways.waiting)::int as waiting, sum(both_ways.places)::int as places
    from both_ways join area on area.code = both_ways.area_code
    join area home on home.code = case when area.kind = 'ward' then area.parent else area.code end
    group by 1, 2)`

/** Demand by area, the most asked for first; with how many areas there are in all. */
export async function demandByArea(
  { db, actor, today }: Visit,
  academy: string | undefined,
  {
    limit,
    offset,
    order,
  }: {
    limit: number
    offset: number
    order: 'asking' | '-asking' | 'waiting' | '-waiting' | 'places' | '-places' | 'area' | '-area'
  },
): Promise<{ rows: Demand[]; total: number }> {
  const column = sql.ref(order.replace('-', '') === 'area' ? 'name' : order.replace('-', ''))
  const { rows } = await sql<{ found: Demand[]; total: number }>`
    with ${demandParts(actor, academy, today)}
    select (select count(*) from demand) as total,
      (select coalesce(json_agg(one), '[]'::json) from (
        select * from demand order by ${column} ${sql.raw(order.startsWith('-') ? 'desc' : 'asc')}, name limit ${limit} offset ${offset}) one) as found`.execute(
    db,
  )
  return { rows: rows[0]!.found, total: rows[0]!.total }
}

/** Who waits for a run ahead, the longest first; with how many wait in all. */
export async function whoWaits(
  { db, actor, today }: Visit,
  academy: string | undefined,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: Waiting[]; total: number }> {
  const { rows } = await sql<{ found: RawWaiting[]; total: number }>`
    with ${waitingParts(actor, academy, today)}
    select (select count(*) from waits) as total, ${waitingRows(limit, offset)} as found`.execute(db)
  return { rows: rows[0]!.found.map(waitingFrom), total: rows[0]!.total }
}

const waitingParts = (actor: Actor, academy: string | undefined, today: Day) => sql`
  waits as (
    select place.id, place.run_id, place.person_id, place.asked_at, place.turn, run.course_version_id, run.starts_on
    from run join place on place.run_id = run.id and place.state = 'waiting'
    where run.state = 'published' and run.waiting > 0 and run.starts_on >= ${today}::date
      and ${runsWithin(actor, academy)} and ${academyWithin(actor, 'places.arrange', 'run.academy_id')})`

const waitingRows = (limit: number, offset: number) => sql`
  (select coalesce(json_agg(row order by row."askedAt", row.place), '[]'::json) from (
    select one.id as place, one.run_id as run, version.title, one.starts_on as "startsOn", person.name, one.asked_at as "askedAt",
      (select count(*) from place before where before.run_id = one.run_id and before.state = 'waiting' and before.turn < one.turn) as ahead
    from (select * from waits order by asked_at, id limit ${limit} offset ${offset}) one
    join person on person.id = one.person_id join course_version version on version.id = one.course_version_id) row)`

type RawWaiting = Omit<Waiting, 'askedAt'> & { askedAt: string }

// a time inside JSON comes as text
const waitingFrom = ({ askedAt, ...row }: RawWaiting): Waiting => ({ ...row, askedAt: new Date(askedAt) })

const shown = 8

/** The first few of everything beside the runs, in one query inside a transaction that may read access needs. */
export async function toSeeTo({ db, actor, today }: Visit, academy: string | undefined): Promise<ToSeeTo> {
  const { rows } = await sql<Omit<ToSeeTo, 'waiting'> & { waiting: RawWaiting[] }>`
    with ${demandParts(actor, academy, today)}, ${waitingParts(actor, academy, today)},
    needs as (
      select run.id as run, version.title, run.starts_on as "startsOn", count(*)::int as count
      from access_need need join place on place.id = need.place_id and place.state in ${asked}
      join run on run.id = place.run_id join course_version version on version.id = run.course_version_id
      where need.arranged_at is null and run.state = 'published' and run.ends_on >= ${today}::date and ${runsWithin(actor, academy)}
      group by 1, 2, 3),
    pledges as (
      select pledge.id, person.name, pledge.review_on as "reviewOn"
      from pledge join run on run.id = pledge.run_id join person on person.id = pledge.person_id
      where pledge.state = 'open' and pledge.review_on <= ${addDays(today, 7)}::date and ${runsWithin(actor, academy)})
    select
      (select coalesce(json_agg(one order by one.asking desc, one.name), '[]'::json) from (select * from demand order by asking desc, name limit ${shown}) one) as demand,
      (select count(*) from demand) as "demandTotal",
      (select coalesce(sum(capacity), 0)::int from ahead where area_code is null) as "placesOnline",
      ${waitingRows(shown, 0)} as waiting, (select count(*) from waits) as "waitingTotal",
      (select coalesce(json_agg(one order by one."startsOn"), '[]'::json) from (select * from needs order by "startsOn", run limit 5) one) as needs,
      (select coalesce(sum(count), 0)::int from needs) as "needsTotal",
      (select coalesce(json_agg(one order by one."reviewOn"), '[]'::json) from (select * from pledges order by "reviewOn", id limit 5) one) as pledges,
      (select count(*) from pledges) as "pledgesTotal"`.execute(db)
  const { waiting, ...rest } = rows[0]!
  return { ...rest, waiting: waiting.map(waitingFrom) }
}
