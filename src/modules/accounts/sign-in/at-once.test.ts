/** What happens when the same thing is tried many times at once, over real connections. */
import { randomUUID } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { sql } from 'kysely'
import { Refusal } from '#core/refusal'
import { stranger } from '#platform/actor'
import { openDb, openPool } from '#platform/db'
import { codesForPerson, makeLink, withinLimit } from '#platform/sign-in'
import { perform, visitOf } from '#platform/web'
import { noon } from '../../../../test/world.ts'
import { signInByLink } from './actions.ts'

test('a link used by eight at once signs in one of them', async () => {
  const db = openDb(openPool(inject('databaseUrl'), { size: 8 }))
  const owner = openDb(openPool(inject('databaseUrl'), { size: 1, asOwner: true }))
  const id = randomUUID()
  try {
    await db
      .insertInto('person')
      .values({ id, name: 'Amina Farooq', email: `${id}@example.org` })
      .execute()
    const visit = visitOf({ db, actor: stranger, now: noon, secret: 'a secret for the tests, of good length' })
    const token = await makeLink(visit, `${id}@example.org`)
    const tried = await Promise.allSettled(Array.from({ length: 8 }, () => perform(signInByLink, visit, { token })))
    const refused = tried.filter((one) => one.status === 'rejected').map((one) => one.reason as unknown)
    expect(refused.length).toBe(7)
    for (const reason of refused) expect(reason).toBeInstanceOf(Refusal)
    const sessions = await db.selectFrom('sign_in_session').select('id').where('person_id', '=', id).execute()
    expect(sessions.length).toBe(1)
  } finally {
    await owner
      .deleteFrom('happening')
      .where(sql`about ->> 'person'`, '=', id)
      .execute()
    await owner.deleteFrom('person').where('id', '=', id).execute()
    await owner.deleteFrom('sign_in_try').execute()
    await Promise.all([db.destroy(), owner.destroy()])
  }
})

test('twenty guesses at once are counted one by one: five are let through', async () => {
  const db = openDb(openPool(inject('databaseUrl'), { size: 8 }))
  const what = `codes for ${randomUUID()}`
  try {
    const through = await Promise.all(
      Array.from({ length: 20 }, () =>
        db.transaction().execute((inside) => withinLimit(inside, what, codesForPerson, noon)),
      ),
    )
    expect(through.filter(Boolean).length).toBe(5)
    expect(await withinLimit(db, what, codesForPerson, new Date(noon.getTime() + 11 * 60_000))).toBe(true)
  } finally {
    await db.deleteFrom('sign_in_try').execute()
    await db.destroy()
  }
})
