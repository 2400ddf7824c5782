/** The runs a coordinator looks after, as a table: filtered, sorted, a page at a time, and with why each needs them. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, type Day } from '#core/days'
import { academyWithin } from '#platform/within'
import type { Visit } from '#platform/web'
import type { How, RunState } from '../run.ts'
import { draftDays, emptyDays, type Facts, type Reason, reasonsFor, registerDays } from './attention.ts'

/** One row of the table. */
export interface StaffRun extends Facts {
  id: string
  title: string
  strand: string
  how: How
  academy: { id: string; slug: string; name: string }
  /** The days of its sessions, in order. */
  days: Day[]
  where: string
  online: boolean
  /** Who leads it, by name. */
  ledBy: string[]
  reasons: { reason: Reason; words: string }[]
}

export const sorts = ['dates', 'needs', 'course', 'where', 'places', 'waiting'] as const
export type Sort = (typeof sorts)[number]

export interface StaffFilter {
  academy?: string | undefined
  strand?: string | undefined
  /** Part of the course's title. */
  q?: string | undefined
  /** Those not over, or over but with a register to do (the usual), those over, or all. */
  when?: 'ahead' | 'past' | 'all' | undefined
  /** Without it, those that are not cancelled. */
  state?: RunState | undefined
  /** Only those that need someone. */
  needing?: boolean | undefined
  sort?: Sort | undefined
  descending?: boolean | undefined
  limit?: number
  offset?: number
}

/** How the runs of one academy, or of all, stand: whatever a table of them is narrowed to. */
export interface RunFigures {
  ahead: number
  /** Places taken, and all there are, on published runs ahead. */
  taken: number
  places: number
  /** How many runs need someone. */
  needing: number
}

export interface StaffRuns {
  runs: StaffRun[]
  total: number
  figures: RunFigures
}

/** The runs of the academies at which the actor schedules, how many there are in all, and how all of them stand. One query; needs are counted as the actor may see them. */
export const staffRuns = (visit: Visit, filter: StaffFilter): Promise<StaffRuns> =>
  visit.atomically(async ({ db, today }) => {
    const { limit = 25, offset = 0 } = filter
    const { rows } = await sql<Row>`
      with pending as materialized (
        select p.run_id, count(*)::int as needs from access_need n join place p on p.id = n.place_id
        where n.arranged_at is null and p.state in ('offered', 'confirmed', 'waiting') group by p.run_id),
      figures as (${figuresOf(visit, filter)}),
      found as (
        select r.*, cv.title, cv.strand, a.slug as academy_slug, a.name as academy_name, v.name as venue_name, count(*) over () as total
        from run r join course_version cv on cv.id = r.course_version_id join academy a on a.id = r.academy_id
          left join venue v on v.id = r.venue_id
        where ${sql.join(conditions(visit, filter), sql` and `)}
        order by ${orderBy(filter, visit)}, r.starts_on, r.id limit ${limit} offset ${offset})
      select figures.figures, r.id, r.title, r.strand, r.how, r.state, r.starts_on as "startsOn", r.ends_on as "endsOn", r.capacity, r.taken, r.waiting,
        r.academy_id, r.academy_slug, r.academy_name, r.venue_name, r.total,
        array(select distinct to_char(s.starts_at, 'YYYY-MM-DD') from run_session s where s.run_id = r.id order by 1) as days,
        array(select p.name from run_trainer t join person p on p.id = t.person_id where t.run_id = r.id order by p.name) as "ledBy",
        ${hasNext(today)} as "hasNext", ${registers(visit)} as registers,
        coalesce((select needs from pending where pending.run_id = r.id), 0) as needs
      from figures left join found r on true order by ${orderBy(filter, visit)}, r.starts_on, r.id`.execute(db)
    const found = rows.filter(({ id }) => id !== null)
    return { runs: found.map((row) => runFrom(row, today)), total: found[0]?.total ?? 0, figures: rows[0]!.figures }
  })

const figuresOf = (visit: Visit, { academy }: StaffFilter) => sql`
  select json_build_object('ahead', count(*) filter (where r.starts_on >= ${visit.today}::date),
    'taken', coalesce(sum(r.taken) filter (where r.state = 'published' and r.starts_on >= ${visit.today}::date), 0),
    'places', coalesce(sum(r.capacity) filter (where r.state = 'published' and r.starts_on >= ${visit.today}::date), 0),
    'needing', count(*) filter (where ${needsSomeone(visit)})) as figures
  from run r where r.state <> 'cancelled' and r.ends_on >= ${addDays(visit.today, -registerDays)}::date
    and ${sql.join(atAcademies(visit, academy), sql` and `)}`

interface Row extends Omit<Facts, 'trainers'> {
  id: string
  title: string
  strand: string
  how: How
  academy_id: string
  academy_slug: string
  academy_name: string
  venue_name: string | null
  days: Day[]
  ledBy: string[]
  total: number
  figures: RunFigures
}

function runFrom(row: Row, today: Day): StaffRun {
  const { academy_id, academy_slug, academy_name, venue_name, total: _, figures: __, ...rest } = row
  const facts = { ...rest, trainers: row.ledBy.length }
  return {
    ...facts,
    academy: { id: academy_id, slug: academy_slug, name: academy_name },
    where: venue_name ?? 'Online',
    online: venue_name === null,
    reasons: reasonsFor(facts, today),
  }
}

function conditions(visit: Visit, filter: StaffFilter): RawBuilder<boolean>[] {
  const { academy, strand, q, when = 'ahead', state, needing } = filter
  const { today } = visit
  const all = atAcademies(visit, academy)
  if (strand) all.push(sql`cv.strand = ${strand}`)
  if (q) all.push(sql`position(plain_words(${q}) in plain_words(cv.title)) > 0`)
  all.push(state ? sql`r.state = ${state}` : sql`r.state <> 'cancelled'`)
  if (needing) all.push(needsSomeone(visit))
  else if (when === 'past') all.push(sql`r.ends_on < ${today}::date`)
  else if (when === 'ahead')
    all.push(
      sql`(r.ends_on >= ${today}::date or (r.state = 'published' and r.ends_on >= ${addDays(today, -registerDays)}::date and ${registers(visit)} > 0))`,
    )
  return all
}

const atAcademies = ({ actor }: Visit, academy: string | undefined): RawBuilder<boolean>[] => [
  academyWithin(actor, 'runs.schedule', 'r.academy_id'),
  ...(academy ? [sql<boolean>`r.academy_id::text = ${academy}`] : []),
]

/** The rules of `reasonsFor`, so that only the runs that meet one are found. */
function needsSomeone(visit: Visit): RawBuilder<boolean> {
  const { today } = visit
  return sql<boolean>`(r.ends_on >= ${addDays(today, -registerDays)}::date and (
    (r.state = 'draft' and r.starts_on <= ${addDays(today, draftDays)}::date)
    or (r.state = 'published' and (
      (r.ends_on >= ${today}::date and (
        exists (select from pending where pending.run_id = r.id)
        or not exists (select from run_trainer t where t.run_id = r.id)
        or (r.waiting > 0 and r.taken >= r.capacity and not ${hasNext(today)})))
      or (r.starts_on between ${today}::date and ${addDays(today, emptyDays)}::date and r.taken * 2 < r.capacity)
      or ${registers(visit)} > 0))))`
}

const hasNext = (
  today: Day,
) => sql<boolean>`exists (select from run next where next.course_id = r.course_id and next.academy_id = r.academy_id
  and next.id <> r.id and next.state = 'published' and next.starts_on >= ${today}::date and next.taken < next.capacity)`

const registers = ({
  now,
  today,
}: Visit) => sql<number>`(select count(*)::int from run_session s where s.run_id = r.id and r.state = 'published'
  and s.register_done_at is null and s.ends_at <= ${now}::timestamptz - interval '1 day' and s.ends_at >= ${addDays(today, -registerDays)}::date)`

function orderBy({ sort = 'dates', descending }: StaffFilter, visit: Visit): RawBuilder<unknown> {
  const by = {
    dates: sql`r.starts_on`,
    needs: sql`not ${needsSomeone(visit)}`,
    course: sql`lower(title)`,
    where: sql`venue_name`,
    places: sql`(r.taken::float8 / r.capacity)`,
    waiting: sql`r.waiting`,
  }[sort]
  return descending ? sql`${by} desc nulls last` : sql`${by} nulls first`
}
