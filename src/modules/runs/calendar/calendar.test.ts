import { expect } from 'vitest'
import { readCalendars } from '../../../../test/read-calendar.ts'
import { type Person, test, type World } from '../../../../test/world.ts'
import { calendarEntry } from './invitations.ts'

async function placed(world: World, state: 'confirmed' | 'offered' | 'waiting' | 'withdrawn' = 'confirmed') {
  const academy = await world.academy()
  const ruth = await world.person({ name: 'Ruth Osei', rights: [{ role: 'trainer', academy }] })
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const amina = await world.person({ name: 'Amina Farooq' })
  const run = await world.run({ academy, trainers: [ruth.id] })
  await seat(world, run, amina, state)
  return { academy, ruth, coordinator, amina, run }
}

async function seat(world: World, run: string, person: Person, state: string) {
  const { course_id } = await world.db
    .selectFrom('run')
    .select('course_id')
    .where('id', '=', run)
    .executeTakeFirstOrThrow()
  await world.db
    .insertInto('place')
    .values({
      run_id: run,
      course_id,
      person_id: person.id,
      state,
      offered_at: state === 'waiting' ? null : world.now,
      offer_until: state === 'offered' ? new Date('2026-12-01') : null,
      confirmed_at: state === 'confirmed' || state === 'withdrawn' ? world.now : null,
      ended_at: state === 'withdrawn' ? world.now : null,
    })
    .execute()
}

/** Makes an address, and gives it as a path. */
async function addressOf(person: Person, said: Record<string, string>): Promise<string> {
  const { body, status } = await person.api('POST', '/api/me/calendar', said)
  expect(status).toBe(200)
  return new URL((JSON.parse(body) as { url: string }).url).pathname
}

test('a member’s feed has the sessions of their places, with the link for joining, and names nobody', async (world) => {
  const { amina, run } = await placed(world)
  const path = await addressOf(amina, { kind: 'member' })
  const { status, body, headers } = await world.stranger().get(path)
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8')
  const [calendar] = readCalendars(body)
  expect(calendar!.entries.map(({ title, status: said, where }) => [title, said, where])).toEqual([
    ['Listening on the doorstep: Session 1', 'CONFIRMED', 'https://meet.example.org/room'],
    ['Listening on the doorstep: Session 2', 'CONFIRMED', 'https://meet.example.org/room'],
  ])
  expect(calendar!.entries[0]!.words).toContain(`/runs/${run}`)
  expect(body).toContain('DTSTART;TZID=Europe/London:20270114T190000')
  for (const name of ['Ruth', 'Osei', 'Amina', 'Farooq', 'example.org>']) expect(body).not.toContain(name)
})

test('an offered place is tentative and without the link; one waited for is not there; one given back is off', async (world) => {
  const entries = async (state: 'offered' | 'waiting' | 'withdrawn') => {
    const { amina } = await placed(world, state)
    return readCalendars((await world.stranger().get(await addressOf(amina, { kind: 'member' }))).body)[0]!.entries
  }
  expect((await entries('offered')).map(({ status, where }) => [status, where])).toEqual([
    ['TENTATIVE', 'Online'],
    ['TENTATIVE', 'Online'],
  ])
  expect(await entries('waiting')).toEqual([])
  expect((await entries('withdrawn')).map(({ status, sequence }) => [status, sequence])).toEqual([
    ['CANCELLED', 1],
    ['CANCELLED', 1],
  ])
})

test('a cancelled run stays in the feed as cancelled, with a greater sequence and when that was', async (world) => {
  const { amina, run } = await placed(world)
  const path = await addressOf(amina, { kind: 'member' })
  const at = new Date('2026-11-25T10:00:00Z')
  await world.db
    .updateTable('run')
    .set({ state: 'cancelled', sequence: 3, changed_at: at, cancelled_at: at, cancelled_why: 'x' })
    .where('id', '=', run)
    .execute()
  const { entries } = readCalendars((await world.stranger().get(path)).body)[0]!
  expect(entries[0]).toMatchObject({
    status: 'CANCELLED',
    sequence: 3,
    lastModified: '20261125T100000Z',
    title: 'Cancelled: Listening on the doorstep: Session 1',
  })
})

test('a trainer’s feed has the runs they lead, and an academy’s all it has published, without links', async (world) => {
  const { ruth, coordinator, academy } = await placed(world)
  await world.run({ academy, state: 'draft', trainers: [ruth.id] })
  const led = readCalendars((await world.stranger().get(await addressOf(ruth, { kind: 'trainer' }))).body)[0]!
  expect(led.entries.map(({ where }) => where)).toEqual([
    'https://meet.example.org/room',
    'https://meet.example.org/room',
  ])
  const given = readCalendars(
    (await world.stranger().get(await addressOf(coordinator, { kind: 'academy', academy }))).body,
  )[0]!
  expect(given).toMatchObject({ name: 'East Midlands academy' })
  expect(given.entries.map(({ where }) => where)).toEqual(['Online', 'Online'])
})

test('a renewed address ends the old one', async (world) => {
  const { amina } = await placed(world)
  const old = await addressOf(amina, { kind: 'member' })
  expect((await amina.post('/me/calendar', { kind: 'member' })).location).toBe('/me/calendar')
  expect((await world.stranger().get(old)).status).toBe(404)
  const { body } = await amina.get('/me/calendar')
  expect(body).not.toContain(old)
  const fresh = /\/calendar\/[\w-]{43}\.ics/.exec(body)![0]
  expect((await world.stranger().get(fresh)).status).toBe(200)
})

test('an address cannot be guessed, and one of a person whose account is closed shows nothing', async (world) => {
  const { amina } = await placed(world)
  for (const key of ['', 'x', '%00', "' or 1=1", 'a'.repeat(190)])
    expect((await world.stranger().get(`/calendar/${encodeURIComponent(key)}.ics`)).status).toBe(404)
  const path = await addressOf(amina, { kind: 'member' })
  await world.db.updateTable('person').set({ standing: 'closed' }).where('id', '=', amina.id).execute()
  expect((await world.stranger().get(path)).status).toBe(404)
})

test('nobody renews the calendar of an academy that is not theirs, or of a trainer they are not', async (world) => {
  const { amina, ruth, coordinator, academy } = await placed(world)
  const elsewhere = await world.academy()
  expect((await amina.api('POST', '/api/me/calendar', { kind: 'academy', academy })).status).toBe(404)
  expect((await ruth.api('POST', '/api/me/calendar', { kind: 'academy', academy })).status).toBe(404)
  expect((await coordinator.api('POST', '/api/me/calendar', { kind: 'academy', academy: elsewhere })).status).toBe(404)
  expect((await amina.api('POST', '/api/me/calendar', { kind: 'trainer' })).status).toBe(403)
  expect((await world.stranger().get('/me/calendar')).status).toBe(303)
})

test('a feed that has not changed is not sent again', async (world) => {
  const { amina, run } = await placed(world)
  const path = await addressOf(amina, { kind: 'member' })
  const { headers } = await world.stranger().get(path)
  const tag = String(headers['etag'])
  expect((await world.stranger().get(path, { 'if-none-match': tag })).status).toBe(304)
  await world.db.updateTable('run').set({ sequence: 1 }).where('id', '=', run).execute()
  expect((await world.stranger().get(path, { 'if-none-match': tag })).status).toBe(200)
})

test('what goes with a letter asks while one has a place, and cancels once one has not, never with a lesser sequence', async (world) => {
  const { amina, run } = await placed(world, 'withdrawn')
  const visit = await world.visit()
  const off = readCalendars((await calendarEntry(visit, run, amina.id))!)
  expect(off.map(({ method, entries }) => [method, entries[0]!.sequence])).toEqual([
    ['CANCEL', 1],
    ['CANCEL', 1],
  ])
  await seat(world, run, amina, 'confirmed')
  const again = readCalendars((await calendarEntry(visit, run, amina.id))!)
  expect(again.map(({ method, entries }) => [method, entries[0]!.sequence])).toEqual([
    ['REQUEST', 1],
    ['REQUEST', 1],
  ])
})
