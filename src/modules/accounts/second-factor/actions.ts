/** The second factor of one's account: set up, shown in a browser, renewed, turned off. */
import { z } from 'zod'
import { Forbidden, Refusal } from '#core/refusal'
import { personOf } from '#platform/actor'
import { record } from '#platform/record'
import {
  beginSecondFactor,
  codesForPerson,
  cookiesFor,
  ownPath,
  recoveryCodesLeft,
  removeSecondFactor,
  renewRecoveryCodes,
  showSecondFactor,
  withinLimit,
} from '#platform/sign-in'
import { type Access, action, signedIn, type Visit } from '#platform/web'
import { ownHand, type Self, tell } from '../own-hand.ts'
import { next } from '../sign-in/actions.ts'

/** Whoever has signed in, even where they still owe a second factor. */
export const halfSignedIn: Access = {
  says: 'anyone signed in, with or without a second factor',
  allows: (actor) => actor.kind === 'person' || (actor.kind === 'stranger' && actor.sessionId !== null),
}

const code = z
  .string({ error: 'Enter a code' })
  .trim()
  .min(1, 'Enter the six figures that your app shows, or a recovery code')
  .max(40, 'Enter the six figures that your app shows, or a recovery code')

const wrong = 'This code is wrong, or was used before. Wait for the next one and enter it within half a minute.'
const tooMany = 'Five codes were tried within ten minutes. Wait ten minutes and try again.'

/** Begins to set one up: makes a key for an app, which counts only once a code from it was entered. */
export const setUpSecondFactor = action({
  scope: 'account:write',
  does: 'Begins to set up a second factor',
  access: signedIn,
  fields: z.object({}),
  run: async (visit) => {
    const self = await ownHand(visit)
    if (self.secondFactor || !(await beginSecondFactor(visit))) throw new Refusal('You have a second factor already.')
    return {}
  },
})

/** Confirms it with a first code, and gives the recovery codes, this once. */
export const confirmSecondFactor = action({
  scope: 'account:write',
  does: 'Turns your second factor on with a first code from your app, and gives recovery codes',
  access: signedIn,
  fields: z.object({ code, next }),
  run: async (visit, said) => {
    const self = await ownHand(visit)
    if (self.secondFactor) throw new Refusal('You have a second factor already.')
    const shown = await tried(visit, self.person, said.code.replace(/\s/g, ''), 'app')
    if (shown instanceof Refusal) return shown
    await record(visit.db, visit.actor, 'second-factor.set-up', { person: self.person })
    await tell(visit, self, 'A second factor was turned on: signing in now also asks for a code from an app.')
    return {
      recoveryCodes: await recoveryCodesLeft(visit, self.person),
      goOn: ownPath(said.next, visit.address) ?? '/account',
      cookies: cookiesFor(visit.address, shown.token),
    }
  },
})

/** Shows it in this browser, by a code from the app or a recovery code. */
export const giveSecondFactor = action({
  scope: 'sign-in:write',
  does: 'Shows your second factor: a code from your app, or a recovery code',
  access: halfSignedIn,
  fields: z.object({ code, next }),
  run: async (visit, said) => {
    if (!visit.actor.sessionId) throw new Refusal('This is for you to do in your browser.')
    const self = await whoIsHere(visit)
    const shown = await tried(visit, self.person, said.code)
    if (shown instanceof Refusal) return shown
    await record(visit.db, visit.actor, 'second-factor.shown', { person: self.person, by: shown.by })
    if (shown.by === 'recovery code') await tell(visit, self, 'A recovery code was used to sign in. It is used up.')
    return { goOn: ownPath(said.next, visit.address) ?? '/me', cookies: cookiesFor(visit.address, shown.token) }
  },
})

/** Makes new recovery codes, against a code from the app. */
export const remakeRecoveryCodes = action({
  scope: 'account:write',
  does: 'Makes ten new recovery codes in place of the old ones',
  access: signedIn,
  fields: z.object({ code }),
  run: async (visit, said) => {
    const self = await ownHand(visit)
    const shown = await tried(visit, self.person, said.code)
    if (shown instanceof Refusal) return shown
    const codes = await renewRecoveryCodes(withToken(visit, shown.token))
    await record(visit.db, visit.actor, 'second-factor.codes-renewed', { person: self.person })
    await tell(visit, self, 'New recovery codes were made. The old ones no longer work.')
    return { recoveryCodes: codes, goOn: '/account', cookies: cookiesFor(visit.address, shown.token) }
  },
})

/** Turns it off, against a code. Whoever has a role must then set up another. */
export const turnOffSecondFactor = action({
  scope: 'account:write',
  does: 'Turns your second factor off',
  access: signedIn,
  fields: z.object({ code }),
  run: async (visit, said) => {
    const self = await ownHand(visit)
    const shown = await tried(visit, self.person, said.code)
    if (shown instanceof Refusal) return shown
    await removeSecondFactor(visit, self.person)
    await visit.db
      .updateTable('sign_in_session')
      .set({ second_factor_at: null })
      .where('person_id', '=', self.person)
      .execute()
    await record(visit.db, visit.actor, 'second-factor.turned-off', { person: self.person })
    await tell(visit, self, 'Your second factor was turned off: signing in no longer asks for a code.')
    return { cookies: cookiesFor(visit.address, shown.token) }
  },
})

/** Tries a code within the limit. A refusal is to be returned, so that the try counts. */
async function tried(visit: Visit, person: string, typed: string, only?: 'app') {
  if (!(await withinLimit(visit.db, `codes of ${person}`, codesForPerson, visit.now))) return new Refusal(tooMany)
  const shown = only === 'app' && !/^\d{6}$/.test(typed) ? undefined : await showSecondFactor(visit, person, typed)
  return shown ?? new Refusal(wrong)
}

/** The person whose session this browser holds, whether or not they have shown a second factor. */
export async function whoIsHere({ db, actor }: Visit): Promise<Self> {
  const found = await db
    .selectFrom('person')
    .leftJoin('sign_in_session', (join) =>
      join.onRef('sign_in_session.person_id', '=', 'person.id').on('sign_in_session.id', '=', actor.sessionId),
    )
    .where((eb) =>
      actor.sessionId ? eb('sign_in_session.id', '=', actor.sessionId) : eb('person.id', '=', personOf(actor)),
    )
    .select(['person.id', 'person.name', 'person.email', 'person.two_factor_enabled', 'second_factor_at'])
    .executeTakeFirst()
  if (!found) throw new Forbidden()
  return {
    person: found.id,
    session: actor.sessionId ?? '',
    name: found.name,
    email: found.email,
    secondFactor: found.two_factor_enabled,
    shown: found.second_factor_at !== null,
  }
}

/** The visit as if its browser held this token already. */
const withToken = (visit: Visit, token: string): Visit => ({
  ...visit,
  from: { ...visit.from, cookie: cookiesFor(visit.address, token)[0]!.split(';')[0]! },
})
