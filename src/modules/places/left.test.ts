import { sql } from 'kysely'
import { expect, vi } from 'vitest'
import { queryCount } from '#platform/db'
import { test } from '../../../test/world.ts'
import { freeSeatsOfThoseWhoLeft } from './left.ts'
import { places } from './module.ts'

vi.setConfig({ testTimeout: 120_000 })

test('ten thousand who are closed at once give up their places and leave every line, with a few queries for each run', async (world) => {
  const { db } = world
  const [runs, each] = [10, 1_000]
  const ids: string[] = []
  for (let n = 0; n < runs; n++) ids.push(await world.run({ capacity: 20 }))
  // in each run 10 of those who are closed have a place and the others wait; two members wait behind them all
  await sql`
    with these as (select id, course_id, row_number() over (order by id) as nth from run where id = any(${ids}::uuid[])),
    gone as (insert into person (name, standing, closed_on, membership_number)
      select 'Gone', 'closed', '2026-11-24', 'G' || n from generate_series(0, ${runs * each - 1}) n returning id, membership_number),
    staying as (insert into person (name, standing, membership_number)
      select 'Stays', 'member', 'S' || n from generate_series(0, ${runs * 2 - 1}) n returning id, membership_number),
    all_of_them as (select id, substr(membership_number, 2)::int as n, true as gone from gone union all select id, substr(membership_number, 2)::int, false from staying)
    insert into place (run_id, course_id, person_id, state, confirmed_at)
    select these.id, these.course_id, them.id, case when gone and n / ${runs} < 10 then 'confirmed' else 'waiting' end, case when gone and n / ${runs} < 10 then now() end
    from all_of_them them join these on these.nth = n % ${runs} + 1 order by not gone, n`.execute(db)
  await sql`update run set capacity = 10, taken = 10, waiting = ${each - 10 + 2} where id = any(${ids}::uuid[])`.execute(
    db,
  )

  expect(places.on?.['roll.imported']).toBe(freeSeatsOfThoseWhoLeft)
  const count = { made: 0 }
  const visit = await world.visit()
  await queryCount.run(count, () => freeSeatsOfThoseWhoLeft(visit))
  expect(count.made).toBeLessThan(runs * 25)
  const { rows } = await sql<{ state: string; standing: string; n: number }>`
    select place.state, person.standing, count(*)::int as n from place join person on person.id = place.person_id
    where run_id = any(${ids}::uuid[]) group by 1, 2 order by 1`.execute(db)
  expect(rows).toEqual([
    { state: 'offered', standing: 'member', n: runs * 2 },
    { state: 'withdrawn', standing: 'closed', n: runs * each },
  ])
  const counted = await db.selectFrom('run').where('id', 'in', ids).select(['taken', 'waiting']).execute()
  expect(counted).toEqual(ids.map(() => ({ taken: 2, waiting: 0 })))
  const recorded = await db.selectFrom('happening').where('what', '=', 'place.withdrawn').select('id').execute()
  expect(recorded).toHaveLength(runs * each)
})
