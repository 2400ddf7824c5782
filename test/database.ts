/** Before the tests: a real PostgreSQL server in a new folder, migrated once; after them it is gone. */
import { mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startDatabaseServer } from '../src/platform/embedded.ts'
import { migrate } from '../src/platform/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startDatabaseServer(await mkdtemp(path.join(os.tmpdir(), 'hearten-test-')), { forTests: true })
  await migrate(server.url, path.resolve('db/migrations'))
  await prepareForTests(server.url)
  project.provide('databaseUrl', server.url)
  return server.stop
}

/** Lets a test take the jobs that its own transaction enqueued, which the queue's owner alone may read. */
async function prepareForTests(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`
    create function test_take_jobs(by timestamptz) returns table (id bigint, name text, payload json)
    language sql security definer as $$
      with due as (delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
        where t.id = j.task_id and j.run_at <= greatest(by, clock_timestamp()) returning j.id, t.identifier, j.payload)
      select id, identifier, payload from due order by id $$`)
  await client.end()
}
