import { expect } from 'vitest'
import { test } from '../../../../test/world.ts'
import { sayDevice } from './device.ts'

const agent =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'

test('one sees where one is signed in, and signs out there', async (world) => {
  const person = await world.person()
  const [here, there] = [world.browser(), world.browser()]
  await here.signIn(person.id)
  await there.signIn(person.id)
  await world.db.updateTable('sign_in_session').set({ user_agent: agent }).execute()
  const page = await here.get('/account')
  expect(page.body).toContain('Chrome on an Android phone')
  expect(page.body).toContain('This one')
  const [at] = /\/account\/sessions\/[^/]+\/ending/.exec(page.body)!
  expect((await here.post(at)).location).toBe('/account')
  expect((await there.get('/account')).location).toContain('/sign-in')
  expect((await here.get('/account')).status).toBe(200)
  expect((await here.post(at)).status).toBe(404)
})

test('signing out everywhere else ends every other session of one’s own, and nobody else’s', async (world) => {
  const [amina, ruth] = [await world.person(), await world.person()]
  const here = world.browser()
  await here.signIn(amina.id)
  const others = [world.browser(), world.browser()]
  for (const other of others) await other.signIn(amina.id)
  const stranger = world.browser()
  await stranger.signIn(ruth.id)
  await here.post('/account/sessions/ending')
  for (const other of others) expect((await other.get('/account')).status).toBe(303)
  expect((await here.get('/account')).status).toBe(200)
  expect((await stranger.get('/account')).status).toBe(200)
})

test('another person’s session is not there to end', async (world) => {
  const [amina, ruth] = [await world.person(), await world.person()]
  const [hers, other] = [world.browser(), world.browser()]
  await hers.signIn(amina.id)
  await other.signIn(ruth.id)
  const { id } = await world.db
    .selectFrom('sign_in_session')
    .select('id')
    .where('person_id', '=', amina.id)
    .executeTakeFirstOrThrow()
  expect((await other.post(`/account/sessions/${id}/ending`)).status).toBe(404)
  expect((await other.api('DELETE', `/api/account/sessions/${id}`)).status).toBe(404)
  expect((await other.post('/account/sessions/x/ending')).status).toBe(422)
  expect((await hers.get('/account')).status).toBe(200)
})

test('the account as data holds no token, and no page of it takes more than eight queries', async (world) => {
  const browser = world.browser()
  await browser.signIn((await world.person()).id)
  const token = browser.jar.get('__Host-hearten')!
  const { body } = await browser.api('GET', '/api/account')
  expect(body).not.toContain(token)
  expect(body).not.toContain('sha256:')
  for (const url of ['/account', '/account/email', '/account/keys', '/account/second-factor', '/sign-in']) {
    const { headers } = await browser.get(url)
    expect(Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))![1]), url).toBeLessThanOrEqual(8)
  }
})

test('browsers are named as people know them', async () => {
  const say = (end: string) => sayDevice(`Mozilla/5.0 ${end}`)
  expect(sayDevice(agent)).toBe('Chrome on an Android phone')
  expect(say('(iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1')).toBe(
    'Safari on an iPhone',
  )
  expect(say('(Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0')).toBe('Edge on Windows')
  expect(say('(Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0')).toBe('Firefox on a Mac')
  expect(say('(X11; Linux x86_64) Gecko Firefox/132.0')).toBe('Firefox on Linux')
  expect(sayDevice('curl/8')).toBe('A browser')
  expect(sayDevice(null)).toBe('A browser')
})
