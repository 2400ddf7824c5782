import { expect } from 'vitest'
import { test } from '../../../test/world.ts'
import { addPartner, changePartner, removePartner } from './actions.ts'

const said = {
  name: 'Northern College',
  kind: 'adult education',
  summary: 'Residential.',
  website: 'https://www.example.ac.uk',
}

test('an administrator adds a partner, and anyone reads of it, on its own page and the academy’s', async (world) => {
  const academy = await world.academy()
  const chief = await world.person({ rights: [{ role: 'administrator' }] })
  const sent = await chief.post('/partners/new', { ...said, academies: [academy] })
  expect(sent.location).toBe('/partners/northern-college')
  const { body } = await world.stranger().get('/partners/northern-college')
  expect(body).toContain('East Midlands academy')
  expect(body).toContain('href="https://www.example.ac.uk"')
  expect(body).not.toContain('Change this partner')
  expect((await world.stranger().get('/partners')).body).toContain('Adult education')
  const { slug } = await world.db
    .selectFrom('academy')
    .select('slug')
    .where('id', '=', academy)
    .executeTakeFirstOrThrow()
  expect((await world.stranger().get(`/academies/${slug}`)).body).toContain('/partners/northern-college')
  expect((await world.stranger().api('GET', '/api/partners/northern-college')).body).toContain('Northern College')
})

test('changing a partner changes with which academies it works; removing it is in the record', async (world) => {
  const [one, other] = [await world.academy(), await world.academy({ name: 'Another academy' })]
  const chief = await world.person({ rights: [{ role: 'administrator' }] })
  await chief.does(addPartner, { ...said, academies: [one] })
  await chief.does(changePartner, { ...said, slug: 'northern-college', academies: [other] })
  const { body } = await world.stranger().get('/partners/northern-college')
  expect(body).toContain('Another academy')
  expect(body).not.toContain('East Midlands academy')
  expect((await chief.post('/partners/northern-college/removal')).location).toBe('/partners')
  await expect(chief.does(removePartner, { slug: 'northern-college' })).rejects.toThrow()
  const rows = await world.db
    .selectFrom('happening')
    .select('what')
    .where('actor_id', '=', chief.id)
    .orderBy('id')
    .execute()
  expect(rows.map(({ what }) => what)).toEqual(['partner.added', 'partner.changed', 'partner.removed'])
})

test('a coordinator of one academy keeps no partners', async (world) => {
  const academy = await world.academy()
  const ruth = await world.person({ rights: [{ role: 'coordinator', academy }] })
  for (const path of ['/partners/new', '/partners/none-such/edit']) expect((await ruth.get(path)).status).toBe(403)
  expect((await ruth.post('/partners/new', said)).status).toBe(403)
  expect((await ruth.api('POST', '/api/partners', said)).status).toBe(403)
})

test('what is wrong with a partner is said at its field', async (world) => {
  const chief = await world.person({ rights: [{ role: 'administrator' }] })
  const wrong = async (change: Record<string, string>) =>
    (await chief.post('/partners/new', { ...said, ...change })).body
  for (const website of [
    'javascript:alert(1)',
    'www.example.org',
    'https://user@example.org',
    '//example.org',
    'https://a b',
  ])
    expect(await wrong({ website }), website).toContain('Enter a web address')
  expect(await wrong({ kind: 'guild' })).toContain('Choose what kind')
  expect(await wrong({ area: 'Narnia' })).toContain('We do not know this area')
  expect(await wrong({ academies: crypto.randomUUID() })).toContain('Choose academies from the list')
  expect(await wrong({ name: '?!' })).toContain('some words')
  await chief.does(addPartner, said)
  expect(await wrong({})).toContain('already a partner of this name')
  expect((await world.stranger().get('/partners/%00')).status).toBe(404)
})
