import { expect } from 'vitest'
import { signInAs, withinLimit } from '#platform/sign-in'
import { test } from '../../../test/world.ts'
import { tidy } from './tidying.ts'

test('what has run out is thrown away, and nothing else', async (world) => {
  const { id } = await world.person()
  const ago = (hours: number): Date => new Date(world.now.getTime() - hours * 3_600_000)
  await signInAs(world.db, id, ago(31 * 24))
  await signInAs(world.db, id, ago(1))
  await withinLimit(world.db, 'old', { most: 5, minutes: 60 }, ago(2))
  await withinLimit(world.db, 'new', { most: 5, minutes: 60 }, world.now)
  for (const expires_at of [ago(1), ago(-1)])
    await world.db.insertInto('verification').values({ identifier: 'x', value: '{}', expires_at }).execute()
  const letter = { address: 'a@example.org', kind: 'erased', subject: 's', body: 'b' }
  await world.db
    .insertInto('mail')
    .values([
      { ...letter, person_id: id, sent_at: ago(500), made_at: ago(500) },
      { ...letter, sent_at: ago(1), made_at: ago(1) },
      { ...letter, made_at: ago(24 * 8) },
      { ...letter, subject: 'still to be sent', made_at: ago(24) },
    ])
    .execute()
  await tidy.run(await world.visit(), {})
  const kept = await world.db.selectFrom('mail').select(['person_id', 'subject']).orderBy('subject').execute()
  expect(kept).toEqual([
    { person_id: id, subject: 's' },
    { person_id: null, subject: 'still to be sent' },
  ])
  for (const table of ['sign_in_session', 'sign_in_try', 'verification'] as const)
    expect((await world.db.selectFrom(table).selectAll().execute()).length, table).toBe(1)
})
