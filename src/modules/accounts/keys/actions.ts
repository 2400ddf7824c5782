/** Keys for programs that act for a person: within scopes, for a time, shown once, and revoked at will. */
import { z } from 'zod'
import { Absent, Refusal } from '#core/refusal'
import { unguessable } from '#core/random'
import { hashOf, personOf } from '#platform/actor'
import { record } from '#platform/record'
import { scopesOffered } from '#platform/openapi'
import { action, fields, signedIn } from '#platform/web'
import { ownHand, tell } from '../own-hand.ts'

const most = 20

/** How long a key may work. */
export const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
] as const

const lifetime = z
  .union([z.literal('30'), z.literal('90'), z.literal('365'), z.int().min(1).max(365)], {
    error: 'Choose how long the key works',
  })
  .transform(Number)

const scopes = fields
  .many(z.string().refine((said) => scopesOffered().some(({ scope }) => scope === said), 'Choose from the list'))
  .refine((said) => said.length > 0, 'Choose at least one thing that the program may do')

/** Makes a key. It is given this once, and kept only as a hash. */
export const makeKey = action({
  scope: 'account:write',
  does: 'Makes a key for a program, with scopes and an end',
  access: signedIn,
  fields: z.object({ name: fields.text('Give the key a name, such as My calendar', 60), scopes, days: lifetime }),
  run: async (visit, said) => {
    const self = await ownHand(visit)
    const { db, now, actor } = visit
    const { many } = await db
      .selectFrom('api_token')
      .where('person_id', '=', self.person)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .select((eb) => eb.fn.countAll<number>().as('many'))
      .executeTakeFirstOrThrow()
    if (many >= most) throw new Refusal(`You have ${most} keys. Revoke one before you make another.`)
    const key = `hearten_${unguessable()}`
    const { id } = await db
      .insertInto('api_token')
      .values({
        person_id: self.person,
        name: said.name,
        hash: hashOf(key),
        scopes: [...new Set(said.scopes)],
        created_at: now,
        expires_at: new Date(now.getTime() + said.days * 86_400_000),
        second_factor: self.shown,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(db, actor, 'key.made', { person: self.person, key: id, scopes: said.scopes })
    await tell(visit, self, `A key called ${said.name} was made, with which a program can act for you.`)
    return { id, name: said.name, key }
  },
})

/** Revokes one's own key: it works no longer from this moment. */
export const revokeKey = action({
  scope: 'account:write',
  does: 'Revokes a key of yours',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async ({ db, now, actor }, { id }) => {
    const person = personOf(actor)
    const revoked = await db
      .updateTable('api_token')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('person_id', '=', person)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    if (revoked.numUpdatedRows === 0n) throw new Absent()
    await record(db, actor, 'key.revoked', { person, key: id })
    return {}
  },
})
