import { sql } from 'kysely'
import { expect } from 'vitest'
import { test } from '../../test/world.ts'
import { hearten } from './actor.ts'
import type { Db } from './db.ts'
import { checkRecord, record, sealRecord } from './record.ts'

/** The owner's own hand, which the server's role does not have. */
const asOwner = async (db: Db, work: () => Promise<unknown>) => {
  await sql`set role none`.execute(db)
  await work()
  await sql`set role hearten_app`.execute(db)
}

test('what happened is sealed in a chain that holds', async ({ db }) => {
  for (const n of [1, 2, 3]) await record(db, hearten, 'test.done', { n })
  const sealed = await sealRecord(db)
  expect(sealed).toBeGreaterThanOrEqual(3)
  expect(await sealRecord(db)).toBe(0)
  const check = await checkRecord(db)
  expect(check.faults).toEqual([])
  expect(check.unsealed).toBe(0)
})

test('a row that was altered shows, and so does one that was removed', async ({ db }) => {
  for (const n of [1, 2, 3]) await record(db, hearten, 'test.done', { n })
  await sealRecord(db)
  const rows = await db.selectFrom('happening').select('id').orderBy('id').execute()
  const [first, second] = rows.slice(-3).map(({ id }) => id)
  await asOwner(db, async () => {
    await sql`update happening set about = '{"n": 9}' where id = ${first}`.execute(db)
    await sql`delete from happening where id = ${second}`.execute(db)
  })
  const { faults } = await checkRecord(db)
  expect(faults.join('\n')).toContain(`Happening ${first} `)
  expect(faults.join('\n')).toContain(`Happening ${second} (seal`)
  expect(faults.join('\n')).toContain('was removed')
})

test('a seal that was removed shows', async ({ db }) => {
  for (const n of [1, 2, 3]) await record(db, hearten, 'test.done', { n })
  await sealRecord(db)
  const { number } = await db
    .selectFrom('seal')
    .select('number')
    .orderBy('number', 'desc')
    .offset(1)
    .limit(1)
    .executeTakeFirstOrThrow()
  await asOwner(db, () => sql`delete from seal where number = ${number}`.execute(db))
  expect((await checkRecord(db)).faults.join('\n')).toContain('were removed')
})

test('the server itself can neither alter nor remove what happened', async ({ db }) => {
  await record(db, hearten, 'test.done', {})
  for (const attempt of [sql`update happening set what = 'x'`, sql`delete from happening`, sql`delete from seal`]) {
    await sql`savepoint attempt`.execute(db)
    await expect(attempt.execute(db)).rejects.toThrow(/permission denied/)
    await sql`rollback to savepoint attempt`.execute(db)
  }
})
