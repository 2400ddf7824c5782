import { expect } from 'vitest'
import { instantAt } from '#core/days'
import { academyOf } from '../../../../test/academy.ts'
import { test, type World } from '../../../../test/world.ts'
import { scheduleRun } from '../schedule/schedule.ts'
import { changeRun } from './change.ts'

async function runOf(world: World, { publish = true, count = '2' } = {}) {
  const the = await academyOf(world)
  const { run } = await the.coordinator.does(scheduleRun, { ...the.said, count, publish })
  const sessions = async () =>
    world.db.selectFrom('run_session').selectAll().where('run_id', '=', run).orderBy('number').execute()
  const asIs = { id: run, where: the.said.where, trainers: [the.ruth.id], capacity: '30' }
  const row = async () => world.db.selectFrom('run').selectAll().where('id', '=', run).executeTakeFirstOrThrow()
  return { ...the, run, sessions, asIs, row }
}

/** What happened to this run; tests that commit may have left what happened to others. */
const happened = async (world: World, run: string, what: string) => {
  const rows = await world.db.selectFrom('happening').select('about').where('what', '=', what).execute()
  return rows.map(({ about }) => about as { run?: string }).filter((about) => about.run === run)
}

test('a session is moved by itself: the others stay, and its calendar entry keeps its id', async (world) => {
  const { coordinator, run, sessions, asIs, row } = await runOf(world)
  const [first, second] = await sessions()
  await coordinator.does(changeRun, {
    ...asIs,
    sessions: [{ id: second!.id, day: '2027-01-22', time: '18:30', minutes: 120 }],
  })
  const [still, moved] = await sessions()
  expect(still).toEqual(first)
  expect(moved).toMatchObject({ id: second!.id, number: 2, starts_at: instantAt('2027-01-22', '18:30') })
  expect(await row()).toMatchObject({ sequence: 1, starts_on: '2027-01-14', ends_on: '2027-01-22' })
  expect(await happened(world, run, 'run.changed')).toMatchObject([
    { run, published: true, changes: [{ what: 'session moved', session: second!.id, number: 2 }] },
  ])
})

test('a session is added and another taken out, and they are numbered in the order of time', async (world) => {
  const { coordinator, sessions, asIs } = await runOf(world)
  const [first, second] = await sessions()
  await coordinator.does(changeRun, {
    ...asIs,
    sessions: [
      { id: first!.id, day: '2027-01-14', time: '19:00', minutes: 120, drop: true },
      { id: null, day: '2027-01-18', time: '19:00', minutes: 90 },
    ],
  })
  expect((await sessions()).map(({ id, number }) => [number, id === second!.id])).toEqual([
    [1, false],
    [2, true],
  ])
  const dropped = await world.db.selectFrom('run_session_dropped').select('id').execute()
  expect(dropped).toEqual([{ id: first!.id }])
})

test('what changes is said in words, with who is told, before it is saved', async (world) => {
  const { coordinator, run, sessions, asIs, course } = await runOf(world)
  const amina = await world.person()
  await world.db
    .insertInto('place')
    .values({ run_id: run, course_id: course.course, person_id: amina.id, state: 'confirmed' })
    .execute()
  await world.db.updateTable('run').set({ taken: 1 }).where('id', '=', run).execute()
  const [first, second] = await sessions()
  const query = new URLSearchParams({ where: asIs.where, trainers: asIs.trainers[0]!, capacity: '12' })
  for (const [id, day, time] of [
    [first!.id, '2027-01-14', '19:30'],
    [second!.id, '2027-01-21', '19:00'],
    ['', '', ''],
  ] as const) {
    query.append('session', id)
    query.append('day', day)
    query.append('time', time)
    query.append('minutes', '120')
  }
  const { status, body } = await coordinator.get(`/runs/${run}/edit/check?${query}`)
  expect(status).toBe(200)
  expect(body).toContain('Session 1 is now on Thursday 14 January as before, but 7.30 to 9.30 pm.')
  expect(body).toContain('There are 12 places instead of 30.')
  expect(body).toContain('1 person with a place and 1 trainer will be told, with an update for their calendars.')
  const fields = Object.fromEntries(
    [...body.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!.replaceAll('&quot;', '"'),
    ]),
  )
  delete fields['csrf']
  expect((await coordinator.post(`/runs/${run}/edit`, fields)).location).toBe(`/runs/${run}`)
  expect((await sessions())[0]!.starts_at).toEqual(instantAt('2027-01-14', '19:30'))
})

test('there are never fewer places than are taken; more or fewer are recorded for those who wait', async (world) => {
  const { coordinator, run, asIs, row } = await runOf(world)
  await world.db.updateTable('run').set({ taken: 5 }).where('id', '=', run).execute()
  await expect(coordinator.does(changeRun, { ...asIs, capacity: '4' })).rejects.toMatchObject({
    problems: { capacity: '5 places are taken, so there must be at least 5' },
  })
  await coordinator.does(changeRun, { ...asIs, capacity: '5' })
  expect(await row()).toMatchObject({ capacity: 5, sequence: 0 })
  expect(await happened(world, run, 'run.capacity-changed')).toEqual([{ run, from: 30, to: 5 }])
  expect(await happened(world, run, 'run.changed')).toEqual([])
})

test('a run moves online and back, and its link is needed for that', async (world) => {
  const { coordinator, academy, asIs, row } = await runOf(world)
  const online = { ...asIs, where: `online:${academy}` }
  await expect(coordinator.does(changeRun, online)).rejects.toMatchObject({
    problems: { link: 'Enter the link for joining' },
  })
  await coordinator.does(changeRun, { ...online, link: 'https://meet.example.org/a' })
  expect(await row()).toMatchObject({ venue_id: null, room_id: null, online_link: 'https://meet.example.org/a' })
  await coordinator.does(changeRun, asIs)
  expect(await row()).toMatchObject({ online_link: null, sequence: 2 })
})

test('a change that changes nothing is not recorded and tells nobody', async (world) => {
  const { coordinator, run, asIs, row } = await runOf(world)
  expect(await coordinator.does(changeRun, asIs)).toMatchObject({ changes: 0 })
  expect(await row()).toMatchObject({ sequence: 0 })
  expect(await happened(world, run, 'run.changed')).toEqual([])
})

test('a session that has begun stays as it was, and so does a run that is over', async (world) => {
  const { coordinator, run, sessions, asIs } = await runOf(world)
  const [first, second] = await sessions()
  await world.db
    .updateTable('run_session')
    .set({ starts_at: instantAt('2026-11-23', '19:00'), ends_at: instantAt('2026-11-23', '21:00') })
    .where('id', '=', first!.id)
    .execute()
  const moved = { id: first!.id, day: '2027-02-01', time: '19:00', minutes: 120 }
  await expect(coordinator.does(changeRun, { ...asIs, sessions: [moved] })).rejects.toMatchObject({
    problems: { 'sessions.0.day': expect.stringContaining('has begun') },
  })
  expect((await coordinator.get(`/runs/${run}/edit`)).body).toContain('It has begun, so it stays.')
  await world.db
    .updateTable('run_session')
    .set({ starts_at: instantAt('2026-11-23', '21:00'), ends_at: instantAt('2026-11-23', '22:00') })
    .where('id', '=', second!.id)
    .execute()
  await expect(coordinator.does(changeRun, { ...asIs, capacity: '9' })).rejects.toThrow('This run is over')
})

test('sessions do not overlap, do not lie behind us, and at least one is left', async (world) => {
  const { coordinator, sessions, asIs } = await runOf(world)
  const [first, second] = await sessions()
  const problems = async (said: object[]) =>
    coordinator.does(changeRun, { ...asIs, sessions: said }).then(
      () => ({}),
      (error: { problems: object }) => error.problems,
    )
  const at = (id: string, day: string, time = '19:00', more = {}) => ({ id, day, time, minutes: 120, ...more })
  expect(await problems([at(second!.id, '2027-01-14', '20:00')])).toEqual({
    'sessions.0.time': expect.stringContaining('another one'),
  })
  expect(await problems([at(first!.id, '2026-11-24', '09:00')])).toEqual({
    'sessions.0.day': expect.stringContaining('ahead'),
  })
  expect(
    await problems([
      at(first!.id, '2027-01-14', '19:00', { drop: true }),
      at(second!.id, '2027-01-21', '19:00', { drop: true }),
    ]),
  ).toEqual({
    sessions: expect.stringContaining('at least one'),
  })
  expect(await problems([at(crypto.randomUUID(), '2027-01-14')])).toEqual({
    sessions: expect.stringContaining('no longer there'),
  })
})

test('a draft is changed without a trace in calendars', async (world) => {
  const { coordinator, sessions, asIs, row } = await runOf(world, { publish: false })
  const [first] = await sessions()
  await coordinator.does(changeRun, {
    ...asIs,
    sessions: [{ id: first!.id, day: '2027-01-14', time: '19:00', minutes: 120, drop: true }],
  })
  expect(await world.db.selectFrom('run_session_dropped').select('id').execute()).toEqual([])
  expect(await row()).toMatchObject({ sequence: 0, state: 'draft' })
})

test('a trainer whose right has ended may go on leading what they lead', async (world) => {
  const { coordinator, ruth, asIs } = await runOf(world)
  await world.db.deleteFrom('held_right').where('person_id', '=', ruth.id).execute()
  await coordinator.does(changeRun, { ...asIs, capacity: '20' })
  await coordinator.does(changeRun, { ...asIs, capacity: '20', trainers: [] })
  await expect(coordinator.does(changeRun, { ...asIs, capacity: '20' })).rejects.toMatchObject({
    problems: { trainers: expect.stringContaining('may no longer lead') },
  })
})

test('another academy’s run is absent, on every page and at every door', async (world) => {
  const { run, asIs } = await runOf(world)
  const { coordinator } = await academyOf(world)
  for (const page of ['edit', 'edit/check', 'publication', 'cancellation'])
    expect((await coordinator.get(`/runs/${run}/${page}`)).status).toBe(404)
  for (const page of ['edit', 'publication', 'cancellation'])
    expect((await coordinator.post(`/runs/${run}/${page}`, { ...asIs, why: 'x' })).status).toBe(404)
  expect((await coordinator.api('PUT', `/api/runs/${run}`, asIs)).status).toBe(404)
  expect((await coordinator.api('POST', `/api/runs/${run}/cancellation`, { why: 'x' })).status).toBe(404)
  expect((await coordinator.get('/runs/not-an-id/edit')).status).toBe(404)
})
