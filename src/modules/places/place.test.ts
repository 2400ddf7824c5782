import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { addDays } from '#core/days'
import { noon, test, type World } from '../../../test/world.ts'
import { acceptPlace, declinePlace, lapseOffers } from './accept.ts'
import { askForPlace } from './ask.ts'
import { takeOff, withdrawPlace } from './leave.ts'
import { cancelPlaces, sweep } from './jobs.ts'
import { placesInOrder } from './order.ts'
import { fillSeats } from './seats.ts'

const hours = (n: number): Date => new Date(noon.getTime() + n * 3_600_000)
const days = (n: number): Date => hours(24 * n)

const inOrder = async ({ db }: World, at = noon) => expect(await placesInOrder(db, at)).toEqual([])
const placeOf = (world: World, person: { id: string }, run: string) =>
  world.db
    .selectFrom('place')
    .where('person_id', '=', person.id)
    .where('run_id', '=', run)
    .orderBy('turn', 'desc')
    .selectAll()
    .executeTakeFirstOrThrow()
const runOf = ({ db }: World, run: string) =>
  db.selectFrom('run').where('id', '=', run).select(['taken', 'waiting', 'capacity']).executeTakeFirstOrThrow()
const people = (world: World, count: number) => Promise.all(Array.from({ length: count }, () => world.person()))

describe('Asking', () => {
  test('the last place goes to the first who asks; the next waits, and is told how many are before them', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second, third] = await people(world, 3)
    expect(await first!.does(askForPlace, { id: run })).toMatchObject({ standing: 'confirmed', isNew: true })
    expect(await second!.does(askForPlace, { id: run })).toMatchObject({ standing: 'waiting', ahead: 0 })
    expect(await third!.does(askForPlace, { id: run })).toMatchObject({ standing: 'waiting', ahead: 1 })
    expect(await runOf(world, run)).toMatchObject({ taken: 1, waiting: 2 })
    await inOrder(world)
  })

  test('asking twice changes nothing and gives the same answer', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = await people(world, 2)
    const got = await first!.does(askForPlace, { id: run })
    const waits = await second!.does(askForPlace, { id: run })
    expect(await first!.does(askForPlace, { id: run })).toEqual({ ...got, isNew: false })
    expect(await second!.does(askForPlace, { id: run, needs: 'Something else' })).toEqual({ ...waits, isNew: false })
    expect(await runOf(world, run)).toMatchObject({ taken: 1, waiting: 1 })
    const told = await world.db.selectFrom('happening').where('what', '=', 'place.asked').selectAll().execute()
    expect(told.filter(({ about }) => (about as { run: string }).run === run)).toHaveLength(2)
  })

  test('only a member asks: a contact, a former member and a stranger are refused', async (world) => {
    const run = await world.run()
    for (const standing of ['contact', 'closed'] as const) {
      const person = await world.person({ standing })
      await expect(person.does(askForPlace, { id: run })).rejects.toThrow()
    }
    await expect(world.stranger().does(askForPlace, { id: run })).rejects.toThrow()
    expect(await runOf(world, run)).toMatchObject({ taken: 0, waiting: 0 })
  })

  test('a run that has begun, is cancelled or is given in rounds refuses in words; a draft is not there', async (world) => {
    const member = await world.person()
    await expect(member.does(askForPlace, { id: await world.run({ startsOn: '2026-11-20' }) })).rejects.toThrow(
      'too late',
    )
    await expect(member.does(askForPlace, { id: await world.run({ state: 'cancelled' }) })).rejects.toThrow('cancelled')
    const round = await world.run()
    await world.db.updateTable('run').set({ how: 'round' }).where('id', '=', round).execute()
    await expect(member.does(askForPlace, { id: round })).rejects.toThrow('in a round')
    await expect(member.does(askForPlace, { id: await world.run({ state: 'draft' }) })).rejects.toMatchObject({
      name: 'Absent',
    })
    await expect(member.does(askForPlace, { id: crypto.randomUUID() })).rejects.toMatchObject({ name: 'Absent' })
  })

  test('one may ask until the first session begins', async (world) => {
    const run = await world.run({ startsOn: '2026-11-24' }) // its first session is at 7 this evening
    const member = await world.person()
    expect(await member.does(askForPlace, { id: run })).toMatchObject({ standing: 'confirmed' })
  })

  test('a trainer does not take a place on the run they lead', async (world) => {
    const trainer = await world.person()
    const run = await world.run({ trainers: [trainer.id] })
    await expect(trainer.does(askForPlace, { id: run })).rejects.toThrow('one of the trainers')
  })
})

describe('One place in a course at a time', () => {
  test('whoever holds a place is refused a second, and may change to the other run instead', async (world) => {
    const { course } = await world.course()
    const [early, late] = [await world.run({ course, capacity: 1 }), await world.run({ course })]
    const [member, next] = await people(world, 2)
    await member!.does(askForPlace, { id: early })
    await next!.does(askForPlace, { id: early })
    await expect(member!.does(askForPlace, { id: late })).rejects.toThrow('already hold a place')
    expect(await member!.does(askForPlace, { id: late, instead: 'on' })).toMatchObject({ standing: 'confirmed' })
    expect(await placeOf(world, member!, early)).toMatchObject({ state: 'withdrawn' })
    expect(await placeOf(world, next!, early)).toMatchObject({ state: 'offered' })
    await inOrder(world)
  })

  test('one may wait for another run of the course while holding a place, and accepting it gives the first one up', async (world) => {
    const { course } = await world.course()
    const [held, wanted] = [await world.run({ course, capacity: 1 }), await world.run({ course, capacity: 1 })]
    const [member, other, next] = await people(world, 3)
    await other!.does(askForPlace, { id: wanted })
    await member!.does(askForPlace, { id: held })
    await next!.does(askForPlace, { id: held })
    expect(await member!.does(askForPlace, { id: wanted })).toMatchObject({ standing: 'waiting' })
    await other!.does(withdrawPlace, { id: (await placeOf(world, other!, wanted)).id })
    const offer = await placeOf(world, member!, wanted)
    expect(offer.state).toBe('offered')
    expect((await placeOf(world, member!, held)).state).toBe('confirmed')
    expect(await member!.does(acceptPlace, { id: offer.id })).toMatchObject({ state: 'confirmed', gaveUp: held })
    expect((await placeOf(world, member!, held)).state).toBe('withdrawn')
    expect((await placeOf(world, next!, held)).state).toBe('offered')
    await inOrder(world)
  })

  test('a course that allows several places allows them', async (world) => {
    const { course } = await world.course()
    await world.db.updateTable('course').set({ several_places: true }).where('id', '=', course).execute()
    const member = await world.person()
    for (const run of [await world.run({ course }), await world.run({ course })])
      expect(await member.does(askForPlace, { id: run })).toMatchObject({ standing: 'confirmed' })
    await inOrder(world)
  })

  test('a course may be taken again once its run has ended', async (world) => {
    const { course } = await world.course()
    const [past, ahead] = [await world.run({ course, startsOn: '2026-09-01' }), await world.run({ course })]
    const member = await world.person()
    await world.db
      .insertInto('place')
      .values({ run_id: past, course_id: course, person_id: member.id, state: 'confirmed', confirmed_at: days(-90) })
      .execute()
    await world.db.updateTable('run').set({ taken: 1 }).where('id', '=', past).execute()
    expect(await member.does(askForPlace, { id: ahead })).toMatchObject({ standing: 'confirmed' })
    await inOrder(world)
  })
})

describe('The waiting list', () => {
  test('when someone leaves, the next in line is offered the place until a day, and the one after them when it ends', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second, third] = await people(world, 3)
    for (const member of [first, second, third]) await member!.does(askForPlace, { id: run })
    await first!.does(withdrawPlace, { id: (await placeOf(world, first!, run)).id })
    expect(await placeOf(world, second!, run)).toMatchObject({ state: 'offered', offer_until: days(3) })
    await inOrder(world)
    await lapseOffers(await world.visit(undefined, days(2)), run)
    expect(await placeOf(world, second!, run)).toMatchObject({ state: 'offered' })
    await lapseOffers(await world.visit(undefined, days(3)), run)
    expect(await placeOf(world, second!, run)).toMatchObject({ state: 'lapsed' })
    expect(await placeOf(world, third!, run)).toMatchObject({ state: 'offered', offer_until: days(6) })
    await inOrder(world, days(3))
  })

  test('no is passed on at once, and yes is kept', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second, third] = await people(world, 3)
    for (const member of [first, second, third]) await member!.does(askForPlace, { id: run })
    await first!.does(withdrawPlace, { id: (await placeOf(world, first!, run)).id })
    await second!.does(declinePlace, { id: (await placeOf(world, second!, run)).id })
    const offer = await placeOf(world, third!, run)
    expect(offer.state).toBe('offered')
    expect(await third!.does(acceptPlace, { id: offer.id })).toMatchObject({ state: 'confirmed' })
    expect(await third!.does(acceptPlace, { id: offer.id })).toMatchObject({ state: 'confirmed' })
    expect(await runOf(world, run)).toMatchObject({ taken: 1, waiting: 0 })
    await inOrder(world)
  })

  test('an offer that has ended cannot be taken, and moves on at once', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second, third] = await people(world, 3)
    for (const member of [first, second, third]) await member!.does(askForPlace, { id: run })
    await first!.does(withdrawPlace, { id: (await placeOf(world, first!, run)).id })
    const offer = await placeOf(world, second!, run)
    await world.db
      .updateTable('place')
      .set({ offer_until: hours(-1) })
      .where('id', '=', offer.id)
      .execute()
    await expect(second!.does(acceptPlace, { id: offer.id })).rejects.toThrow('This offer has ended')
    expect((await placeOf(world, second!, run)).state).toBe('lapsed')
    expect((await placeOf(world, third!, run)).state).toBe('offered')
  })

  test('a larger room offers places down the list, and nobody who asks now goes before those who wait', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second, third, late] = await people(world, 4)
    for (const member of [first, second, third]) await member!.does(askForPlace, { id: run })
    await world.db.updateTable('run').set({ capacity: 2 }).where('id', '=', run).execute()
    expect(await late!.does(askForPlace, { id: run })).toMatchObject({ standing: 'waiting', ahead: 2 })
    expect((await placeOf(world, second!, run)).state).toBe('offered')
    await world.db.updateTable('run').set({ capacity: 9 }).where('id', '=', run).execute()
    await world.visit().then((visit) => fillSeats(visit, run))
    expect((await placeOf(world, third!, run)).state).toBe('offered')
    expect((await placeOf(world, late!, run)).state).toBe('offered')
    await inOrder(world)
  })

  test('what the jobs missed is put right by the sweep', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second, third] = await people(world, 3)
    for (const member of [first, second, third]) await member!.does(askForPlace, { id: run })
    await world.db.updateTable('run').set({ capacity: 2 }).where('id', '=', run).execute()
    expect(await placesInOrder(world.db, noon)).toEqual([{ run, what: '1 seats are free while 2 wait' }])
    await sweep(await world.visit())
    expect((await placeOf(world, second!, run)).state).toBe('offered')
    await sweep(await world.visit(undefined, days(4)))
    expect((await placeOf(world, second!, run)).state).toBe('lapsed')
    expect((await placeOf(world, third!, run)).state).toBe('offered')
    await inOrder(world, days(4))
  })

  test('when the run begins the wait is over, and those who waited are told', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = await people(world, 2)
    for (const member of [first, second]) await member!.does(askForPlace, { id: run })
    await sweep(await world.visit(undefined, new Date('2027-01-14T19:05:00Z')))
    expect(await placeOf(world, second!, run)).toMatchObject({ state: 'lapsed', tell: true })
    expect(await runOf(world, run)).toMatchObject({ taken: 1, waiting: 0 })
  })

  test('whoever leaves the membership gives up place and wait', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second, third] = await people(world, 3)
    for (const member of [first, second, third]) await member!.does(askForPlace, { id: run })
    await world.db
      .updateTable('person')
      .set({ standing: 'closed' })
      .where('id', 'in', [first!.id, second!.id])
      .execute()
    await sweep(await world.visit())
    expect((await placeOf(world, second!, run)).state).toBe('withdrawn')
    expect((await placeOf(world, third!, run)).state).toBe('offered')
    await inOrder(world)
  })
})

describe('The last hours', () => {
  test('a free seat goes to the first of those who wait to take it', async (world) => {
    const run = await world.run({ startsOn: addDays('2026-11-24', 1), capacity: 1 })
    await world.db
      .updateTable('run_session')
      .set({ starts_at: hours(4), ends_at: hours(5) })
      .where('run_id', '=', run)
      .where('number', '=', 1)
      .execute()
    const [first, second, third] = await people(world, 3)
    for (const member of [first, second, third]) await member!.does(askForPlace, { id: run })
    await first!.does(withdrawPlace, { id: (await placeOf(world, first!, run)).id })
    expect(await placeOf(world, second!, run)).toMatchObject({ state: 'waiting', tell: true })
    expect(await third!.does(acceptPlace, { id: (await placeOf(world, third!, run)).id })).toMatchObject({
      state: 'confirmed',
    })
    await expect(second!.does(acceptPlace, { id: (await placeOf(world, second!, run)).id })).rejects.toThrow(
      'took the last place before you',
    )
    await inOrder(world)
  })

  test('before them, whoever waits cannot take a seat that is another’s to take', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = await people(world, 2)
    for (const member of [first, second]) await member!.does(askForPlace, { id: run })
    await expect(second!.does(acceptPlace, { id: (await placeOf(world, second!, run)).id })).rejects.toThrow(
      'You are still waiting',
    )
  })
})

describe('Leaving', () => {
  test('giving up twice is giving up once; asking again is waiting behind the others', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = await people(world, 2)
    for (const member of [first, second]) await member!.does(askForPlace, { id: run })
    const { id } = await placeOf(world, first!, run)
    await first!.does(withdrawPlace, { id })
    await first!.does(withdrawPlace, { id })
    expect(await first!.does(askForPlace, { id: run })).toMatchObject({ standing: 'waiting' })
    await inOrder(world)
  })

  test('nobody gives up, accepts or declines for another', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, other] = await people(world, 2)
    await first!.does(askForPlace, { id: run })
    const { id } = await placeOf(world, first!, run)
    const absent = { name: 'Absent' }
    await expect(other!.does(withdrawPlace, { id })).rejects.toMatchObject(absent)
    await expect(other!.does(acceptPlace, { id })).rejects.toMatchObject(absent)
    await expect(other!.does(declinePlace, { id })).rejects.toMatchObject(absent)
    expect((await placeOf(world, first!, run)).state).toBe('confirmed')
  })

  test('a coordinator of the academy takes someone off with a reason; another’s finds nobody', async (world) => {
    const academy = await world.academy()
    const run = await world.run({ academy, capacity: 1 })
    const [first, second] = await people(world, 2)
    for (const member of [first, second]) await member!.does(askForPlace, { id: run })
    const { id } = await placeOf(world, first!, run)
    const own = await world.person({ rights: [{ role: 'coordinator', academy }] })
    const other = await world.person({ rights: [{ role: 'coordinator', academy: await world.academy() }] })
    await expect(other.does(takeOff, { id, why: 'No' })).rejects.toMatchObject({ name: 'Absent' })
    await expect(own.does(takeOff, { id, why: ' ' })).rejects.toThrow('Say why')
    await own.does(takeOff, { id, why: 'You asked us by telephone' })
    expect(await placeOf(world, first!, run)).toMatchObject({ state: 'withdrawn', ended_by: own.id, tell: true })
    expect((await placeOf(world, second!, run)).state).toBe('offered')
  })

  test('a cancelled run has no places', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = await people(world, 2)
    for (const member of [first, second]) await member!.does(askForPlace, { id: run })
    await world.db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', run).execute()
    await cancelPlaces(await world.visit(), run)
    expect((await placeOf(world, first!, run)).state).toBe('cancelled')
    expect((await placeOf(world, second!, run)).state).toBe('cancelled')
    expect(await runOf(world, run)).toMatchObject({ taken: 0, waiting: 0 })
    await inOrder(world)
  })
})

describe('What the database itself forbids', () => {
  test('no statement can overbook a run or double a person', async (world) => {
    const run = await world.run({ capacity: 1 })
    const member = await world.person()
    await member.does(askForPlace, { id: run })
    const { course_id } = await placeOf(world, member, run)
    const tries = [
      sql`update run set taken = 2 where id = ${run}`,
      sql`update run set capacity = 0 where id = ${run}`,
      sql`insert into place (run_id, course_id, person_id, state) values (${run}, ${course_id}, ${member.id}, 'waiting')`,
    ]
    for (const trial of tries) {
      await sql`savepoint trial`.execute(world.db)
      await expect(trial.execute(world.db)).rejects.toThrow()
      await sql`rollback to savepoint trial`.execute(world.db)
    }
  })
})
