import { expect } from 'vitest'
import { addDays } from '#core/days'
import { hearten } from '#platform/actor'
import { perform } from '#platform/web'
import { test, type World } from '../../../../test/world.ts'
import { endRight, grantRight } from './actions.ts'

const today = '2026-11-24'

async function place(world: World) {
  const region = await world.area({ kind: 'region', name: 'East Midlands of the test' })
  const inside = await world.area({ parent: region, name: 'Ashfield of the test' })
  const outside = await world.area({ name: 'Leith of the test' })
  return { region, inside, outside }
}

const rightsOf = ({ db }: World, person: string) =>
  db.selectFrom('held_right').selectAll().where('person_id', '=', person).execute()

test('an administrator grants a role, which holds at once, is recorded and told by letter', async (world) => {
  const { inside } = await place(world)
  const administrator = await world.person({ name: 'Ruth Adeyemi', rights: [{ role: 'administrator' }] })
  const member = await world.person({ name: 'Amina Farooq', email: 'amina@example.org' })
  const done = await administrator.post('/administration/rights', {
    person: 'Amina@example.org',
    role: 'coordinator',
    reach: 'area',
    area: 'ashfield of the TEST',
    from: today,
    until: '2027-06-30',
  })
  expect(done.status).toBe(303)
  const [right] = await rightsOf(world, member.id)
  expect(right).toMatchObject({ role: 'coordinator', area_code: inside, academy_id: null, ends_on: '2027-06-30' })
  expect(right).toMatchObject({ granted_by: administrator.id, starts_on: today })
  const happened = await world.db.selectFrom('happening').selectAll().where('what', '=', 'right.granted').execute()
  expect(happened).toMatchObject([{ actor_id: administrator.id, about: { person: member.id, area: inside } }])
  const letters = await world.db.selectFrom('mail').select('body').where('address', '=', 'amina@example.org').execute()
  expect(letters[0]!.body).toContain(
    'You are now a coordinator in Ashfield of the test in Hearten, until 30 June 2027.',
  )
  expect(letters[0]!.body).toContain('This was done by Ruth Adeyemi.')
  expect((await administrator.get(done.location!)).body).toContain('Amina Farooq')
})

test('nobody grants a right to themselves, nor ends their own', async (world) => {
  const administrator = await world.person({ email: 'ruth@example.org', rights: [{ role: 'administrator' }] })
  const said = { person: 'ruth@example.org', role: 'trainer', reach: 'everywhere' }
  const granted = await administrator.post('/administration/rights', said)
  expect(granted.status).toBe(422)
  expect(granted.body).toContain('Nobody grants a right to themselves')
  const [own] = await rightsOf(world, administrator.id)
  const ended = await administrator.post(`/administration/rights/${own!.id}/ending`)
  expect(ended.status).toBe(422)
  expect((await rightsOf(world, administrator.id)).length).toBe(1)
})

test('an administrator of an area grants within it, and nowhere else', async (world) => {
  const { region, inside, outside } = await place(world)
  const academy = await world.academy({ area: inside })
  const elsewhere = await world.academy({ area: outside })
  const administrator = await world.person({ rights: [{ role: 'administrator', area: region }] })
  const member = await world.person({ email: 'amina@example.org' })
  const grant = (more: object) =>
    administrator.does(grantRight, { person: 'amina@example.org', role: 'trainer', ...more })
  await grant({ area: inside })
  await grant({ area: region })
  await grant({ academy })
  for (const more of [{ area: outside }, { academy: elsewhere }, { reach: 'everywhere' }])
    await expect(grant(more)).rejects.toThrow('only where you are an administrator')
  expect((await rightsOf(world, member.id)).length).toBe(3)
})

test('a form that leaves open where a role holds grants nothing', async (world) => {
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  const member = await world.person({ email: 'amina@example.org' })
  const said = { person: 'amina@example.org', role: 'coordinator', academy: '', area: '' }
  const refused = await administrator.post('/administration/rights', said)
  expect(refused.status).toBe(422)
  expect(refused.body).toContain('Choose where the role holds')
  expect(await rightsOf(world, member.id)).toEqual([])
})

test('an administrator of an academy grants there, but not in the areas that it serves', async (world) => {
  const { region } = await place(world)
  const academy = await world.academy({ area: region })
  const administrator = await world.person({ rights: [{ role: 'administrator', academy }] })
  await world.person({ email: 'amina@example.org' })
  const grant = (more: object) =>
    administrator.does(grantRight, { person: 'amina@example.org', role: 'trainer', ...more })
  await grant({ academy })
  await expect(grant({ area: region })).rejects.toThrow('only where you are an administrator')
})

test('a right out of reach is not there: neither in the list, nor by its address, nor to end', async (world) => {
  const { region, inside, outside } = await place(world)
  const administrator = await world.person({ rights: [{ role: 'administrator', area: region }] })
  await world.person({ name: 'Within Reach', rights: [{ role: 'trainer', area: inside }] })
  const far = await world.person({ name: 'Out Ofreach', rights: [{ role: 'trainer', area: outside }] })
  const top = await world.person({ name: 'At Thetop', rights: [{ role: 'administrator' }] })
  const list = await administrator.get('/administration/rights')
  expect(list.body).toContain('Within Reach')
  expect(list.body).not.toMatch(/Out Ofreach|At Thetop/)
  expect((await administrator.get('/administration/rights.csv')).body).not.toMatch(/Out Ofreach|At Thetop/)
  expect((await administrator.api('GET', '/api/rights')).body).not.toMatch(/Out Ofreach|At Thetop/)
  for (const person of [far, top]) {
    const [right] = await rightsOf(world, person.id)
    expect((await administrator.get(`/administration/rights/${right!.id}`)).status).toBe(404)
    expect((await administrator.post(`/administration/rights/${right!.id}/ending`)).status).toBe(404)
    expect((await administrator.api('DELETE', `/api/rights/${right!.id}`)).status).toBe(404)
    expect((await rightsOf(world, person.id)).length).toBe(1)
  }
})

test('whoever may not grant rights sees nothing of them', async (world) => {
  const coordinator = await world.person({ rights: [{ role: 'coordinator' }] })
  for (const url of ['/administration/rights', '/administration/rights/new', '/administration/rights.csv'])
    expect((await coordinator.get(url)).status).toBe(403)
  expect((await coordinator.api('POST', '/api/rights', { person: 'x', role: 'trainer' })).status).toBe(403)
})

test('an ended right is gone with the next request of an open session', async (world) => {
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  const other = await world.person({ email: 'b@example.org', rights: [{ role: 'administrator' }] })
  const browser = world.browser({ demonstration: true })
  await browser.signIn(other.id)
  expect((await browser.get('/administration/rights')).status).toBe(200)
  const [right] = await rightsOf(world, other.id)
  await administrator.does(endRight, { id: right!.id })
  expect((await browser.get('/administration/rights')).status).toBe(403)
  expect((await rightsOf(world, other.id))[0]!.ends_on).toBe(addDays(today, -1))
  await expect(administrator.does(endRight, { id: right!.id })).rejects.toThrow('has ended already')
  const letters = await world.db.selectFrom('mail').select('subject').where('address', '=', 'b@example.org').execute()
  expect(letters).toEqual([{ subject: 'You are no longer an administrator' }])
})

test('a new right is there with the next request, and shortens an open session to half a day', async (world) => {
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  const member = await world.person({ email: 'amina@example.org' })
  const browser = world.browser({ demonstration: true })
  await browser.signIn(member.id)
  expect((await browser.get('/administration/rights')).status).toBe(403)
  const { id } = await administrator.does(grantRight, {
    person: 'amina@example.org',
    role: 'administrator',
    reach: 'everywhere',
  })
  expect((await browser.get('/administration/rights')).status).toBe(200)
  const session = await world.db
    .selectFrom('sign_in_session')
    .select('expires_at')
    .where('person_id', '=', member.id)
    .executeTakeFirstOrThrow()
  expect(session.expires_at).toEqual(new Date(world.now.getTime() + 12 * 3_600_000))
  await administrator.does(endRight, { id }) // begun today: as if it had never been
  expect(await rightsOf(world, member.id)).toEqual([])
  expect((await browser.get('/administration/rights')).status).toBe(403)
})

test('what cannot be granted is said, field by field, with nothing typed lost', async (world) => {
  await place(world)
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  await world.person({ email: 'amina@example.org' })
  await world.person({ email: 'gone@example.org', standing: 'closed' })
  const good = {
    person: 'amina@example.org',
    role: 'trainer',
    reach: 'area',
    area: 'Ashfield of the test',
    from: today,
  }
  const tried = async (more: Record<string, string>) =>
    administrator.post('/administration/rights', { ...good, ...more })
  for (const [more, why] of [
    [{ person: 'nobody@example.org' }, 'Nobody is known by'],
    [{ person: 'gone@example.org' }, 'membership of this person is closed'],
    [{ role: 'king' }, 'Choose a role'],
    [{ reach: 'academy' }, 'Choose the academy'],
    [{ area: 'Ashfeld of the test' }, 'Did you mean Ashfield of the test'],
    [{ area: '' }, 'Enter the area'],
    [{ from: '2026-11-23' }, 'Choose today or a later day'],
    [{ until: '2026-11-23' }, 'Choose a day after the role begins'],
    [{ until: '2027-02-30' }, 'Enter a date that exists'],
    [{ person: '\u0000' }, 'Enter a membership number'],
  ] as const) {
    const answer = await tried(more)
    expect(answer.status, why).toBe(422)
    expect(answer.body, why).toContain(why)
    if (!('area' in more)) expect(answer.body).toContain('value="Ashfield of the test"')
  }
})

test('two areas of one name are told apart by their codes', async (world) => {
  const code = await world.area({ name: 'Newport of the test' })
  await world.area({ name: 'Newport of the test' })
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  await world.person({ email: 'amina@example.org' })
  const said = { person: 'amina@example.org', role: 'trainer' }
  await expect(administrator.does(grantRight, { ...said, area: 'Newport of the test' })).rejects.toThrow('Enter a code')
  await administrator.does(grantRight, { ...said, area: code })
})

test('a role is held once at one place and time', async (world) => {
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  await world.person({ email: 'amina@example.org' })
  const said = { person: 'amina@example.org', role: 'trainer', reach: 'everywhere' }
  await administrator.does(grantRight, { ...said, until: '2026-12-31' })
  await expect(administrator.does(grantRight, { ...said, from: '2026-12-31' })).rejects.toThrow('already at that time')
  await administrator.does(grantRight, { ...said, from: '2027-01-01' })
})

test('the first administrator comes about from the machine itself', async (world) => {
  const person = await world.person({ email: 'ruth@example.org' })
  const visit = await world.visit()
  expect(visit.actor).toBe(hearten)
  await perform(grantRight, visit, { person: 'ruth@example.org', role: 'administrator', reach: 'everywhere' })
  expect(await rightsOf(world, person.id)).toMatchObject([{ role: 'administrator', granted_by: null, area_code: null }])
})

test('the list is searched, sorted, paged and taken away as a table', async (world) => {
  const { inside } = await place(world)
  const administrator = await world.person({ name: 'Zoe Zed', rights: [{ role: 'administrator' }] })
  for (let n = 0; n < 30; n++)
    await world.person({ name: `Trainer ${String(n).padStart(2, '0')}`, rights: [{ role: 'trainer', area: inside }] })
  await world.person({ name: '=Formula', rights: [{ role: 'partner', ends: '2026-01-01' }] })
  const seen = async (query: string) => (await administrator.get(`/administration/rights?${query}`)).body
  expect(await seen('role=trainer&place=ashfield+of&sort=-name')).toMatch(/Trainer 29[^]*Trainer 28/)
  expect(await seen('role=trainer&place=ashfield+of&sort=name&page=2')).toContain('26 to 30 of 30')
  expect(await seen('name=trainer+07')).toContain('Trainer 07')
  expect(await seen('name=%25')).toContain('Nobody holds such a role')
  expect(await seen('role=partner')).not.toContain('=Formula')
  expect(await seen('role=partner&when=ended')).toContain('=Formula')
  for (const query of ['sort=person_id', 'page=-1', 'page=x', 'name=%00', "name='%3B--", 'when=x&role=x'])
    expect((await administrator.get(`/administration/rights?${query}`)).status, query).toBe(200)
  const { body } = await administrator.get('/administration/rights.csv?when=ended&role=partner')
  expect(body).toContain("'=Formula")
})
