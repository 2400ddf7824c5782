/** Where people live, found again when postcodes were read: whoever was placed by the region alone gets their constituency. */
import { sql } from 'kysely'
import { hearten } from '#platform/actor'
import { enqueue, type Job, job } from '#platform/jobs'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'

const size = 5_000

/** Begins to place everyone anew; one that was begun for earlier postcodes and has not started is replaced. */
export const placeAnew = ({ db }: Visit): Promise<void> => enqueue(db, 'people.place', {}, { key: 'people.place' })

/** Moves whoever has a postcode to the area that it is now known to be in, some thousands at a time. Done again, it changes nothing. */
export const placeMembers: Job = job({
  name: 'people.place',
  run: async (visit) => {
    for (let last: string | undefined; ;) {
      const next = await visit.atomically((inside) => placeSome(inside, last))
      if (next === undefined) return
      last = next
    }
  },
})

/** Places the next few thousand; resolves to the last of them, or nothing where there are no more. */
async function placeSome({ db, now }: Visit, after: string | undefined): Promise<string | undefined> {
  const { rows } = await sql<{ last: string | null; moved: number }>`
    with these as materialized (
      select id, postcode, area_code from person where postcode is not null ${after === undefined ? sql`` : sql`and id > ${after}`}
      order by id limit ${size}),
    moved as (
      update person set area_code = known.area_code, updated_at = ${now}
      from these join postcode known on known.postcode = these.postcode join area on area.code = known.area_code
      where person.id = these.id and these.area_code is distinct from known.area_code
        -- what they corrected meanwhile stands
        and person.postcode = these.postcode
      returning 1)
    select (select id from these order by id desc limit 1) as last, (select count(*)::int from moved) as moved`.execute(
    db,
  )
  const { last, moved } = rows[0]!
  if (moved > 0) await record(db, hearten, 'people.placed', { moved })
  return last ?? undefined
}
