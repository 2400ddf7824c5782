import { expect } from 'vitest'
import { sql } from 'kysely'
import { hashOf } from '#platform/actor'
import { signInAs } from '#platform/sign-in'
import { type Browser, test, type World } from '../../../../test/world.ts'

/** The links in the letters to an address, the newest first. */
export async function linksTo({ db }: World, address: string): Promise<string[]> {
  const letters = await db
    .selectFrom('mail')
    .select('body')
    .where('address', '=', address)
    .where('kind', '=', 'sign-in-link')
    .orderBy('id', 'desc')
    .execute()
  return letters
    .map(({ body }) => new URL(/https?:\/\/\S+/.exec(body)![0]))
    .map(({ pathname, search }) => pathname + search)
}

/** Asks for a link in this browser and gives it as it stands in the letter. */
async function linkFor(world: World, browser: Browser, address: string, next?: string): Promise<string> {
  const asked = await browser.post('/sign-in', { email: address, ...(next ? { next } : {}) })
  expect([asked.status, asked.location]).toEqual([303, '/sign-in/sent'])
  await world.work()
  return (await linksTo(world, address))[0]!
}

const use = (browser: Browser, link: string) =>
  browser.post('/sign-in/link', Object.fromEntries(new URL(link, 'http://localhost').searchParams))

const later = (date: Date, minutes: number): Date => new Date(date.getTime() + minutes * 60_000)

test('a link signs in once; used again, it says why it does not work', async (world) => {
  await world.person({ email: 'amina@example.org' })
  const browser = world.browser()
  const link = await linkFor(world, browser, 'Amina@Example.org'.toLowerCase())
  const shown = await browser.get(link)
  expect(shown.status).toBe(200)
  expect(shown.body).toContain('Press the button')
  expect((await browser.get(link)).body).toContain('Press the button') // a scanner that looks uses nothing up
  const used = await use(browser, link)
  expect([used.status, used.location]).toEqual([303, '/me'])
  expect((await browser.get('/sign-in')).body).toContain('You are signed in as Amina Farooq')
  const again = await use(world.browser(), link)
  expect(again.status).toBe(422)
  expect(again.body).toContain('This link was used before')
})

test('a link works on another device than the one it was asked on', async (world) => {
  await world.person({ email: 'amina@example.org' })
  const link = await linkFor(world, world.browser(), 'amina@example.org')
  expect((await use(world.browser(), link)).location).toBe('/me')
})

test('a link is too old after 15 minutes', async (world) => {
  await world.person({ email: 'amina@example.org' })
  const browser = world.browser()
  const link = await linkFor(world, browser, 'amina@example.org')
  browser.now = later(world.now, 16)
  expect((await use(browser, link)).status).toBe(422)
  const second = await linkFor(world, world.browser(), 'amina@example.org')
  const soon = world.browser()
  soon.now = later(world.now, 14)
  expect((await use(soon, second)).status).toBe(303)
})

test('neither a made-up token, nor the hash of one, nor nothing signs anyone in', async (world) => {
  await world.person({ email: 'amina@example.org' })
  const link = await linkFor(world, world.browser(), 'amina@example.org')
  const { identifier } = await world.db.selectFrom('verification').select('identifier').executeTakeFirstOrThrow()
  const token = new URL(link, 'http://localhost').searchParams.get('token')!
  expect(identifier).toBe(hashOf(token))
  for (const token of [identifier, 'x', '', 'y'.repeat(5000), '\u0000']) {
    expect((await world.browser().post('/sign-in/link', { token })).status).toBe(422)
  }
  expect(await world.db.selectFrom('sign_in_session').selectAll().execute()).toEqual([])
})

test('an address nobody is known by is answered just as any other, and gets no letter', async (world) => {
  await world.person({ email: 'amina@example.org' })
  await world.person({ email: 'gone@example.org', standing: 'closed' })
  const answers = []
  for (const email of ['amina@example.org', 'nobody@example.org', 'gone@example.org']) {
    const { status, location, body, headers } = await world.browser().post('/sign-in', { email })
    answers.push({ status, location, body, cookies: headers['set-cookie'] })
  }
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
  await world.work()
  const letters = await world.db.selectFrom('mail').select('address').execute()
  expect(letters).toEqual([{ address: 'amina@example.org' }])
})

test('the session is kept only as a hash, lasts 30 days for a member and half a day for staff', async (world) => {
  const member = await world.person({ email: 'member@example.org' })
  const trainer = await world.person({ email: 'trainer@example.org', rights: [{ role: 'trainer' }] })
  for (const [person, address, hours] of [
    [member, 'member@example.org', 720],
    [trainer, 'trainer@example.org', 12],
  ] as const) {
    const browser = world.browser({ agent: 'A browser' })
    await use(browser, await linkFor(world, browser, address))
    const token = browser.jar.get('__Host-hearten')!
    const session = await world.db
      .selectFrom('sign_in_session')
      .selectAll()
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow()
    expect(session.token).toBe(hashOf(token))
    expect(JSON.stringify(session)).not.toContain(token)
    expect(session).toMatchObject({ user_agent: 'A browser', second_factor_at: null, created_at: world.now })
    expect(session.expires_at).toEqual(later(world.now, hours * 60))
    browser.now = later(world.now, hours * 60 + 1)
    expect((await browser.get('/sign-in')).body).not.toContain('You are signed in')
  }
})

test('the cookie is out of reach of scripts and of other sites', async (world) => {
  await world.person({ email: 'amina@example.org' })
  const browser = world.browser()
  const { headers } = await use(browser, await linkFor(world, browser, 'amina@example.org'))
  const cookie = String([headers['set-cookie']].flat().find((one) => String(one).startsWith('__Host-hearten=')))
  for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part)
  expect(cookie).not.toContain('Domain')
})

test('signing in puts a new session in the place of the old one', async (world) => {
  await world.person({ email: 'amina@example.org' })
  const browser = world.browser()
  await use(browser, await linkFor(world, browser, 'amina@example.org'))
  const first = browser.jar.get('__Host-hearten')!
  await use(browser, await linkFor(world, browser, 'amina@example.org'))
  expect(browser.jar.get('__Host-hearten')).not.toBe(first)
  const stolen = world.browser()
  stolen.jar.set('__Host-hearten', first)
  expect((await stolen.get('/sign-in')).body).not.toContain('You are signed in')
})

test('signing out ends the session, not only the cookie', async (world) => {
  const person = await world.person()
  const browser = world.browser()
  await browser.signIn(person.id)
  const token = browser.jar.get('__Host-hearten')!
  expect((await browser.post('/sign-out')).location).toBe('/sign-in')
  expect(browser.jar.has('__Host-hearten')).toBe(false)
  browser.jar.set('__Host-hearten', token)
  expect((await browser.get('/sign-in')).body).not.toContain('You are signed in')
})

test('one goes on to the page one wanted, and never to another site', async (world) => {
  await world.person({ email: 'amina@example.org' })
  const wanted = world.browser()
  const link = await linkFor(world, wanted, 'amina@example.org', '/runs/7?from=mail')
  expect((await use(wanted, link)).location).toBe('/runs/7?from=mail')
  const hostile = ['https://evil.example', '//evil.example', '/\\evil.example', '/..//evil.example', '/\t/evil.example']
  for (const next of [...hostile, 'javascript:alert(1)', 'me', '/sign-out', `/${'x'.repeat(2000)}`]) {
    const token = new URL(await linkFor(world, world.browser(), 'amina@example.org'), 'http://x').searchParams.get(
      'token',
    )!
    const used = await world.browser().post('/sign-in/link', { token, next })
    expect(used.location, next).toBe('/me')
    await sql`delete from sign_in_try`.execute(world.db)
  }
})

test('five links an hour go to an address, whether it is known or not', async (world) => {
  for (const email of ['amina@example.org', 'nobody@example.org']) {
    for (let n = 1; n <= 5; n++) expect((await world.browser().post('/sign-in', { email })).status).toBe(303)
    const sixth = await world.browser().post('/sign-in', { email })
    expect(sixth.status).toBe(422)
    expect(sixth.body).toContain('Five links were asked for')
    const next = world.browser()
    next.now = later(world.now, 61)
    expect((await next.post('/sign-in', { email })).status).toBe(303)
  }
})

test('one place asks for no more than sixty links an hour', async (world) => {
  for (let n = 1; n <= 60; n++)
    expect((await world.browser({ ip: '192.0.2.7' }).post('/sign-in', { email: `p${n}@example.org` })).status).toBe(303)
  const more = await world.browser({ ip: '192.0.2.7' }).post('/sign-in', { email: 'more@example.org' })
  expect([more.status, more.body.includes('Many links')]).toEqual([422, true])
  expect((await world.browser({ ip: '192.0.2.8' }).post('/sign-in', { email: 'more@example.org' })).status).toBe(303)
})

test('what is not an address of mail is said to be none', async (world) => {
  for (const email of ['', 'amina', 'a@b', `${'a'.repeat(300)}@example.org`, 'a\u0000@example.org']) {
    const { status, body } = await world.browser().post('/sign-in', { email })
    expect(status, email).toBe(422)
    expect(body).toMatch(/Enter an email address|Use an email address/)
  }
})

test('one can be a made-up person while the demonstration lasts, and not a moment longer', async (world) => {
  const ruth = await world.person({ name: 'Ruth Adeyemi', rights: [{ role: 'administrator' }] })
  const other = await world.person()
  const set = (name: string, value: unknown) =>
    world.db
      .insertInto('setting')
      .values({ name, value: JSON.stringify(value) })
      .onConflict((row) => row.column('name').doUpdateSet({ value: JSON.stringify(value) }))
      .execute()
  await set('demonstration people', [{ person: ruth.id, label: 'Ruth, an administrator', who: 'Sees everything' }])
  const before = world.browser({ demonstration: true })
  expect((await before.get('/sign-in')).body).not.toContain('Ruth')
  expect((await before.post('/sign-in/demonstration', { person: ruth.id })).status).toBe(422)

  await set('demonstration', true)
  expect((await before.get('/sign-in')).body).toContain('Ruth, an administrator')
  expect((await before.post('/sign-in/demonstration', { person: other.id })).status).toBe(422)
  expect((await before.post('/sign-in/demonstration', { person: ruth.id, next: '/map' })).location).toBe('/map')
  expect((await before.get('/sign-in')).body).toContain('You are signed in as Ruth Adeyemi')

  await set('demonstration', false)
  const after = world.browser()
  after.jar.set('__Host-hearten', before.jar.get('__Host-hearten')!)
  expect((await after.get('/sign-in')).body).not.toContain('You are signed in')
  expect((await after.post('/sign-in/demonstration', { person: ruth.id })).status).toBe(422)
})

test('the value that signs in as someone is good for a browser at once', async (world) => {
  const person = await world.person()
  const browser = world.browser()
  browser.jar.set('__Host-hearten', await signInAs(world.db, person.id, world.now))
  expect((await browser.get('/sign-in')).body).toContain('You are signed in as')
})
