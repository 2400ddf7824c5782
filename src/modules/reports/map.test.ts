import { brotliCompressSync, constants } from 'node:zlib'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { type Person, test, type World } from '../../../test/world.ts'
import { loadBuiltInAreas } from '../areas/index.ts'
import { countMap } from './count.ts'
import { loadMap } from './map.ts'

const quarter = '2026-10-01'
const queriesOf = (headers: Record<string, unknown>): number =>
  Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])
// in the product a visit also asks who is signed in, and whether this is the demonstration
const most = 8 - 2

const place = async ({ db }: World, run: string, person: Person, state = 'confirmed'): Promise<void> => {
  const { course_id } = await db.selectFrom('run').select('course_id').where('id', '=', run).executeTakeFirstOrThrow()
  await db.insertInto('place').values({ run_id: run, course_id, person_id: person.id, state, extra: true }).execute()
}

const came = async ({ db }: World, run: string, person: Person, mark = 'present'): Promise<void> => {
  const { id } = await db
    .selectFrom('run_session')
    .select('id')
    .where('run_id', '=', run)
    .where('number', '=', 1)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('attendance')
    .values({ session_id: id, person_id: person.id, mark, noted_by: person.id })
    .execute()
}

/** A region with Ashfield and Bolsover in it, and a run in October. */
const country = async (world: World) => {
  const region = await world.area({ kind: 'region', name: 'East Midlands' })
  const ashfield = await world.area({ name: 'Ashfield', parent: region, electors: 20_000 })
  const bolsover = await world.area({ name: 'Bolsover', parent: region, electors: 40_000 })
  const academy = await world.academy({ area: region })
  const run = await world.run({ academy, startsOn: '2026-10-15' })
  return { region, ashfield, bolsover, academy, run }
}

const figuresOf = async ({ db }: World, code: string, at = quarter) =>
  db
    .selectFrom('area_quarter')
    .where('area_code', '=', code)
    .where('quarter', '=', at)
    .select(['runs', 'places', 'trained'])
    .executeTakeFirst()

/** So many members of an area who have come to the run. */
const train = async (world: World, run: string, area: string, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await came(world, run, await world.person({ area }))
}

test('a run counts where it is given, a place and a member trained where the member lives', async (world) => {
  const { ashfield, bolsover, run } = await country(world)
  await world.db.updateTable('run').set({ area_code: bolsover }).where('id', '=', run).execute()
  const member = await world.person({ area: ashfield })
  await place(world, run, member)
  await came(world, run, member)
  await countMap(world.db, world.now)
  expect(await figuresOf(world, ashfield)).toEqual({ runs: 0, places: 1, trained: 1 })
  expect(await figuresOf(world, bolsover)).toEqual({ runs: 1, places: 0, trained: 0 })
})

test('only published runs, confirmed places, members and those who came are counted', async (world) => {
  const { ashfield, academy, run } = await country(world)
  await world.db.updateTable('run').set({ area_code: ashfield }).where('id', '=', run).execute()
  for (const state of ['draft', 'cancelled'] as const) {
    const other = await world.run({ academy, startsOn: '2026-10-20', state })
    await world.db.updateTable('run').set({ area_code: ashfield }).where('id', '=', other).execute()
    await place(world, other, await world.person({ area: ashfield }))
  }
  for (const state of ['waiting', 'withdrawn', 'lapsed'])
    await place(world, run, await world.person({ area: ashfield }), state)
  await came(world, run, await world.person({ area: ashfield }), 'absent')
  await came(world, run, await world.person({ area: ashfield, standing: 'closed' }))
  await countMap(world.db, world.now)
  expect(await figuresOf(world, ashfield)).toEqual({ runs: 1, places: 0, trained: 0 })
})

test('whoever lives in a ward counts for its constituency', async (world) => {
  const { ashfield, run } = await country(world)
  const ward = await world.area({ kind: 'ward', name: 'Sutton', parent: ashfield })
  await place(world, run, await world.person({ area: ward }))
  await countMap(world.db, world.now)
  expect(await figuresOf(world, ashfield)).toMatchObject({ places: 1 })
  expect((await world.stranger().get(`/areas/${ward}`)).body).toContain('<h1>Ashfield</h1>')
})

test('a member is trained once, from the first quarter in which they came, and stays so', async (world) => {
  const { ashfield, academy, run } = await country(world)
  const early = await world.run({ academy, startsOn: '2026-06-30', sessions: 1 })
  const member = await world.person({ area: ashfield })
  await came(world, early, member)
  await came(world, run, member)
  await countMap(world.db, world.now)
  expect(await figuresOf(world, ashfield, '2026-04-01')).toMatchObject({ trained: 1 })
  expect(await figuresOf(world, ashfield, '2026-07-01')).toMatchObject({ trained: 1 })
  expect(await figuresOf(world, ashfield)).toMatchObject({ trained: 1 })
})

test('counted again, the figures are replaced, and quarters that have nothing more are gone', async (world) => {
  const { ashfield, academy } = await country(world)
  const later = await world.run({ academy, startsOn: '2027-05-01' })
  await world.db.updateTable('run').set({ area_code: ashfield }).where('id', '=', later).execute()
  await countMap(world.db, world.now)
  expect(await figuresOf(world, ashfield, '2027-04-01')).toEqual({ runs: 1, places: 0, trained: 0 })
  await world.db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', later).execute()
  await countMap(world.db, world.now)
  expect(await figuresOf(world, ashfield, '2027-04-01')).toBeUndefined()
  expect(await figuresOf(world, ashfield)).toEqual({ runs: 0, places: 0, trained: 0 })
})

test('however much happens, the map is counted once, at the next five minutes', async (world) => {
  const { countSoon } = await import('./count.ts')
  const visit = await world.visit(undefined, new Date('2090-11-24T12:01:00Z'))
  for (let n = 0; n < 3; n++) await countSoon(visit)
  const { rows } = await sql`select * from test_take_jobs(${new Date('2090-11-24T12:04:59Z')})`.execute(world.db)
  expect(rows).toEqual([])
  const due = await sql<{ name: string }>`select * from test_take_jobs(${new Date('2090-11-24T12:05:00Z')})`.execute(
    world.db,
  )
  expect(due.rows.map(({ name }) => name)).toEqual(['reports.count'])
})

test('fewer than ten members trained are not told: not on the map, the table, the file, the area or to a program', async (world) => {
  const { ashfield, bolsover, run } = await country(world)
  await train(world, run, ashfield, 9)
  await train(world, run, bolsover, 10)
  await countMap(world.db, world.now)
  const trained = async (sees?: Parameters<typeof loadMap>[2]) =>
    (await loadMap(world.db, quarter, sees)).map((one) => [one.name, one.trained])
  expect(await trained()).toEqual([
    ['Ashfield', null],
    ['Bolsover', 10],
  ])
  const member = await world.person({ area: bolsover })
  for (const path of ['/map?show=trained', '/map/table', `/areas/${ashfield}`, '/map.csv'])
    expect((await member.get(path)).body, path).toContain('fewer than 10')
  const figures = JSON.parse((await member.api('GET', '/api/map')).body) as {
    constituencies: { code: string; trained: number | null }[]
  }
  expect(figures.constituencies.map((one) => one.trained)).toEqual([null, 10])
})

test('nobody trained is told no more than nine are', async (world) => {
  const { ashfield, bolsover, run } = await country(world)
  await train(world, run, ashfield, 1)
  await countMap(world.db, world.now)
  const table = (await world.stranger().get('/map/table?sort=-trained')).body
  expect(table.match(/<td class="number"[^>]*>fewer than 10<\/td>/g)).toHaveLength(2)
  // and their order does not tell them apart
  expect(table.indexOf(`/areas/${ashfield}`)).toBeLessThan(table.indexOf(`/areas/${bolsover}`))
  const up = (await world.stranger().get('/map/table?sort=trained')).body
  expect(up.indexOf(`/areas/${ashfield}`)).toBeLessThan(up.indexOf(`/areas/${bolsover}`))
})

test('staff who see reports are told every figure where their right holds, and nowhere else', async (world) => {
  const { region, ashfield, run } = await country(world)
  const wales = await world.area({ kind: 'nation', name: 'Wales' })
  const gower = await world.area({ name: 'Gower', parent: wales })
  await train(world, run, ashfield, 3)
  await train(world, run, gower, 4)
  await countMap(world.db, world.now)
  const organiser = await world.person({ area: gower, rights: [{ role: 'organiser', area: region }] })
  const seen = JSON.parse((await organiser.api('GET', '/api/map')).body) as {
    constituencies: { name: string; trained: number | null }[]
  }
  expect(Object.fromEntries(seen.constituencies.map((one) => [one.name, one.trained]))).toEqual({
    Ashfield: 3,
    Bolsover: 0,
    Gower: null,
  })
  const trainer = await world.person({ area: gower, rights: [{ role: 'trainer', area: region }] })
  expect((await trainer.get(`/areas/${ashfield}`)).body).toContain('fewer than 10')
})

test('a region does not tell what one of its constituencies may not', async (world) => {
  const { region, ashfield, bolsover, run } = await country(world)
  await train(world, run, ashfield, 4)
  await train(world, run, bolsover, 11)
  await countMap(world.db, world.now)
  const seen = (await world.stranger().get(`/areas/${region}`)).body
  expect(seen).toContain('at least 11')
  expect(seen).not.toContain('15')
})

test('of many small figures together, the whole is told to the nearest ten', async (world) => {
  const { region, ashfield, bolsover, run } = await country(world)
  for (const name of ['Corby', 'Erewash', 'Gedling', 'Mansfield']) await world.area({ name, parent: region })
  await train(world, run, ashfield, 9)
  await train(world, run, bolsover, 7)
  await countMap(world.db, world.now)
  expect((await world.stranger().get(`/areas/${region}`)).body).toContain('about 20')
})

test('an area shows who serves it, what is near and what is next to it, and leads on', async (world) => {
  const { region, ashfield, bolsover, run } = await country(world)
  await world.db.updateTable('area').set({ hex_q: 10, hex_r: 10 }).where('code', '=', ashfield).execute()
  await world.db.updateTable('area').set({ hex_q: 11, hex_r: 10 }).where('code', '=', bolsover).execute()
  const soon = await world.run({ startsOn: '2026-12-01' })
  await countMap(world.db, world.now)
  const { status, body, headers } = await world.stranger().get(`/areas/${ashfield}`)
  expect(status).toBe(200)
  expect(queriesOf(headers)).toBeLessThanOrEqual(most)
  for (const part of ['East Midlands academy', `/areas/${bolsover}`, `/areas/${region}`, `/runs/${soon}`])
    expect(body).toContain(part)
  expect(body).not.toContain(`/runs/${run}`)
  expect((await world.stranger().get(`/areas/${region}`)).body).toContain(`/areas/${bolsover}`)
  const told = JSON.parse((await world.stranger().api('GET', `/api/areas/${ashfield}`)).body) as object
  expect(told).toMatchObject({ area: { code: ashfield }, others: [{ code: bolsover }] })
})

test('an area that is not there is absent, however it is asked for', async ({ stranger }) => {
  for (const code of ['none-such', '%00', "'%3Bdrop%20table%20area", 'a'.repeat(5000), '..%2F..', '%F0%9F%98%80'])
    expect([404, 414, 400], code).toContain((await stranger().get(`/areas/${code}`)).status)
})

test('whatever an address asks that there is not, is as if it had not been asked', async (world) => {
  await country(world)
  await countMap(world.db, world.now)
  const hostile = [
    '%00',
    "' or 1=1 --",
    '2026-10-02',
    '9999-99-99',
    '<script>alert(1)</script>',
    '-1',
    '1e9',
    'constructor',
    '__proto__',
    'é'.repeat(500),
  ]
  for (const said of hostile.map((one) => (one === '%00' ? one : encodeURIComponent(one))))
    for (const path of ['/map', '/map/table', '/map.csv', '/api/map']) {
      const { status, body } = await world
        .stranger()
        .get(`${path}?show=${said}&quarter=${said}&region=${said}&sort=${said}&page=${said}`)
      expect(status, `${path} ${said}`).toBe(200)
      expect(body).not.toContain('<script>alert')
      if (path === '/map') expect(body).toContain('October to December 2026')
    }
  expect((await world.stranger().get('/map/table?page=9999')).body).toContain('There is nothing on this page')
})

test('the map is a link for each constituency, in few queries and at most 20 kB', async (world) => {
  await loadBuiltInAreas(world.db)
  const { rows: codes } = await sql<{ code: string }>`select code from area where kind = 'constituency'`.execute(
    world.db,
  )
  const academy = await world.academy()
  const run = await world.run({ academy, startsOn: '2026-10-15' })
  await countMap(world.db, world.now)
  // as various as figures can be
  await sql`update area_quarter set places = 1 + abs(hashtext(area_code)) % 60, runs = abs(hashtext(area_code)) % 5,
    trained = abs(hashtext(area_code)) % 200`.execute(world.db)
  const member = await world.person({ area: codes[0]!.code })
  await place(world, run, member)
  for (const show of ['places', 'runs', 'trained']) {
    const { body, headers } = await member.get(`/map?show=${show}`)
    expect(body.match(/<a href="\/areas\/[^"]+" class="h[0-4]"><title>/g), show).toHaveLength(650)
    expect(queriesOf(headers)).toBeLessThanOrEqual(most)
    const packed = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })
    expect(packed.byteLength, show).toBeLessThanOrEqual(20_000)
  }
  expect((await member.get('/map.csv')).body.trim().split('\n')).toHaveLength(651)
  const second = (await member.get('/map/table?page=2')).body
  expect(second).toContain('51 to 100 of 650')
})
