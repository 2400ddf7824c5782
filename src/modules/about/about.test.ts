import { Validator } from '@seriousme/openapi-schema-validator'
import { expect } from 'vitest'
import { hearten } from '#platform/actor'
import { record, sealRecord } from '#platform/record'
import { test } from '../../../test/world.ts'
import { sayWhat } from './record/page.tsx'

const queriesOf = (headers: Record<string, unknown>): number =>
  Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])
// in the product a visit also asks whether this is the demonstration
const most = 8 - 1

test('anyone can read about the data, privacy, accessibility, places and the API', async (world) => {
  for (const path of ['/about/data', '/privacy', '/accessibility', '/about/places', '/about/api']) {
    const { status, body, headers } = await world.stranger().get(path)
    expect([path, status]).toEqual([path, 200])
    expect(body.match(/<h1>/g)).toHaveLength(1)
    expect(body).not.toContain('undefined')
    expect(queriesOf(headers)).toBeLessThanOrEqual(most)
  }
})

test('each kind of data stands on the privacy page with its purpose, basis, condition and how long it is kept', async (world) => {
  await world.db
    .insertInto('data_kind')
    .values({
      table_name: 'made_up',
      label: 'Made-up answers',
      purpose: 'to try this page',
      basis: 'consent',
      special: 'explicit consent',
      kept_for: 'for a day',
    })
    .execute()
  const { body } = await world.stranger().get('/privacy')
  for (const words of [
    'Made-up answers',
    'to try this page',
    'consent',
    'Specially protected: explicit consent',
    'for a day',
  ])
    expect(body).toContain(words)
  expect(body).toContain('ico.org.uk/make-a-complaint')
  expect(JSON.parse((await world.stranger().api('GET', '/api/data-kinds')).body)).toContainEqual(
    expect.objectContaining({ table_name: 'made_up' }),
  )
})

test('the API describes itself: valid OpenAPI 3.1, with every door of the product, and the same as a page', async (world) => {
  const answer = await world.stranger().get('/api/openapi.json')
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  const document = JSON.parse(answer.body) as {
    openapi: string
    paths: Record<string, Record<string, { summary: string }>>
  }
  expect(document.openapi).toBe('3.1.0')
  expect(await new Validator().validate(document)).toMatchObject({ valid: true })
  expect(document.paths['/api/me']!['get']!.summary).toContain('next step')
  const { body } = await world.stranger().get('/about/api')
  expect(body).toContain('GET /api/me')
  expect(body).toContain('id="me"')
  expect((await world.stranger().get('/api/openapi.json')).body).toBe(answer.body)
})

test('the record is for those who may read it', async (world) => {
  expect((await world.stranger().get('/administration/record')).location).toBe(
    '/sign-in?next=%2Fadministration%2Frecord',
  )
  for (const role of ['trainer', 'coordinator', 'organiser', 'partner'] as const)
    expect((await (await world.person({ rights: [{ role }] })).get('/administration/record')).status).toBe(403)
  for (const role of ['administrator', 'data protection officer'] as const)
    expect((await (await world.person({ rights: [{ role }] })).get('/administration/record')).status).toBe(200)
})

test('the record says who did what about whom, and whether it is sealed', async (world) => {
  const reader = await world.person({ rights: [{ role: 'administrator' }] })
  const [doer, subject] = [await world.person({ name: 'Dora Doer' }), await world.person({ name: 'Sam Subject' })]
  const visit = await world.visit(doer.id)
  await record(world.db, visit.actor, 'place.offer-declined', {
    person: subject.id,
    run: '01934f6e-7c1a-7000-8000-000000000001',
    note: '<script>alert(1)</script>',
  })
  await sealRecord(world.db)
  await record(world.db, hearten, 'roll.read', { lines: 12 })
  const { body, headers } = await reader.get('/administration/record')
  expect(body).toContain('Dora Doer')
  expect(body).toContain('Sam Subject')
  expect(body).toContain('Place: offer declined')
  expect(body).toContain('href="/runs/01934f6e-7c1a-7000-8000-000000000001"')
  expect(body).not.toContain('<script>')
  expect(body.indexOf('Roll: read')).toBeLessThan(body.indexOf('Place: offer declined</a>'))
  expect(body.match(/Not yet/g)).toHaveLength(1)
  expect(queriesOf(headers)).toBeLessThanOrEqual(most)
})

test('the record is narrowed by what, by person and by day', async (world) => {
  const reader = await world.person({ rights: [{ role: 'administrator' }] })
  const [doer, subject] = [
    await world.person({ name: 'Dora Doer', email: 'dora@example.org' }),
    await world.person({ name: 'Sam Subject' }),
  ]
  const visit = await world.visit(doer.id)
  await record(world.db, visit.actor, 'zebra.fed', { person: subject.id })
  await record(world.db, hearten, 'zebra.slept', {})
  const shown = async (query: string) => {
    const { body } = await reader.api('GET', `/api/record?${query}`)
    return (JSON.parse(body) as { entries: { what: string }[] }).entries
      .map(({ what }) => what)
      .filter((what) => what.startsWith('zebra'))
  }
  expect(await shown('what=zebra.fed')).toEqual(['zebra.fed'])
  expect(await shown('person=Dora@example.org')).toEqual(['zebra.fed'])
  expect(await shown(`person=${subject.id}`)).toEqual(['zebra.fed'])
  const { at } = await world.db
    .selectFrom('happening')
    .select('at')
    .where('what', '=', 'zebra.fed')
    .executeTakeFirstOrThrow()
  const { dayOf, addDays } = await import('#core/days')
  expect(await shown(`day=${dayOf(at)}`)).toEqual(['zebra.slept', 'zebra.fed'])
  expect(await shown(`day=${addDays(dayOf(at), -1)}`)).toEqual([])
})

test('a page of the record leads to the earlier one, and nothing is shown twice or left out', async (world) => {
  const reader = await world.person({ rights: [{ role: 'administrator' }] })
  for (let n = 0; n < 120; n++) await record(world.db, hearten, 'zebra.counted', { n })
  const seen: number[] = []
  let path: string | undefined = '/api/record?what=zebra.counted'
  while (path) {
    const { entries, older } = JSON.parse((await reader.api('GET', path)).body) as {
      entries: { about: { n: number } }[]
      older?: string
    }
    seen.push(...entries.map(({ about }) => about.n))
    path = older
  }
  expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => 119 - n))
})

test('reading what one person did leaves an entry, once a day; taking the file leaves another', async (world) => {
  const reader = await world.person({ rights: [{ role: 'data protection officer' }] })
  const read = await world.person()
  const noted = (what: string) =>
    world.db
      .selectFrom('happening')
      .select('about')
      .where('what', '=', what)
      .where('actor_id', '=', reader.id)
      .execute()
  await reader.get('/administration/record')
  expect(await noted('record.read')).toEqual([])
  const { headers } = await reader.get(`/administration/record?person=${read.id}`)
  expect(queriesOf(headers)).toBeLessThanOrEqual(most)
  expect(await noted('record.read')).toEqual([{ about: { person: read.id } }])
  const file = await reader.get(`/administration/record.csv?person=${read.id}`)
  expect(file.status).toBe(200)
  expect(file.headers['content-disposition']).toBe('attachment; filename="record.csv"')
  expect(await noted('record.downloaded')).toEqual([{ about: { entries: 1, person: read.id } }])
})

test('whoever reads the record for one area sees neither who did nor what was done elsewhere', async (world) => {
  const [here, there] = [
    await world.area({ kind: 'region', name: 'Here' }),
    await world.area({ kind: 'region', name: 'There' }),
  ]
  const reader = await world.person({ rights: [{ role: 'data protection officer', area: here }] })
  const [near, far] = [
    await world.person({ area: await world.area({ parent: here }) }),
    await world.person({ area: await world.area({ parent: there }) }),
  ]
  await record(world.db, (await world.visit(near.id)).actor, 'zebra.near', {})
  await record(world.db, (await world.visit(far.id)).actor, 'zebra.far', {})
  await record(world.db, (await world.visit(far.id)).actor, 'zebra.both', { person: near.id })
  const { entries } = JSON.parse((await reader.api('GET', '/api/record')).body) as { entries: { what: string }[] }
  expect(entries.map(({ what }) => what)).toEqual(['zebra.both', 'zebra.near'])
  const { body } = await reader.get(`/administration/record?person=${far.id}`)
  expect(body).toContain('Nobody is known by this')
})

test('what is asked of the record in a hostile way finds nothing and breaks nothing', async (world) => {
  const reader = await world.person({ rights: [{ role: 'administrator' }] })
  await record(world.db, hearten, 'zebra.odd', { person: 'not an id' })
  for (const query of [
    'what=%00',
    'person=%00',
    'day=2026-02-31',
    'day=x',
    'before=x',
    'before=-1',
    'before=1e400',
    'before=99999999999999999999',
    `person=${'x'.repeat(3000)}`,
    "what='%3Bdrop",
  ])
    expect([query, (await reader.get(`/administration/record?${query}`)).status]).toEqual([query, 200])
  expect((await reader.get('/administration/record.csv?person=nobody')).status).toBe(404)
})

test('a happening is said in words', async () => {
  expect(sayWhat('place.offer-declined')).toBe('Place: offer declined')
  expect(sayWhat('sign-in')).toBe('Sign in')
})
