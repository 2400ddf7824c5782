import { randomUUID } from 'node:crypto'
import { expect, inject, test as plainTest } from 'vitest'
import { sql } from 'kysely'
import { Refusal } from '#core/refusal'
import { hashOf, stranger } from '#platform/actor'
import { openDb, openPool } from '#platform/db'
import { perform, visitOf } from '#platform/web'
import { noon, test, type World } from '../../../../test/world.ts'
import { confirmAddress } from './actions.ts'

const lettersTo = ({ db }: World, address: string) =>
  db.selectFrom('mail').select(['kind', 'body']).where('address', '=', address).orderBy('id', 'desc').execute()

const tokenTo = async (world: World, address: string): Promise<string> =>
  /confirmation\?token=([\w-]+)/.exec((await lettersTo(world, address))[0]!.body)![1]!

const emailOf = async ({ db }: World, id: string) =>
  (await db.selectFrom('person').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email

async function signedIn(world: World, email: string) {
  const person = await world.person({ email })
  const browser = world.browser()
  await browser.signIn(person.id)
  return { person, browser }
}

test('a new address counts only once confirmed from it, and the old one is told before and after', async (world) => {
  const { person, browser } = await signedIn(world, 'old@example.org')
  expect((await browser.post('/account/email', { email: 'New@example.org' })).location).toBe('/account')
  expect(await emailOf(world, person.id)).toBe('old@example.org')
  expect((await browser.get('/account')).body).toContain('new@example.org is not confirmed yet')
  expect((await lettersTo(world, 'old@example.org'))[0]!.body).toContain('wants your email address')
  const token = await tokenTo(world, 'new@example.org')
  expect(JSON.stringify(await world.db.selectFrom('email_change').selectAll().execute())).not.toContain(token)
  const elsewhere = world.browser() // the letter may be opened on another device
  expect((await elsewhere.get(`/account/email/confirmation?token=${token}`)).body).toContain('Confirm this address')
  expect(await emailOf(world, person.id)).toBe('old@example.org')
  expect((await elsewhere.post('/account/email/confirmation', { token })).location).toBe('/account/email/confirmed')
  expect(await emailOf(world, person.id)).toBe('new@example.org')
  expect((await lettersTo(world, 'old@example.org'))[0]!.body).toContain('was changed')
  expect((await elsewhere.post('/account/email/confirmation', { token })).status).toBe(422)
})

test('a change is too old after a day, and gone when it is withdrawn or asked for anew', async (world) => {
  const { person, browser } = await signedIn(world, 'old@example.org')
  await browser.post('/account/email', { email: 'a@example.org' })
  const first = await tokenTo(world, 'a@example.org')
  await browser.post('/account/email', { email: 'b@example.org' })
  const second = await tokenTo(world, 'b@example.org')
  expect((await browser.post('/account/email/confirmation', { token: first })).status).toBe(422)
  const late = world.browser()
  late.now = new Date(world.now.getTime() + 24 * 3_600_000)
  expect((await late.post('/account/email/confirmation', { token: second })).status).toBe(422)
  expect((await browser.post('/account/email/withdrawal')).location).toBe('/account')
  expect((await browser.post('/account/email/confirmation', { token: second })).status).toBe(422)
  for (const token of ['', 'x', hashOf(second), '\u0000'])
    expect((await browser.post('/account/email/confirmation', { token })).status).toBe(422)
  expect(await emailOf(world, person.id)).toBe('old@example.org')
})

test('an address that is someone else’s is answered as any other; its owner is told', async (world) => {
  await world.person({ email: 'ruth@example.org' })
  const { person, browser } = await signedIn(world, 'old@example.org')
  const [taken, free] = [
    await browser.post('/account/email', { email: 'RUTH@example.org' }),
    await browser.post('/account/email', { email: 'free@example.org' }),
  ]
  expect([taken.status, taken.location]).toEqual([free.status, free.location])
  const [letter] = await lettersTo(world, 'ruth@example.org')
  expect(letter!.body).toContain('belongs to an account already')
  expect(letter!.body).not.toContain('confirmation?token')
  expect(await emailOf(world, person.id)).toBe('old@example.org')
})

test('asking needs a browser signed in today, and is limited', async (world) => {
  const { person, browser } = await signedIn(world, 'old@example.org')
  expect((await person.post('/account/email', { email: 'new@example.org' })).body).toContain('in your browser')
  expect((await world.stranger().post('/account/email', { email: 'new@example.org' })).status).toBe(403)
  for (const email of ['', 'x', 'old@example.org'])
    expect((await browser.post('/account/email', { email })).status).toBe(422)
  for (let n = 1; n <= 4; n++) await browser.post('/account/email', { email: `n${n}@example.org` })
  const more = await browser.post('/account/email', { email: 'n5@example.org' })
  const most = await browser.post('/account/email', { email: 'n6@example.org' })
  expect([more.status, most.status]).toEqual([303, 422])
  browser.now = new Date(world.now.getTime() + 25 * 3_600_000)
  expect((await browser.post('/account/email', { email: 'n7@example.org' })).body).toContain(
    'You signed in a while ago',
  )
})

plainTest('of two people who confirm one address at once, one gets it', async () => {
  const db = openDb(openPool(inject('databaseUrl'), { size: 4 }))
  const owner = openDb(openPool(inject('databaseUrl'), { size: 1, asOwner: true }))
  const ids = [randomUUID(), randomUUID()]
  const address = `${ids[0]}@example.org`
  try {
    for (const id of ids) {
      await db.insertInto('person').values({ id, name: 'Someone' }).execute()
      await db
        .insertInto('email_change')
        .values({
          person_id: id,
          address,
          token: hashOf(id),
          asked_at: noon,
          expires_at: new Date(noon.getTime() + 1000),
        })
        .execute()
    }
    const visit = visitOf({ db, actor: stranger, now: noon })
    const tried = await Promise.allSettled(ids.map((token) => perform(confirmAddress, visit, { token })))
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const one of tried) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Refusal)
    const holders = await db.selectFrom('person').select('id').where('email', '=', address).execute()
    expect(holders.length).toBe(1)
  } finally {
    await owner
      .deleteFrom('happening')
      .where(sql`about ->> 'person'`, 'in', ids)
      .execute()
    await owner.deleteFrom('person').where('id', 'in', ids).execute()
    await Promise.all([db.destroy(), owner.destroy()])
  }
})
