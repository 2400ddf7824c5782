import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seeded } from '#core/random'
import { actorById } from '#platform/actor'
import { actAs, openDb, openPool, type Tables } from '#platform/db'
import { perform, visitByHearten, visitOf, type Visit } from '#platform/web'
import { type OwnDatabase, ownDatabase } from '../../../test/own-database.ts'
import { askWithPlace, withdrawHelp } from './ask.ts'
import { decideHelp } from './decide.ts'
import { changePot, makePot } from './pot.ts'
import { keepRule } from './rule.ts'
import { sweep } from './settle.ts'

const now = new Date('2026-11-24T12:00:00Z')
const visitOfPerson = async (id: string): Promise<Visit> =>
  visitOf({ db, actor: await actorById(db, id, '2026-11-24'), now })
let own: OwnDatabase
let db: Kysely<Tables>
let academy: string
let run: string
let coordinators: Visit[]

beforeAll(async () => {
  own = await ownDatabase()
  db = openDb(openPool(own.url, { size: 30 }))
  await db.insertInto('area').values({ code: 'EM', name: 'East Midlands', kind: 'region', path: 'EM' }).execute()
  academy = randomUUID()
  await db
    .insertInto('academy')
    .values({ id: academy, slug: 'em', name: 'EM', area_code: 'EM', opened_on: '2024-01-01', calendar_key: 'em' })
    .execute()
  run = await runAt()
  const staff = await people(2)
  await db
    .insertInto('held_right')
    .values(
      staff.map((person_id) => ({ person_id, role: 'coordinator', academy_id: academy, starts_on: '2020-01-01' })),
    )
    .execute()
  coordinators = await Promise.all(staff.map(visitOfPerson))
}, 60_000)
afterAll(async () => {
  await db.destroy()
  await own.drop()
})

test('fifty who ask at once are given what the pot holds, to the pound, and no penny more', async () => {
  const pot = await potOf('205')
  const asking = await Promise.all((await people(50)).map(placed))
  const done = await Promise.all(
    asking.map(({ visit, place }) => perform(askWithPlace, visit, { id: place, kind: 'travel', amount: '10' })),
  )
  expect(done.filter(({ step }) => step === 'awarded')).toHaveLength(20)
  expect(done.filter(({ step }) => step === 'to decide')).toHaveLength(30)
  expect(await potNow(pot)).toEqual({ amount: 20_500, awarded: 20_000, promised: 20_000 })
  // the two who decide at the same time, each in another order, cannot give more either
  const left = done.flatMap(({ request, step }) => (step === 'to decide' ? [request] : []))
  for (const id of left)
    await perform(decideHelp, coordinators[0]!, { id, answer: 'give', amount: '1', why: 'A little' })
  const second = await Promise.allSettled(
    left.map((id) => perform(decideHelp, coordinators[1]!, { id, answer: 'give', amount: '1', why: 'A little' })),
  )
  expect(second.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  expect(await potNow(pot)).toEqual({ amount: 20_500, awarded: 20_500, promised: 20_500 })
}, 60_000)

test('one request decided by two at the same moment is decided once, whatever they say', async () => {
  const pot = await potOf('1000')
  for (const { visit, place } of await Promise.all((await people(8)).map(placed))) {
    const { request: id } = await perform(askWithPlace, visit, { id: place, kind: 'childcare', amount: '60' })
    await Promise.all(
      [0, 1, 0, 1, 1, 0].map((who) =>
        perform(decideHelp, coordinators[who]!, { id, answer: 'give' }).catch((error: Error) => {
          if (error.name !== 'Refusal') throw error
        }),
      ),
    )
  }
  expect(await potNow(pot)).toEqual({ amount: 100_000, awarded: 48_000, promised: 48_000 })
}, 60_000)

test('asking, deciding, taking back, giving up places and changing the pot all at once keep the pot right', async () => {
  const pot = await potOf('300')
  const random = seeded('pots under stress')
  const asking = await Promise.all((await people(40)).map(placed))
  await Promise.all(
    asking.map(async ({ visit, place }) => {
      const amount = String(1 + random.below(20))
      const { request: id } = await perform(askWithPlace, visit, { id: place, kind: 'travel', amount })
      const later = random.below(5)
      const tries: Promise<unknown>[] = []
      if (later === 0) tries.push(perform(withdrawHelp, visit, { id }))
      if (later === 1) tries.push(db.updateTable('place').set({ state: 'withdrawn' }).where('id', '=', place).execute())
      if (later < 4) for (const who of coordinators) tries.push(perform(decideHelp, who, { id, answer: 'give' }))
      if (later === 4)
        tries.push(perform(changePot, coordinators[0]!, { ...said, id: pot, amount: String(200 + random.below(200)) }))
      for (const { status, ...why } of await Promise.allSettled(tries))
        if (status === 'rejected') expect(['Refusal', 'Invalid']).toContain((why as { reason: Error }).reason.name)
    }),
  )
  await Promise.all([1, 2, 3].map(() => sweep(visitByHearten({ db, now }))))
  const { amount, awarded, promised } = await potNow(pot)
  expect(promised).toBe(awarded)
  expect(awarded).toBeGreaterThan(0)
  expect(awarded).toBeLessThanOrEqual(amount)
}, 60_000)

const said = { name: 'Spring', startsOn: '2027-01-01', endsOn: '2027-03-31' }

/** A pot of so many pounds in place of any before it, with rules that give £10 for travel at once. */
async function potOf(amount: string): Promise<string> {
  await own.asOwner('truncate help_pot, help_request')
  const [martin] = coordinators
  await perform(keepRule, martin!, { slug: 'em', kind: 'travel', offered: 'yes', most: '40', byRule: '10' })
  await perform(keepRule, martin!, { slug: 'em', kind: 'childcare', offered: 'yes', most: '60' })
  return (await perform(makePot, martin!, { slug: 'em', ...said, amount })).pot
}

/** What a pot holds and has awarded, and what all requests together were promised from it. */
async function potNow(id: string): Promise<{ amount: number; awarded: number; promised: number }> {
  const { amount_pence: amount, awarded_pence: awarded } = await db
    .selectFrom('help_pot')
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirstOrThrow()
  const promised = await db.transaction().execute(async (inside) => {
    await actAs(inside, coordinators[0]!.actor.id)
    const { rows } = await sql<{ sum: number }>`
      select coalesce(sum(awarded_pence), 0)::int as sum from help_request where pot_id = ${id} and state in ('awarded', 'paid')`.execute(
      inside,
    )
    return rows[0]!.sum
  })
  return { amount, awarded, promised }
}

async function people(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await db
    .insertInto('person')
    .values(ids.map((id) => ({ id, name: 'Amina Farooq', membership_number: id, email: `${id}@example.org` })))
    .execute()
  return ids
}

async function placed(person: string): Promise<{ visit: Visit; place: string }> {
  const { course_id } = await db.selectFrom('run').where('id', '=', run).select('course_id').executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('place')
    .values({ run_id: run, course_id, person_id: person, state: 'confirmed', confirmed_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { visit: await visitOfPerson(person), place: id }
}

async function runAt(): Promise<string> {
  const [course, version, id] = [randomUUID(), randomUUID(), randomUUID()]
  await db.insertInto('course').values({ id: course, slug: 'listening' }).execute()
  const words = { title: 'Listening', strand: 'organising', level: 'starter', mode: 'either', summary: '', who: '' }
  await db
    .insertInto('course_version')
    .values({
      ...words,
      id: version,
      course_id: course,
      number: 1,
      hours: 2,
      outcomes: [],
      description: '',
      sessions: '[]',
      practice: '',
    })
    .execute()
  await db
    .insertInto('run')
    .values({
      id,
      course_id: course,
      course_version_id: version,
      academy_id: academy,
      capacity: 500,
      state: 'published',
      online_link: 'https://meet.example.org/room',
      starts_on: '2027-01-14',
      ends_on: '2027-01-14',
      published_at: now,
    })
    .execute()
  return id
}
