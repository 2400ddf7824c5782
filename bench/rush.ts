/** The rush: ten thousand members ask for five hundred places of twenty runs within a minute, each from a browser of their own. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fork } from 'node:child_process'
import { rm } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { seeded } from '#core/random'
import { hashOf } from '#platform/actor'
import { openDb, openPool } from '#platform/db'
import { createDatabase, startDatabaseServer } from '#platform/embedded'
import { migrate } from '#platform/migrate'
import { placesInOrder } from '../src/modules/places/order.ts'
import { type Figure, type Options, percentile, say } from './figure.ts'
import { cookieIn, send } from './browser.ts'
import { processorSeconds } from './machine.ts'
import { databasePid, serveProduct } from './served.ts'

export interface RushSize {
  members: number
  runs: number
  /** Places of all runs together. */
  places: number
  seconds: number
}

/** A member with a browser that is signed in, and the run that they will ask for. */
export interface Asker {
  person: string
  session: string
  run: string
}

/** What a member was told, and how long it took from the moment at which they asked. */
export interface Told {
  person: string
  run: string
  standing: 'confirmed' | 'waiting'
}

export interface Rushed {
  told: Told[]
  /** Milliseconds: of asking, and of the page that follows. */
  asking: number[]
  page: number[]
  failed: string[]
  seconds: number
}

const full: RushSize = { members: 10_000, runs: 20, places: 500, seconds: 60 }

/** Makes members who are signed in, and runs of courses that nobody has a place in, in a migrated database. */
export async function prepareRush(databaseUrl: string, { members, runs, places }: RushSize): Promise<Asker[]> {
  const random = seeded('the rush')
  const mark = randomUUID().slice(0, 8)
  const runIds = Array.from({ length: runs }, () => randomUUID())
  const askers = Array.from({ length: members }, () => ({
    person: randomUUID(),
    session: `rush-${randomUUID()}`,
    run: random.pick(runIds),
  }))
  const owner = new Client({ connectionString: databaseUrl })
  await owner.connect()
  try {
    await owner.query(
      `insert into area (code, name, kind, path) values ('RUSH', 'The rush', 'region', 'RUSH') on conflict do nothing`,
    )
    await owner.query(
      `insert into person (id, name, membership_number, email, area_code)
        select id, 'Rushing Member', id::text, id || '@example.org', 'RUSH' from unnest($1::uuid[]) id`,
      [askers.map(({ person }) => person)],
    )
    await owner.query(
      `insert into sign_in_session (person_id, token, expires_at)
        select person, token, now() + interval '1 day' from unnest($1::uuid[], $2::text[]) as given(person, token)`,
      [askers.map(({ person }) => person), askers.map(({ session }) => hashOf(session))],
    )
    await owner.query(
      `with academy as (
        insert into academy (slug, name, area_code, opened_on, calendar_key) values ('rush-' || $3, 'The rush', 'RUSH', current_date, 'rush-' || $3) returning id),
      given as (select id, n, gen_random_uuid() as course, gen_random_uuid() as version from unnest($1::uuid[]) with ordinality as given(id, n)),
      course as (insert into course (id, slug, published_version) select course, 'rush-' || $3 || '-' || n, version from given returning id),
      version as (
        insert into course_version (id, course_id, number, title, strand, level, hours, mode, summary, who, outcomes, description, sessions, practice, published_at)
        select version, course, 1, 'Listening on the doorstep', 'organising', 'starter', 8, 'online', 'Learn to ask, to hear the answer, and to do something with it.',
          'Anyone', array['open a conversation with anyone', 'hear what matters under what is said'], '', '[]', 'Ten conversations', now()
        from given join course on course.id = given.course returning id),
      run as (
        insert into run (id, course_id, course_version_id, academy_id, online_link, capacity, state, starts_on, ends_on, published_at)
        select given.id, course, version, academy.id, 'https://meet.example.org/rush', $2, 'published', current_date + 30, current_date + 51, now()
        from given join version on version.id = given.version, academy returning id)
      insert into run_session (run_id, number, title, starts_at, ends_at)
        select id, n, 'Session ' || n, current_date + 23 + 7 * n + time '19:00', current_date + 23 + 7 * n + time '21:00'
        from run, generate_series(1, 4) n`,
      [runIds, Math.floor(places / runs), mark],
    )
    await owner.query('analyze')
  } finally {
    await owner.end()
  }
  return askers
}

/** Lets everyone ask, each at a moment of their own, from a process of its own that shares nothing with the server. */
export async function sendRush(address: string, askers: readonly Asker[], seconds: number): Promise<Rushed> {
  const child = fork(import.meta.filename, ['crowd'], { stdio: 'inherit', serialization: 'advanced' })
  child.send({ address, askers, seconds })
  const [rushed] = (await once(child, 'message')) as [Rushed]
  return rushed
}

/** Compares what people were told with what the database holds, and asks it whether all places are in order. */
export async function checkRush(
  databaseUrl: string,
  told: readonly Told[],
): Promise<{ lost: number; disorder: string[] }> {
  const db = openDb(openPool(databaseUrl, { size: 2, asOwner: true }))
  try {
    const rows = await db.selectFrom('place').select(['person_id', 'run_id', 'state']).execute()
    const kept = new Map(rows.map(({ person_id, run_id, state }) => [`${person_id} ${run_id}`, state]))
    const lost = told.filter(({ person, run, standing }) => kept.get(`${person} ${run}`) !== standing).length
    const disorder = await placesInOrder(db, new Date())
    return { lost, disorder: disorder.map(({ run, what }) => `Run ${run}: ${what}`) }
  } finally {
    await db.destroy()
  }
}

interface Where {
  address: string
  databaseUrl: string
  /** The processes of the server and its database, where they are ours to look at. */
  pids?: readonly number[]
}

/** The whole of it as figures; against a server that is given, or one of its own with a database of its own. */
export async function rush(size: RushSize, where: Where, tell: (line: string) => void = () => {}): Promise<Figure[]> {
  const { members, runs, places, seconds } = size
  tell(`Making ${members.toLocaleString('en-GB')} members and ${runs} runs`)
  const askers = await prepareRush(where.databaseUrl, size)
  tell(`Asking for ${seconds} seconds`)
  const before = await processorSeconds(where.pids ?? [])
  const { told, asking, page, failed, seconds: took } = await sendRush(where.address, askers, seconds)
  const used = where.pids && ((await processorSeconds(where.pids)) ?? Number.NaN) - (before ?? Number.NaN)
  const { lost, disorder } = await checkRush(where.databaseUrl, told)
  for (const line of [...new Set(failed), ...disorder].slice(0, 10)) tell(line)
  const [asks, pages] = [asking, page].map((times) => Float64Array.from(times).sort()) as [Float64Array, Float64Array]
  const confirmed = told.filter(({ standing }) => standing === 'confirmed').length
  return [
    { name: `members who asked for ${places} places of ${runs} runs`, value: members, unit: 'people' },
    { name: 'from the first who asked to the last answer', value: took, unit: 's' },
    { name: 'told that they have a place', value: confirmed, unit: 'people' },
    { name: 'told that they wait', value: told.length - confirmed, unit: 'people' },
    { name: 'not answered, or refused', value: failed.length, unit: 'people' },
    ...([0.5, 0.95, 0.99, 1] as const).map((share) => ({
      name: `asking: ${share === 1 ? 'the slowest' : `p${share * 100}`}`,
      value: percentile(asks, share),
      unit: 'ms',
    })),
    ...([0.5, 0.95, 0.99] as const).map((share) => ({
      name: `the page after asking: p${share * 100}`,
      value: percentile(pages, share),
      unit: 'ms',
    })),
    ...(used === undefined
      ? []
      : [
          {
            name: 'processor of server, jobs and database, for two pages and an ask',
            value: (used / members) * 1000,
            unit: 'ms',
          },
        ]),
    { name: 'acknowledged places that are lost or changed', value: lost, unit: 'places' },
    { name: 'overbooked, doubled or miscounted', value: disorder.length, unit: 'cases' },
  ]
}

/** For `npm run bench -- rush`. */
export async function benchRush({ quick, data, tell }: Pick<Options, 'quick' | 'data' | 'tell'>): Promise<Figure[]> {
  return withOwnServer(data, (where) =>
    rush(quick ? { members: 600, runs: 6, places: 60, seconds: 6 } : full, where, tell),
  )
}

async function withOwnServer<Done>(data: string, work: (where: Where) => Promise<Done>): Promise<Done> {
  const folder = path.join(data, `rush-${process.pid}`)
  const database = await startDatabaseServer(path.join(folder, 'postgres'))
  try {
    const databaseUrl = database.url.replace(/\/hearten$/, '/rush')
    await createDatabase(databaseUrl)
    await migrate(databaseUrl, path.resolve('db/migrations'))
    const server = await serveProduct(databaseUrl)
    try {
      const pids = [server.pid, await databasePid(databaseUrl)]
      return await work({ address: server.address, databaseUrl, pids })
    } finally {
      await server.stop()
    }
  } finally {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

// What follows runs in the crowd's own process.

/** Opens the page of the run in a few browsers at a time, and then asks at the moments of a Poisson process. */
async function crowd(address: string, askers: readonly Asker[], seconds: number): Promise<Rushed> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 400 })
  const forms = await open(address, askers, agent)
  const random = seeded('moments')
  const moments = askers.map(() => random.next() * seconds * 1000).sort((a, b) => a - b)
  const rushed: Rushed = { told: [], asking: [], page: [], failed: [], seconds: 0 }
  const began = performance.now()
  await Promise.all(
    askers.map(async (asker, n) => {
      const due = began + moments[n]!
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
      // timed from the moment they meant to ask, so that a server that makes people queue cannot hide it
      await askOnce(address, asker, forms[n]!, agent, due, rushed).catch((error: Error) =>
        rushed.failed.push(error.message),
      )
    }),
  )
  rushed.seconds = (performance.now() - began) / 1000
  agent.destroy()
  return rushed
}

interface OpenForm {
  cookie: string
  csrf: string
}

const opensAtOnce = 16

/** Everyone has the page of the run open before they ask: it gives the cookie and the token that the form needs. */
async function open(address: string, askers: readonly Asker[], agent: http.Agent): Promise<OpenForm[]> {
  const forms: OpenForm[] = []
  let next = 0
  const one = async (): Promise<void> => {
    for (let n = next++; n < askers.length; n = next++) {
      const { session, run } = askers[n]!
      const signedIn = `__Host-hearten=${session}`
      const answer = await send(agent, 'GET', `${address}/runs/${run}`, signedIn)
      const tied = cookieIn(answer, '__Host-hearten-form')
      const csrf = /name="csrf" value="([^"]+)"/.exec(answer.body)?.[1]
      if (!tied || !csrf) throw new Error(`The page of a run had no form: ${answer.status}`)
      forms[n] = { cookie: `${signedIn}; __Host-hearten-form=${tied}`, csrf }
    }
  }
  await Promise.all(Array.from({ length: opensAtOnce }, one))
  return forms
}

const sentences = new Map([
  ['You have a place', 'confirmed'],
  ['You are on the waiting list', 'waiting'],
] as const)

async function askOnce(
  address: string,
  { person, run }: Asker,
  { cookie, csrf }: OpenForm,
  agent: http.Agent,
  due: number,
  rushed: Rushed,
): Promise<void> {
  const answer = await send(
    agent,
    'POST',
    `${address}/runs/${run}/place`,
    cookie,
    `csrf=${encodeURIComponent(csrf)}&needs=`,
  )
  rushed.asking.push(performance.now() - due)
  const said = decodeURIComponent(cookieIn(answer, '__Host-hearten-said') ?? '')
  const standing = [...sentences].find(([begins]) => said.startsWith(begins))?.[1]
  if (answer.status !== 303 || !standing) throw new Error(`${answer.status}: ${said || answer.body.slice(0, 200)}`)
  rushed.told.push({ person, run, standing })
  const began = performance.now()
  const page = await send(agent, 'GET', `${address}/runs/${run}`, cookie)
  rushed.page.push(performance.now() - began)
  const shows = standing === 'confirmed' ? 'You have a place' : 'You are on the waiting list'
  if (page.status !== 200 || !page.body.includes(shows)) throw new Error(`The page after asking: ${page.status}`)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      address: { type: 'string' },
      database: { type: 'string' },
      members: { type: 'string', default: String(full.members) },
      runs: { type: 'string', default: String(full.runs) },
      places: { type: 'string', default: String(full.places) },
      seconds: { type: 'string', default: String(full.seconds) },
      data: { type: 'string', default: '/tmp/hearten-bench' },
    },
  })
  const size = {
    members: Number(values.members),
    runs: Number(values.runs),
    places: Number(values.places),
    seconds: Number(values.seconds),
  }
  const tell = (line: string): void => void process.stderr.write(`${line}\n`)
  const { address, database: databaseUrl } = values
  // a server that is given must allow so many writes from one address: WRITES_PER_ADDRESS
  const figures =
    address !== undefined && databaseUrl !== undefined
      ? await rush(size, { address, databaseUrl }, tell)
      : await withOwnServer(values.data, (where) => rush(size, where, tell))
  for (const { name, value, unit } of figures)
    process.stdout.write(`${name.padEnd(60)} ${say(value).padStart(10)} ${unit}\n`)
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv[2] === 'crowd' && process.send)
    process.once('message', ({ address, askers, seconds }: { address: string; askers: Asker[]; seconds: number }) => {
      void crowd(address, askers, seconds).then((rushed) => process.send!(rushed, () => process.disconnect()))
    })
  else await main()
}
