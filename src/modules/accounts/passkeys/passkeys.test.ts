import { expect } from 'vitest'
import { type Browser, test, type World } from '../../../../test/world.ts'
import { type Device, make, sign } from '../../../../test/passkey-device.ts'

const later = (date: Date, minutes: number): Date => new Date(date.getTime() + minutes * 60_000)

async function challenge(browser: Browser, url: string): Promise<string> {
  const answer = await browser.api('POST', url, {})
  expect(answer.status).toBe(200)
  return (JSON.parse(answer.body) as { challenge: string }).challenge
}

const toAdd = (browser: Browser) => challenge(browser, '/api/account/passkeys/challenge')
const toSignIn = (browser: Browser) => challenge(browser, '/api/sign-in/passkey/challenge')

async function withPasskey(world: World, wanted: Parameters<World['person']>[0] = {}) {
  const person = await world.person(wanted)
  const browser = world.browser()
  await browser.signIn(person.id)
  const { device, answer } = make(await toAdd(browser))
  const added = await browser.post('/account/passkeys', { answer: JSON.stringify(answer), name: 'My phone' })
  expect([added.status, added.location]).toEqual([303, '/account'])
  return { person, browser, device }
}

const signInWith = async (browser: Browser, device: Device, how: Parameters<typeof sign>[2] = {}) => {
  const answer = sign(device, await toSignIn(browser), how)
  return browser.post('/sign-in/passkey', { answer: JSON.stringify(answer), next: '/courses' })
}

test('a passkey is added once signed in, is told by letter, and then signs in by itself', async (world) => {
  const { person, browser, device } = await withPasskey(world, { name: 'Amina Farooq', email: 'amina@example.org' })
  expect((await browser.get('/account')).body).toContain('My phone')
  const other = world.browser()
  const signedIn = await signInWith(other, device)
  expect([signedIn.status, signedIn.location]).toEqual([303, '/courses'])
  expect((await other.get('/sign-in')).body).toContain('You are signed in as Amina Farooq')
  const row = await world.db.selectFrom('passkey').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ person_id: person.id, name: 'My phone', counter: 1, last_used_at: world.now })
  const letters = await world.db.selectFrom('mail').select('body').where('address', '=', 'amina@example.org').execute()
  expect(letters[0]!.body).toContain('A passkey called My phone was added')
})

test('an answer to a challenge is good once', async (world) => {
  const { device } = await withPasskey(world)
  const browser = world.browser()
  const answer = JSON.stringify(sign(device, await toSignIn(browser)))
  expect((await browser.post('/sign-in/passkey', { answer })).status).toBe(303)
  expect((await browser.post('/sign-in/passkey', { answer })).status).toBe(422)
  expect((await world.browser().post('/sign-in/passkey', { answer })).status).toBe(422)
})

test('an answer from another browser, another site, or too late, signs nobody in', async (world) => {
  const { device } = await withPasskey(world)
  const stolen = JSON.stringify(sign(device, await toSignIn(world.browser())))
  expect((await world.browser().post('/sign-in/passkey', { answer: stolen })).status).toBe(422)
  expect((await signInWith(world.browser(), device, { origin: 'https://evil.example' })).status).toBe(422)
  const slow = world.browser()
  const answer = JSON.stringify(sign(device, await toSignIn(slow)))
  slow.now = later(world.now, 6)
  expect((await slow.post('/sign-in/passkey', { answer })).status).toBe(422)
})

test('a forged signature, a foreign key and a copied device are refused', async (world) => {
  const { device } = await withPasskey(world)
  const { device: foreign } = make('x')
  expect((await signInWith(world.browser(), { ...foreign, id: device.id })).status).toBe(422)
  expect((await signInWith(world.browser(), foreign)).status).toBe(422)
  expect((await signInWith(world.browser(), device, { counter: 9 })).status).toBe(303)
  expect((await signInWith(world.browser(), device, { counter: 9 })).status).toBe(422) // a copy would lag behind
})

test('a challenge to add answers for nobody else, and not twice', async (world) => {
  const amina = world.browser()
  await amina.signIn((await world.person()).id)
  const other = world.browser()
  await other.signIn((await world.person()).id)
  const { answer } = make(await toAdd(amina))
  const said = { answer: JSON.stringify(answer), name: 'My phone' }
  expect((await other.post('/account/passkeys', said)).status).toBe(422)
  expect((await amina.post('/account/passkeys', said)).status).toBe(303)
  expect((await amina.post('/account/passkeys', said)).status).toBe(422)
  const { answer: lie } = make(await toAdd(amina), 'https://evil.example')
  expect((await amina.post('/account/passkeys', { answer: JSON.stringify(lie), name: 'x' })).status).toBe(422)
  expect((await world.db.selectFrom('passkey').select('id').execute()).length).toBe(1)
})

test('adding one needs a sign-in of today, in a browser', async (world) => {
  const person = await world.person()
  const browser = world.browser()
  await browser.signIn(person.id)
  browser.now = later(world.now, 24 * 60)
  const asked = await browser.api('POST', '/api/account/passkeys/challenge', {})
  expect(asked.status).toBe(422)
  expect(asked.body).toContain('Sign out and in again')
  expect((await world.stranger().api('POST', '/api/account/passkeys/challenge', {})).status).toBe(401)
})

test('a challenge to sign in names no passkey and no person', async (world) => {
  await withPasskey(world)
  const { body } = await world.browser().api('POST', '/api/sign-in/passkey/challenge', {})
  expect(Object.keys(JSON.parse(body) as object)).not.toContain('allowCredentials')
})

test('one names and removes one’s own passkeys, and nobody else’s', async (world) => {
  const { browser, device } = await withPasskey(world)
  const { id } = await world.db.selectFrom('passkey').select('id').executeTakeFirstOrThrow()
  const other = world.browser()
  await other.signIn((await world.person()).id)
  for (const url of [`/account/passkeys/${id}`, `/account/passkeys/${id}/removal`])
    expect((await other.post(url, { name: 'Mine now' })).status).toBe(404)
  expect((await other.get(`/account/passkeys/${id}`)).status).toBe(404)
  expect((await browser.post(`/account/passkeys/${id}`, { name: '' })).status).toBe(422)
  expect((await browser.post(`/account/passkeys/${id}`, { name: 'Old phone' })).status).toBe(303)
  expect((await browser.get('/account')).body).toContain('Old phone')
  expect((await browser.post(`/account/passkeys/${id}/removal`)).status).toBe(303)
  expect((await signInWith(world.browser(), device)).status).toBe(422)
})

test('staff who sign in with a passkey still owe their second factor', async (world) => {
  const { person, device } = await withPasskey(world)
  await world.db
    .insertInto('held_right')
    .values({ person_id: person.id, role: 'administrator', starts_on: '2026-01-01' })
    .execute()
  const browser = world.browser()
  expect((await signInWith(browser, device)).location).toBe('/account/second-factor?next=%2Fcourses')
  expect((await browser.get('/administration/rights')).location).toContain('/account/second-factor')
})

test('nonsense in place of a passkey is refused in words', async (world) => {
  const { browser } = await withPasskey(world)
  const good = { id: 'x', rawId: 'x', type: 'public-key', response: {} }
  const hostile = ['', '{', 'null', '[]', '"x"', JSON.stringify({ ...good, id: '\u0000' }), 'x'.repeat(100_000)]
  hostile.push(
    JSON.stringify(good),
    JSON.stringify({ ...good, response: { clientDataJSON: 'e30', attestationObject: 'AA' } }),
  )
  hostile.push(
    JSON.stringify({ ...good, id: { $ne: 1 } }),
    JSON.stringify({ ...good, response: { clientDataJSON: 7 } }),
  )
  for (const answer of hostile) {
    await toSignIn(browser)
    expect((await browser.post('/sign-in/passkey', { answer })).status, answer.slice(0, 80)).toBe(422)
    await toAdd(browser)
    expect((await browser.post('/account/passkeys', { answer, name: 'x' })).status, answer.slice(0, 80)).toBe(422)
  }
})
