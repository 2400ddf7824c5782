/** Puts the parts together: settings, database, modules, server and worker. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Transporter } from 'nodemailer'
import type pg from 'pg'
import { dayOf } from '#core/days'
import type { Frame } from '#core/frame'
import { accentSheet, ProblemPage } from '#design'
import { actorByKey, actorBySession } from '#platform/actor'
import { type Clock, stopwatch } from '#platform/clock'
import { type Db, openDb, openPool, type Tables } from '#platform/db'
import { type Job, job } from '#platform/jobs'
import type { Log } from '#platform/log'
import { openTransport, sendingJob } from '#platform/mail'
import { follow, sealRecord } from '#platform/record'
import type { Settings } from '#platform/settings'
import { warmUp } from '#platform/sign-in'
import { anyone, bare, file, type Route, type Visit, visitByHearten, visitOf } from '#platform/web'
import { type Arrival, buildServer } from '#platform/web/server'
import { modules } from './modules.ts'
import { navigationFor } from './modules/homes/index.ts'

export interface Product {
  settings: Settings
  log: Log
  clock: Clock
  /** The owner's address of the database, for migrations and the queue. */
  ownerUrl: string
  pool: pg.Pool
  db: Kysely<Tables>
  transport: Transporter | undefined
  secret: string
  close: () => Promise<void>
}

/** Opens the product over a database that has been migrated. */
export function openProduct(settings: Settings, ownerUrl: string, secret: string, log: Log, clock: Clock): Product {
  // whoever records something, the command line included, lets the modules that follow it know
  follow(modules.flatMap((module) => Object.keys(module.on ?? {})))
  const pool = openPool(ownerUrl, { size: settings.DATABASE_POOL })
  const db = openDb(pool)
  const transport = openTransport(settings.SMTP_URL)
  return {
    settings,
    log,
    clock,
    ownerUrl,
    pool,
    db,
    transport,
    secret,
    close: async () => {
      transport?.close()
      await db.destroy()
    },
  }
}

/** The server over every module's routes. */
export async function serverOf(
  product: Product,
  assetsFolder: string,
  worker: () => string[] = () => [],
): Promise<FastifyInstance> {
  const { settings, log, db, secret } = product
  const accent = accentOf(settings)
  const assets = { ...(await assetsIn(assetsFolder)), ...(accent ? { accent: accent.path } : {}) }
  const server = await buildServer({
    settings,
    log,
    secret,
    routes: [...modules.flatMap((module) => module.routes ?? []), ...(accent ? [accent] : [])],
    assets: path.join(assetsFolder, 'assets'),
    signInPath: '/sign-in',
    open: opener(product, assets),
    problemPage: (visit, the) => ProblemPage({ frame: visit.frame, ...the }),
    unready: async () => {
      const answered = await sql`select 1`.execute(db).then(
        () => [],
        () => ['The database does not answer'],
      )
      return [...answered, ...worker()]
    },
  })
  server.addHook('onListen', async () => {
    // nobody waits for this: it goes on beside the first requests, and is tried again by whoever signs in first
    void warmUp(workingVisit(product)).catch((error: Error) =>
      log.error({ error: error.message }, 'Signing in is not ready'),
    )
  })
  return server
}

/** The style sheet that sets the operator's own accent, at an address that changes with it. */
function accentOf({ ACCENT }: Settings): Route | undefined {
  const sheet = accentSheet(ACCENT)
  if (sheet === '') return undefined
  const headers = { 'cache-control': 'public, max-age=31536000, immutable' }
  return file(`/accent-${ACCENT.slice(1).toLowerCase()}.css`, {
    access: anyone,
    load: async () => ({ type: 'text/css; charset=utf-8', body: sheet, headers }),
  })
}

/** Opens visits: who is asking, and what each page shows around its content. */
export function opener(product: Product, assets: Frame['assets']): (arrival: Arrival) => Promise<Visit> {
  const { settings, db, clock } = product
  const isDemonstration = demonstrationOf(db)
  return async ({ sessionToken, key, csrf, url, from }) => {
    const now = clock()
    const today = dayOf(now)
    const demonstration = await isDemonstration()
    const actor = key
      ? await actorByKey(db, key, now, today, !demonstration)
      : await actorBySession(db, sessionToken, now, today, !demonstration)
    const frame: Frame = {
      organisation: settings.ORGANISATION,
      imprint: settings.IMPRINT,
      nav: navigationFor(actor.rights),
      me: actor.kind === 'person' ? { name: actor.name, href: '/me' } : null,
      demonstration,
      csrf,
      assets,
    }
    return visitOf({
      db,
      actor,
      now,
      frame,
      address: settings.address,
      path: url.pathname,
      query: url.searchParams,
      from,
      secret: product.secret,
      sendsMail: product.transport !== undefined,
    })
  }
}

/** Whether this is the demonstration: asked of the database once a minute, since a roll that is imported ends it. */
function demonstrationOf(db: Db): () => Promise<boolean> {
  let known: { value: boolean; until: number } | undefined
  const time = stopwatch()
  return async () => {
    if (known && time() < known.until) return known.value
    const row = await db.selectFrom('setting').select('value').where('name', '=', 'demonstration').executeTakeFirst()
    known = { value: row?.value === true, until: time() + 60_000 }
    return known.value
  }
}

/** Every job of the product: the modules' own, mail, the seal, and following what happened. */
export function jobsOf(product: Product): Job[] {
  return [
    sendingJob(product.transport, product.settings.MAIL_FROM),
    job({ name: 'record.seal', every: '* * * * *', run: async ({ db }) => void (await sealRecord(db)) }),
    followJob,
    ...modules.flatMap((module) => module.jobs ?? []),
  ]
}

const followJob: Job = job<{ happening: number }>({
  name: 'follow',
  run: async (visit, { happening }) => {
    const row = await visit.db.selectFrom('happening').selectAll().where('id', '=', happening).executeTakeFirst()
    if (!row) return
    for (const module of modules) {
      await module.on?.[row.what]?.(visit, {
        id: row.id,
        what: row.what,
        at: row.at,
        actorId: row.actor_id,
        about: row.about as Record<string, unknown>,
      })
    }
  },
})

/** A visit by Hearten itself, at this moment. */
export const workingVisit = (product: Product): Visit =>
  visitByHearten({
    db: product.db,
    now: product.clock(),
    address: product.settings.address,
    frame: { ...bare, organisation: product.settings.ORGANISATION, imprint: product.settings.IMPRINT },
    secret: product.secret,
    sendsMail: product.transport !== undefined,
    beaconUrl: product.settings.BEACON_URL,
  })

const assetsIn = async (folder: string): Promise<Frame['assets']> =>
  JSON.parse(await readFile(path.join(folder, 'assets.json'), 'utf8')) as Frame['assets']
