import { expect } from 'vitest'
import { instantAt } from '#core/days'
import { type Person, test, type World } from '../../../test/world.ts'
import { troublesIn, type State } from './administration/state.ts'

const today = '2026-11-24'
const queriesOf = (headers: Record<string, unknown>): number =>
  Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])
// in the product a visit also asks whether this is the demonstration
const most = 8 - 1

const place = async (
  world: World,
  run: string,
  person: Person,
  state: string,
  askedAt = world.now,
): Promise<string> => {
  const { course_id } = await world.db
    .selectFrom('run')
    .select('course_id')
    .where('id', '=', run)
    .executeTakeFirstOrThrow()
  const { id } = await world.db
    .insertInto('place')
    .values({
      run_id: run,
      course_id,
      person_id: person.id,
      state,
      asked_at: askedAt,
      offer_until: state === 'offered' ? askedAt : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { waiting, taken } = await world.db
    .selectFrom('place')
    .where('run_id', '=', run)
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('state', '=', 'waiting').as('waiting'),
      eb.fn.countAll<number>().filterWhere('state', 'in', ['offered', 'confirmed']).as('taken'),
    ])
    .executeTakeFirstOrThrow()
  await world.db.updateTable('run').set({ waiting, taken }).where('id', '=', run).execute()
  return id
}

const need = async (world: World, placeId: string, person: Person, academy: string): Promise<void> => {
  const { sql } = await import('kysely')
  await sql`select set_config('hearten.person', ${person.id}, true)`.execute(world.db)
  await world.db
    .insertInto('access_need')
    .values({ place_id: placeId, person_id: person.id, academy_id: academy, needs: 'An interpreter who signs' })
    .execute()
}

const academyIn = async (world: World, name: string) => {
  const region = await world.area({ kind: 'region', name })
  return { region, academy: await world.academy({ area: region, name: `${name} academy` }) }
}

test('a trainer sees today’s session with its register, what is next, and registers to finish', async (world) => {
  const { academy } = await academyIn(world, 'East')
  const trainer = await world.person({ name: 'Ruth Osei', rights: [{ role: 'trainer', academy }] })
  const course = async (title: string) => (await world.course({ title })).course
  await world.run({ academy, course: await course('Listening today'), startsOn: today, trainers: [trainer.id] })
  await world.run({ academy, course: await course('Later on'), startsOn: '2026-12-10', trainers: [trainer.id] })
  await world.run({
    academy,
    course: await course('Long past'),
    startsOn: '2026-10-01',
    trainers: [trainer.id],
    sessions: 1,
  })
  await world.run({ academy, course: await course('Somebody else’s'), startsOn: today })
  await world.run({
    academy,
    course: await course('Only a draft'),
    startsOn: '2026-12-11',
    trainers: [trainer.id],
    state: 'draft',
  })
  const { status, body, headers } = await trainer.get('/teaching')
  expect(status).toBe(200)
  expect(body).toContain('Good afternoon, Ruth')
  expect(body).toContain('Today: Listening today')
  expect(body).toContain('Take the register')
  expect(body.indexOf('Registers to finish')).toBeLessThan(body.indexOf('Long past'))
  expect(body).toContain('Later on')
  expect(body).not.toContain('Somebody else’s')
  expect(body).not.toContain('Only a draft')
  expect(queriesOf(headers)).toBeLessThanOrEqual(most)
})

test('a trainer with nothing to teach is told how that changes', async (world) => {
  const trainer = await world.person({ rights: [{ role: 'trainer' }] })
  const { body } = await trainer.get('/teaching')
  expect(body).toContain('You lead no sessions at the moment.')
  expect(body).toContain('No sessions ahead')
})

test('a coordinator sees figures, what needs them, demand by area, who waits, needs and pledges of their own academy alone', async (world) => {
  const { region, academy } = await academyIn(world, 'Midlands')
  const other = await academyIn(world, 'Elsewhere')
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const home = await world.area({ parent: region, name: 'Bolsover' })
  const [one, two, three] = [
    await world.person({ area: home, name: 'Ada One' }),
    await world.person({ area: home, name: 'Bea Two' }),
    await world.person({ area: home, name: 'Cy Three' }),
  ]
  const run = await world.run({ academy, capacity: 1, startsOn: '2027-01-14', trainers: [coordinator.id] })
  const placeId = await place(world, run, one, 'confirmed')
  await place(world, run, two, 'waiting', new Date('2026-11-20T12:00:00Z'))
  await place(world, run, three, 'waiting', new Date('2026-11-10T12:00:00Z'))
  await need(world, placeId, one, academy)
  await world.db
    .insertInto('pledge')
    .values({
      person_id: one.id,
      run_id: run,
      commitment: 'A secret of mine',
      made_on: '2026-10-01',
      review_on: '2026-11-25',
    })
    .execute()
  const foreign = await world.run({
    academy: other.academy,
    course: (await world.course({ title: 'Foreign course' })).course,
    startsOn: '2027-01-15',
  })
  await place(world, foreign, await world.person({ name: 'Zed Foreign' }), 'waiting')

  const { status, body, headers } = await coordinator.get('/coordinating')
  expect(status).toBe(200)
  expect(body).toContain('Midlands academy')
  expect(body).toMatch(/<b>1<\/b> run ahead/)
  expect(body).toMatch(/<b>1<\/b> of 1 places taken/)
  expect(body).toMatch(/<b>1<\/b> needs you/)
  expect(body).toContain('2 waiting, no next run')
  expect(body).toContain('An access need to arrange')
  expect(body).toContain('3 asking')
  expect(body).toContain('no places')
  expect(body.indexOf('Cy Three')).toBeLessThan(body.indexOf('Bea Two'))
  expect(body).toContain('14 days')
  expect(body).toContain('href="/access-needs"')
  expect(body).toContain('25 November 2026')
  for (const hidden of ['Foreign course', 'Zed Foreign', 'An interpreter who signs', 'A secret of mine'])
    expect(body).not.toContain(hidden)
  expect(queriesOf(headers)).toBeLessThanOrEqual(most)
})

test('a run counts as needing someone exactly where something is said about it', async (world) => {
  const { academy } = await academyIn(world, 'Midlands')
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const trainers = [coordinator.id]
  await world.run({ academy, trainers, startsOn: '2027-01-14' })
  await world.run({ academy, startsOn: '2027-01-14' })
  await world.run({ academy, trainers, startsOn: '2026-12-01', capacity: 20 })
  await world.run({ academy, trainers, startsOn: '2026-12-22', state: 'draft' })
  await world.run({ academy, trainers, startsOn: '2027-02-22', state: 'draft' })
  await world.run({ academy, trainers, startsOn: '2026-11-01', sessions: 1 })
  const { body } = await coordinator.api('GET', '/api/coordinating')
  const { runs, figures } = JSON.parse(body) as {
    runs: { reasons: unknown[] }[]
    figures: { needing: number; ahead: number }
  }
  expect(runs.map(({ reasons }) => reasons.length > 0)).toEqual([true, true, true, true, false, false])
  expect(figures).toMatchObject({ needing: 4, ahead: 5 })
})

test('a filter, a sorting and a page are in the address; another academy is absent', async (world) => {
  const { academy } = await academyIn(world, 'Midlands')
  const second = await academyIn(world, 'North')
  const coordinator = await world.person({
    rights: [
      { role: 'coordinator', academy },
      { role: 'coordinator', academy: second.academy },
    ],
  })
  const foreign = await academyIn(world, 'Elsewhere')
  const slugOf = async (id: string) =>
    (await world.db.selectFrom('academy').select('slug').where('id', '=', id).executeTakeFirstOrThrow()).slug
  await world.run({ academy, course: (await world.course({ title: 'Film on a phone', strand: 'media' })).course })
  await world.run({ academy: second.academy, course: (await world.course({ title: 'Knocking on doors' })).course })
  const all = (await coordinator.get('/coordinating')).body
  expect(all).toContain('All my academies')
  for (const title of ['Film on a phone', 'Knocking on doors']) expect(all).toContain(title)
  expect((await coordinator.get('/coordinating?strand=media')).body).not.toContain('Knocking on doors')
  expect((await coordinator.get('/coordinating?q=knocking')).body).not.toContain('Film on a phone')
  expect((await coordinator.get('/coordinating?q=%25')).body).toContain('No run matches')
  const chosen = (await coordinator.get(`/coordinating?academy=${await slugOf(second.academy)}&sort=-dates`)).body
  expect(chosen).toContain('North academy')
  expect(chosen).not.toContain('Film on a phone')
  expect(chosen).toContain('aria-sort="descending"')
  for (const path of [
    '/coordinating',
    '/coordinating/demand',
    '/coordinating/waiting',
    '/coordinating/demand.csv',
    '/coordinating/waiting.csv',
  ])
    expect([path, (await coordinator.get(`${path}?academy=${await slugOf(foreign.academy)}`)).status]).toEqual([
      path,
      404,
    ])
  for (const hostile of ['?sort=drop', '?page=-1', '?page=99999999999', '?strand=%00', '?q=%00%27%22'])
    expect([hostile, (await coordinator.get(`/coordinating${hostile}`)).status]).toEqual([hostile, 200])
})

test('the tables behind it hold everything, and go into files; taking the list of people leaves a record', async (world) => {
  const { academy } = await academyIn(world, 'Midlands')
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const run = await world.run({ academy, capacity: 1, startsOn: '2027-01-14' })
  await place(
    world,
    run,
    await world.person({ name: '=cmd()', area: await world.area({ name: 'Bolsover' }) }),
    'waiting',
  )
  for (const [path, words] of [
    ['/coordinating/demand', 'Bolsover'],
    ['/coordinating/waiting', '=cmd()'],
  ] as const) {
    const { body, headers } = await coordinator.get(path)
    expect(body).toContain(words)
    expect(queriesOf(headers)).toBeLessThanOrEqual(most)
  }
  expect((await coordinator.get('/coordinating/demand.csv')).body).toContain('Bolsover,1,1,0')
  const file = await coordinator.get('/coordinating/waiting.csv')
  expect(file.body).toContain(`'=cmd()`)
  expect(file.headers['content-disposition']).toBe('attachment; filename="waiting.csv"')
  const written = await world.db
    .selectFrom('happening')
    .select('about')
    .where('what', '=', 'waiting.downloaded')
    .where('actor_id', '=', coordinator.id)
    .execute()
  expect(written).toEqual([{ about: { people: 1 } }])
})

test('a coordinator without an open academy is told why there is nothing', async (world) => {
  const coordinator = await world.person({
    rights: [{ role: 'coordinator', area: await world.area({ kind: 'region', name: 'Empty' }) }],
  })
  expect((await coordinator.get('/coordinating')).body).toContain('No academy is open in your area')
})

test('an administrator sees how the installation stands; each is led only to what they may do', async (world) => {
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  const officer = await world.person({ rights: [{ role: 'data protection officer' }] })
  await world.db
    .insertInto('roll_import')
    .values({
      file_name: 'roll.csv',
      digest: 'x',
      bytes: 100,
      started_at: world.now,
      finished_at: world.now,
      added: 12,
      changed: 3,
    })
    .execute()
  const { body, headers } = await administrator.get('/administration')
  expect(body).toContain('12 added, 3 changed')
  expect(body).toMatch(/\d+ due, \d+ for later/)
  for (const path of ['rights', 'people', 'imports', 'record']) expect(body).toContain(`href="/administration/${path}"`)
  // the outbox is a page of the demonstration alone, so the link to it is too
  expect(body).not.toContain('href="/outbox"')
  const demonstration = world.browser({ demonstration: true })
  await demonstration.signIn(administrator.id)
  expect((await demonstration.get('/administration')).body).toContain('href="/outbox"')
  expect(queriesOf(headers)).toBeLessThanOrEqual(most)
  const seen = (await officer.get('/administration')).body
  expect(seen).toContain('href="/administration/record"')
  for (const path of ['/administration/rights', '/administration/imports', '/outbox'])
    expect(seen).not.toContain(`href="${path}"`)
})

test('trouble is said in sentences, and nothing is said where all is well', async () => {
  const now = instantAt(today, '12:00')
  const well: State = {
    figures: {} as State['figures'],
    roll: null,
    mail: { waiting: 0, failed: 0 },
    jobs: { due: 0, later: 2, failing: 0, givenUp: 0, oldestDue: null, kinds: [] },
    record: { sealed: 10, unsealed: 1, oldestUnsealed: now },
  }
  const long = instantAt(today, '09:00')
  expect(troublesIn(well, { now, sendsMail: true })).toEqual([])
  expect(
    troublesIn(
      {
        ...well,
        mail: { waiting: 3, failed: 2 },
        jobs: { ...well.jobs, givenUp: 1, oldestDue: long, kinds: ['mail.send'] },
        record: { ...well.record, oldestUnsealed: long },
        roll: {
          fileName: 'x',
          startedAt: long,
          finishedAt: null,
          added: 0,
          changed: 0,
          refused: 0,
          closed: 0,
          problem: null,
        },
      },
      { now, sendsMail: true },
    ),
  ).toHaveLength(5)
  expect(troublesIn({ ...well, mail: { waiting: 3, failed: 2 } }, { now, sendsMail: false })).toEqual([])
})

test('a postcode leads straight to training, or through one question more, or is asked for again', async (world) => {
  const stranger = world.stranger()
  const region = await world.area({ kind: 'region', name: 'East Midlands' })
  const home = await world.area({ parent: region, name: 'Sherwood Forest and Vale' })
  await world.db
    .insertInto('postcode')
    .values({ postcode: 'NG179ZZ', area_code: home })
    .onConflict((known) => known.column('postcode').doUpdateSet({ area_code: home }))
    .execute()
  expect((await stranger.get('/near?near=ng17+9zz')).location).toBe(`/courses?near=${home}`)
  expect((await stranger.get('/near?near=sherwood+forest+and+vale')).location).toBe(`/courses?near=${home}`)
  for (const said of ['', 'QQ99', '%00', 'x'.repeat(500)]) {
    const { status, body } = await stranger.get(`/near?near=${said}`)
    expect([said, status]).toEqual([said, 422])
    expect(body).toContain('There is a problem')
    expect(body).toContain('like NG17 1AA')
  }
})
