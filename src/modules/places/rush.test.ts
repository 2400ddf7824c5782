import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '#core/random'
import { actorById } from '#platform/actor'
import { openDb, openPool, type Tables } from '#platform/db'
import { perform, visitByHearten, visitOf, type Visit } from '#platform/web'
import { type OwnDatabase, ownDatabase } from '../../../test/own-database.ts'
import { acceptPlace, declinePlace, lapseOffers } from './accept.ts'
import { askForPlace } from './ask.ts'
import { sweep } from './jobs.ts'
import { withdrawPlace } from './leave.ts'
import { placesInOrder } from './order.ts'

const now = new Date('2026-11-24T12:00:00Z')
let own: OwnDatabase
let db: Kysely<Tables>

beforeAll(async () => {
  own = await ownDatabase()
  db = openDb(openPool(own.url, { size: 40 }))
  await db.insertInto('area').values({ code: 'EM', name: 'East Midlands', kind: 'region', path: 'EM' }).execute()
  const academy = { id: randomUUID(), slug: 'em', name: 'East Midlands academy', area_code: 'EM' }
  await db
    .insertInto('academy')
    .values({ ...academy, opened_on: '2024-01-01', calendar_key: 'em' })
    .execute()
}, 60_000)
afterAll(async () => {
  await db.destroy()
  await own.drop()
})

async function people(count: number): Promise<Visit[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await db
    .insertInto('person')
    .values(ids.map((id) => ({ id, name: 'Amina Farooq', membership_number: id, email: `${id}@example.org` })))
    .execute()
  const actors = await Promise.all(ids.map((id) => actorById(db, id, '2026-11-24')))
  return actors.map((actor) => visitOf({ db, actor, now }))
}

async function runsOf(count: number, capacity: number): Promise<string[]> {
  const course = randomUUID()
  const [version, academy] = [randomUUID(), (await db.selectFrom('academy').select('id').executeTakeFirstOrThrow()).id]
  await db
    .insertInto('course')
    .values({ id: course, slug: `c-${course}` })
    .execute()
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
  const ids = Array.from({ length: count }, () => randomUUID())
  for (const id of ids) {
    await db
      .insertInto('run')
      .values({
        id,
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
    await db
      .insertInto('run_session')
      .values({ run_id: id, number: 1, title: '', starts_at: '2027-01-14T19:00:00Z', ends_at: '2027-01-14T21:00:00Z' })
      .execute()
  }
  return ids
}

const placesOn = (run: string) => db.selectFrom('place').where('run_id', '=', run).selectAll().execute()

describe('Many at once', () => {
  test('200 people ask for 20 places at the same moment, some of them twice: 20 have one, 180 wait in an order of their own', async () => {
    const [run] = (await runsOf(1, 20)) as [string]
    const members = await people(200)
    const asks = members.flatMap((visit, n) =>
      Array.from({ length: n % 4 === 0 ? 2 : 1 }, () => perform(askForPlace, visit, { id: run })),
    )
    const answers = await Promise.all(asks)
    const fresh = answers.filter(({ isNew }) => isNew)
    expect(fresh).toHaveLength(200)
    expect(fresh.filter(({ standing }) => standing === 'confirmed')).toHaveLength(20)
    const ahead = fresh.filter(({ standing }) => standing === 'waiting').map((one) => one.ahead)
    expect(ahead.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 180 }, (_, n) => n))
    // every acknowledged place is there, with the state that was told
    const kept = new Map((await placesOn(run)).map(({ id, state }) => [id, state]))
    expect(kept.size).toBe(200)
    for (const { place, standing } of answers) expect(kept.get(place)).toBe(standing)
    expect(await placesInOrder(db, now)).toEqual([])
  })

  test('one person asking for two runs of a course at the same moment gets one of them', async () => {
    for (let times = 0; times < 10; times++) {
      const runs = await runsOf(2, 5)
      const [member] = (await people(1)) as [Visit]
      const answers = await Promise.allSettled(runs.map((id) => perform(askForPlace, member, { id })))
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Refusal' } })
    }
    expect(await placesInOrder(db, now)).toEqual([])
  })

  test('people who change places with each other between two runs do not lock each other out', async () => {
    const [one, two] = (await runsOf(2, 12)) as [string, string]
    const members = await people(20)
    await Promise.all(members.map((visit, n) => perform(askForPlace, visit, { id: n % 2 ? one : two })))
    const moved = await Promise.allSettled(
      members.map((visit, n) => perform(askForPlace, visit, { id: n % 2 ? two : one, instead: true })),
    )
    expect(moved.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(await placesInOrder(db, now)).toEqual([])
  })

  test('leaving, accepting, declining, lapsing and sweeping all at once never break the order', async () => {
    const random = seeded('races')
    const runs = await runsOf(2, 4)
    const members = await people(30)
    await Promise.all(members.map((visit) => perform(askForPlace, visit, { id: random.pick(runs) })))
    for (let round = 0; round < 12; round++) {
      const at = new Date(now.getTime() + round * 40 * 3_600_000)
      const alive = await db
        .selectFrom('place')
        .where('run_id', 'in', runs)
        .where('state', 'in', ['offered', 'confirmed', 'waiting'])
        .selectAll()
        .execute()
      const doings = alive
        .filter(() => random.next() < 0.4)
        .map(({ id, person_id }) => {
          const visit = { ...members.find(({ actor }) => actor.id === person_id)!, now: at }
          return perform(
            random.pick([withdrawPlace, acceptPlace, declinePlace]) as typeof withdrawPlace,
            visitOf({ db, now: at, actor: visit.actor }),
            { id },
          )
        })
      const hearten = visitByHearten({ db, now: at })
      const later = members
        .filter(() => random.next() < 0.2)
        .map(({ actor }) => perform(askForPlace, visitOf({ db, actor, now: at }), { id: random.pick(runs) }))
      const results = await Promise.allSettled([
        ...doings,
        ...later,
        ...runs.map((run) => lapseOffers(hearten, run)),
        sweep(hearten),
      ])
      // a rule may say no; nothing else may go wrong
      for (const result of results)
        if (result.status === 'rejected') expect((result.reason as Error).name).toBe('Refusal')
      await sweep(hearten)
      expect(await placesInOrder(db, at)).toEqual([])
    }
  }, 60_000)
})
