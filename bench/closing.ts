/** The closing rush: twenty thousand members apply for runs of a round in its last five minutes, up to the closing second. */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { seeded } from '#core/random'
import { hashOf } from '#platform/actor'
import { createDatabase, startDatabaseServer } from '#platform/embedded'
import { migrate } from '#platform/migrate'
import { type Figure, type Options, percentile } from './figure.ts'
import { processorSeconds } from './machine.ts'
import { cookieIn, send } from './browser.ts'
import { databasePid, serveProduct } from './served.ts'

interface Size {
  members: number
  runs: number
  seconds: number
}

const full: Size = { members: 20_000, runs: 60, seconds: 300 }

/** A member with a browser that is signed in, and what they will choose. */
interface Applicant {
  person: string
  session: string
  choices: string[]
}

interface Prepared {
  slug: string
  round: string
  applicants: Applicant[]
}

interface Applied {
  /** Whose application was acknowledged. */
  acknowledged: string[]
  /** Who came after the closing second and was told so. */
  tooLate: number
  /** Milliseconds from the moment at which they meant to send it. */
  applying: number[]
  failed: string[]
  seconds: number
}

/** For `npm run bench -- closing`. */
export async function benchClosing({ quick, data, tell }: Pick<Options, 'quick' | 'data' | 'tell'>): Promise<Figure[]> {
  const size = quick ? { members: 400, runs: 10, seconds: 8 } : full
  const folder = path.join(data, `closing-${process.pid}`)
  const database = await startDatabaseServer(path.join(folder, 'postgres'))
  try {
    const url = database.url.replace(/\/hearten$/, '/closing')
    await createDatabase(url)
    await migrate(url, path.resolve('db/migrations'))
    tell(`Making ${size.members.toLocaleString('en-GB')} members and a round of ${size.runs} runs`)
    const prepared = await prepare(url, size)
    const server = await serveProduct(url)
    try {
      return await measure(url, server.address, [server.pid, await databasePid(url)], size, prepared, tell)
    } finally {
      await server.stop()
    }
  } finally {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(
  url: string,
  address: string,
  pids: readonly number[],
  size: Size,
  prepared: Prepared,
  tell: (line: string) => void,
): Promise<Figure[]> {
  const child = fork(import.meta.filename, ['crowd'], { stdio: 'inherit', serialization: 'advanced' })
  child.send({ address, prepared })
  // everyone has the page open before the last minutes begin
  await once(child, 'message')
  const closes = new Date(Date.now() + size.seconds * 1000)
  await asOwner(url, (owner) =>
    owner.query('update round set closes_at = $2, reveal_until = $2 where id = $1', [prepared.round, closes]),
  )
  tell(`Applying for ${size.seconds} seconds, until ${closes.toISOString().slice(11, 19)}`)
  const before = (await processorSeconds(pids)) ?? Number.NaN
  child.send({ closes: closes.getTime() })
  const [applied] = (await once(child, 'message')) as [Applied]
  const used = ((await processorSeconds(pids)) ?? Number.NaN) - before
  const kept = await rollOf(url, prepared.round)
  for (const line of [...new Set(applied.failed)].slice(0, 5)) tell(line)
  const lost = applied.acknowledged.filter((person) => !kept.on.has(person)).length
  const late = [...kept.on].filter((person) => !applied.acknowledged.includes(person)).length
  const times = Float64Array.from(applied.applying).sort()
  return [
    { name: 'members who applied in the last minutes', value: size.members, unit: 'people' },
    { name: 'from the first who applied to the last answer', value: applied.seconds, unit: 's' },
    { name: 'acknowledged', value: applied.acknowledged.length, unit: 'people' },
    { name: 'came after the closing second, and were told so', value: applied.tooLate, unit: 'people' },
    { name: 'not answered, or failed', value: applied.failed.length, unit: 'people' },
    ...([0.5, 0.95, 0.99, 1] as const).map((share) => ({
      name: `applying: ${share === 1 ? 'the slowest' : `p${share * 100}`}`,
      value: percentile(times, share),
      unit: 'ms',
    })),
    { name: 'processor of server, jobs and database, for each', value: (used / size.members) * 1000, unit: 'ms' },
    { name: 'acknowledged and not on the roll', value: lost, unit: 'people' },
    { name: 'on the roll and not acknowledged', value: late, unit: 'people' },
    { name: 'sent at or after the closing second, and yet on the roll', value: kept.late, unit: 'people' },
  ]
}

async function asOwner<Done>(url: string, work: (owner: Client) => Promise<Done>): Promise<Done> {
  const owner = new Client({ connectionString: url })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

const rollOf = (url: string, round: string) =>
  asOwner(url, async (owner) => {
    const { rows } = await owner.query<{ person: string; late: boolean }>(
      `select a.person_id as person, a.submitted_at >= r.closes_at as late
        from application a join round r on r.id = a.round_id where r.id = $1 and a.withdrawn_at is null`,
      [round],
    )
    return { on: new Set(rows.map(({ person }) => person)), late: rows.filter(({ late }) => late).length }
  })

/** Makes members who are signed in, and an open round over runs of courses of their own. */
async function prepare(url: string, { members, runs }: Size): Promise<Prepared> {
  const random = seeded('the closing')
  const runIds = Array.from({ length: runs }, () => randomUUID())
  const applicants = Array.from({ length: members }, () => {
    const first = random.below(runs)
    const choices = Array.from({ length: 1 + random.below(5) }, (_, n) => runIds[(first + n * 7) % runs]!)
    return { person: randomUUID(), session: `closing-${randomUUID()}`, choices: [...new Set(choices)] }
  })
  const round = randomUUID()
  await asOwner(url, async (owner) => {
    await owner.query(`insert into area (code, name, kind, path) values ('LAST', 'The closing', 'region', 'LAST')`)
    await owner.query(
      `insert into person (id, name, membership_number, email, area_code)
        select id, 'Applying Member', id::text, id || '@example.org', 'LAST' from unnest($1::uuid[]) id`,
      [applicants.map(({ person }) => person)],
    )
    await owner.query(
      `insert into sign_in_session (person_id, token, expires_at)
        select person, token, now() + interval '1 day' from unnest($1::uuid[], $2::text[]) as given(person, token)`,
      [applicants.map(({ person }) => person), applicants.map(({ session }) => hashOf(session))],
    )
    await owner.query(
      `with academy as (
        insert into academy (slug, name, area_code, opened_on, calendar_key) values ('closing', 'The closing', 'LAST', current_date, 'closing') returning id),
      given as (select id, n, gen_random_uuid() as course, gen_random_uuid() as version from unnest($1::uuid[]) with ordinality as given(id, n)),
      course as (insert into course (id, slug, published_version) select course, 'closing-' || n, version from given returning id),
      version as (
        insert into course_version (id, course_id, number, title, strand, level, hours, mode, summary, who, outcomes, description, sessions, practice, published_at)
        select version, course, 1, 'Listening on the doorstep', 'organising', 'starter', 8, 'online', 'Learn to ask.', 'Anyone', array['ask'], '', '[]', '', now()
        from given join course on course.id = given.course returning id),
      run as (
        insert into run (id, course_id, course_version_id, academy_id, online_link, capacity, state, how, starts_on, ends_on, published_at)
        select given.id, course, version, academy.id, 'https://meet.example.org/closing', 25, 'published', 'round', current_date + 30, current_date + 30, now()
        from given join version on version.id = given.version, academy returning id),
      session as (
        insert into run_session (run_id, number, title, starts_at, ends_at)
        select id, 1, 'Being heard', current_date + 30 + time '19:00', current_date + 30 + time '21:00' from run returning run_id),
      round as (
        insert into round (id, slug, name, academy_id, opens_at, closes_at, reveal_until, bands, state, published_at)
        select $2, 'closing', 'Closing round', academy.id, now() - interval '7 days', now() + interval '1 day', now() + interval '2 days',
          array['no place before', 'holds a pledge'], 'published', now() - interval '7 days' from academy returning id)
      insert into round_run (run_id, round_id) select run.id, round.id from run, round`,
      [runIds, round],
    )
    await owner.query('analyze')
  })
  return { slug: 'closing', round, applicants }
}

// What follows runs in the crowd's own process.

const opensAtOnce = 16
/** So many have one form between them: what is measured is the sending, and not twenty thousand pages before it. */
const shared = 20

/** Opens the page in some browsers, and sends each application at a moment of its own, the last of them as the round closes. */
async function crowd(address: string, { slug, applicants }: Prepared): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 400 })
  const url = `${address}/rounds/${slug}/application`
  const forms: { cookie: string; csrf: string }[] = []
  let next = 0
  const open = async (): Promise<void> => {
    for (let n = next++ * shared; n < applicants.length; n = next++ * shared) {
      const signedIn = `__Host-hearten=${applicants[n]!.session}`
      const answer = await send(agent, 'GET', url, signedIn)
      const tied = cookieIn(answer, '__Host-hearten-form')
      const csrf = /name="csrf" value="([^"]+)"/.exec(answer.body)?.[1]
      if (!tied || !csrf) throw new Error(`The page of an application had no form: ${answer.status}`)
      for (let m = n; m < Math.min(n + shared, applicants.length); m++)
        forms[m] = { cookie: `__Host-hearten=${applicants[m]!.session}; __Host-hearten-form=${tied}`, csrf }
    }
  }
  await Promise.all(Array.from({ length: opensAtOnce }, open))
  process.send!('ready')
  const [{ closes }] = (await once(process, 'message')) as [{ closes: number }]
  const random = seeded('moments')
  const applied: Applied = { acknowledged: [], tooLate: 0, applying: [], failed: [], seconds: 0 }
  const began = Date.now()
  await Promise.all(
    applicants.map(async ({ person, choices }, n) => {
      // as in life the later it is the more there are; the last come in the closing second
      const due = began + (closes - began) * Math.sqrt(random.next())
      await new Promise((resolve) => setTimeout(resolve, due - Date.now()))
      const { cookie, csrf } = forms[n]!
      const said = choices.map((run, at) => `choice-${run}=${at + 1}`).join('&')
      try {
        const answer = await send(agent, 'POST', url, cookie, `csrf=${encodeURIComponent(csrf)}&${said}`)
        applied.applying.push(Date.now() - due)
        if (answer.status === 303) applied.acknowledged.push(person)
        else if (answer.status === 422 && answer.body.includes('This round is closed')) applied.tooLate++
        else throw new Error(`${answer.status}: ${answer.body.slice(0, 200)}`)
      } catch (error) {
        applied.failed.push((error as Error).message)
      }
    }),
  )
  applied.seconds = (Date.now() - began) / 1000
  agent.destroy()
  process.send!(applied, () => process.disconnect())
}

if (process.argv[1] === import.meta.filename && process.argv[2] === 'crowd')
  process.once('message', ({ address, prepared }: { address: string; prepared: Prepared }) => {
    void crowd(address, prepared)
  })
