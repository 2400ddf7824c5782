/** With a country's members: no page about people reads the whole table, and two who erase at once do so once. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Absent } from '#core/refusal'
import { actorById } from '#platform/actor'
import type { Db } from '#platform/db'
import { perform, visitOf } from '#platform/web'
import { type OwnDatabase, ownDatabase } from '../../../../test/own-database.ts'
import { noon } from '../../../../test/world.ts'
import { loadBuiltInAreas } from '../../areas/index.ts'
import { eraseMe } from '../data/erase.ts'
import { countsOf, dataOf } from '../data/held.ts'
import { findPeople, seePerson } from './queries.ts'

let own: OwnDatabase
const [officer, local] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']

beforeAll(async () => {
  own = await ownDatabase()
  await loadBuiltInAreas(own.db)
  await own.asOwner(`
    with homes as (select array_agg(code order by code) as codes from area where kind = 'constituency')
    insert into person (id, membership_number, name, email, area_code, joined_on)
    select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'M' || n,
      (array['Amina','Bryn','Siobhán','Tomasz','Grace','Olu','Wren','Hugh','Ines','Jo'])[1 + (n / 650) % 10] || ' ' ||
      substr(md5(n::text), 1, 3) || (array['son','ley','worth','ford','okafor','farooq','rees','osei','clarke','dale'])[1 + (n / 10) % 10],
      'm' || n || '@example.org', codes[1 + n % 650], '2020-01-01'
    from homes, generate_series(1, 200000) n`)
  await own.asOwner(`insert into held_right (person_id, role, area_code, starts_on) values
    ('${officer}', 'data protection officer', null, '2020-01-01'), ('${local}', 'coordinator', 'E12000004', '2020-01-01')`)
  await own.asOwner('vacuum analyze')
}, 180_000)
afterAll(() => own.drop())

const visitBy = async (db: Db, id: string, query = '') =>
  visitOf({ db, actor: await actorById(db, id, '2026-11-24'), now: noon, query: new URLSearchParams(query) })

const cut = { sort: 'name', descending: false, limit: 25, offset: 0 } as const

/** How often the whole of a table was read in this transaction. */
async function wholeReads(work: (db: Db) => Promise<unknown>): Promise<{ reads: number; took: number }> {
  return own.db.transaction().execute(async (db) => {
    const begun = performance.now()
    await work(db)
    const took = performance.now() - begun
    const { rows } = await sql<{ n: number }>`
      select coalesce(sum(seq_scan), 0)::int as n from pg_stat_xact_user_tables where relname = 'person'`.execute(db)
    return { reads: rows[0]!.n, took }
  })
}

test.for<[string, string]>([
  [officer, 'q=siobhan'],
  [officer, 'q=farooq'],
  [officer, 'q=sioban+farook'],
  [officer, 'q=M77777'],
  [officer, 'q=m123@example.org'],
  [officer, 'area=Ashfield'],
  [officer, 'area=East+Midlands'],
  [officer, 'q=grace&area=Ashfield'],
  [local, 'q=siobhan'],
  [local, 'q=clarke'],
  [local, 'area=Ashfield'],
  [local, 'area=England'],
])(
  '%s asking for %s does not have the table of people read from end to end',
  { timeout: 30_000 },
  async ([who, query]) => {
    let found = 0
    const { reads, took } = await wholeReads(async (db) => {
      const people = await findPeople(await visitBy(db, who, query), cut)
      found = people.total
    })
    expect({ reads, found: found > 0 }).toEqual({ reads: 0, found: true })
    expect(took).toBeLessThan(5_000)
  },
)

test('one person’s page and what is held about them read no table of people from end to end', async () => {
  const id = '00000000-0000-4000-8000-000000100000'
  const { reads } = await wholeReads(async (db) => {
    expect(await seePerson(await visitBy(db, officer), id)).toMatchObject({ number: 'M100000' })
    await countsOf(await visitBy(db, id), id)
    await dataOf(await visitBy(db, id), id)
  })
  expect(reads).toBe(0)
})

test('two who erase the same person at once do so once', async () => {
  const id = '00000000-0000-4000-8000-000000150000'
  const visits = await Promise.all([1, 2, 3, 4].map(() => visitBy(own.db, id)))
  const tries = await Promise.allSettled(visits.map((visit) => perform(eraseMe, visit, { sure: 'yes' })))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of tries) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Absent)
  const happened = await own.db.selectFrom('happening').select('id').where('what', '=', 'person.erased').execute()
  expect(happened).toHaveLength(1)
})
