import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, inject, test } from 'vitest'
import type { Actor } from '#platform/actor'
import { actorById } from '#platform/actor'
import { openDb, openPool } from '#platform/db'
import { perform, visitOf } from '#platform/web'
import { changeRun } from '../change/change.ts'
import { scheduleRun } from './schedule.ts'

const now = new Date('2026-11-24T12:00:00Z')

/** An academy of its own, truly committed, since rivals need connections of their own; all of it is taken away after. */
async function inEarnest(body: (the: Awaited<ReturnType<typeof ground>>) => Promise<void>): Promise<void> {
  const db = openDb(openPool(inject('databaseUrl'), { size: 8 }))
  const the = await ground(db)
  try {
    await body(the)
  } finally {
    await sql`delete from run where academy_id = ${the.academy}`.execute(db)
    await sql`delete from held_right where academy_id = ${the.academy}`.execute(db)
    await sql`delete from venue where academy_id = ${the.academy}`.execute(db)
    await sql`delete from academy where id = ${the.academy}`.execute(db)
    await sql`update course set published_version = null where id = ${the.course}`.execute(db)
    await sql`delete from course where id = ${the.course}`.execute(db)
    await sql`delete from person where id = any(${[the.me, the.ruth]}::uuid[])`.execute(db)
    await sql`delete from area where code = ${the.area}`.execute(db)
    await db.destroy()
  }
}

async function ground(db: ReturnType<typeof openDb>) {
  const key = randomUUID().slice(0, 8)
  const area = `C${key}`
  const [me, ruth] = [randomUUID(), randomUUID()]
  await db.insertInto('area').values({ code: area, name: 'Area', kind: 'region', path: area }).execute()
  const academy = (
    await db
      .insertInto('academy')
      .values({ slug: `c-${key}`, name: 'Academy', area_code: area, opened_on: '2024-01-01', calendar_key: key })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
  await db
    .insertInto('person')
    .values([
      { id: me, name: 'Coordinator', area_code: area },
      { id: ruth, name: 'Ruth Osei', area_code: area },
    ])
    .execute()
  await db
    .insertInto('held_right')
    .values([
      { person_id: me, role: 'coordinator', academy_id: academy, starts_on: '2020-01-01' },
      { person_id: ruth, role: 'trainer', academy_id: academy, starts_on: '2020-01-01' },
    ])
    .execute()
  const roomOf = async () => {
    const venue = await db
      .insertInto('venue')
      .values({ academy_id: academy, name: 'Venue', address: 'High Street' })
      .returning('id')
      .executeTakeFirstOrThrow()
    return (
      await db
        .insertInto('room')
        .values({ venue_id: venue.id, name: 'Hall', capacity: 20 })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  }
  const [room, other] = [await roomOf(), await roomOf()]
  const course = (
    await db
      .insertInto('course')
      .values({ slug: `c-${key}` })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id
  const version = await db
    .insertInto('course_version')
    .values({
      course_id: course,
      number: 1,
      title: 'Course',
      strand: 'organising',
      level: 'starter',
      hours: 2,
      mode: 'either',
      summary: 's',
      who: 'w',
      outcomes: ['o'],
      description: 'd',
      practice: 'p',
      published_at: now,
      sessions: JSON.stringify([{ title: 'One', minutes: 120, outline: 'o' }]),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('course').set({ published_version: version.id }).where('id', '=', course).execute()
  const actor: Actor = await actorById(db, me, '2026-11-24')
  const visit = () => visitOf({ db, actor, now })
  return { db, visit, area, academy, me, ruth, room, other, course }
}

const outcomes = async (attempts: readonly Promise<unknown>[]) => {
  const done = await Promise.allSettled(attempts)
  return {
    booked: done.filter(({ status }) => status === 'fulfilled').length,
    told: done.flatMap((one) =>
      one.status === 'rejected'
        ? [(one.reason as { problems?: { confirm?: string } }).problems?.confirm ?? String(one.reason)]
        : [],
    ),
  }
}

test('of many who book one room at the same moment one does, and the others are told by whom it is used', () =>
  inEarnest(async ({ visit, course, room }) => {
    const said = { course, where: `room:${room}`, day: '2027-01-14', time: '19:00' }
    const { booked, told } = await outcomes(Array.from({ length: 6 }, () => perform(scheduleRun, visit(), said)))
    expect(booked).toBe(1)
    expect(told).toHaveLength(5)
    expect(
      told.every((words) => words.startsWith('Hall at Venue is already used by Course (a draft), 7 to 9 pm.')),
    ).toBe(true)
  }))

test('of many who put one trainer into several rooms at the same moment one does', () =>
  inEarnest(async ({ visit, course, room, other, ruth }) => {
    const said = (where: string) => ({
      course,
      where: `room:${where}`,
      day: '2027-01-14',
      time: '19:00',
      trainers: [ruth],
    })
    const { booked, told } = await outcomes(
      [room, other, room, other].map((where) => perform(scheduleRun, visit(), said(where))),
    )
    expect(booked).toBe(1)
    expect(told).toHaveLength(3)
  }))

test('two runs that are moved into one room at the same moment: the second is told', () =>
  inEarnest(async ({ visit, course, room, other, academy }) => {
    const online = { course, where: `online:${academy}`, day: '2027-01-14', time: '19:00', capacity: 9 }
    const [one, two] = [await perform(scheduleRun, visit(), online), await perform(scheduleRun, visit(), online)]
    const move = (run: string, where: string) =>
      perform(changeRun, visit(), { id: run, where: `room:${where}`, capacity: 9 })
    const { booked, told } = await outcomes([move(one.run, room), move(two.run, room)])
    expect([booked, told.length]).toEqual([1, 1])
    await expect(move(two.run, other)).resolves.toMatchObject({ changes: 1 })
  }))

test('a run that is scheduled while its venue, room or academy is being closed is refused, and one that was first keeps it open', () =>
  inEarnest(async ({ db, visit, course, room, academy }) => {
    const said = { course, where: `room:${room}`, day: '2027-01-14', time: '19:00' }
    const closings = [
      sql`update room set closed_on = '2026-11-24' where id = ${room}`,
      sql`update venue set closed_on = '2026-11-24' where id = (select venue_id from room where id = ${room})`,
      sql`update academy set closed_on = '2026-11-24' where id = ${academy}`,
    ]
    for (const closing of closings) {
      let scheduling: Promise<unknown> | undefined
      await db.transaction().execute(async (closer) => {
        await closing.execute(closer)
        scheduling = perform(scheduleRun, visit(), said)
        scheduling.catch(() => {})
        // long enough for it to come to where it must wait for us
        await sql`select pg_sleep(0.4)`.execute(closer)
      })
      await expect(scheduling).rejects.toThrow('closed meanwhile')
      await sql`update room set closed_on = null where id = ${room}`.execute(db)
      await sql`update venue set closed_on = null where academy_id = ${academy}`.execute(db)
      await sql`update academy set closed_on = null where id = ${academy}`.execute(db)
    }
    const { venue_id } = await db.selectFrom('room').where('id', '=', room).select('venue_id').executeTakeFirstOrThrow()
    await db.transaction().execute(async (scheduler) => {
      const { actor, now } = visit()
      await perform(
        scheduleRun,
        visitOf({ db: scheduler, actor, now, atomically: (work) => work(visitOf({ db: scheduler, actor, now })) }),
        said,
      )
      const closer = db.selectFrom('venue').where('id', '=', venue_id).select('id').forUpdate().noWait().execute()
      await expect(closer).rejects.toThrow('could not obtain lock')
    })
  }))
