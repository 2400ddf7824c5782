import { expect } from 'vitest'
import { hashOf } from '#platform/actor'
import { scopesOffered } from '#platform/openapi'
import { modules } from '../../../modules.ts'
import { test, type World } from '../../../../test/world.ts'

async function withKey(world: World, scopes: string[], wanted: Parameters<World['person']>[0] = {}) {
  const person = await world.person(wanted)
  const browser = world.browser()
  await browser.signIn(person.id)
  const made = await browser.post('/account/keys', { name: 'My calendar', days: '90', scopes })
  expect(made.status).toBe(200)
  const key = /hearten_[\w-]{43}/.exec(made.body)![0]
  const program = world.browser()
  program.key = key
  return { person, browser, program, key }
}

test('a key is shown once and kept only as a hash', async (world) => {
  const { browser, key, person } = await withKey(world, ['account:read'])
  const row = await world.db.selectFrom('api_token').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ person_id: person.id, hash: hashOf(key), scopes: ['account:read'], second_factor: false })
  expect(row.expires_at).toEqual(new Date(world.now.getTime() + 90 * 86_400_000))
  const list = await browser.get('/account/keys')
  expect(list.body).toContain('My calendar')
  expect(list.body).not.toContain(key)
})

test('a program does what its scopes allow, and nothing else', async (world) => {
  const { program } = await withKey(world, ['account:read'])
  expect((await program.api('GET', '/api/account')).status).toBe(200)
  const refused = await program.api('DELETE', '/api/account/sessions')
  expect(refused.status).toBe(403)
  expect(refused.body).toContain('account:write')
})

test('a key works no longer once it is revoked or over', async (world) => {
  const { program, browser } = await withKey(world, ['account:read'])
  program.now = new Date(world.now.getTime() + 91 * 86_400_000)
  expect((await program.api('GET', '/api/account')).status).toBe(401)
  program.now = world.now
  const { id } = await world.db.selectFrom('api_token').select('id').executeTakeFirstOrThrow()
  const other = world.browser()
  await other.signIn((await world.person()).id)
  expect((await other.post(`/account/keys/${id}/revocation`)).status).toBe(404)
  expect((await program.api('GET', '/api/account')).status).toBe(200)
  expect((await browser.post(`/account/keys/${id}/revocation`)).status).toBe(303)
  expect((await program.api('GET', '/api/account')).status).toBe(401)
  expect((await browser.post(`/account/keys/${id}/revocation`)).status).toBe(404)
})

test('a key makes no keys, and changes nothing that guards the account', async (world) => {
  const { program } = await withKey(world, ['account:write'])
  for (const [url, body] of [
    ['/api/account/keys', { name: 'Another', days: '30', scopes: ['account:read'] }],
    ['/api/account/email', { email: 'thief@example.org' }],
    ['/api/account/passkeys/challenge', {}],
    ['/api/account/second-factor/new', {}],
  ] as const) {
    const answer = await program.api('POST', url, body)
    expect(answer.status, url).toBe(422)
    expect(answer.body, url).toContain('A program cannot do it with a key')
  }
})

test('a key made without a second factor does not come by rights that its person is given later', async (world) => {
  const { program, person } = await withKey(world, ['rights:read'])
  await world.db
    .insertInto('held_right')
    .values({ person_id: person.id, role: 'administrator', starts_on: '2026-01-01' })
    .execute()
  expect((await program.api('GET', '/api/rights')).status).toBe(403)
  await world.db.updateTable('api_token').set({ second_factor: true }).execute()
  expect((await program.api('GET', '/api/rights')).status).toBe(200)
})

test('what makes no key is said, field by field', async (world) => {
  const browser = world.browser()
  await browser.signIn((await world.person()).id)
  const good = { name: 'x', days: '30', scopes: ['account:read'] }
  for (const [more, why] of [
    [{ name: '' }, 'Give the key a name'],
    [{ days: '9999' }, 'Choose how long'],
    [{ scopes: [] }, 'Choose at least one'],
    [{ scopes: ['everything'] }, 'Choose from the list'],
  ] as const) {
    const answer = await browser.post('/account/keys', { ...good, ...more } as never)
    expect(answer.status, why).toBe(422)
    expect(answer.body).toContain(why)
  }
  for (let n = 0; n < 20; n++) expect((await browser.post('/account/keys', good)).status).toBe(200)
  expect((await browser.post('/account/keys', good)).body).toContain('You have 20 keys')
})

test('the scopes offered are those that the routes ask for, no more and no fewer', async () => {
  const asked = modules.flatMap(({ routes }) => routes ?? []).flatMap(({ api }) => (api ? [api.scope] : []))
  expect(scopesOffered().map(({ scope }) => scope)).toEqual([...new Set(asked)].sort())
})
