/** Finding courses: what was typed, even with slips, and each course's next run, the nearest or the soonest. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#core/days'
import type { Db } from '#platform/db'
import { type Area, milesOnline, nearness } from '../areas/index.ts'
import type { CourseLevel, Mode, Strand } from './course.ts'
import type { Wanted } from './wanted.ts'

export interface FoundCourse {
  slug: string
  title: string
  strand: Strand
  level: CourseLevel
  mode: Mode
  hours: number
  /** Its next run, or null where none has a date. */
  run: string | null
  /** How many courses were found in all. */
  total: number
}

export interface Finding {
  wanted: Wanted
  today: Day
  near: Area | undefined
  limit: number
  offset: number
}

/** How far "near me" reaches. */
export const milesNear = 30
// Few people would pass sixty venues to get to the next: beyond them the soonest run counts.
const venuesTried = 60

/** The published courses that are wanted: what fits best first, then the nearest, then the soonest; those without a date last. */
export async function findCourses(db: Db, finding: Finding): Promise<FoundCourse[]> {
  const { wanted, near, limit, offset } = finding
  const searched = wanted.terms.length > 0
  const dated = wanted.near || wanted.online
  const { rows } = await sql<FoundCourse>`
    with ${searched ? sql`${termsOf(wanted.terms)},` : sql``} ${near ? sql`${venuesNear(near)},` : sql``} fitting as materialized (
      select course.id, course.slug, version.title, version.strand, version.level, version.mode, version.hours,
        ${searched ? rankOf(wanted) : sql`0::float8`} as rank
      from course join course_version version on version.id = course.published_version
      where course.retired_on is null
        ${wanted.strands.length > 0 ? sql`and version.strand = any(${wanted.strands}::text[])` : sql``}
        ${wanted.level ? sql`and version.level = ${wanted.level}` : sql``}),
    best as (select max(rank) as rank from fitting)
    select slug, title, strand, level, mode, hours, next.id as run, count(*) over ()::int as total
    from fitting cross join best left join lateral (${near ? nearestRun(finding) : soonestRun(finding)}) next on true
    where ${searched ? sql`fitting.rank > 0.15 and fitting.rank >= 0.4 * best.rank` : sql`true`}
      ${dated ? sql`and next.id is not null` : sql``}
      ${wanted.near && near ? sql`and next.miles <= ${milesNear}` : sql``}
    order by round(fitting.rank::numeric, 2) desc, next.miles nulls last, next.starts_on nulls last, title
    limit ${limit} offset ${offset}`.execute(db)
  return rows
}

type Part = RawBuilder<unknown>

/** What is searched for each word that was typed: the word itself, or the likest words where the catalogue has none such. */
const termsOf = (terms: readonly string[]): Part => sql`
  asked as materialized (
    select said, query, exists (
      select from course join course_version version on version.id = course.published_version
      where course.retired_on is null and version.search @@ query) as known
    from unnest(${terms}::text[]) said cross join lateral (select plainto_tsquery('english', said) as query) plainly),
  term as materialized (
    select said, query, 1::float4 as sure, true as known from asked where known
    union all
    select said, plainto_tsquery('english', likest.word), likest.sure, false from asked cross join lateral (
      select word, similarity(word, said) as sure from course_word where word % said order by sure desc, word limit 3) likest
    where not known)`

/** How well a course fits, from 0 to about 1.3: the mean over the words, and more where the title says the whole of it. */
const rankOf = ({ terms }: Wanted): Part => sql`
  (select coalesce(sum(fit), 0) / ${terms.length}::float8 from (
    select max(greatest(
      1.645 * ts_rank('{0.25, 0.45, 0.7, 1}', version.search, term.query) * term.sure,
      case when term.known and word_similarity(term.said, plain_words(version.title)) >= 0.6
        then (word_similarity(term.said, plain_words(version.title)) + strict_word_similarity(term.said, plain_words(version.title))) / 2 end)) as fit
    from term group by term.said) fits)
    + 0.3 * greatest(0, word_similarity(${terms.join(' ')}, plain_words(version.title)) - 0.4)`

/** The nearest open venues, those equally near together. */
const venuesNear = (near: Area): Part => sql`
  venue_near as materialized (
    select miles, array_agg(id) as ids from (
      select venue.id, coalesce(${nearness(near, { area: 'at', lat: 'venue.lat', lon: 'venue.lon' })}, 1000) as miles
      from venue left join area at on at.code = venue.area_code
      where venue.closed_on is null order by miles, venue.id limit ${venuesTried}) venue
    group by miles order by miles)`

const ahead = ({ today }: Finding): Part =>
  sql`run.course_id = fitting.id and run.state = 'published' and run.starts_on >= ${today}::date`

const soonestRun = (finding: Finding): Part => sql`
  select run.id, run.starts_on, null::float8 as miles from run where ${ahead(finding)}
    ${finding.wanted.near ? sql`and run.venue_id is not null` : sql``}
    ${finding.wanted.online ? sql`and run.venue_id is null` : sql``}
  order by run.starts_on, run.id limit 1`

/** The run at the nearest venue that has one, or online where that is nearer than any; failing both, the soonest elsewhere. */
const nearestRun = (finding: Finding): Part => {
  const inPlace = sql`
    (select at_venue.* from venue_near cross join lateral (
      select first.*, venue_near.miles from unnest(venue_near.ids) at(venue) cross join lateral (
        select run.id, run.starts_on from run where ${ahead(finding)} and run.venue_id = at.venue
        order by run.starts_on, run.id limit 1) first
      order by first.starts_on limit 1) at_venue order by venue_near.miles limit 1)`
  const online = sql`
    (select run.id, run.starts_on, ${milesOnline}::float8 as miles from run where ${ahead(finding)} and run.venue_id is null
      order by run.starts_on, run.id limit 1)`
  const elsewhere = sql`
    (select run.id, run.starts_on, 1000::float8 as miles from run where ${ahead(finding)} and run.venue_id is not null
      order by run.starts_on, run.id limit 1)`
  const parts = finding.wanted.online ? [online] : finding.wanted.near ? [inPlace] : [inPlace, online, elsewhere]
  return sql`select * from (${sql.join(parts, sql` union all `)}) nearest order by miles, starts_on limit 1`
}
