import { expect } from 'vitest'
import { academyOf } from '../../../../test/academy.ts'
import { readCalendars } from '../../../../test/read-calendar.ts'
import { test, type World } from '../../../../test/world.ts'
import { cancelRun } from '../cancel.ts'
import { changeRun } from '../change/change.ts'
import { publishRun } from '../publish.ts'
import { scheduleRun } from '../schedule/schedule.ts'
import { tellJob } from './tell.ts'

type Standing = 'offered' | 'confirmed' | 'waiting' | 'withdrawn'

async function told(world: World) {
  const the = await academyOf(world)
  const { run } = await the.coordinator.does(scheduleRun, { ...the.said, count: '2', publish: true })
  await world.work()
  await world.db.deleteFrom('mail').execute()
  const seat = async (name: string, state: Standing) => {
    const person = await world.person({ name })
    const had = state !== 'waiting'
    await world.db
      .insertInto('place')
      .values({
        run_id: run,
        course_id: the.course.course,
        person_id: person.id,
        state,
        offered_at: had ? world.now : null,
        offer_until: state === 'offered' ? new Date('2026-12-01') : null,
        confirmed_at: state === 'confirmed' ? world.now : null,
        ended_at: state === 'withdrawn' ? world.now : null,
      })
      .execute()
    return person
  }
  const letters = async (kind: string) =>
    world.db.selectFrom('mail').selectAll().where('kind', '=', kind).orderBy('subject').execute()
  const sessions = await world.db
    .selectFrom('run_session')
    .selectAll()
    .where('run_id', '=', run)
    .orderBy('number')
    .execute()
  const asIs = { id: run, where: the.said.where, trainers: [the.ruth.id], capacity: '30' }
  const move = { ...asIs, sessions: [{ id: sessions[1]!.id, day: '2027-01-22', time: '18:30', minutes: 120 }] }
  /** Leaves no seat free, so that nobody who waits is offered one meanwhile. */
  const full = async (capacity: number) => {
    await world.db.updateTable('run').set({ capacity }).where('id', '=', run).execute()
    return { ...move, capacity: String(capacity) }
  }
  return { ...the, run, seat, letters, sessions, asIs, move, full }
}

test('a trainer is told when a run they lead is published, with its sessions for their calendar', async (world) => {
  const { coordinator, said, ruth } = await academyOf(world)
  const { run } = await coordinator.does(scheduleRun, { ...said, count: '2' })
  await world.work()
  expect(await world.db.selectFrom('mail').selectAll().execute()).toEqual([])
  await coordinator.does(publishRun, { id: run })
  await world.work()
  const [letter, ...rest] = await world.db.selectFrom('mail').selectAll().execute()
  expect(rest).toEqual([])
  expect(letter).toMatchObject({ person_id: ruth.id, kind: 'run-published' })
  expect(letter!.body).toContain('Thu 14 Jan, 7 to 9 pm')
  const calendars = readCalendars(letter!.calendar!)
  expect(calendars.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST'])
  expect(calendars[0]!.entries[0]).toMatchObject({ sequence: 0, standing: 'ACCEPTED' })
})

test('of a change those with a place and the trainers are told, and nobody who waits or has left', async (world) => {
  const { coordinator, seat, letters, full, ruth } = await told(world)
  const [has, offered] = [await seat('Amina Farooq', 'confirmed'), await seat('Ben Cole', 'offered')]
  await seat('Cai Rees', 'waiting')
  await seat('Dora Hall', 'withdrawn')
  await coordinator.does(changeRun, await full(2))
  await world.work()
  const sent = await letters('run-changed')
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map(({ person_id }) => person_id))).toEqual(new Set([has.id, offered.id, ruth.id]))
  const letter = sent.find(({ person_id }) => person_id === has.id)!
  expect(letter.body).toContain('Dear Amina,')
  expect(letter.body).toContain(
    'Session 2 is now on Friday 22 January, 6.30 to 8.30 pm. It was to be on Thursday 21 January, 7 to 9 pm.',
  )
})

test('the entry keeps its id from change to change, and its sequence grows', async (world) => {
  const { coordinator, seat, letters, move, asIs, sessions, run } = await told(world)
  const amina = await seat('Amina Farooq', 'confirmed')
  const entries = async (kind: string) => {
    const sent = (await letters(kind)).filter(({ person_id }) => person_id === amina.id)
    await world.db.deleteFrom('mail').execute()
    return sent.flatMap(({ calendar }) =>
      readCalendars(calendar!).map(({ method, entries: [entry] }) => Object.assign(entry!, { method })),
    )
  }
  await coordinator.does(changeRun, move)
  await world.work()
  const first = await entries('run-changed')
  await coordinator.does(changeRun, {
    ...asIs,
    sessions: [{ id: sessions[0]!.id, day: '2027-01-14', time: '19:00', minutes: 120, drop: true }],
  })
  await world.work()
  const second = await entries('run-changed')
  await coordinator.does(cancelRun, { id: run, why: 'The heating has failed.' })
  await world.work()
  const third = await entries('run-cancelled')
  const say = (all: typeof first) => all.map(({ method, uid, sequence, status }) => [method, uid, sequence, status])
  const [one, two] = sessions.map(({ id }) => id)
  expect(say(first)).toEqual([
    ['REQUEST', one, 1, 'CONFIRMED'],
    ['REQUEST', two, 1, 'CONFIRMED'],
  ])
  expect(say(second)).toEqual([
    ['REQUEST', two, 2, 'CONFIRMED'],
    ['CANCEL', one, 2, 'CANCELLED'],
  ])
  expect(third.every(({ method, sequence }) => method === 'CANCEL' && sequence >= 3)).toBe(true)
  expect(third).toHaveLength(2)
  expect(new Set(third.map(({ uid }) => uid))).toEqual(new Set([one, two]))
})

test('of a cancelled run everyone is told why, those who wait too, even if their places were ended first', async (world) => {
  const { coordinator, seat, letters, run, ruth } = await told(world)
  const [has, waits] = [await seat('Amina Farooq', 'confirmed'), await seat('Cai Rees', 'waiting')]
  const left = await seat('Dora Hall', 'withdrawn')
  expect((await coordinator.get(`/runs/${run}/cancellation`)).body).toContain(
    '1 person with a place, 1 who waits and 1 trainer will be told, with the reason you give.',
  )
  await coordinator.does(cancelRun, { id: run, why: 'The heating has failed.' })
  await world.db
    .updateTable('place')
    .set({ state: 'cancelled', ended_at: world.now })
    .where('run_id', '=', run)
    .where('state', 'in', ['confirmed', 'waiting'])
    .execute()
  await world.work()
  const sent = await letters('run-cancelled')
  const to = (id: string) => sent.find(({ person_id }) => person_id === id)
  expect(to(has.id)!.body).toContain('Why: The heating has failed.')
  expect(to(waits.id)!.body).toContain('for which you are waiting')
  expect(to(waits.id)!.calendar).toBeNull()
  expect(readCalendars(to(ruth.id)!.calendar!).every(({ method }) => method === 'CANCEL')).toBe(true)
  expect(to(left.id)).toBeUndefined()
})

test('a change of trainers is told to the trainers alone: one is asked, the other is let go', async (world) => {
  const { coordinator, seat, letters, asIs, ruth, academy } = await told(world)
  await seat('Amina Farooq', 'confirmed')
  const callum = await world.person({ name: 'Callum Reid', rights: [{ role: 'trainer', academy }] })
  await coordinator.does(changeRun, { ...asIs, trainers: [callum.id] })
  await world.work()
  const sent = await letters('run-changed')
  expect(sent.map(({ person_id, subject }) => [person_id, subject])).toEqual([
    [ruth.id, 'You no longer lead Listening on the doorstep'],
    [callum.id, 'You now lead Listening on the doorstep'],
  ])
  expect(readCalendars(sent[0]!.calendar!)[0]!.method).toBe('CANCEL')
  expect(readCalendars(sent[1]!.calendar!)[0]!.method).toBe('REQUEST')
})

test('hundreds are told in batches, each of them once, even if a job is run again', async (world) => {
  const { coordinator, course, run, letters, full } = await told(world)
  await world.db
    .insertInto('person')
    .values(
      Array.from({ length: 450 }, (_, n) => ({
        name: `Member ${n}`,
        email: `many-${n}@example.org`,
        membership_number: `many-${n}`,
      })),
    )
    .execute()
  const people = await world.db.selectFrom('person').select('id').where('membership_number', 'like', 'many-%').execute()
  await world.db
    .insertInto('place')
    .values(
      people.map(({ id }) => ({
        run_id: run,
        course_id: course.course,
        person_id: id,
        state: 'confirmed',
        confirmed_at: world.now,
      })),
    )
    .execute()
  await coordinator.does(changeRun, await full(450))
  await world.work()
  const { id } = await world.db
    .selectFrom('happening')
    .select('id')
    .where('what', '=', 'run.changed')
    .executeTakeFirstOrThrow()
  await tellJob.run(await world.visit(), { happening: id })
  const sent = await letters('run-changed')
  expect(sent).toHaveLength(451)
  expect(new Set(sent.map(({ person_id }) => person_id)).size).toBe(451)
  expect(
    await world.db
      .selectFrom('run_telling')
      .select(['told', 'finished_at'])
      .where('happening_id', '=', id)
      .executeTakeFirst(),
  ).toEqual({
    told: 451,
    finished_at: world.now,
  })
})

test('someone without an address, or no longer on the roll, keeps nobody else from being told', async (world) => {
  const { coordinator, seat, letters, move } = await told(world)
  const [none, closed, has] = [
    await seat('No Address', 'confirmed'),
    await seat('Gone Away', 'confirmed'),
    await seat('Amina Farooq', 'confirmed'),
  ]
  await world.db.updateTable('person').set({ email: null }).where('id', '=', none.id).execute()
  await world.db.updateTable('person').set({ standing: 'closed' }).where('id', '=', closed.id).execute()
  await coordinator.does(changeRun, move)
  await world.work()
  expect((await letters('run-changed')).map(({ person_id }) => person_id)).toContain(has.id)
  expect(await letters('run-changed')).toHaveLength(2)
})

test('a run is cancelled once, with a reason, and not when it is over', async (world) => {
  const { coordinator, run } = await told(world)
  await expect(coordinator.does(cancelRun, { id: run, why: ' ' })).rejects.toMatchObject({
    problems: { why: 'Say why it is cancelled' },
  })
  await coordinator.does(cancelRun, { id: run, why: 'The heating has failed.' })
  await expect(coordinator.does(cancelRun, { id: run, why: 'Again' })).rejects.toThrow(
    'This run was cancelled on 24 November 2026.',
  )
  await expect(
    coordinator.does(changeRun, { id: run, where: `online:${crypto.randomUUID()}`, capacity: '3' }),
  ).rejects.toThrow('was cancelled')
  expect((await world.stranger().api('GET', `/api/runs/${run}`)).body).toContain('The heating has failed.')
  const over = await world.run({ academy: (await academyOf(world)).academy, startsOn: '2026-11-01' })
  const everywhere = await world.person({ rights: [{ role: 'coordinator' }] })
  await expect(everywhere.does(cancelRun, { id: over, why: 'Late' })).rejects.toThrow('This run is over')
})

test('a draft is thrown away, and nobody is told', async (world) => {
  const { coordinator, said } = await academyOf(world)
  const { run } = await coordinator.does(scheduleRun, said)
  expect((await coordinator.post(`/runs/${run}/cancellation`)).location).toBe('/runs')
  await world.work()
  expect(await world.db.selectFrom('run').select('id').where('id', '=', run).execute()).toEqual([])
  expect(await world.db.selectFrom('mail').select('id').execute()).toEqual([])
})

test('an incomplete draft is not published: without a link, without sessions, begun, or its course no longer given', async (world) => {
  const { coordinator, said, academy, course } = await academyOf(world)
  const draft = async () =>
    (await coordinator.does(scheduleRun, { ...said, trainers: [], where: `online:${academy}`, capacity: '9' })).run
  const refused = async (id: string) =>
    coordinator.does(publishRun, { id }).then(
      () => ({}),
      (error: { problems: object }) => error.problems,
    )
  const id = await draft()
  expect(await refused(id)).toEqual({ link: expect.stringContaining('no link') })
  expect((await coordinator.get(`/runs/${id}/publication`)).body).toContain('It is not complete yet')
  await world.db.updateTable('run').set({ online_link: 'https://meet.example.org/a' }).where('id', '=', id).execute()
  await world.db
    .updateTable('run_session')
    .set({ starts_at: new Date('2026-11-01T19:00:00Z') })
    .where('run_id', '=', id)
    .execute()
  expect(await refused(id)).toEqual({ sessions: expect.stringContaining('Sunday 1 November') })
  await world.db.deleteFrom('run_session').where('run_id', '=', id).execute()
  expect(await refused(id)).toEqual({ sessions: expect.stringContaining('no sessions') })
  await world.db.updateTable('course').set({ retired_on: '2026-11-01' }).where('id', '=', course.course).execute()
  expect(await refused(id)).toMatchObject({ course: expect.stringContaining('no longer given') })
})

test('a run is published once', async (world) => {
  const { coordinator, run } = await told(world)
  await expect(coordinator.does(publishRun, { id: run })).rejects.toThrow('published already')
})
