import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryCount } from '#platform/db'
import { visitByHearten } from '#platform/web'
import { type OwnDatabase, ownDatabase } from '../../../../test/own-database.ts'
import { importPostcodes, loadBuiltInAreas } from '../../areas/index.ts'
import { people } from '../module.ts'
import { importMembers } from '../roll/import.ts'
import { placeMembers } from './place-members.ts'

let own: OwnDatabase
let folder = ''
beforeAll(async () => {
  own = await ownDatabase()
  await loadBuiltInAreas(own.db)
  folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-homes-'))
})
afterAll(async () => {
  await own.drop()
  await rm(folder, { recursive: true })
})

const file = async (name: string, content: string): Promise<string> => {
  const at = path.join(folder, name)
  await writeFile(at, content)
  return at
}
const areaOf = async (number: string): Promise<string | null> => {
  const query = own.db.selectFrom('person').where('membership_number', '=', number).select('area_code')
  return (await query.executeTakeFirstOrThrow()).area_code
}
const now = new Date('2026-11-24T12:00:00Z')
const visit = () => visitByHearten({ db: own.db, now })

test('members placed by the region alone are moved to their constituency once postcodes are read, and what someone corrected stands', async () => {
  const roll = await file(
    'roll.csv',
    'membership_number,name,postcode\nM1,Amina Farooq,NG17 1AA\nM2,Bee Ode,CF10 1EP\nM3,Cor Rect,NG17 1AA\nM4,No Where,\n',
  )
  await importMembers({ url: own.url, file: roll, today: '2026-11-24' })
  expect([await areaOf('M1'), await areaOf('M2'), await areaOf('M4')]).toEqual(['E12000004', 'W92000004', null])
  await sql`update person set postcode = null, area_code = 'E14000537' where membership_number = 'M3'`.execute(own.db)

  const postcodes = await file('postcodes.csv', 'pcds,pcon\nNG17 1AA,E14000535\n')
  await importPostcodes({ url: own.url, file: postcodes })
  expect(Object.keys(people.on ?? {})).toContain('postcodes.imported')
  await placeMembers.run(visit(), {})
  expect([await areaOf('M1'), await areaOf('M2'), await areaOf('M3'), await areaOf('M4')]).toEqual([
    'E14000535',
    'W92000004',
    'E14000537',
    null,
  ])
  const said = await own.db.selectFrom('happening').where('what', '=', 'people.placed').select('about').execute()
  expect(said).toEqual([{ about: { moved: 1 } }])
  await placeMembers.run(visit(), {})
  expect(await own.db.selectFrom('happening').where('what', '=', 'people.placed').select('id').execute()).toHaveLength(
    1,
  )
})

test('twelve thousand members are placed with a handful of queries', async () => {
  await sql`insert into person (name, postcode, area_code) select 'Someone', 'NG171AA', 'E12000004' from generate_series(1, 12000)`.execute(
    own.db,
  )
  const count = { made: 0 }
  await queryCount.run(count, () => placeMembers.run(visit(), {}))
  expect(count.made).toBeLessThan(20)
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from person where area_code = 'E12000004'`.execute(own.db)
  expect(rows[0]!.n).toBe(0)
})
