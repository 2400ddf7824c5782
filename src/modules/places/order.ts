/** Whether all places are in order: what must hold of them at every moment, asked of the database itself. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { dayOf } from '#core/days'
import { lastHoursFrom } from './offer.ts'

/** Something that may never be: of which run, and what. */
export interface Disorder {
  run: string
  what: string
}

/**
 * Everything that is wrong with any place, at this moment; nothing when all is in order. `settled` also asks what holds only
 * once the jobs are done: that no seat is free while someone waits, no offer outlives its time, and no cancelled run has places.
 */
export async function placesInOrder(db: Db, now: Date, { settled = true } = {}): Promise<Disorder[]> {
  const { rows } = await sql<Disorder>`
    with counted as (
      select run_id, count(*) filter (where state in ('offered', 'confirmed')) as taken, count(*) filter (where state = 'waiting') as waiting
      from place where state in ('offered', 'confirmed', 'waiting') group by run_id)
    select run.id as run, format('%s places are counted as taken, and %s are', run.taken, coalesce(counted.taken, 0)) as what
      from run left join counted on counted.run_id = run.id where run.taken <> coalesce(counted.taken, 0)
    union all
    select run.id, format('%s are counted as waiting, and %s are', run.waiting, coalesce(counted.waiting, 0))
      from run left join counted on counted.run_id = run.id where run.waiting <> coalesce(counted.waiting, 0)
    union all
    select run.id, format('it is overbooked: %s places for %s', counted.taken, run.capacity)
      from run join counted on counted.run_id = run.id where counted.taken > run.capacity
    union all
    select run_id, format('person %s has more than one place or turn on it', person_id)
      from place where state in ('offered', 'confirmed', 'waiting') group by run_id, person_id having count(*) > 1
    union all
    select (array_agg(place.run_id order by place.run_id))[1], format('person %s holds two places in its course at a time', place.person_id)
      from place join run on run.id = place.run_id
      where place.state = 'confirmed' and not place.extra and run.ends_on >= ${dayOf(now)}::date
      group by place.course_id, place.person_id having count(*) > 1
    union all
    select place.run_id, format('place %s belongs to another course', place.id)
      from place join run on run.id = place.run_id where place.course_id <> run.course_id
    union all
    select waits.run_id, format('someone was offered a place before %s, who asked first', waits.person_id)
      from place waits join lateral (select max(turn) as turn from place where run_id = waits.run_id and offered_at is not null) served on true
      where waits.state = 'waiting' and waits.turn < served.turn
        -- where seats are reserved, the rule of the round decides who is next, and its own tests hold that
        and not exists (select from round_reserve where run_id = waits.run_id and stands)
    ${settled ? settledOnly(now) : sql``}`.execute(db)
  return rows
}

const settledOnly = (now: Date) => sql`
    union all
    select run.id, format('%s seats are free while %s wait', run.capacity - run.taken, run.waiting)
      from run cross join lateral (select coalesce(min(s.starts_at), run.starts_on::timestamptz) as begins from run_session s where s.run_id = run.id) first
      where run.state = 'published' and run.waiting > 0 and run.taken < run.capacity
        and first.begins > ${lastHoursFrom(now)}
    union all
    select run_id, format('the offer of place %s has outlived its time', id) from place
      where state = 'offered' and offer_until < ${new Date(now.getTime() - 600_000)}
    union all
    select run.id, 'it is cancelled, and has places' from run where run.state = 'cancelled'
      and exists (select from place where place.run_id = run.id and place.state in ('offered', 'confirmed', 'waiting'))`

/** What is wrong with any place, in words, by the database's own clock: nothing when all is in order. */
export async function faultsInPlaces(db: Db): Promise<string[]> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return (await placesInOrder(db, rows[0]!.now, { settled: false })).map(({ run, what }) => `Run ${run}: ${what}`)
}
