import { expect } from 'vitest'
import { academyOf } from '../../../../test/academy.ts'
import { test } from '../../../../test/world.ts'
import { scheduleRun } from './schedule.ts'

test('a coordinator schedules a run in six answers, and it is kept as a draft', async (world) => {
  const { coordinator, said, ruth, venue, room, academy } = await academyOf(world)
  const done = await coordinator.post('/runs/new', { ...said, count: '4' })
  expect(done.status).toBe(303)
  const id = /\/runs\/(.+)\/publication/.exec(done.location!)![1]!
  const run = await world.db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(run).toMatchObject({
    state: 'draft',
    academy_id: academy,
    venue_id: venue,
    room_id: room,
    capacity: 30,
    how: 'first come',
    starts_on: '2027-01-14',
    ends_on: '2027-02-04',
    made_by: coordinator.id,
  })
  const sessions = await world.db
    .selectFrom('run_session')
    .selectAll()
    .where('run_id', '=', id)
    .orderBy('number')
    .execute()
  expect(sessions.map(({ title }) => title)).toEqual(['Being heard', 'Session 2', 'Session 3', 'Session 4'])
  expect(sessions[3]!.ends_at.toISOString()).toBe('2027-02-04T21:00:00.000Z')
  expect(await world.db.selectFrom('run_trainer').select('person_id').where('run_id', '=', id).execute()).toEqual([
    { person_id: ruth.id },
  ])
  expect((await coordinator.get(done.location!)).body).toContain('Publish it')
})

test('the page for it asks six things, and knows the course it was opened from', async (world) => {
  const { coordinator, course, academy } = await academyOf(world)
  const { status, body } = await coordinator.get(`/runs/new?course=${course.slug}`)
  expect(status).toBe(200)
  expect(body).toContain('The course has one session of 2 hours.')
  expect(body).toContain(`<option value="${course.course}" selected>`)
  expect(body).toContain(', holds 30')
  expect(body).toContain(`online:${academy}`)
  expect(body).toContain('Ruth Osei')
})

test('the check page says every session in words before anything is saved', async (world) => {
  const { coordinator, said } = await academyOf(world)
  const query = new URLSearchParams({ ...said, day: '2027-04-26', count: '3', skip: '17 May' })
  const { status, body } = await coordinator.get(`/runs/new/check?${query}`)
  expect(status).toBe(200)
  for (const words of ['Monday 26 April 2027, 7 to 9 pm', 'Monday 10 May 2027, 7 to 9 pm', 'Monday 24 May 2027, 7'])
    expect(body).toContain(words)
  expect(body).toContain('Monday 3 May 2027 is skipped: it is the early May bank holiday.')
  expect(body).toContain('Monday 17 May 2027 is skipped.')
  expect(await world.db.selectFrom('run').select('id').execute()).toEqual([])
})

test('the bank holidays skipped are those of the nation', async (world) => {
  const { coordinator, said } = await academyOf(world, 'Scotland')
  const query = new URLSearchParams({ ...said, day: '2027-03-29', count: '1' })
  expect((await coordinator.get(`/runs/new/check?${query}`)).body).toContain('Monday 29 March 2027, 7 to 9 pm')
  const held = new URLSearchParams({ ...said, day: '2027-08-02', count: '2', onHolidays: 'yes' })
  expect((await coordinator.get(`/runs/new/check?${held}`)).body).toContain(
    'Monday 2 August 2027 is the summer bank holiday.',
  )
})

test('what cannot be read comes back as it was, with what to say instead', async (world) => {
  const { coordinator, said, ruth } = await academyOf(world)
  const query = new URLSearchParams({ ...said, time: 'seven', count: '900', capacity: 'many', skip: '24 December' })
  const { status, body } = await coordinator.get(`/runs/new/check?${query}`)
  expect(status).toBe(422)
  expect(body).toContain('Enter a time, like 19:00')
  expect(body).toContain('Enter 60 or less')
  expect(body).toContain('value="24 December"')
  expect(body).toMatch(new RegExp(`value="${ruth.id}"[^>]*checked`))
})

test('days to skip that are no days, a past day, an unknown trainer and a missing capacity are each named', async (world) => {
  const { coordinator, said, academy } = await academyOf(world)
  const problems = async (more: object) =>
    coordinator.does(scheduleRun, { ...said, ...more }).then(
      () => ({}),
      (error: { problems: object }) => error.problems,
    )
  expect(await problems({ skip: 'half term' })).toEqual({ skip: expect.stringContaining('half term') })
  expect(await problems({ day: '2026-11-23' })).toEqual({ day: 'The first session must be today or later' })
  expect(await problems({ other: 'Nobody Known' })).toEqual({ other: expect.stringContaining('Nobody Known') })
  expect(await problems({ where: `online:${academy}` })).toEqual({ capacity: 'Say how many people can take part' })
  expect(await problems({ time: '23:00' })).toEqual({ time: expect.stringContaining('before midnight') })
  expect(await problems({ link: 'javascript:alert(1)' })).toEqual({ link: expect.stringContaining('https://') })
  expect(await problems({ course: crypto.randomUUID() })).toEqual({ course: 'Choose a course that is published' })
})

test('a place of another academy cannot be chosen, whatever the form sends', async (world) => {
  const { coordinator, said } = await academyOf(world)
  const elsewhere = await academyOf(world)
  const sent = coordinator.does(scheduleRun, { ...said, where: elsewhere.said.where })
  await expect(sent).rejects.toMatchObject({ problems: { where: 'Choose a place that is in use' } })
  const online = coordinator.does(scheduleRun, { ...said, where: `online:${elsewhere.academy}`, capacity: '20' })
  await expect(online).rejects.toMatchObject({ problems: { where: 'Choose a place that is in use' } })
})

test('a trainer is also found by name or address; of two of one name the address tells which', async (world) => {
  const { coordinator, said, academy } = await academyOf(world)
  const callum = await world.person({
    name: 'Callum Reid',
    email: 'callum@example.org',
    rights: [{ role: 'trainer', academy }],
  })
  await world.person({ name: 'Jo Mills', rights: [{ role: 'trainer', academy }] })
  await world.person({ name: 'Jo Mills', rights: [{ role: 'trainer', academy }] })
  await world.person({ name: 'Plain Member' })
  const led = async (other: string) => {
    const { run } = await coordinator.does(scheduleRun, {
      ...said,
      trainers: [],
      other,
      time: '09:00',
      day: '2027-05-01',
    })
    return world.db.selectFrom('run_trainer').select('person_id').where('run_id', '=', run).execute()
  }
  expect(await led('callum reid')).toEqual([{ person_id: callum.id }])
  await expect(led('Jo Mills')).rejects.toMatchObject({
    problems: { other: expect.stringContaining('Several trainers') },
  })
  await expect(led('Plain Member')).rejects.toMatchObject({
    problems: { other: expect.stringContaining('No trainer') },
  })
})

test('a room that is used, and a trainer who leads elsewhere, are shown before saving and have to be confirmed', async (world) => {
  const { coordinator, said, academy } = await academyOf(world)
  await coordinator.does(scheduleRun, { ...said, publish: true })
  const callum = await world.person({ name: 'Callum Reid', rights: [{ role: 'trainer', academy }] })
  const again = { ...said, time: '20:00', trainers: callum.id }
  const shown = await coordinator.get(`/runs/new/check?${new URLSearchParams(again)}`)
  expect(shown.body).toContain(
    'Hall at Sutton Community Academy is already used by Listening on the doorstep, 7 to 9 pm.',
  )
  const refused = await coordinator.post('/runs/new', again)
  expect(refused.status).toBe(422)
  expect(refused.body).toContain('tick the box to book it all the same')
  const confirm = /name="confirm" value="([^"]+)"/.exec(refused.body)![1]!
  expect((await coordinator.post('/runs/new', { ...again, confirm })).status).toBe(303)
})

test('a tick confirms only the clashes that were shown: what was booked meanwhile is told', async (world) => {
  const { coordinator, said, ruth, academy } = await academyOf(world)
  await coordinator.does(scheduleRun, said)
  const again = { ...said, time: '20:00' }
  const shown = await coordinator.get(`/runs/new/check?${new URLSearchParams(again)}`)
  const confirm = /name="confirm" value="([^"]+)"/.exec(shown.body)![1]!
  await coordinator.does(scheduleRun, {
    ...said,
    where: `online:${academy}`,
    capacity: '9',
    trainers: ruth.id,
    time: '21:00',
  })
  const refused = await coordinator.post('/runs/new', { ...again, confirm })
  expect(refused.status).toBe(422)
  expect(refused.body).toContain('Something else was booked meanwhile.')
})

test('of a draft at another academy only its trainer is shown as busy, and no more', async (world) => {
  const [one, other] = [await academyOf(world), await academyOf(world)]
  const both = await world.person({
    name: 'Priya Kaur',
    rights: [
      { role: 'trainer', academy: one.academy },
      { role: 'trainer', academy: other.academy },
    ],
  })
  await one.coordinator.does(scheduleRun, { ...one.said, trainers: [both.id] })
  const { body } = await other.coordinator.get(
    `/runs/new/check?${new URLSearchParams({ ...other.said, trainers: both.id })}`,
  )
  expect(body).toContain('Priya Kaur already leads a run that another academy is still planning then')
})

test('a trainer of another area, more places than the room holds, and nobody to lead it are warned of, not refused', async (world) => {
  const { coordinator, said } = await academyOf(world)
  const elsewhere = await academyOf(world)
  const far = await coordinator.get(
    `/runs/new/check?${new URLSearchParams({ ...said, trainers: elsewhere.ruth.id, capacity: '40' })}`,
  )
  expect(far.body).toContain('Ruth Osei is a trainer of another area.')
  expect(far.body).toContain('Hall holds 30, and there are 40 places.')
  const nobody = await coordinator.get(`/runs/new/check?${new URLSearchParams({ ...said, trainers: '' })}`)
  expect(nobody.body).toContain('Nobody leads it yet.')
  expect((await coordinator.post('/runs/new', { ...said, trainers: [], capacity: '40' })).status).toBe(303)
})

test('a run is published at once where it is complete, and refused where it is not', async (world) => {
  const { coordinator, said, academy } = await academyOf(world)
  const online = { ...said, where: `online:${academy}`, capacity: '20', publish: 'yes' }
  const refused = await coordinator.post('/runs/new', online)
  expect(refused.status).toBe(422)
  expect(refused.body).toContain('It is online but has no link')
  expect(await world.db.selectFrom('run').select('id').execute()).toEqual([])
  const done = await coordinator.post('/runs/new', { ...online, link: 'https://meet.example.org/abc' })
  expect(done.location).toMatch(/^\/runs\/[0-9a-f-]{36}$/)
})

test('only those who schedule runs come here at all', async (world) => {
  const { ruth, said } = await academyOf(world)
  expect((await ruth.get('/runs/new')).status).toBe(403)
  expect((await ruth.post('/runs/new', said)).status).toBe(403)
  expect((await world.stranger().api('POST', '/api/runs', said)).status).toBe(401)
})

test('a program looks before it schedules, and is given what confirms the clashes', async (world) => {
  const { coordinator, said } = await academyOf(world)
  const made = await coordinator.api('POST', '/api/runs', { ...said, trainers: [said.trainers], count: 2 })
  expect(made.status).toBe(200)
  const seen = await coordinator.api('GET', `/api/runs/check?${new URLSearchParams(said)}`)
  const { confirm, clashes } = JSON.parse(seen.body) as { confirm: string; clashes: { grave: boolean }[] }
  expect(clashes.every(({ grave }) => grave)).toBe(true)
  expect((await coordinator.api('POST', '/api/runs', said)).status).toBe(422)
  expect((await coordinator.api('POST', '/api/runs', { ...said, confirm })).status).toBe(200)
})

test('text of every kind is taken as text', async (world) => {
  const { coordinator, said } = await academyOf(world)
  const odd = { ...said, other: '<script>\u0000%_"', skip: '\u0000', where: "room:' or 1=1", day: '2027-13-45' }
  const { status, body } = await coordinator.get(`/runs/new/check?${new URLSearchParams(odd)}`)
  expect(status).toBe(422)
  expect(body).not.toContain('<script>')
})
