/** Each test runs inside a transaction that is rolled back: a real database, nothing left behind. */
import type { FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { test as runTest, inject } from 'vitest'
import type { z } from 'zod'
import { dayOf } from '#core/days'
import type { Frame } from '#core/frame'
import type { Role } from '#core/rights'
import { ProblemPage } from '#design'
import { type Actor, actorById, actorByKey, actorBySession, hearten, stranger } from '#platform/actor'
import { actAs, type Db, openDb, openPool } from '#platform/db'
import type { Job } from '#platform/jobs'
import { openLog } from '#platform/log'
import { knowRoutes } from '#platform/openapi'
import { readSettings } from '#platform/settings'
import { type Action, bare, perform, type Visit, visitOf } from '#platform/web'
import { signInAs } from '#platform/sign-in'
import { type Arrival, buildServer } from '#platform/web/server'
import { modules } from '../src/modules.ts'
import { follow } from '#platform/record'

/** The moment at which the tests' world stands: a Tuesday in November, noon. */
export const noon = new Date('2026-11-24T12:00:00Z')

const assets: Frame['assets'] = { css: '/assets/app.css', fonts: [], favicon: '/assets/favicon.svg', islands: {} }
const secret = 'a secret for the tests, of good length'

let opened: ReturnType<typeof openDb> | undefined
const database = () => (opened ??= openDb(openPool(inject('databaseUrl'), { size: 4 })))

class RollBack extends Error {}

export interface World {
  db: Db
  now: Date
  /** A visit by someone: by id, or Hearten itself. */
  visit: (personId?: string, at?: Date) => Promise<Visit>
  /** A member of the roll, in an area, with any rights; with a browser that has no JavaScript. */
  person: (wanted?: PersonWanted) => Promise<Person>
  stranger: () => Person
  /** A browser that keeps its cookies, so that a real session begins and ends in it. */
  browser: (wanted?: { ip?: string; agent?: string; demonstration?: boolean }) => Browser
  /** Inserts a row with sensible values for what is left out, and gives its id. */
  area: (wanted?: {
    code?: string
    name?: string
    kind?: string
    parent?: string
    lat?: number
    lon?: number
    electors?: number
  }) => Promise<string>
  academy: (wanted?: { area?: string; name?: string }) => Promise<string>
  venue: (wanted: { academy: string; area?: string; capacity?: number }) => Promise<{ venue: string; room: string }>
  course: (wanted?: {
    title?: string
    strand?: string
    slug?: string
  }) => Promise<{ course: string; version: string; slug: string }>
  run: (wanted?: RunWanted) => Promise<string>
  /** Does every job that is due, in this same transaction, in order. */
  work: () => Promise<void>
}
export interface PersonWanted {
  name?: string
  area?: string | null
  email?: string | null
  standing?: 'member' | 'contact' | 'closed'
  rights?: readonly { role: Role; area?: string; academy?: string; ends?: string }[]
}
export interface RunWanted {
  academy?: string
  course?: string
  capacity?: number
  startsOn?: string
  state?: 'draft' | 'published' | 'cancelled'
  trainers?: readonly string[]
  online?: boolean
  sessions?: number
}
export interface Person extends Asking {
  id: string
  does: <Fields extends z.ZodType, Done>(action: Action<Fields, Done>, said: unknown) => Promise<Done>
}
export interface Browser extends Asking {
  jar: Map<string, string>
  /** What the clock says when it asks next. */
  now: Date
  /** The key that a program would send instead of cookies. */
  key: string | undefined
  signIn: (personId: string) => Promise<void>
}
interface Asking {
  get: (url: string, headers?: Record<string, string>) => Promise<Seen>
  post: (url: string, fields?: Record<string, string | string[]>) => Promise<Seen>
  api: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) => Promise<Seen>
}
export interface Seen {
  status: number
  body: string
  location: string | undefined
  headers: Record<string, unknown>
}

/** A rule of the rule-book, tried in a world of its own. */
export const test = (title: string, body: (world: World) => Promise<void>): void =>
  runTest(title, async () => {
    await database()
      .transaction()
      .execute(async (db) => {
        await body(worldOn(db))
        throw new RollBack()
      })
      .catch((error: unknown) => {
        if (!(error instanceof RollBack)) throw error
      })
  })

let code = 0
const fresh = (): string => `${Date.now().toString(36)}${(code++).toString(36)}`

function worldOn(db: Db): World {
  const now = noon
  follow(modules.flatMap((module) => Object.keys(module.on ?? {})))
  knowRoutes(modules.flatMap((module) => module.routes ?? []))
  const visitBy = (actor: Actor, at: Date = now, more: Partial<Visit> = {}): Visit => {
    const visit: Visit = visitOf({
      db,
      actor,
      now: at,
      secret,
      ...more,
      atomically: async (work) => {
        await sql`savepoint action`.execute(db)
        try {
          await actAs(db, actor.id)
          const done = await work({ ...visit, atomically: (more) => more(visit) })
          await sql`release savepoint action`.execute(db)
          return done
        } catch (error) {
          await sql`rollback to savepoint action`.execute(db)
          throw error
        }
      },
    })
    return visit
  }
  const today = visitBy(hearten).today

  const arriving = (actor: Actor, { csrf, url, from }: Arrival, at = now, demonstration = false): Visit => {
    const me = actor.kind === 'person' ? { name: actor.name, href: '/me' } : null
    const frame: Frame = { ...bare, csrf, assets, me, demonstration }
    return visitBy(actor, at, { frame, path: url.pathname, query: url.searchParams, from })
  }

  const asking = (
    open: (arrival: Arrival) => Promise<Visit>,
    jar: Map<string, string> = new Map(),
    { ip = '127.0.0.1', agent = 'lightMyRequest', key = () => undefined as string | undefined } = {},
  ): Asking => {
    let server: FastifyInstance | undefined
    const ask = async (
      method: string,
      url: string,
      type?: string,
      payload?: string,
      more: Record<string, string> = {},
    ): Promise<Seen> => {
      server ??= await serverFor(open)
      const { tokenFor } = await import('#platform/web/csrf')
      const cookies = [...jar].map(([name, value]) => `${name}=${value}`)
      const headers: Record<string, string> = {
        cookie: ['__Host-hearten-form=tests', ...cookies].join('; '),
        'x-csrf': tokenFor(secret, 'tests'),
        'sec-fetch-site': 'same-origin',
        'user-agent': agent,
        ...more,
      }
      const bearer = key()
      if (bearer) headers['authorization'] = `Bearer ${bearer}`
      if (type) headers['content-type'] = type
      const body = type?.includes('urlencoded')
        ? `${payload}&csrf=${encodeURIComponent(tokenFor(secret, 'tests'))}`
        : payload
      const answer = await server.inject({
        method: method as 'GET',
        url,
        headers,
        remoteAddress: ip,
        ...(body === undefined ? {} : { payload: body }),
      })
      for (const { name, value, maxAge } of answer.cookies) {
        if (maxAge === 0) jar.delete(name)
        else jar.set(name, value)
      }
      return {
        status: answer.statusCode,
        body: answer.body,
        location: answer.headers.location,
        headers: answer.headers,
      }
    }
    return {
      get: (url, headers) => ask('GET', url, undefined, undefined, headers),
      post: (url, said = {}) => {
        const body = new URLSearchParams()
        for (const [name, value] of Object.entries(said)) for (const one of [value].flat()) body.append(name, one)
        return ask('POST', url, 'application/x-www-form-urlencoded', body.toString())
      },
      api: (method, url, body) => ask(method, url, body ? 'application/json' : undefined, body && JSON.stringify(body)),
    }
  }

  const personWith = (actorNow: () => Promise<Actor>, id: string): Person => ({
    ...asking(async (arrival) => arriving(await actorNow(), arrival)),
    id,
    does: async (action, said) => perform(action, visitBy(await actorNow()), said),
  })

  const world: World = {
    db,
    now,
    visit: async (personId, at) => visitBy(personId ? await actorById(db, personId, today) : hearten, at),
    stranger: () => personWith(async () => stranger, stranger.id),
    browser: ({ ip, agent, demonstration = false } = {}) => {
      const jar = new Map<string, string>()
      const open = async (arrival: Arrival): Promise<Visit> => {
        const day = dayOf(browser.now)
        const actor = arrival.key
          ? await actorByKey(db, arrival.key, browser.now, day, !demonstration)
          : await actorBySession(db, arrival.sessionToken, browser.now, day, !demonstration)
        return arriving(actor, arrival, browser.now, demonstration)
      }
      const from = { ...(ip ? { ip } : {}), ...(agent ? { agent } : {}), key: () => browser.key }
      const browser: Browser = {
        ...asking(open, jar, from),
        jar,
        now,
        key: undefined,
        signIn: async (personId) => {
          jar.set('__Host-hearten', await signInAs(db, personId, browser.now))
        },
      }
      return browser
    },
    person: async ({ name = 'Amina Farooq', area, email, standing = 'member', rights = [] } = {}) => {
      const id = randomUUID()
      const key = fresh()
      const home = area === undefined ? await world.area() : area
      await db
        .insertInto('person')
        .values({
          id,
          name,
          standing,
          area_code: home,
          email: email === undefined ? `${key}@example.org` : email,
          membership_number: `T${key}`,
          joined_on: '2020-01-01',
        })
        .execute()
      for (const right of rights) {
        await db
          .insertInto('held_right')
          .values({
            person_id: id,
            role: right.role,
            area_code: right.area ?? null,
            academy_id: right.academy ?? null,
            starts_on: '2020-01-01',
            ends_on: right.ends ?? null,
          })
          .execute()
      }
      return personWith(() => actorById(db, id, today), id)
    },
    area: async ({
      code: named,
      name = 'Ashfield',
      kind = 'constituency',
      parent,
      lat,
      lon,
      electors = 70_000,
    } = {}) => {
      const areaCode = named ?? `T${fresh()}`
      const above = parent
        ? await db
            .selectFrom('area')
            .select(['path', 'region', 'kind'])
            .where('code', '=', parent)
            .executeTakeFirstOrThrow()
        : undefined
      await db
        .insertInto('area')
        .values({
          code: areaCode,
          name,
          kind,
          parent: parent ?? null,
          path: above ? `${above.path}.${areaCode}` : areaCode,
          region: above?.region ?? parent ?? null,
          lat: lat ?? null,
          lon: lon ?? null,
          electors,
        })
        .execute()
      return areaCode
    },
    academy: async ({ area, name = 'East Midlands academy' } = {}) => {
      const key = fresh()
      const home = area ?? (await world.area({ kind: 'region', name: 'East Midlands' }))
      const { id } = await db
        .insertInto('academy')
        .values({ slug: `academy-${key}`, name, area_code: home, opened_on: '2024-01-01', calendar_key: `key-${key}` })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db.insertInto('academy_area').values({ academy_id: id, area_code: home }).execute()
      return id
    },
    venue: async ({ academy, area, capacity = 30 }) => {
      const { id } = await db
        .insertInto('venue')
        .values({
          academy_id: academy,
          name: 'Sutton Community Academy',
          address: 'High Pavement, Sutton',
          postcode: 'NG17 1EE',
          area_code: area ?? null,
          step_free: true,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const room = await db
        .insertInto('room')
        .values({ venue_id: id, name: 'Hall', capacity })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { venue: id, room: room.id }
    },
    course: async ({ title = 'Listening on the doorstep', strand = 'organising', slug } = {}) => {
      const own = slug ?? `course-${fresh()}`
      const course = await db.insertInto('course').values({ slug: own }).returning('id').executeTakeFirstOrThrow()
      const version = await db
        .insertInto('course_version')
        .values({
          course_id: course.id,
          number: 1,
          title,
          strand,
          level: 'starter',
          hours: 8,
          mode: 'either',
          summary: 'Learn to ask, to hear the answer, and to do something with it.',
          who: 'Anyone',
          outcomes: ['open a conversation with anyone'],
          description: 'Most people have never been asked.',
          practice: 'Ten conversations on one street',
          published_at: new Date('2026-01-01'),
          sessions: JSON.stringify([{ title: 'Being heard', minutes: 120, outline: 'Pairs listen.' }]),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db.updateTable('course').set({ published_version: version.id }).where('id', '=', course.id).execute()
      return { course: course.id, version: version.id, slug: own }
    },
    run: async ({
      academy,
      course,
      capacity = 12,
      startsOn = '2027-01-14',
      state = 'published',
      trainers = [],
      online = true,
      sessions = 2,
    } = {}) => {
      const at = academy ?? (await world.academy())
      const of = course
        ? {
            course,
            version: (
              await db
                .selectFrom('course')
                .select('published_version')
                .where('id', '=', course)
                .executeTakeFirstOrThrow()
            ).published_version!,
          }
        : await world.course()
      const spot = online ? undefined : await world.venue({ academy: at })
      const { addDays, instantAt } = await import('#core/days')
      const { id } = await db
        .insertInto('run')
        .values({
          course_id: of.course,
          course_version_id: of.version,
          academy_id: at,
          capacity,
          state,
          starts_on: startsOn,
          ends_on: addDays(startsOn, 7 * (sessions - 1)),
          venue_id: spot?.venue ?? null,
          room_id: spot?.room ?? null,
          online_link: online ? 'https://meet.example.org/room' : null,
          published_at: state === 'draft' ? null : now,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      for (let n = 1; n <= sessions; n++) {
        const day = addDays(startsOn, 7 * (n - 1))
        await db
          .insertInto('run_session')
          .values({
            run_id: id,
            number: n,
            title: `Session ${n}`,
            starts_at: instantAt(day, '19:00'),
            ends_at: instantAt(day, '21:00'),
          })
          .execute()
      }
      for (const trainer of trainers)
        await db.insertInto('run_trainer').values({ run_id: id, person_id: trainer }).execute()
      return id
    },
    work: async () => {
      const { jobsOf } = await import('../src/compose.ts')
      const jobs = new Map<string, Job>(
        jobsOf({ settings: readSettings({}), transport: undefined } as never).map((the) => [the.name, the]),
      )
      for (;;) {
        const { rows } = await sql<{
          id: number
          name: string
          payload: unknown
        }>`select * from test_take_jobs(${now})`.execute(db)
        if (rows.length === 0) return
        for (const { name, payload } of rows) await jobs.get(name)?.run(visitBy(hearten), payload)
      }
    },
  }
  return world
}

const serverFor = (open: Parameters<typeof buildServer>[0]['open']): Promise<FastifyInstance> =>
  buildServer({
    settings: readSettings({ WRITES_PER_MINUTE: '100000', WRITES_PER_ADDRESS: '100000' }),
    log: openLog('error'),
    routes: modules.flatMap((module) => module.routes ?? []),
    open,
    problemPage: (visit, the) => ProblemPage({ frame: visit.frame, ...the }),
    assets: process.cwd(),
    unready: async () => [],
    signInPath: '/sign-in',
    secret,
  })
