/** What people wish for against the places there are: by course, and by where those live who wish for one. */
import { type RawBuilder, sql } from 'kysely'
import { type Listing, listing, type Visit } from '#platform/web'
import { academyWithin, areaWithin } from '#platform/within'
import { fulfilled, isSlug } from './wish.ts'

/** A course that is wished for where this person schedules runs. */
export interface WishedCourse {
  slug: string
  title: string
  asking: number
  /** In how many constituencies they live. */
  areas: number
  /** Runs of it ahead at their academies, and the places free on them. */
  runs: number
  free: number
}

/** Where those live who wish for a course. */
export interface WishedArea {
  code: string
  name: string
  asking: number
  runs: number
  free: number
}

export interface Demand {
  /** The course whose areas are shown, where the address names one. */
  course: WishedCourse | undefined
  courses: { rows: WishedCourse[]; total: number } | undefined
  areas: { rows: WishedArea[]; total: number } | undefined
}

export const courseListing = (visit: Pick<Visit, 'path' | 'query'>): Listing<'asking' | 'areas' | 'free' | 'title'> =>
  listing(visit, { sorts: ['-asking', 'title', 'areas', 'free'], size: 50 })
export const areaListing = (visit: Pick<Visit, 'path' | 'query'>): Listing<'asking' | 'free' | 'name'> =>
  listing(visit, { sorts: ['-asking', 'name', 'free'], size: 50 })

/** All courses, or the areas of one: in two queries at most. Nothing where the address names a course that nobody wishes for. */
export async function loadDemand(visit: Visit): Promise<Demand | undefined> {
  const slug = visit.query.get('course')
  if (!slug) return { course: undefined, areas: undefined, courses: await wishedCourses(visit, courseListing(visit)) }
  if (!isSlug(slug)) return undefined
  const { rows } = await wishedCourses(visit, { sort: 'asking', descending: true, limit: 1, offset: 0 }, slug)
  if (!rows[0]) return undefined
  return { course: rows[0], courses: undefined, areas: await wishedAreas(visit, slug, areaListing(visit)) }
}

type Paged<Sort extends string> = Pick<Listing<Sort>, 'sort' | 'descending' | 'limit' | 'offset'>

async function wishedCourses(
  visit: Visit,
  { sort, descending, limit, offset }: Paged<'asking' | 'areas' | 'free' | 'title'>,
  slug?: string,
): Promise<{ rows: WishedCourse[]; total: number }> {
  const { rows } = await sql<WishedCourse & { total: number }>`
    with ${wishParts(visit, slug)},
    asked as (select course_id, count(*)::int as asking, count(distinct home)::int as areas from wished group by 1),
    given as (select course_id, count(*)::int as runs, sum(free)::int as free from ahead group by 1)
    select course.slug, version.title, asking, areas, coalesce(runs, 0) as runs, coalesce(free, 0) as free, count(*) over ()::int as total
    from asked join course on course.id = asked.course_id join course_version version on version.id = course.published_version
      left join given on given.course_id = asked.course_id
    order by ${sql.ref(sort)} ${sql.raw(descending ? 'desc' : 'asc')}, title limit ${limit} offset ${offset}`.execute(
    visit.db,
  )
  return totalled(rows)
}

async function wishedAreas(
  visit: Visit,
  slug: string,
  { sort, descending, limit, offset }: Paged<'asking' | 'free' | 'name'>,
): Promise<{ rows: WishedArea[]; total: number }> {
  const { rows } = await sql<WishedArea & { total: number }>`
    with ${wishParts(visit, slug)},
    asked as (select home, count(*)::int as asking from wished group by 1),
    given as (
      select mine.home, count(*)::int as runs, sum(ahead.free)::int as free from ahead join mine on mine.code = ahead.area_code group by 1)
    select area.code, area.name, asking, coalesce(runs, 0) as runs, coalesce(free, 0) as free, count(*) over ()::int as total
    from asked join area on area.code = asked.home left join given on given.home = asked.home
    order by ${sql.ref(sort)} ${sql.raw(descending ? 'desc' : 'asc')}, name limit ${limit} offset ${offset}`.execute(
    visit.db,
  )
  return totalled(rows)
}

/** Each course by each constituency, for a file. */
export async function wishesByBoth(visit: Visit): Promise<(WishedArea & { slug: string; title: string })[]> {
  const { rows } = await sql<WishedArea & { slug: string; title: string }>`
    with ${wishParts(visit)},
    asked as (select course_id, home, count(*)::int as asking from wished group by 1, 2),
    given as (
      select ahead.course_id, mine.home, count(*)::int as runs, sum(ahead.free)::int as free
      from ahead join mine on mine.code = ahead.area_code group by 1, 2)
    select course.slug, version.title, area.code, area.name, asking, coalesce(runs, 0) as runs, coalesce(free, 0) as free
    from asked join course on course.id = asked.course_id join course_version version on version.id = course.published_version
      join area on area.code = asked.home left join given on given.course_id = asked.course_id and given.home = asked.home
    order by asking desc, title, name limit 20000`.execute(visit.db)
  return rows
}

/**
 * The parts of a query: `mine`, the areas in which this person schedules, each with its constituency; `wished`, the open
 * wishes of people there; and `ahead`, the runs at their academies that have not begun, with the places free on each.
 */
const wishParts = ({ actor, today }: Visit, slug?: string): RawBuilder<unknown> => {
  const only = (column: string) =>
    slug === undefined ? sql`` : sql`and ${sql.ref(column)} = (select id from course where slug = ${slug})`
  return sql`
    mine as materialized (
      select area.code, case when area.kind = 'ward' then area.parent else area.code end as home from area
      where ${areaWithin(actor, 'runs.schedule', 'area.code')}),
    wished as materialized (
      select wish.course_id, mine.home from wish join mine on mine.code = wish.area_code
      where wish.ended_at is null ${only('wish.course_id')} and not ${fulfilled}),
    ahead as materialized (
      select run.course_id, run.area_code, greatest(run.capacity - run.taken, 0) as free from run
      where run.state = 'published' and run.starts_on > ${today}::date ${only('run.course_id')}
        and ${academyWithin(actor, 'runs.schedule', 'run.academy_id')})`
}

function totalled<Row extends { total: number }>(rows: Row[]): { rows: Omit<Row, 'total'>[]; total: number } {
  let total = 0
  const without = rows.map(({ total: all, ...row }) => {
    total = all
    return row
  })
  return { rows: without, total }
}
