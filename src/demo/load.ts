/** Loads the demonstration programme into an empty database, whole or not at all. */
import { sql } from 'kysely'
import { Client } from 'pg'
import { dayOf } from '#core/days'
import { Refusal } from '#core/refusal'
import { type Db, openDb } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { sealRecord } from '#platform/record'
import { countFigures } from '../modules/equality/index.ts'
import { countMap } from '../modules/reports/index.ts'
import { calendarAround } from './calendar.ts'
import { describe } from './cast.ts'
import { copyRows } from './copy.ts'
import { readGround } from './ground.ts'
import { setIndexesAside } from './indexes.ts'
import { imagine, type Life } from './life.ts'
import { tablesOf } from './tables.ts'

export interface Wanted {
  /** The owner's address of a database that has its areas and its catalogue. */
  url: string
  now: Date
  members: number
  /** Told how far it has come. */
  tell?: (step: { label: string; done: number; total?: number | undefined }) => void
}

const lock = 4_042_024_004

/** Loads it, or refuses where there is anyone already. The same day gives the same people, runs and places. */
export async function loadDemonstration({ url, now, members, tell = () => {} }: Wanted): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'hearten demonstration' })
  await client.connect()
  try {
    const one = { connect: async () => Object.assign(client, { release: () => {} }), end: async () => {} }
    const whole = openDb(one as never)
    await whole.transaction().execute(async (db) => {
      await sql`select pg_advisory_xact_lock(${lock})`.execute(db)
      await refuseUnlessEmpty(db)
      tell({ label: 'Making people up', done: 0, total: members })
      const life = imagine(await readGround(db), calendarAround(dayOf(now)), members)
      const large = members >= 50_000 ? ['person', 'place', 'attendance', 'happening'] : []
      const bringBack = await setIndexesAside(db, large)
      for (const table of tablesOf(life)) {
        const done = await copyRows(client, table.name, table.columns, table.rows)
        tell({ label: table.label, done, total: done })
      }
      tell({ label: 'Finishing', done: 0 })
      await bringBack()
      await finish(db, life)
      tell({ label: 'Finishing', done: 1, total: 1 })
    })
    await client.query('analyze')
    // only now does the planner know what is in the tables
    await countMap(whole, now)
    await whole.transaction().execute((db) => countFigures(db, now))
  } finally {
    await client.end()
  }
}

async function refuseUnlessEmpty(db: Db): Promise<void> {
  const { rows } = await sql<{ people: boolean; areas: boolean; courses: boolean }>`
    select exists (select from person) or exists (select from roll_import) or exists (select from academy) as people,
      exists (select from area where kind = 'constituency') as areas,
      exists (select from course where published_version is not null) as courses`.execute(db)
  const [there] = rows
  if (there!.people)
    throw new Refusal(
      'This database holds people already, and made-up people never mix with real ones. Use an empty database.',
    )
  if (!there!.areas || !there!.courses)
    throw new Refusal('The demonstration needs the areas and the catalogue. Run bin/hearten migrate first.')
}

/** What is counted, sealed and noted once all the rows are there. */
async function finish(db: Db, { calendar, cast, runs, rounds, news }: Life): Promise<void> {
  const at = new Date(calendar.midnight)
  await db
    .insertInto('setting')
    .values([
      { name: 'demonstration', value: JSON.stringify(true), changed_at: at },
      { name: 'demonstration people', value: JSON.stringify(describe(cast)), changed_at: at },
    ])
    .execute()
  for (const run of runs.filter(({ places }) => places.some((place) => news.has(place))))
    await enqueue(db, 'places.tell', { run: run.id })
  for (const round of rounds.rounds.filter(({ state }) => state === 'published'))
    await enqueue(db, 'rounds.rehearse', { round: round.id })
  while ((await sealRecord(db, 20_000)) > 0) continue
}
