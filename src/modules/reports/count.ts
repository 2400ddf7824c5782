/** Counts what the map shows: for every constituency and quarter, in one statement. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { enqueue, job } from '#platform/jobs'
import type { Visit } from '#platform/web'

/**
 * Counts the map anew. Runs: published, given in the constituency, by the quarter in which they begin. Places: confirmed
 * in published runs, by where their holders live. Trained: members living there who had come to a session by the
 * quarter's end.
 */
export async function countMap(db: Db, now: Date): Promise<void> {
  await sql`
    with home as (
      select code, case kind when 'ward' then parent when 'constituency' then code end as constituency from area),
    given as (
      select home.constituency, ${quarterOf('run.starts_on')} as quarter, count(*) as runs
      from run join home on home.code = run.area_code where run.state = 'published' group by 1, 2),
    held as (
      select home.constituency, ${quarterOf('run.starts_on')} as quarter, count(*) as places
      from place join run on run.id = place.run_id join person on person.id = place.person_id
        join home on home.code = person.area_code
      where place.state = 'confirmed' and run.state = 'published' group by 1, 2),
    began as (
      select came.person_id, min(run_session.starts_at) as at
      from attendance came join run_session on run_session.id = came.session_id
      where came.mark in ('present', 'late') group by 1),
    joined as (
      select home.constituency, ${quarterOf(`began.at at time zone 'Europe/London'`)} as quarter, count(*) as people
      from began join person on person.id = began.person_id join home on home.code = person.area_code
      where person.standing = 'member' group by 1, 2),
    quarters as (
      select generate_series(min(quarter), max(quarter), interval '3 months')::date as quarter
      from (select quarter from given union all select quarter from held union all select quarter from joined
        union all select date_trunc('quarter', ${now}::timestamptz at time zone 'Europe/London')::date) each),
    fresh as (
      insert into area_quarter as kept (area_code, quarter, runs, places, trained, counted_at)
      select area.code, quarters.quarter, coalesce(given.runs, 0), coalesce(held.places, 0),
        coalesce(sum(joined.people) over (partition by area.code order by quarters.quarter), 0), ${now}
      from area cross join quarters
        left join given on given.constituency = area.code and given.quarter = quarters.quarter
        left join held on held.constituency = area.code and held.quarter = quarters.quarter
        left join joined on joined.constituency = area.code and joined.quarter = quarters.quarter
      where area.kind = 'constituency' order by area.code, quarters.quarter
      on conflict (area_code, quarter) do update
        set runs = excluded.runs, places = excluded.places, trained = excluded.trained, counted_at = excluded.counted_at)
    delete from area_quarter gone where gone.quarter not in (select quarter from quarters)`.execute(db)
}

const quarterOf = (day: string) => sql.raw(`date_trunc('quarter', ${day})::date`)

/** Counts every night, and soon after anything that the map shows has changed. */
export const countingJob = job({
  name: 'reports.count',
  every: '10 2 * * *',
  run: (visit) => visit.atomically(({ db, now }) => countMap(db, now)),
})

const every = 5 * 60_000

/** Has the map counted at the next five minutes by the clock, however much happens until then. */
export const countSoon = ({ db, now }: Visit): Promise<void> =>
  enqueue(db, countingJob.name, {}, { key: countingJob.name, at: new Date((Math.floor(+now / every) + 1) * every) })
