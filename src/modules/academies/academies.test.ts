import { expect } from 'vitest'
import { test, type World } from '../../../test/world.ts'
import { closeVenue, addVenue, changeRoom } from './editing/venue-actions.ts'
import { leaveArea, openAcademy, serveArea } from './editing/academy-actions.ts'
import { academiesWithin, venuesOf } from './index.ts'

const slugOf = async ({ db }: World, id: string): Promise<string> =>
  (await db.selectFrom('academy').select('slug').where('id', '=', id).executeTakeFirstOrThrow()).slug

const coordinatorAt = (world: World, academy: string) =>
  world.person({ name: 'Ruth Osei', rights: [{ role: 'coordinator', academy }] })

test('anyone can find an academy, and who serves a place', async (world) => {
  const region = await world.area({ kind: 'region', name: 'East Midlands' })
  const inside = await world.area({ name: 'Ashfield', parent: region })
  const outside = await world.area({ name: 'Bootle' })
  await world.academy({ area: region, name: 'East Midlands academy' })
  await world.academy({ area: outside, name: 'Mersey academy' })
  const { body } = await world.stranger().get('/academies')
  expect(body).toContain('East Midlands academy')
  expect(body).toContain('Mersey academy')
  const served = await world.stranger().get(`/academies?near=${inside}`)
  expect(served.body).toContain('Academies that serve Ashfield')
  expect(served.body).not.toContain('Mersey academy')
  expect((await world.stranger().get('/academies?near=Narnia')).body).toContain('We do not know this place')
  expect((await world.stranger().api('GET', '/api/academies')).status).toBe(200)
})

test('an academy’s page says who works there, where it meets, and what is on', async (world) => {
  const academy = await world.academy()
  const slug = await slugOf(world, academy)
  await coordinatorAt(world, academy)
  await world.person({ name: 'Elsewhere Ellis', rights: [{ role: 'coordinator' }] })
  await world.person({ name: 'Former Fred', rights: [{ role: 'trainer', academy, ends: '2026-01-01' }] })
  await world.run({ academy, online: false })
  const { body } = await world.stranger().get(`/academies/${slug}`)
  expect(body).toContain('Ruth Osei')
  expect(body).not.toContain('Elsewhere Ellis')
  expect(body).not.toContain('Former Fred')
  expect(body).toContain('Sutton Community Academy')
  expect(body).toContain('Step-free')
  expect(body).toContain('Listening on the doorstep')
  expect(body).not.toContain('Change this academy')
  expect(body).not.toContain('calendar')
  const api = await world.stranger().api('GET', `/api/academies/${slug}`)
  expect(api.body).not.toContain('key-')
  const csv = await world.stranger().get(`/academies/${slug}/venues.csv`)
  expect(csv.body).toContain('Sutton Community Academy')
  expect((await world.stranger().get('/academies/venues.csv')).body).toContain('Hall (30)')
})

test('a coordinator changes their own academy, and another’s is absent', async (world) => {
  const [own, other] = [await world.academy(), await world.academy({ name: 'Another academy' })]
  const ruth = await coordinatorAt(world, own)
  const [slug, theirs] = [await slugOf(world, own), await slugOf(world, other)]
  const sent = { name: 'Midlands academy', summary: 'By the station.', email: '', phone: '0115' }
  expect((await ruth.post(`/academies/${slug}/edit`, sent)).location).toBe(`/academies/${slug}`)
  expect((await ruth.get(`/academies/${slug}`)).body).toContain('By the station.')
  const bad = await ruth.post(`/academies/${slug}/edit`, { ...sent, name: '', email: 'nowhere' })
  expect(bad.status).toBe(422)
  expect(bad.body).toContain('Enter a name')
  for (const path of ['edit', 'areas', 'venues/new']) {
    expect((await ruth.get(`/academies/${theirs}/${path}`)).status).toBe(404)
    expect((await world.stranger().get(`/academies/${slug}/${path}`)).status).toBe(303)
  }
  expect((await ruth.post(`/academies/${theirs}/edit`, sent)).status).toBe(404)
  expect((await ruth.api('PUT', `/api/academies/${theirs}`, sent)).status).toBe(404)
  const { actor } = await world.visit(ruth.id)
  expect((await academiesWithin(world.db, actor, 'runs.schedule')).map(({ id }) => id)).toEqual([own])
})

test('nobody widens their own reach by the areas an academy serves', async (world) => {
  const nation = await world.area({ kind: 'nation', name: 'England' })
  const region = await world.area({ kind: 'region', name: 'East Midlands', parent: nation })
  const inside = await world.area({ name: 'Ashfield', parent: region })
  const outside = await world.area({ name: 'Bootle', parent: nation })
  const academy = await world.academy({ area: region })
  const slug = await slugOf(world, academy)
  const ruth = await coordinatorAt(world, academy)
  await ruth.does(serveArea, { slug, area: inside })
  for (const area of [outside, nation])
    await expect(ruth.does(serveArea, { slug, area })).rejects.toThrow('outside the areas that you look after')
  const chief = await world.person({ rights: [{ role: 'administrator' }] })
  await chief.does(serveArea, { slug, area: 'Bootle' })
  await chief.does(serveArea, { slug, area: outside })
  expect((await ruth.post(`/academies/${slug}/areas/${outside}/removal`)).location).toBe(`/academies/${slug}/areas`)
  await ruth.does(leaveArea, { slug, area: region })
  await expect(ruth.does(leaveArea, { slug, area: inside })).rejects.toThrow('at least one area')
  await expect(ruth.does(leaveArea, { slug, area: 'nowhere' })).rejects.toThrow()
})

test('an academy is opened by whoever looks after its area', async (world) => {
  const region = await world.area({ kind: 'region', name: 'East Midlands' })
  const inside = await world.area({ name: 'Hucknall', parent: region })
  const academy = await world.academy({ area: region })
  const ruth = await coordinatorAt(world, academy)
  await expect(ruth.does(openAcademy, { name: 'New one', area: inside })).rejects.toThrow('only in the areas')
  const inRegion = await world.person({ rights: [{ role: 'coordinator', area: region }] })
  expect(await inRegion.does(openAcademy, { name: 'Ashfield’s academy', area: 'Hucknall' })).toEqual({
    slug: 'ashfields-academy',
  })
  const chief = await world.person({ rights: [{ role: 'administrator' }] })
  const sent = await chief.post('/academies/new', { name: 'Ashfield’s academy', area: inside })
  expect(sent.body).toContain('already an academy of this name')
  await expect(chief.does(openAcademy, { name: 'Venues', area: inside })).rejects.toThrow('some words')
})

const venueSaid = {
  name: 'Kirkby Library',
  address: 'Ashfield Precinct',
  postcode: 'ng17 7bq',
  stepFree: 'yes',
  lat: '',
  lon: '',
}

test('a venue’s area comes from its postcode, or else from its constituency', async (world) => {
  const area = await world.area({ name: 'Hucknall' })
  await world.db.insertInto('postcode').values({ postcode: 'NG177BQ', area_code: area }).execute()
  const academy = await world.academy()
  const slug = await slugOf(world, academy)
  const ruth = await coordinatorAt(world, academy)
  const sent = await ruth.post(`/academies/${slug}/venues/new`, venueSaid)
  expect(sent.location).toMatch(/\/rooms$/)
  const [venue] = await venuesOf(world.db, [academy])
  expect(venue).toMatchObject({ postcode: 'NG17 7BQ', areaCode: area, stepFree: true, parking: false, rooms: [] })
  const unknown = { ...venueSaid, slug, postcode: 'LS1 1AA' }
  await expect(ruth.does(addVenue, unknown)).rejects.toThrow('Enter the constituency')
  await ruth.does(addVenue, { ...unknown, area: 'Hucknall', lat: 53.1, lon: -1.2 })
  await expect(ruth.does(addVenue, { ...unknown, area: 'Hucknal' })).rejects.toThrow(
    'Did you mean one of these: Hucknall',
  )
  await expect(ruth.does(addVenue, { ...unknown, postcode: 'LS1' })).rejects.toThrow('whole postcode')
  await expect(ruth.does(addVenue, { ...venueSaid, slug, lat: '53.1' })).rejects.toThrow('Enter both')
  await expect(ruth.does(addVenue, { ...venueSaid, slug, lat: '99', lon: '0' })).rejects.toThrow('latitude')
})

test('a venue with runs ahead cannot be closed, and is told which', async (world) => {
  const academy = await world.academy()
  const slug = await slugOf(world, academy)
  const ruth = await coordinatorAt(world, academy)
  const run = await world.run({ academy, online: false, startsOn: '2027-01-14' })
  const [venue] = await venuesOf(world.db, [academy])
  const at = `/academies/${slug}/venues/${venue!.id}`
  const refused = await ruth.post(`${at}/closing`)
  expect(refused.status).toBe(422)
  expect(refused.body).toContain('Listening on the doorstep (14 January 2027)')
  expect((await ruth.post(`/academies/${slug}/closing`)).body).toContain('cannot be closed while it has runs ahead')
  await world.db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', run).execute()
  expect((await ruth.post(`${at}/closing`)).location).toBe(`/academies/${slug}`)
  expect(await venuesOf(world.db, [academy])).toEqual([])
  await expect(ruth.does(closeVenue, { id: venue!.id })).rejects.toThrow()
  expect((await ruth.get(`${at}/edit`)).status).toBe(404)
  expect((await ruth.post(`/academies/${slug}/closing`)).status).toBe(303)
  expect((await world.stranger().get('/academies')).body).not.toContain('East Midlands academy')
})

test('rooms are added, changed and closed, and never become smaller than a run ahead in them', async (world) => {
  const academy = await world.academy()
  const slug = await slugOf(world, academy)
  const ruth = await coordinatorAt(world, academy)
  await world.run({ academy, online: false, capacity: 20 })
  const [venue] = await venuesOf(world.db, [academy])
  const hall = venue!.rooms[0]!
  const at = `/academies/${slug}`
  expect((await ruth.post(`${at}/venues/${venue!.id}/rooms`, { name: 'Snug', capacity: '6' })).status).toBe(303)
  const small = await ruth.post(`${at}/rooms/${hall.id}/edit`, { name: 'Hall', capacity: '19' })
  expect(small.status).toBe(422)
  expect(small.body).toContain('more places than that')
  await ruth.does(changeRoom, { id: hall.id, name: 'Great hall', capacity: 20 })
  expect((await ruth.post(`${at}/rooms/${hall.id}/closing`)).status).toBe(422)
  const snug = (await venuesOf(world.db, [academy]))[0]!.rooms.find(({ name }) => name === 'Snug')!
  expect((await ruth.post(`${at}/rooms/${snug.id}/closing`)).status).toBe(303)
  expect((await venuesOf(world.db, [academy]))[0]!.rooms.map(({ name }) => name)).toEqual(['Great hall'])
  const stray = await coordinatorAt(world, await world.academy())
  await expect(stray.does(changeRoom, { id: hall.id, name: 'Mine', capacity: 99 })).rejects.toThrow()
  await expect(stray.does(closeVenue, { id: venue!.id })).rejects.toThrow()
})

test('every change of an academy is in the record', async (world) => {
  const academy = await world.academy()
  const slug = await slugOf(world, academy)
  const area = await world.area({ name: 'Ashfield' })
  const chief = await world.person({ rights: [{ role: 'administrator' }] })
  await chief.does(serveArea, { slug, area })
  await chief.does(serveArea, { slug, area })
  await chief.does(addVenue, { ...venueSaid, slug, area })
  const rows = await world.db
    .selectFrom('happening')
    .select('what')
    .where('actor_id', '=', chief.id)
    .orderBy('id')
    .execute()
  expect(rows.map(({ what }) => what)).toEqual(['academy.area-added', 'venue.added'])
})

test('no page of an academy makes more than eight queries, and odd addresses find nothing', async (world) => {
  const academy = await world.academy()
  const slug = await slugOf(world, academy)
  const ruth = await coordinatorAt(world, academy)
  await world.run({ academy, online: false })
  const [venue] = await venuesOf(world.db, [academy])
  const at = `/academies/${slug}`
  const pages = [
    '/academies?near=Basset',
    at,
    `${at}/edit`,
    `${at}/areas`,
    `${at}/venues/${venue!.id}/edit`,
    `${at}/rooms/${venue!.rooms[0]!.id}/edit`,
  ]
  for (const path of pages) {
    const { headers, status } = await ruth.get(path)
    expect(status, path).toBe(200)
    expect(Number(/desc="(\d+)"/.exec(String(headers['server-timing']))?.[1]), path).toBeLessThanOrEqual(8)
  }
  for (const path of [`${at}/venues/x/edit`, `${at}/rooms/%00/edit`, '/academies/none-such', '/academies/%00'])
    expect((await ruth.get(path)).status, path).toBe(404)
})
