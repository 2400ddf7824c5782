import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import { type Browser, test, type World } from '../../../../test/world.ts'

/** What an app shows for a key, so many half minutes from now: RFC 6238, written here anew. */
function appCode(key: string, halfMinutesOn = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = key
    .replace(/\s/g, '')
    .split('')
    .map((one) => letters.indexOf(one).toString(2).padStart(5, '0'))
    .join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + halfMinutesOn))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = mac.at(-1)! & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const keyIn = (body: string): string => /<p class="code">([A-Z2-7 ]+)<\/p>/.exec(body)![1]!
const codesIn = (body: string): string[] => [...body.matchAll(/<code>([^<]+)<\/code>/g)].map((one) => one[1]!)

/** Sets up a second factor in this browser, and gives the app's key and the recovery codes. */
async function setUp(browser: Browser): Promise<{ key: string; used: string; codes: string[] }> {
  const began = await browser.post('/account/second-factor/new')
  expect([began.status, began.location]).toEqual([303, '/account/second-factor/new'])
  const key = keyIn((await browser.get('/account/second-factor/new')).body)
  const used = appCode(key, -1)
  const confirmed = await browser.post('/account/second-factor/confirmation', { code: used })
  expect(confirmed.status).toBe(200)
  return { key, used, codes: codesIn(confirmed.body) }
}

async function signedIn(world: World, ...rights: Parameters<World['person']>[0][]) {
  const person = await world.person(rights[0])
  const browser = world.browser()
  await browser.signIn(person.id)
  return { person, browser }
}

const trainer = { rights: [{ role: 'trainer' as const }] }
const administrator = { rights: [{ role: 'administrator' as const }] }

test('staff without a second factor are held out of staff pages and led to set one up', async (world) => {
  const { browser } = await signedIn(world, administrator)
  const held = await browser.get('/administration/rights')
  expect(held.location).toBe('/account/second-factor?next=%2Fadministration%2Frights')
  const gate = await browser.get(held.location!)
  expect(gate.body).toContain('Your role needs it')
  expect(gate.body).toContain('/account/second-factor/new?next=%2Fadministration%2Frights')
  expect((await browser.get('/account')).status).toBe(200)
  await setUp(browser)
  expect((await browser.get('/administration/rights')).status).toBe(200)
})

test('setting up shows a picture, a key and ten recovery codes, once; a wrong code turns nothing on', async (world) => {
  const { browser, person } = await signedIn(world)
  await browser.post('/account/second-factor/new')
  const shown = await browser.get('/account/second-factor/new')
  expect(shown.body).toContain('class="qr"')
  expect(shown.body).not.toMatch(/style=/)
  const wrong = await browser.post('/account/second-factor/confirmation', { code: '000000' })
  expect(wrong.status).toBe(422)
  expect(wrong.body).toContain('This code is wrong')
  expect(keyIn(wrong.body)).toBe(keyIn(shown.body))
  const right = await browser.post('/account/second-factor/confirmation', { code: appCode(keyIn(shown.body)) })
  expect(new Set(codesIn(right.body)).size).toBe(10)
  expect((await browser.get('/account/second-factor/new')).body).not.toContain('class="qr"')
  const row = await world.db
    .selectFrom('second_factor')
    .selectAll()
    .where('person_id', '=', person.id)
    .executeTakeFirstOrThrow()
  expect(row.secret + row.backup_codes).not.toContain(codesIn(right.body)[0])
  expect(row.verified).toBe(true)
  expect((await browser.get('/account')).body).toContain('Signing in also asks for a code')
})

test('whoever has a second factor is nobody in a new browser until they have shown it', async (world) => {
  const { person, browser } = await signedIn(world, trainer)
  const { key } = await setUp(browser)
  const other = world.browser()
  await other.signIn(person.id)
  expect((await other.get('/account')).location).toBe('/account/second-factor?next=%2Faccount')
  for (const url of ['/api/account', '/api/account/keys']) expect((await other.api('GET', url)).status).toBe(401)
  expect((await other.post('/account/second-factor/removal', { code: appCode(key, 1) })).status).toBe(403)
  expect((await other.post('/account/second-factor', { code: '123456' })).status).toBe(422)
  const before = other.jar.get('__Host-hearten')
  const given = await other.post('/account/second-factor', { code: appCode(key), next: '/account' })
  expect([given.status, given.location]).toEqual([303, '/account'])
  expect(other.jar.get('__Host-hearten')).not.toBe(before)
  expect((await other.get('/account')).status).toBe(200)
  const stolen = world.browser()
  stolen.jar.set('__Host-hearten', before!)
  expect((await stolen.get('/account')).location).toContain('/sign-in')
})

test('a code is good once, and none before it afterwards', async (world) => {
  const { person, browser } = await signedIn(world, trainer)
  const { key, used } = await setUp(browser)
  const give = async (code: string) => {
    const fresh = world.browser()
    await fresh.signIn(person.id)
    return (await fresh.post('/account/second-factor', { code })).status
  }
  expect(await give(used)).toBe(422)
  const next = appCode(key, 1)
  expect(await give(next)).toBe(303)
  expect(await give(next)).toBe(422)
  expect(await give(appCode(key))).toBe(422)
})

test('a recovery code is good once, however it is typed, and its use is told by letter', async (world) => {
  const { person, browser } = await signedIn(world, { ...trainer, email: 'ruth@example.org' })
  const { codes } = await setUp(browser)
  const give = async (code: string) => {
    const fresh = world.browser()
    await fresh.signIn(person.id)
    return (await fresh.post('/account/second-factor', { code })).status
  }
  expect(await give(codes[0]!.toUpperCase().replace('-', ' '))).toBe(303)
  expect(await give(codes[0]!)).toBe(422)
  expect(await give(codes[1]!)).toBe(303)
  expect((await browser.get('/account/second-factor/codes')).body).toContain('You have 8 recovery codes left')
  const letters = await world.db.selectFrom('mail').select('body').where('address', '=', 'ruth@example.org').execute()
  expect(letters.filter(({ body }) => body.includes('A recovery code was used')).length).toBe(2)
})

test('five codes may be tried in ten minutes, wrong or right, whichever browser they come from', async (world) => {
  const { person, browser } = await signedIn(world, trainer)
  const { key } = await setUp(browser) // one
  const guess = world.browser()
  await guess.signIn(person.id)
  for (let n = 2; n <= 5; n++) expect((await guess.post('/account/second-factor', { code: '000000' })).status).toBe(422)
  const other = world.browser({ ip: '192.0.2.9' })
  await other.signIn(person.id)
  const late = await other.post('/account/second-factor', { code: appCode(key, 1) })
  expect(late.status).toBe(422)
  expect(late.body).toContain('Five codes were tried')
  other.now = new Date(world.now.getTime() + 11 * 60_000)
  expect((await other.post('/account/second-factor', { code: appCode(key, 1) })).status).toBe(303)
})

test('new recovery codes and turning it off both ask for a code', async (world) => {
  const { person, browser } = await signedIn(world, trainer)
  const { key, codes } = await setUp(browser)
  expect((await browser.post('/account/second-factor/codes', { code: '000000' })).status).toBe(422)
  const renewed = await browser.post('/account/second-factor/codes', { code: appCode(key) })
  expect(renewed.status).toBe(200)
  const fresh = codesIn(renewed.body)
  expect(fresh.length).toBe(10)
  expect(fresh).not.toContain(codes[0])
  expect((await browser.post('/account/second-factor/removal', { code: codes[0]! })).status).toBe(422)
  expect((await browser.post('/account/second-factor/removal', { code: fresh[0]! })).location).toBe('/account')
  expect(await world.db.selectFrom('second_factor').select('id').where('person_id', '=', person.id).execute()).toEqual(
    [],
  )
  expect((await browser.get('/account')).body).toContain('Set up a second factor')
  expect((await browser.get('/administration/rights')).status).toBe(303) // owed again
})

test('what is no code at all is refused', async (world) => {
  const { browser } = await signedIn(world, trainer)
  await setUp(browser)
  for (const code of ['', 'x'.repeat(100), '\u0000', '１２３４５６', '-1', '12345']) {
    expect((await browser.post('/account/second-factor', { code })).status, code).toBe(422)
  }
})

test('a member may go on without a second factor', async (world) => {
  const { browser } = await signedIn(world)
  expect((await browser.get('/account')).body).toContain('You need none, but you can have one')
})
