import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../../test/own-database.ts'
import { enqueue, job, startWorker } from './jobs.ts'
import { openLog } from './log.ts'
import { visitByHearten } from './web.ts'

let own: OwnDatabase
beforeAll(async () => {
  own = await ownDatabase()
})
afterAll(() => own.drop())

const now = new Date('2026-11-24T12:00:00Z')

/** Another process that is in the middle of a job that never ends. */
async function busyProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.resolve('src/platform/working-child.ts'), own.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

/** Works here; resolves to the runs of the job that have been taken up here. */
async function working() {
  const worked: number[] = []
  const jobs = [job<{ n: number }>({ name: 'test.endless', run: async (_, { n }) => void worked.push(n) })]
  const runner = await startWorker(own.url, jobs, () => visitByHearten({ db: own.db, now }), openLog('silent'))
  return { worked, runner }
}

test('a job whose worker was killed is taken up by the next to start, and one whose worker lives is left to it', async () => {
  await enqueue(own.db, 'test.endless', { n: 1 })
  const killed = await busyProcess()
  await enqueue(own.db, 'test.endless', { n: 2 })
  const living = await busyProcess()
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const { worked, runner } = await working()
  try {
    for (let tries = 0; tries < 200 && worked.length === 0; tries++) await pause(50)
    await pause(500)
    expect(worked).toEqual([1])
  } finally {
    await runner.stop()
    living.kill('SIGKILL')
    await once(living, 'exit')
  }
  const after = await working()
  for (let tries = 0; tries < 200 && after.worked.length === 0; tries++) await pause(50)
  await after.runner.stop()
  expect(after.worked).toEqual([2])
}, 60_000)

test('a worker whose connection is cut stops by itself, since nobody could know any longer that it lives', async () => {
  const { runner } = await working()
  const client = own.asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hearten worker' and datname = current_database()`,
  )
  await Promise.all([client, runner.promise])
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where application_name = 'hearten worker' and datname = current_database()`.execute(
    own.db,
  )
  expect(rows[0]!.n).toBe(0)
})
