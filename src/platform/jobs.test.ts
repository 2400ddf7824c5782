import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import { createDatabase } from './embedded.ts'
import { openDb, openPool } from './db.ts'
import { enqueue, job, startWorker } from './jobs.ts'
import { openLog } from './log.ts'
import { migrate } from './migrate.ts'
import { visitByHearten } from './web.ts'

test('a job enqueued in a transaction is worked once it commits, and never when it was rolled back; a later one with the same key takes its place', async () => {
  const url = new URL(inject('databaseUrl'))
  url.pathname = '/working_jobs'
  await createDatabase(url.href)
  await migrate(url.href, 'db/migrations')
  const db = openDb(openPool(url.href, { size: 4 }))
  const worked: number[] = []
  const jobs = [
    job<{ n: number }>({ name: 'test.count', run: async (_, { n }) => void worked.push(n) }),
    job({ name: 'test.nightly', every: '0 3 * * *', run: async () => {} }),
  ]
  const runner = await startWorker(
    url.href,
    jobs,
    () => visitByHearten({ db, now: new Date('2026-11-24T12:00:00Z') }),
    openLog('silent'),
  )
  await db.transaction().execute((inside) => enqueue(inside, 'test.count', { n: 1 }))
  await db
    .transaction()
    .execute(async (inside) => {
      await enqueue(inside, 'test.count', { n: 2 })
      throw new Error('no')
    })
    .catch(() => {})
  await enqueue(db, 'test.count', { n: 3 }, { at: new Date('2090-01-01'), key: 'later' })
  await enqueue(db, 'test.count', { n: 4 }, { key: 'later' })
  for (let tries = 0; tries < 100 && worked.length < 2; tries++) await pause(50)
  await runner.stop()
  await db.destroy()
  expect(new Set(worked)).toEqual(new Set([1, 4]))
  const client = new Client({ connectionString: inject('databaseUrl') })
  await client.connect()
  await client.query('drop database working_jobs with (force)')
  await client.end()
})
