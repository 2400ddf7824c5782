import { expect, test as rule } from 'vitest'
import { instantAt } from '#core/days'
import { queryCount } from '#platform/db'
import { test, type World } from '../../../../test/world.ts'
import { type Facts, reasonsFor } from './attention.ts'
import { sayDates, shortName } from './say.ts'
import { staffRuns } from './staff-runs.ts'

const today = '2026-11-24'
const facts = (wanted: Partial<Facts> = {}): Facts => ({
  state: 'published',
  startsOn: '2027-01-14',
  endsOn: '2027-02-04',
  capacity: 20,
  taken: 12,
  waiting: 0,
  trainers: 1,
  hasNext: false,
  registers: 0,
  needs: 0,
  ...wanted,
})
const words = (wanted: Partial<Facts>) => reasonsFor(facts(wanted), today).map((reason) => reason.words)

rule('a run in order needs nobody', () => {
  expect(words({})).toEqual([])
})

rule('each thing to see to is said in a few words, the most pressing first', () => {
  expect(words({ trainers: 0 })).toEqual(['No trainer'])
  expect(words({ taken: 20, waiting: 9 })).toEqual(['9 waiting, no next run'])
  expect(words({ taken: 20, waiting: 9, hasNext: true })).toEqual([])
  expect(words({ taken: 20 })).toEqual([])
  expect(words({ registers: 2 })).toEqual(['2 registers to finish'])
  expect(words({ startsOn: '2026-11-01', endsOn: '2026-11-22', registers: 1, trainers: 0, taken: 0 })).toEqual([
    'A register to finish',
  ])
  expect(words({ startsOn: '2026-12-08', taken: 9 })).toEqual(['9 of 20 taken, begins in 14 days'])
  expect(words({ startsOn: '2026-12-08', taken: 10 })).toEqual([])
  expect(words({ startsOn: '2026-12-09', taken: 0 })).toEqual([])
  expect(words({ needs: 1, trainers: 0 })).toEqual(['An access need to arrange', 'No trainer'])
  expect(words({ state: 'draft', startsOn: '2026-11-25' })).toEqual(['Draft, begins tomorrow'])
  expect(words({ state: 'draft', startsOn: '2026-12-22' })).toEqual(['Draft, begins in 28 days'])
  expect(words({ state: 'draft', startsOn: '2026-12-23' })).toEqual([])
  expect(words({ state: 'cancelled', trainers: 0 })).toEqual([])
})

rule('the days of a run are said in as few letters as a column has', () => {
  const said = (...days: string[]) => sayDates(days, today).replaceAll('\u00a0', ' ')
  expect(said('2027-01-16', '2027-01-23')).toBe('16, 23 Jan')
  expect(said('2027-02-06', '2027-02-07')).toBe('6–7 Feb')
  expect(said('2027-01-14', '2027-01-21', '2027-01-28', '2027-02-04')).toBe('14 Jan – 4 Feb')
  expect(said('2027-02-11')).toBe('11 Feb')
  expect(said('2027-10-01', '2027-11-22')).toBe('1 Oct – 22 Nov 2027')
  expect(said()).toBe('–')
  expect([shortName('Ruth Ama van der Berg'), shortName('Cher')]).toEqual(['R.\u00a0Berg', 'Cher'])
})

async function staffOf(world: World) {
  const academy = await world.academy()
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const ruth = await world.person({ name: 'Ruth Osei' })
  return { academy, coordinator, ruth, visit: await world.visit(coordinator.id) }
}

test('the query finds exactly the runs that the rules say need someone', async (world) => {
  const { academy, visit, ruth } = await staffOf(world)
  const trainers = [ruth.id]
  const run = (wanted: object) => world.run({ academy, trainers, ...wanted })
  await run({})
  const unled = await run({ trainers: [] })
  const full = await run({ capacity: 2 })
  await world.db.updateTable('run').set({ taken: 2, waiting: 3 }).where('id', '=', full).execute()
  const empty = await run({ startsOn: '2026-12-01' })
  const unmarked = await run({ startsOn: '2026-11-10' })
  const old = await run({ startsOn: '2026-01-10' })
  const draft = await run({ state: 'draft', startsOn: '2026-12-10' })
  await run({ state: 'draft', startsOn: '2027-06-10' })
  await run({ state: 'cancelled', trainers: [] })
  const { runs, total } = await staffRuns(visit, { needing: true, limit: 50 })
  expect(runs.map(({ id }) => id).toSorted()).toEqual([unled, full, empty, unmarked, draft].toSorted())
  expect(total).toBe(5)
  expect(runs.every(({ reasons }) => reasons.length > 0)).toBe(true)
  const all = await staffRuns(visit, { when: 'all', limit: 100 })
  const needing = all.runs.filter(({ reasons }) => reasons.length > 0).map(({ id }) => id)
  expect(needing.toSorted()).toEqual(runs.map(({ id }) => id).toSorted())
  expect(needing).not.toContain(old)
})

test('an access need counts until it is arranged, and only for those who may see it', async (world) => {
  const { academy, visit, ruth } = await staffOf(world)
  const id = await world.run({ academy, trainers: [ruth.id] })
  const amina = await world.person()
  const { course_id } = await world.db
    .selectFrom('run')
    .select('course_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const place = await world.db
    .insertInto('place')
    .values({ run_id: id, course_id, person_id: amina.id, state: 'confirmed', confirmed_at: world.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await (
    await world.visit(amina.id)
  ).atomically(({ db }) =>
    db
      .insertInto('access_need')
      .values({ place_id: place.id, person_id: amina.id, academy_id: academy, needs: 'BSL' })
      .execute(),
  )
  const { runs } = await staffRuns(visit, { needing: true })
  expect(runs[0]!.reasons).toEqual([{ reason: 'needs', words: 'An access need to arrange' }])
  await visit.atomically(({ db }) =>
    db.updateTable('access_need').set({ arranged_at: world.now }).where('place_id', '=', place.id).execute(),
  )
  expect((await staffRuns(visit, { needing: true })).total).toBe(0)
})

test('the table filters, sorts and pages by its address, and shows only the runs of one’s own academies', async (world) => {
  const { academy, coordinator, ruth } = await staffOf(world)
  const phone = await world.course({ title: 'Phone banks that last', strand: 'digital' })
  await world.run({ academy, trainers: [ruth.id] })
  await world.run({ academy, course: phone.course, trainers: [ruth.id], startsOn: '2027-02-11' })
  const { academy: other } = await staffOf(world)
  await world.run({ academy: other, course: (await world.course({ title: 'Elsewhere' })).course })
  const { body } = await coordinator.get('/runs')
  expect(body).toContain('Phone banks that last')
  expect(body).toContain('14,\u00a021\u00a0Jan')
  expect(body).toContain('R.\u00a0Osei')
  expect(body).not.toContain('Elsewhere')
  const only = await coordinator.get('/runs?strand=digital&q=PHONE&sort=-places&page=1')
  expect(only.body).not.toContain('Listening on the doorstep')
  expect((await coordinator.get('/runs?sort=x&page=-1&when=never&academy=nonsense%00&q=%00')).status).toBe(200)
  expect((await coordinator.api('GET', '/api/runs?course=%00&near=%00&academy=x&page=-3')).status).toBe(200)
})

test('the table comes as CSV with the same filters', async (world) => {
  const { academy, coordinator } = await staffOf(world)
  await world.run({ academy })
  const { body, headers } = await coordinator.get('/runs.csv?needing=yes')
  expect(headers['content-type']).toContain('text/csv')
  expect(body).toContain('Listening on the doorstep,East Midlands academy,published,2027-01-14')
  expect(body).toContain('No trainer')
})

test('no page of a run makes more than eight queries', async (world) => {
  const { academy, coordinator, ruth } = await staffOf(world)
  const { room } = await world.venue({ academy })
  const course = await world.course()
  const id = await world.run({ academy, trainers: [ruth.id] })
  await world.db
    .updateTable('run_session')
    .set({ starts_at: instantAt('2027-01-14', '18:00'), ends_at: instantAt('2027-01-14', '20:00') })
    .where('run_id', '=', id)
    .where('number', '=', 1)
    .execute()
  const said = { course: course.course, where: `room:${room}`, day: '2027-01-14', time: '19:00', trainers: ruth.id }
  const edit = new URLSearchParams({
    where: `online:${academy}`,
    link: 'https://meet.example.org/b',
    trainers: ruth.id,
    capacity: '12',
  })
  const pages = [
    '/runs',
    '/runs?needing=yes',
    '/runs/new',
    `/runs/new/check?${new URLSearchParams(said)}`,
    `/runs/new/check?${new URLSearchParams({ ...said, trainers: '', other: 'Nobody' })}`,
    `/runs/${id}/edit`,
    `/runs/${id}/edit/check?${edit}`,
    `/runs/${id}/publication`,
    `/runs/${id}/cancellation`,
    '/me/calendar',
  ]
  for (const page of pages) {
    const made = Number(/db;desc="(\d+)"/.exec(String((await coordinator.get(page)).headers['server-timing']))![1])
    // in production the session and the demonstration flag are looked up as well; the tests' savepoints stand for a transaction
    expect([page, made <= 8]).toEqual([page, true])
  }
  expect(queryCount.getStore()).toBeUndefined()
})
