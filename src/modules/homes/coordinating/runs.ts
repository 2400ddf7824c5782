/** The runs of a coordinator's academies, with what about them needs someone; counted, sorted and paged by the database. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#core/days'
import { type Span } from '#core/pattern'
import type { Actor } from '#platform/actor'
import { academyWithin } from '#platform/within'
import type { Visit } from '#platform/web'
import { attentionOf, draftDays, quietDays, quietShare, type RunFacts } from './attention.ts'

export interface RunRow extends RunFacts {
  id: string
  title: string
  academy: string
  endsOn: Day
  where: string
  leaders: string[]
  times: Span[]
  attention: string[]
}

export interface RunsFound {
  rows: RunRow[]
  total: number
  /** Over all runs of the academies, whatever the table is narrowed to. */
  figures: { ahead: number; taken: number; places: number; needy: number }
}

/** What the table is narrowed to, from the address. */
export interface Narrowed {
  /** The id of one academy, where there are several. */
  academy?: string | undefined
  strand?: string | undefined
  text?: string | undefined
}

export const sorts = ['needs', 'course', 'dates', 'places', 'waiting'] as const
export type Sort = (typeof sorts)[number]

/** Runs at academies where this person schedules, or at the one chosen of them. */
export const runsWithin = (actor: Actor, academy: string | undefined): RawBuilder<boolean> =>
  academy === undefined
    ? academyWithin(actor, 'runs.schedule', 'run.academy_id')
    : sql<boolean>`(run.academy_id = ${academy} and ${academyWithin(actor, 'runs.schedule', 'run.academy_id')})`

/** One page of the runs under way or ahead, and of those past whose registers are unfinished. One query, inside a transaction that may read access needs. */
export async function findRuns(
  { db, actor, now, today }: Visit,
  { academy, strand, text }: Narrowed,
  { sort, descending, limit, offset }: { sort: Sort; descending: boolean; limit: number; offset: number },
): Promise<RunsFound> {
  const like = text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : undefined
  const { rows } = await sql<{ found: Raw[]; total: number; figures: RunsFound['figures'] }>`
    with needs as (
      select place.run_id, count(*) as needs from access_need need join place on place.id = need.place_id
      where need.arranged_at is null and place.state in ('offered', 'confirmed', 'waiting') group by 1),
    every as materialized (
      select run.id, run.state, run.starts_on, run.ends_on, run.capacity, run.taken, run.waiting, run.academy_id, run.venue_id,
        version.title, version.strand,
        (select count(*) from run_trainer where run_trainer.run_id = run.id) as trainers,
        exists (select from run next where next.course_id = run.course_id and next.academy_id = run.academy_id and next.id <> run.id
          and next.state = 'published' and next.starts_on >= ${today}::date and next.taken < next.capacity) as another,
        coalesce(needs.needs, 0) as needs,
        (select count(*) from run_session s where s.run_id = run.id and run.state = 'published' and s.register_done_at is null
          and s.ends_at < ${now}::timestamptz - interval '1 day' and s.ends_at > ${now}::timestamptz - interval '180 days') as registers
      from run join course_version version on version.id = run.course_version_id left join needs on needs.run_id = run.id
      where run.state <> 'cancelled' and run.ends_on >= ${today}::date - 60 and ${runsWithin(actor, academy)}),
    judged as (
      select *, starts_on >= ${today}::date as ahead, ${needy(today)} as needy from every
      where ends_on >= ${today}::date or registers > 0),
    listed as (
      select * from judged where true
        ${strand ? sql`and strand = ${strand}` : sql``}
        ${like ? sql`and plain_words(title) like plain_words(${like})` : sql``})
    select
      (select json_build_object('ahead', count(*) filter (where ahead), 'needy', count(*) filter (where needy),
        'taken', coalesce(sum(taken) filter (where ahead and state = 'published'), 0),
        'places', coalesce(sum(capacity) filter (where ahead and state = 'published'), 0)) from judged) as figures,
      (select count(*) from listed) as total,
      (select coalesce(json_agg(row order by row.nth), '[]'::json) from (
        select row_number() over () as nth, one.id, one.title, academy.name as academy, one.state, one.starts_on as "startsOn", one.ends_on as "endsOn",
          one.capacity, one.taken, one.waiting, one.trainers, one.another, one.needs, one.registers, coalesce(venue.name, 'Online') as "where",
          (select coalesce(json_agg(person.name order by person.name), '[]'::json) from run_trainer led
            join person on person.id = led.person_id where led.run_id = one.id) as leaders,
          (select coalesce(json_agg(json_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at) order by s.number), '[]'::json)
            from run_session s where s.run_id = one.id) as times
        from (select * from listed order by ${order(sort, descending)}, starts_on, id limit ${limit} offset ${offset}) one
        join academy on academy.id = one.academy_id left join venue on venue.id = one.venue_id) row) as found`.execute(
    db,
  )
  const { found, total, figures } = rows[0]!
  return { total, figures, rows: found.map((row) => rowFrom(row, today)) }
}

type Raw = Omit<RunRow, 'attention' | 'times'> & { times: { startsAt: string; endsAt: string }[] }

const rowFrom = ({ times, ...row }: Raw, today: Day): RunRow => ({
  ...row,
  times: times.map(({ startsAt, endsAt }) => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) })),
  attention: attentionOf(row, today),
})

const needy = (
  today: Day,
): RawBuilder<boolean> => sql<boolean>`(needs > 0 or registers > 0 or (starts_on >= ${today}::date and (
  trainers = 0 or (state = 'draft' and starts_on <= ${today}::date + ${draftDays}::int) or (taken >= capacity and waiting > 0 and not another)
  or (state = 'published' and starts_on <= ${today}::date + ${quietDays}::int and taken * ${quietShare}::int < capacity))))`

function order(sort: Sort, descending: boolean): RawBuilder<unknown> {
  const by = {
    needs: sql`not needy`,
    course: sql`lower(title)`,
    dates: sql`starts_on`,
    places: sql`taken::float / capacity`,
    waiting: sql`waiting`,
  }[sort]
  return descending ? sql`${by} desc` : by
}
