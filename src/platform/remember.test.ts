import { Kysely, sql } from 'kysely'
import { afterAll, beforeEach, expect, inject, test } from 'vitest'
import { openDb, openPool, type Tables } from '#platform/db'
import { remembered } from './remember.ts'

const opened: Kysely<Tables>[] = []
let db: Kysely<Tables>
let loads: number

beforeEach(() => {
  opened.push((db = openDb(openPool(inject('databaseUrl'), { size: 2 }))))
  loads = 0
})
afterAll(() => Promise.all(opened.map((one) => one.destroy())))

const load = async () => ({ number: ++loads })

test('one question that many ask at once is asked of the database once', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => remembered(db, 'what', 60, load)))
  expect(loads).toBe(1)
  expect(new Set(answers)).toEqual(new Set([{ number: 1 }]))
  expect(await remembered(db, 'what', 60, load)).toEqual({ number: 1 })
  expect(await remembered(db, 'something else', 60, load)).toEqual({ number: 2 })
})

test('what is older than it may be is loaded again', async () => {
  await remembered(db, 'what', 0.02, load)
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(await remembered(db, 'what', 0.02, load)).toEqual({ number: 2 })
})

test('a question that failed is asked again', async () => {
  await expect(remembered(db, 'what', 60, () => Promise.reject(new Error('no database')))).rejects.toThrow(
    'no database',
  )
  expect(await remembered(db, 'what', 60, load)).toEqual({ number: 1 })
})

test('a transaction sees what is, not what was', async () => {
  await remembered(db, 'what', 60, load)
  const inside = await db.transaction().execute(async (held) => {
    await sql`select 1`.execute(held)
    return remembered(held, 'what', 60, load)
  })
  expect(inside).toEqual({ number: 2 })
})
