/** Passkeys: adding, naming and removing one's own, and signing in with one. */
import { z } from 'zod'
import { Absent, Refusal } from '#core/refusal'
import { personOf } from '#platform/actor'
import { record } from '#platform/record'
import {
  challengeToMake,
  challengeToSignIn,
  keepPasskey,
  placeOf,
  signInsFromPlace,
  signInWithPasskey,
  withinLimit,
} from '#platform/sign-in'
import { action, anyone, fields, signedIn } from '#platform/web'
import { ownHand, tell } from '../own-hand.ts'
import { next, welcome } from '../sign-in/actions.ts'

const most = 20
const bytes = z
  .string()
  .max(8000)
  .regex(/^[\w-]*$/)

/** What a browser gives back, as JSON in a field of a form or as an object. */
const answer = z.preprocess(
  parsed,
  z.object(
    {
      id: bytes.min(1).max(2000),
      rawId: bytes,
      type: z.literal('public-key'),
      response: z.record(
        z.string().max(40),
        z.union([bytes, z.array(z.string().max(40)).max(20), z.number(), z.null()]),
      ),
      authenticatorAttachment: z.string().max(40).nullish(),
      clientExtensionResults: z.record(z.string().max(40), z.unknown()).default({}),
    },
    { error: 'Your browser sent no passkey' },
  ),
)

const name = fields.text('Give this passkey a name, such as My phone', 60)

/** A challenge to sign in with, for any browser. */
export const askToSignInWithPasskey = action({
  scope: 'sign-in:write',
  does: 'Gives a challenge to sign in with a passkey',
  access: anyone,
  fields: z.object({}),
  run: async (visit) => {
    if (!(await withinLimit(visit.db, `challenges for ${placeOf(visit.from.ip)}`, signInsFromPlace, visit.now)))
      return new Refusal('Passkeys were tried many times from where you are. Wait an hour and try again.')
    return challengeToSignIn(visit)
  },
})

/** Signs in with a passkey, in place of whoever was signed in here. */
export const signInByPasskey = action({
  scope: 'sign-in:write',
  does: 'Signs in with a passkey that signed a challenge',
  access: anyone,
  fields: z.object({ answer, next }),
  run: async (visit, said) => {
    if (!(await withinLimit(visit.db, `sign-ins from ${placeOf(visit.from.ip)}`, signInsFromPlace, visit.now)))
      return new Refusal('Passkeys were tried many times from where you are. Wait an hour and try again.')
    const signedInNow = await signInWithPasskey(visit, said.answer)
    if (!signedInNow) return new Refusal('This passkey did not sign you in. Try again, or ask for a link by email.')
    return welcome(visit, signedInNow, 'passkey', said.next)
  },
})

/** A challenge to make a new passkey with. */
export const askToAddPasskey = action({
  scope: 'account:write',
  does: 'Gives a challenge to make a new passkey with',
  access: signedIn,
  fields: z.object({}),
  run: async (visit) => {
    await ownHand(visit)
    const challenge = await challengeToMake(visit)
    if (!challenge) throw new Refusal('Sign out and in again, and then add a passkey.')
    return challenge
  },
})

/** Keeps a passkey that this browser has made. */
export const addPasskey = action({
  scope: 'account:write',
  does: 'Adds a passkey to your account',
  access: signedIn,
  fields: z.object({ answer, name }),
  run: async (visit, said) => {
    const self = await ownHand(visit)
    const { db, actor } = visit
    const { many } = await db
      .selectFrom('passkey')
      .where('person_id', '=', self.person)
      .select((eb) => eb.fn.countAll<number>().as('many'))
      .executeTakeFirstOrThrow()
    if (many >= most) throw new Refusal(`You have ${most} passkeys. Remove one before you add another.`)
    const id = await keepPasskey(visit, said.name, said.answer)
    if (id === undefined) return new Refusal('The passkey could not be added. Try again.')
    await record(db, actor, 'passkey.added', { person: self.person, passkey: id })
    await tell(visit, self, `A passkey called ${said.name} was added. Whoever holds it can sign in as you.`)
    return { id, name: said.name }
  },
})

/** Gives one's own passkey another name. */
export const renamePasskey = action({
  scope: 'account:write',
  does: 'Gives a passkey of yours another name',
  access: signedIn,
  fields: z.object({ id: fields.id, name }),
  run: async (visit, said) => {
    const { person } = await ownHand(visit)
    const renamed = await visit.db
      .updateTable('passkey')
      .set({ name: said.name })
      .where('id', '=', said.id)
      .where('person_id', '=', person)
      .executeTakeFirst()
    if (renamed.numUpdatedRows === 0n) throw new Absent()
    await record(visit.db, visit.actor, 'passkey.renamed', { person, passkey: said.id })
    return { id: said.id, name: said.name }
  },
})

/** Removes one's own passkey. It no longer signs anyone in. */
export const removePasskey = action({
  scope: 'account:write',
  does: 'Removes a passkey of yours',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async (visit, { id }) => {
    const self = await ownHand(visit)
    const removed = await visit.db
      .deleteFrom('passkey')
      .where('id', '=', id)
      .where('person_id', '=', personOf(visit.actor))
      .returning('name')
      .executeTakeFirst()
    if (!removed) throw new Absent()
    await record(visit.db, visit.actor, 'passkey.removed', { person: self.person, passkey: id })
    await tell(visit, self, `The passkey called ${removed.name ?? 'Passkey'} was removed.`)
    return {}
  },
})

function parsed(said: unknown): unknown {
  if (typeof said !== 'string') return said
  try {
    return JSON.parse(said) as unknown
  } catch {
    return undefined
  }
}
