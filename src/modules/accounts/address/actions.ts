/** Changing one's email address: it counts only once it was confirmed from the new address. */
import { z } from 'zod'
import { Refusal } from '#core/refusal'
import { unguessable } from '#core/random'
import { sql } from 'kysely'
import { hashOf, personOf } from '#platform/actor'
import type { Db } from '#platform/db'
import { post } from '#platform/mail'
import { record } from '#platform/record'
import { type Limit, withinLimit } from '#platform/sign-in'
import { action, anyone, fields, signedIn, type Visit } from '#platform/web'
import { ownHand, type Self } from '../own-hand.ts'

const hours = 24
const changesOfPerson: Limit = { most: 5, minutes: 60 }

/** Asks for a change. The same is done and said, whether or not someone else is known by the new address. */
export const askForAddress = action({
  scope: 'account:write',
  does: 'Asks for your email address to be changed, which then has to be confirmed from the new one',
  access: signedIn,
  fields: z.object({ email: fields.email }),
  run: async (visit, { email }) => {
    const self = await ownHand(visit)
    const { db, now } = visit
    if (!(await withinLimit(db, `addresses of ${self.person}`, changesOfPerson, now)))
      return new Refusal('You have asked for five changes within an hour. Wait an hour and try again.')
    if (email === self.email?.toLowerCase()) throw new Refusal('This is your address already.')
    const token = unguessable()
    const asked = {
      address: email,
      token: hashOf(token),
      asked_at: now,
      expires_at: new Date(now.getTime() + hours * 3_600_000),
    }
    await db
      .insertInto('email_change')
      .values({ person_id: self.person, ...asked })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(asked))
      .execute()
    const taken = await known(db, email)
    await post(db, [taken ? alreadyKnown(visit, email) : toConfirm(visit, self, email, token)])
    if (self.email) await post(db, [notice(visit, self, email)])
    await record(db, visit.actor, 'person.address-asked', { person: self.person })
    return {}
  },
})

/** Withdraws a change that was not confirmed yet. */
export const withdrawAddress = action({
  scope: 'account:write',
  does: 'Withdraws the change of your email address, if it was not confirmed yet',
  access: signedIn,
  fields: z.object({}),
  run: async ({ db, actor }) => {
    const person = personOf(actor)
    const withdrawn = await db.deleteFrom('email_change').where('person_id', '=', person).executeTakeFirst()
    if (withdrawn.numDeletedRows > 0n) await record(db, actor, 'person.address-withdrawn', { person })
    return {}
  },
})

/** Confirms a change with what was sent to the new address. Of two people who want one address, the first to confirm gets it. */
export const confirmAddress = action({
  scope: 'account:write',
  does: 'Confirms a new email address with the token that was sent to it',
  access: anyone,
  fields: z.object({ token: z.string().max(200).default('') }),
  run: async (visit, { token }) => {
    const { db, now, actor } = visit
    const asked = await db
      .deleteFrom('email_change')
      .where('token', '=', hashOf(token))
      .where('expires_at', '>', now)
      .returning(['person_id', 'address'])
      .executeTakeFirst()
    if (!asked) throw new Refusal('This link was used before, was replaced by a newer one, or is older than a day.')
    const before = await db
      .selectFrom('person')
      .select('email')
      .where('id', '=', asked.person_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    await db
      .updateTable('person')
      .set({ email: asked.address, email_verified: true, updated_at: now })
      .where('id', '=', asked.person_id)
      .execute()
      .catch(refuseTaken)
    await record(db, actor, 'person.address-changed', { person: asked.person_id })
    if (before.email) await post(db, [changed(visit, asked.person_id, before.email)])
    return {}
  },
})

/** The database holds each address for one person alone: whoever comes second is told so. */
const refuseTaken = (error: unknown): never => {
  if ((error as { code?: unknown }).code === '23505')
    throw new Refusal('Somebody else is known by this address by now, so it cannot be yours as well.')
  throw error
}

const known = async (db: Db, address: string): Promise<boolean> =>
  (await db
    .selectFrom('person')
    .select('id')
    .where(sql`lower(email)`, '=', address)
    .executeTakeFirst()) !== undefined

const toConfirm = ({ address, frame }: Visit, self: Self, to: string, token: string) => ({
  person: self.person,
  address: to,
  kind: 'address-confirmation',
  subject: `Confirm your address for ${frame.organisation}`,
  body: `Hello ${self.name},

Open this link to make this your email address with ${frame.organisation}:

${address}/account/email/confirmation?token=${token}

It works once, within a day. Until then your address stays as it was.

You get this letter because someone who is signed in as you entered this address. If that was not you, do nothing.
`,
})

const alreadyKnown = ({ address, frame }: Visit, to: string) => ({
  person: null,
  address: to,
  kind: 'address-known',
  subject: `Your address with ${frame.organisation}`,
  body: `Hello,

Someone wants to use this address for their account with ${frame.organisation}. It belongs to an account already, so it was not changed.

If it was you, sign in with this address: ${address}/sign-in
If it was not you, there is nothing to do.
`,
})

const notice = ({ address, frame }: Visit, self: Self, to: string) => ({
  person: self.person,
  address: self.email!,
  kind: 'address-asked',
  subject: `Your address with ${frame.organisation} may change`,
  body: `Hello ${self.name},

Someone who is signed in as you wants your email address with ${frame.organisation} to become ${to}. It changes once it is confirmed from there.

If that was not you, sign in, sign out everywhere else, and withdraw the change: ${address}/account
`,
})

const changed = ({ frame }: Visit, person: string, to: string) => ({
  person,
  address: to,
  kind: 'address-changed',
  subject: `Your address with ${frame.organisation} has changed`,
  body: `Hello,

Your email address with ${frame.organisation} was changed, and confirmed from the new one. We write to you there from now on.

If you did not want this, tell whoever runs ${frame.organisation} at once.
`,
})
