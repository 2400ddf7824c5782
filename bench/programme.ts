/** A loaded programme to measure on: the demonstration at the size of a country, kept for the next time if wished. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { hashOf } from '#platform/actor'
import { createDatabase, type DatabaseServer, startDatabaseServer } from '#platform/embedded'
import type { Options } from './figure.ts'
import { command } from './served.ts'

export interface LoadedProgramme {
  url: string
  members: number
  /** How long loading took, in seconds; undefined where it was there from an earlier time. */
  seconds: number | undefined
  size: { members: number; runs: number; places: number; megabytes: number }
  close: () => Promise<void>
}

/** Opens a programme of so many members, loading it where it is not there or not of these days. */
export async function openProgramme(members: number, { keep, data, tell }: Options): Promise<LoadedProgramme> {
  const folder = path.join(data, `programme-${members}`)
  const server = await startDatabaseServer(folder)
  const url = server.url.replace(/\/hearten$/, '/programme')
  let seconds: number | undefined
  if (!(await isFresh(server, url, tell))) {
    tell(`Loading ${members.toLocaleString('en-GB')} members`)
    await createDatabase(url)
    const began = performance.now()
    await command(['demo', '--members', String(members)], url)
    seconds = (performance.now() - began) / 1000
  }
  return {
    url,
    members,
    seconds,
    size: await sizeOf(url),
    close: async () => {
      await server.stop()
      if (!keep) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Whether the programme is there, made by this version and for these days; one that is not is dropped. */
async function isFresh(server: DatabaseServer, url: string, tell: (line: string) => void): Promise<boolean> {
  const owner = new Client({ connectionString: server.url })
  await owner.connect()
  try {
    const { rowCount } = await owner.query(`select from pg_database where datname = 'programme'`)
    if (rowCount === 0) return false
    const fresh = await command(['migrate'], url).then(
      () => loadedLately(url),
      () => false,
    )
    if (!fresh) {
      tell('The programme of an earlier time is out of date and is made anew')
      await owner.query('drop database programme with (force)')
    }
    return fresh
  } finally {
    await owner.end()
  }
}

async function loadedLately(url: string): Promise<boolean> {
  const [row] = await ask<{ fresh: boolean }>(
    url,
    `select changed_at > now() - interval '3 days' as fresh from setting where name = 'demonstration'`,
  )
  return row?.fresh ?? false
}

async function sizeOf(url: string): Promise<LoadedProgramme['size']> {
  const [row] = await ask<LoadedProgramme['size']>(
    url,
    `select (select count(*)::int from person where standing = 'member') as members, (select count(*)::int from run) as runs,
      (select count(*)::int from place) as places, (pg_database_size(current_database()) / 1e6)::int as megabytes`,
  )
  return row!
}

/** The rows that a query finds, as the owner. */
export async function ask<Row extends object>(url: string, query: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(query, values)).rows
  } finally {
    await client.end()
  }
}

/** Signs people in without a letter: the cookie header of a browser for each. */
export async function signIn(url: string, people: readonly string[]): Promise<string[]> {
  const tokens = people.map((person) => `measuring-${person}-${process.pid}`)
  await ask(
    url,
    `insert into sign_in_session (token, person_id, expires_at, second_factor_at)
      select token, person, now() + interval '1 day', now() from unnest($1::text[], $2::uuid[]) as given(token, person)
      on conflict do nothing`,
    [tokens.map(hashOf), people],
  )
  return tokens.map((token) => `__Host-hearten=${token}; __Host-hearten-form=measuring`)
}
