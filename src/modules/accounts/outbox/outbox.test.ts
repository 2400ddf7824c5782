import { expect } from 'vitest'
import { sql } from 'kysely'
import { post } from '#platform/mail'
import { test, type World } from '../../../../test/world.ts'

const demonstration = (world: World, on: boolean) =>
  sql`insert into setting (name, value) values ('demonstration', ${JSON.stringify(on)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(world.db)

const letter = { person: null, address: 'amina@example.org', kind: 'note', subject: 'A place for you', body: '' }

test('in the demonstration anyone reads the letters, newest first, and follows their links', async (world) => {
  await demonstration(world, true)
  await post(world.db, [{ ...letter, subject: 'First', body: 'See http://localhost:3000/runs/1\n<b>bold</b>' }])
  await post(world.db, [{ ...letter, subject: 'Second', body: 'Good' }])
  const list = await world.stranger().get('/outbox')
  expect(list.body.indexOf('Second')).toBeGreaterThan(0)
  expect(list.body.indexOf('Second')).toBeLessThan(list.body.indexOf('First'))
  const at = [...list.body.matchAll(/href="(\/outbox\/[^"]+)"/g)].map((one) => one[1]!)
  const first = await world.stranger().get(at.at(-1)!)
  expect(first.body).toContain('<a href="http://localhost:3000/runs/1">http://localhost:3000/runs/1</a>')
  expect(first.body).toContain('&lt;b>bold')
  expect(first.body).toContain('Newer letter')
})

test('a link to sign in can be read in the outbox and used', async (world) => {
  await demonstration(world, true)
  await world.person({ email: 'amina@example.org' })
  const browser = world.browser({ demonstration: true })
  await browser.post('/sign-in', { email: 'amina@example.org' })
  await world.work()
  const { letters } = JSON.parse((await browser.api('GET', '/api/outbox')).body) as { letters: { id: string }[] }
  const shown = await browser.get(`/outbox/${letters[0]!.id}`)
  const token = /token=([\w-]+)/.exec(shown.body)![1]!
  expect((await browser.post('/sign-in/link', { token })).location).toBe('/me')
})

test('without the demonstration there is no outbox', async (world) => {
  await post(world.db, [letter])
  const { id } = await world.db.selectFrom('mail').select('id').executeTakeFirstOrThrow()
  for (const on of [undefined, false] as const) {
    if (on !== undefined) await demonstration(world, on)
    for (const url of ['/outbox', `/outbox/${id}`, `/outbox/${id}/calendar.ics`, '/api/outbox', `/api/outbox/${id}`])
      expect((await world.stranger().get(url)).status, url).toBe(404)
  }
})

test('an address in the outbox that is none finds nothing', async (world) => {
  await demonstration(world, true)
  expect((await world.stranger().get('/outbox/x')).status).toBe(404)
  expect((await world.stranger().get('/outbox/00000000-0000-7000-8000-000000000000')).status).toBe(404)
})
