/** The rush while things break: the server is killed, the database is killed, connections are cut; and then what is left. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { hashOf } from '#platform/actor'
import { openDb, openPool } from '#platform/db'
import { createDatabase, type DatabaseServer, startDatabaseServer } from '#platform/embedded'
import { placesInOrder } from '../src/modules/places/order.ts'
import type { Figure, Options } from './figure.ts'
import { ask } from './programme.ts'
import { openProxy } from './proxy.ts'
import { command, databasePid, freePort, type Served, serveProduct } from './served.ts'

export interface FaultsWanted {
  /** How many members ask, for how many places of how many runs, within how many seconds. */
  members: number
  runs: number
  capacity: number
  seconds: number
  /** The folder for the database. */
  folder: string
  tell?: (line: string) => void
}

export interface AfterFaults {
  asked: number
  /** How many were told that they have a place or wait. */
  acknowledged: number
  /** How many requests had no answer, or one that says to try again. */
  tries: number
  /** Of those acknowledged, places that are not there or not as was told. */
  lost: string[]
  /** Whatever breaks a rule: overbooked, doubled, miscounted. */
  disorder: string[]
  /** Seconds until someone was answered again after each fault. */
  outages: { what: string; seconds: number }[]
}

interface Acknowledged {
  person: string
  run: string
  place: string
  standing: string
}

/** Lets members ask while the server, the database and the network fail in turn; resolves once everyone has an answer. */
export async function rushThroughFaults(wanted: FaultsWanted): Promise<AfterFaults> {
  const ends: (() => Promise<void>)[] = []
  try {
    return await rush(wanted, (end) => ends.unshift(end))
  } finally {
    for (const end of ends) await end().catch(() => {})
  }
}

async function rush(wanted: FaultsWanted, atLast: (end: () => Promise<void>) => void): Promise<AfterFaults> {
  const { folder, seconds, tell = () => {} } = wanted
  let database = await startDatabaseServer(path.join(folder, 'postgres'))
  atLast(() => database.stop())
  const url = database.url.replace(/\/hearten$/, '/faults')
  await createDatabase(url)
  await command(['demo', '--members', String(Math.max(300, wanted.members + 200))], url)
  const keys = await keysFor(url, wanted.members)
  const runs = await runsFor(url, wanted.runs, wanted.capacity)

  const port = await freePort()
  const [toDatabase, toServer] = [await openProxy(Number(new URL(url).port)), await openProxy(port)]
  atLast(() => toDatabase.close())
  atLast(() => toServer.close())
  const through = new URL(url)
  through.port = String(toDatabase.port)
  const start = (): Promise<Served> => serveProduct(through.href, { port, DATABASE_POOL: 12 })
  let server = await start()
  atLast(() => server.stop())

  const crowd = crowdOf({ address: `http://127.0.0.1:${toServer.port}`, keys, runs, seconds })
  const outages: AfterFaults['outages'] = []
  const fault = async (at: number, what: string, breaks: () => Promise<void> | void): Promise<void> => {
    await crowd.at(at)
    tell(what)
    const began = performance.now()
    await breaks()
    outages.push({ what, seconds: ((await crowd.nextAnswer()) - began) / 1000 })
  }
  const breaking = async (): Promise<void> => {
    await fault(0.15, 'the server is killed', async () => {
      await server.kill()
      server = await start()
    })
    await fault(0.4, 'the database is killed', async () => {
      process.kill(await databasePid(url), 'SIGKILL')
      database = await startAgain(folder)
    })
    for (const at of [0.65, 0.72, 0.8])
      await fault(at, 'all connections are cut', () => void (toServer.cut() + toDatabase.cut()))
  }
  const [{ acknowledged, tries }] = await Promise.all([crowd.done, breaking()])
  await server.stop()
  return { asked: keys.length, acknowledged: acknowledged.length, tries, outages, ...(await check(url, acknowledged)) }
}

/** Each member asks at a moment of their own, and again until they are told. */
function crowdOf(the: {
  address: string
  keys: readonly { person: string; key: string }[]
  runs: readonly string[]
  seconds: number
}) {
  const { address, keys, runs, seconds } = the
  const waiting: ((at: number) => void)[] = []
  const began = performance.now()
  let tries = 0
  const acknowledged: Acknowledged[] = []
  const one = async ({ person, key }: { person: string; key: string }, n: number): Promise<void> => {
    await pause((n / keys.length) * seconds * 1000)
    const run = runs[n % runs.length]!
    const giveUp = performance.now() + 90_000
    for (;;) {
      const said = await askOnce(address, run, key)
      if (said) {
        acknowledged.push({ person, run, ...said })
        for (const tell of waiting.splice(0)) tell(performance.now())
        return
      }
      tries++
      if (performance.now() > giveUp) throw new Error('Someone was not answered for a minute and a half')
      await pause(150 + 350 * ((n * 37) % 100) * 0.01)
    }
  }
  return {
    /** Waits until this share of the time has passed. */
    at: (share: number) => pause(Math.max(0, began + share * seconds * 1000 - performance.now())),
    /** The moment at which the next of them is answered; now, once all have been. */
    nextAnswer: () =>
      acknowledged.length === keys.length
        ? Promise.resolve(performance.now())
        : new Promise<number>((resolve) => waiting.push(resolve)),
    done: Promise.all(keys.map(one)).then(() => ({ acknowledged, tries })),
  }
}

/** Asks for a place; the answer, or nothing where the network, the server or the database failed. */
async function askOnce(
  address: string,
  run: string,
  key: string,
): Promise<{ place: string; standing: string } | undefined> {
  try {
    const answer = await fetch(`${address}/api/runs/${run}/place`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(20_000),
    })
    const said = (await answer.json()) as { place: string; standing: string }
    if (answer.ok) return said
    if (answer.status < 500) throw new Refused(`${answer.status} ${JSON.stringify(said)}`)
    return undefined
  } catch (error) {
    if (error instanceof Refused) throw error
    return undefined
  }
}

class Refused extends Error {}

/** What is in the database must be what people were told, and in order. */
async function check(
  url: string,
  acknowledged: readonly Acknowledged[],
): Promise<Pick<AfterFaults, 'lost' | 'disorder'>> {
  const db = openDb(openPool(url, { size: 2, asOwner: true }))
  try {
    const rows = await db.selectFrom('place').select(['id', 'person_id', 'run_id', 'state']).execute()
    const kept = new Map(rows.map((row) => [row.id, row]))
    const lost = acknowledged.flatMap(({ place, person, run, standing }) => {
      const row = kept.get(place)
      const same = row?.person_id === person && row.run_id === run && row.state === standing
      return same ? [] : [`${standing} was told, and ${row?.state ?? 'nothing'} is there`]
    })
    const disorder = await placesInOrder(db, new Date())
    return { lost, disorder: disorder.map(({ what }) => what) }
  } finally {
    await db.destroy()
  }
}

/** The database server again, once what was left of the old one is gone. */
async function startAgain(folder: string): Promise<DatabaseServer> {
  for (let tries = 1; ; tries++) {
    try {
      return await startDatabaseServer(path.join(folder, 'postgres'))
    } catch (error) {
      if (tries > 40) throw error
      await pause(250)
    }
  }
}

/** Keys with which so many members' own programs may ask. */
async function keysFor(url: string, members: number): Promise<{ person: string; key: string }[]> {
  const people = await ask<{ id: string }>(
    url,
    `select id from person where standing = 'member' and not exists (select from held_right where person_id = person.id) order by id limit $1`,
    [members],
  )
  const keys = people.map(({ id }) => ({ person: id, key: `measuring-${id}-${process.pid}` }))
  await ask(
    url,
    `insert into api_token (person_id, name, hash, scopes, expires_at)
      select person, 'The rush', hash, array['places:write'], now() + interval '1 day' from unnest($1::uuid[], $2::text[]) as given(person, hash)`,
    [keys.map(({ person }) => person), keys.map(({ key }) => hashOf(key))],
  )
  return keys
}

/** New runs online, each of a course of its own that nobody has a place in yet. */
async function runsFor(url: string, runs: number, capacity: number): Promise<string[]> {
  const made = await ask<{ id: string }>(
    url,
    `with source as (select v.*, n from generate_series(1, $1) n, lateral (select * from course_version order by id limit 1) v),
      fresh as (insert into course (slug) select 'rush-' || n from generate_series(1, $1) n returning id, slug),
      version as (insert into course_version (course_id, number, title, strand, level, hours, mode, summary, who, outcomes, description, sessions, practice, published_at)
        select fresh.id, 1, title, strand, level, hours, 'online', summary, who, outcomes, description, sessions, practice, now()
        from source join fresh on fresh.slug = 'rush-' || n returning id, course_id),
      made as (insert into run (course_id, course_version_id, academy_id, online_link, capacity, state, starts_on, ends_on, published_at)
        select course_id, version.id, (select id from academy order by slug limit 1), 'https://meet.example.org/rush', $2, 'published',
          current_date + 30, current_date + 30, now() from version returning id),
      session as (insert into run_session (run_id, number, title, starts_at, ends_at)
        select id, 1, 'The only one', current_date + 30 + time '19:00', current_date + 30 + time '21:00' from made)
    select id from made`,
    [runs, capacity],
  )
  return made.map(({ id }) => id)
}

/** The figures of a rush through faults. */
export async function benchFaults({ quick, data, tell }: Options): Promise<Figure[]> {
  const folder = path.join(data, `faults-${process.pid}`)
  const size = quick
    ? { members: 300, runs: 6, capacity: 10, seconds: 12 }
    : { members: 3_000, runs: 20, capacity: 25, seconds: 45 }
  try {
    const after = await rushThroughFaults({ ...size, folder, tell })
    return [
      {
        name: `members who asked for ${size.runs * size.capacity} places of ${size.runs} runs`,
        value: after.asked,
        unit: 'people',
      },
      { name: 'told that they have a place or wait', value: after.acknowledged, unit: 'people' },
      { name: 'requests that had to be made again', value: after.tries, unit: 'requests' },
      ...after.outages.map(({ what, seconds }) => ({
        name: `${what}: until someone was answered again`,
        value: seconds,
        unit: 's',
      })),
      { name: 'acknowledged places that are lost or changed', value: after.lost.length, unit: 'places' },
      { name: 'overbooked, doubled or miscounted', value: after.disorder.length, unit: 'cases' },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
