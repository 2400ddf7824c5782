import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorById } from '#platform/actor'
import { openDb, openPool, type Tables } from '#platform/db'
import { perform, visitOf } from '#platform/web'
import { type OwnDatabase, ownDatabase } from '../../../../test/own-database.ts'
import { drawnIn } from '../../../../test/round.ts'
import { acceptPlace, placesInOrder, withdrawPlace } from '../../places/index.ts'
import { applyToRound } from '../applying/apply.ts'
import { offerSwap } from './swap.ts'

const now = new Date('2026-11-24T12:00:00Z')
let own: OwnDatabase
let db: Kysely<Tables>

beforeAll(async () => {
  own = await ownDatabase()
  db = openDb(openPool(own.url, { size: 24 }))
  await db.insertInto('area').values({ code: 'EM', name: 'East Midlands', kind: 'region', path: 'EM' }).execute()
}, 60_000)
afterAll(async () => {
  await db.destroy()
  await own.drop()
})

/** As much of a world as a round needs, in a database where everything is really done. */
const world = {
  get db() {
    return db
  },
  now,
  academy: async () => {
    const mark = randomUUID()
    const values = {
      slug: mark,
      name: 'East Midlands academy',
      area_code: 'EM',
      opened_on: '2024-01-01',
      calendar_key: mark,
    }
    return (await db.insertInto('academy').values(values).returning('id').executeTakeFirstOrThrow()).id
  },
  run: async ({ academy, capacity }: { academy: string; capacity: number }) => {
    const [course, version, run] = [randomUUID(), randomUUID(), randomUUID()]
    const words = { title: 'Listening', strand: 'organising', level: 'starter', mode: 'either', summary: '', who: '' }
    await db
      .insertInto('course')
      .values({ id: course, slug: `c-${course}` })
      .execute()
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
        id: run,
        course_id: course,
        course_version_id: version,
        academy_id: academy,
        capacity,
        state: 'published',
        online_link: 'https://meet.example.org/room',
        starts_on: '2027-01-14',
        ends_on: '2027-01-14',
        published_at: now,
      })
      .execute()
    return run
  },
}

async function people(count: number): Promise<{ id: string }[]> {
  const all = Array.from({ length: count }, () => ({ id: randomUUID() }))
  await db
    .insertInto('person')
    .values(all.map(({ id }) => ({ id, name: 'Amina Farooq', membership_number: id, email: `${id}@example.org` })))
    .execute()
  return all
}
const visitBy = async ({ id }: { id: string }) => visitOf({ db, now, actor: await actorById(db, id, '2026-11-24') })
const placeOf = async ({ id }: { id: string }) =>
  db
    .selectFrom('place')
    .where('person_id', '=', id)
    .where('state', 'in', ['confirmed', 'offered'])
    .select(['id', 'run_id'])
    .executeTakeFirst()

test('ten on each of two runs who all want the other at the same moment all change, and no run is overbooked', async () => {
  const [here, there] = [await people(10), await people(10)]
  const round = await drawnIn(world as never, [
    ...here.map((one) => [one, { 0: 'confirmed', 1: 'waiting' }] as const),
    ...there.map((one) => [one, { 1: 'offered', 0: 'waiting' }] as const),
  ])
  const [a, b] = round.runs as [string, string]
  const done = await Promise.all(
    [...here, ...there].map(async (one) => {
      const place = (await placeOf(one))!
      return perform(offerSwap, await visitBy(one), {
        slug: round.slug,
        place: place.id,
        run: place.run_id === a ? b : a,
      })
    }),
  )
  expect(done.filter(({ did }) => did === 'changed')).toHaveLength(10)
  for (const one of here) expect((await placeOf(one))!.run_id).toBe(b)
  for (const one of there) expect((await placeOf(one))!.run_id).toBe(a)
  expect(await placesInOrder(db, now)).toEqual([])
})

test('changing, taking, and giving up at the same moment leaves every seat with one person, and nobody with two', async () => {
  const [here, there, waiting] = [await people(8), await people(8), await people(6)]
  const round = await drawnIn(world as never, [
    ...here.map((one) => [one, { 0: 'confirmed', 1: 'waiting' }] as const),
    ...there.map((one) => [one, { 1: 'offered', 0: 'waiting' }] as const),
    ...waiting.map((one) => [one, { 0: 'waiting', 1: 'waiting' }] as const),
  ])
  const [a, b] = round.runs as [string, string]
  await Promise.allSettled(
    [...here, ...there].flatMap((one, n) => [
      (async () => {
        const place = (await placeOf(one))!
        await perform(offerSwap, await visitBy(one), {
          slug: round.slug,
          place: place.id,
          run: place.run_id === a ? b : a,
        })
      })(),
      (async () => {
        const place = (await placeOf(one))!
        if (n % 3 === 0) await perform(withdrawPlace, await visitBy(one), { id: place.id })
        if (n % 3 === 1) await perform(acceptPlace, await visitBy(one), { id: place.id })
      })(),
    ]),
  )
  expect(await placesInOrder(db, now)).toEqual([])
  const { rows } = {
    rows: await db.selectFrom('run').where('id', 'in', [a, b]).select(['taken', 'capacity']).execute(),
  }
  for (const { taken, capacity } of rows) expect(taken).toBe(capacity)
})

test('a click sent many times at once makes one application', async () => {
  const [one] = (await people(1)) as [{ id: string }]
  const round = await drawnIn(world as never, [[one, { 0: 'confirmed' }]])
  await db.deleteFrom('place').execute()
  await db.deleteFrom('application').where('round_id', '=', round.id).execute()
  await db
    .updateTable('round')
    .set({
      state: 'published',
      roll_digest: null,
      drawn_at: null,
      closes_at: new Date(now.getTime() + 1000),
      reveal_until: new Date(now.getTime() + 9000),
    })
    .where('id', '=', round.id)
    .execute()
  const visit = await visitBy(one)
  const told = await Promise.all(
    Array.from({ length: 12 }, () => perform(applyToRound, visit, { slug: round.slug, choices: round.runs })),
  )
  expect(new Set(told.map(({ pseudonym }) => pseudonym)).size).toBe(1)
  expect(told.filter(({ did }) => did === 'made')).toHaveLength(1)
  expect(told.filter(({ did }) => did === 'nothing')).toHaveLength(11)
})
