import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterEach, expect, inject, test } from 'vitest'
import { createDatabase } from './embedded.ts'
import { migrate } from './migrate.ts'

const made: string[] = []

/** An empty database of its own, and a copy of the migrations that may be spoilt. */
async function ground(name: string) {
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${name}`
  await createDatabase(url.href)
  made.push(name)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-migrations-'))
  await cp('db/migrations', folder, { recursive: true })
  return { url: url.href, folder }
}

afterEach(async () => {
  const client = new Client({ connectionString: inject('databaseUrl') })
  await client.connect()
  for (const name of made.splice(0)) await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`)
  await client.end()
})

test('migrations run once, in order, and two processes at once do not run them twice', async () => {
  const { url, folder } = await ground('migrating_twice')
  const [one, other] = await Promise.all([migrate(url, folder), migrate(url, folder)])
  expect(one.length + other.length).toBeGreaterThan(5)
  expect(Math.min(one.length, other.length)).toBe(0)
  expect(await migrate(url, folder)).toEqual([])
  await rm(folder, { recursive: true })
})

test('a migration that fails leaves nothing behind, and the next start says so again', async () => {
  const { url, folder } = await ground('migrating_badly')
  await writeFile(path.join(folder, '9999-bad.sql'), 'create table half (id int); select nonsense;')
  await expect(migrate(url, folder)).rejects.toThrow(/9999-bad\.sql failed/)
  const client = new Client({ connectionString: url })
  await client.connect()
  expect((await client.query(`select to_regclass('half') as found`)).rows[0].found).toBeNull()
  await client.end()
  await rm(folder, { recursive: true })
})

test('a database newer than the code is refused, and so is a migration edited afterwards', async () => {
  const { url, folder } = await ground('migrating_newer')
  await writeFile(path.join(folder, '9998-later.sql'), 'select 1')
  await migrate(url, folder)
  await expect(migrate(url, 'db/migrations')).rejects.toThrow(/newer than this version of Hearten/)
  await writeFile(path.join(folder, '9998-later.sql'), 'select 2')
  await expect(migrate(url, folder)).rejects.toThrow(/has changed since/)
  await rm(folder, { recursive: true })
})
