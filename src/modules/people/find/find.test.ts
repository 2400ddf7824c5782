import { expect } from 'vitest'
import { test, type World } from '../../../../test/world.ts'

const queriesOf = (headers: Record<string, unknown>): number =>
  Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])
const most = 8 - 1

async function country(world: World) {
  const region = await world.area({ kind: 'region', name: 'North Country' })
  const [here, there] = [
    await world.area({ name: 'Upper Ash', parent: region }),
    await world.area({ name: 'Far Moor' }),
  ]
  const officer = await world.person({ name: 'Desmond Alleyne', rights: [{ role: 'data protection officer' }] })
  const local = await world.person({ name: 'Carys Vaughan', rights: [{ role: 'coordinator', area: region }] })
  const wanted = await world.person({ name: 'Siobhán O’Rourke-Farooq', area: here, email: 'siobhan@example.org' })
  const far = await world.person({ name: 'Tobias Farooq', area: there })
  return { region, here, there, officer, local, wanted, far }
}

const found = async (who: { get: (url: string) => Promise<{ body: string }> }, query: string): Promise<string[]> =>
  [...(await who.get(`/administration/people?${query}`)).body.matchAll(/people\/[0-9a-f-]{36}">([^<]+)</g)].map(
    ([, name]) => name!,
  )

test('someone is found by a name with typing errors, by number and by email address', async (world) => {
  const { officer, wanted } = await country(world)
  const { membership_number: number } = await world.db
    .selectFrom('person')
    .select('membership_number')
    .where('id', '=', wanted.id)
    .executeTakeFirstOrThrow()
  for (const q of [
    'siobhan orourke',
    'Sioban Farook',
    'O’Rourke',
    number!,

    'SIOBHAN@example.org',
  ])
    expect(await found(officer, `q=${encodeURIComponent(q)}`), q).toContain('Siobhán O’Rourke-Farooq')
  expect(await found(officer, 'q=sioban+farook')).not.toContain('Tobias Farooq')
  const page = await officer.get('/administration/people?q=farooq')
  expect(page.body).not.toContain('siobhan@example.org')
  expect(queriesOf(page.headers)).toBeLessThanOrEqual(most)
})

test('people are narrowed to an area and all below it, and nobody is listed unasked', async (world) => {
  const { officer } = await country(world)
  expect(await found(officer, '')).toEqual([])
  expect(await found(officer, 'q=farooq&area=north+country')).toEqual(['Siobhán O’Rourke-Farooq'])
  expect(await found(officer, 'area=Far+Moor')).toEqual(['Tobias Farooq'])
  expect((await officer.get('/administration/people?area=nowhereland')).body).toContain('There is no such area')
})

test('who has a right in an area finds those who live there, and the others are absent', async (world) => {
  const { local, wanted, far } = await country(world)
  expect(await found(local, 'q=farooq')).toEqual(['Siobhán O’Rourke-Farooq'])
  expect((await local.get(`/administration/people/${wanted.id}`)).status).toBe(200)
  for (const path of ['', '/erasure'])
    expect((await local.get(`/administration/people/${far.id}${path}`)).status).not.toBe(200)
  expect((await local.get(`/administration/people/${far.id}`)).status).toBe(404)
  expect((await local.api('GET', `/api/people/${far.id}`)).status).toBe(404)
  expect(JSON.parse((await local.api('GET', '/api/people?q=farooq')).body)).toMatchObject({ total: 1 })
  const member = await world.person()
  expect((await member.get('/administration/people?q=farooq')).status).toBe(403)
  expect((await member.get(`/administration/people/${wanted.id}`)).status).toBe(403)
})

test('whose page was read sees it, by whom and when, once a day', async (world) => {
  const { officer, wanted } = await country(world)
  const page = await officer.get(`/administration/people/${wanted.id}`)
  expect(page.body).toContain('They can see that you read this page')
  expect(page.body).not.toContain('siobhan@example.org')
  expect(queriesOf(page.headers)).toBeLessThanOrEqual(most)
  await officer.get(`/administration/people/${wanted.id}`)
  const seen = (await wanted.get('/me/data')).body
  expect(seen.match(/Looked at your page/g)).toHaveLength(1)
  expect(seen).toContain('Desmond Alleyne')
})

test('the list is sorted and paged by its address, and its file is safe to open in a spreadsheet', async (world) => {
  const { officer, there } = await country(world)
  for (let n = 0; n < 30; n++)
    await world.person({ name: `Quillon ${String.fromCharCode(65 + (n % 26))}x${n}`, area: there })
  await world.person({ name: '=HYPERLINK("http://evil.example")Quillon', area: there })
  const first = await found(officer, 'q=quillon&sort=name')
  const second = await found(officer, 'q=quillon&sort=name&page=2')
  expect([first.length, second.length]).toEqual([25, 6])
  expect((await found(officer, 'q=quillon&sort=-name'))[0]).not.toBe(first[0])
  const file = await officer.get('/administration/people.csv?q=quillon&sort=name')
  expect(file.body.split('\n').length).toBeGreaterThan(31)
  expect(file.body).toContain("'=HYPERLINK")
  expect((await officer.get('/administration/people.csv')).status).toBe(404)
  const noted = await world.db.selectFrom('happening').select('about').where('what', '=', 'people.downloaded').execute()
  expect(noted).toEqual([{ about: { people: 31 } }])
})

test('whatever is typed finds someone or nobody, and never breaks', async (world) => {
  const { officer } = await country(world)
  for (const q of [
    '%',
    '_',
    "'; drop table person; --",
    '\u0000',
    'x'.repeat(5000),
    '🙂',
    '((',
    '-',
    'a',
    '\\',
    '1e999',
    '@',
    ',',
  ])
    for (const more of ['', '&sort=; drop', '&page=-1', '&page=99999999', `&area=${encodeURIComponent(q)}`]) {
      const { status } = await officer.get(`/administration/people?q=${encodeURIComponent(q)}${more}`)
      expect([q.slice(0, 20), more.slice(0, 20), status]).toEqual([q.slice(0, 20), more.slice(0, 20), 200])
    }
  for (const id of ['x', '1', '%00', '00000000-0000-4000-8000-000000000000', "'"])
    expect((await officer.get(`/administration/people/${id}`)).status, id).toBe(404)
})

test('a data protection officer erases someone from their page after ticking the box, and then they are not there', async (world) => {
  const { officer, wanted } = await country(world)
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  expect((await administrator.get(`/administration/people/${wanted.id}`)).body).not.toContain('/erasure')
  expect((await officer.get(`/administration/people/${wanted.id}`)).body).toContain('/erasure')
  const path = `/administration/people/${wanted.id}/erasure`
  expect((await officer.get(path)).body).toContain('What stays, and why')
  expect((await officer.post(path)).status).toBe(422)
  expect(await officer.post(path, { sure: 'yes' })).toMatchObject({ status: 303, location: '/administration/people' })
  expect((await officer.post(path, { sure: 'yes' })).status).toBe(404)
  expect((await officer.get(`/administration/people/${wanted.id}`)).status).toBe(404)
  expect(await found(officer, 'q=erased')).toEqual([])
})
