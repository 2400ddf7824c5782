/** Passkeys: a device proves that it holds a key, by signing a challenge that is good once and for five minutes. */
import type { Visit } from '../web/visit.ts'
import { headersFor, withAuth } from './auth.ts'
import { no } from './said-no.ts'
import { settle, type SignedIn } from './session.ts'

/** What a browser is asked to sign or to make, and the cookies that tie the challenge to it. */
export interface Challenge {
  options: object
  cookies: string[]
}

/** A challenge to sign in with. It names no passkey, so that it tells nobody who has one. */
export const challengeToSignIn = (visit: Visit): Promise<Challenge> =>
  withAuth(visit, ({ api }) =>
    api.generatePasskeyAuthenticationOptions({ headers: new Headers(), returnHeaders: true }),
  ).then(challenge)

/** A challenge to make a new passkey with, for the person signed in here; nothing where they signed in over a day ago. */
export async function challengeToMake(visit: Visit): Promise<Challenge | undefined> {
  const headers = await headersFor(visit)
  return withAuth(visit, ({ api }) =>
    api.generatePasskeyRegistrationOptions({ query: {}, headers, returnHeaders: true }),
  ).then(challenge, no(undefined))
}

/** Keeps the passkey that a browser made in answer to a challenge: its id, or nothing where the answer does not fit. */
export async function keepPasskey(visit: Visit, name: string, answer: object): Promise<string | undefined> {
  const headers = await headersFor(visit)
  const kept = await withAuth(visit, ({ api }) =>
    api.verifyPasskeyRegistration({ body: { response: answer, name }, headers }),
  ).catch(no(undefined))
  return kept?.id
}

/** Signs in with what a browser signed; nobody, where it does not fit the challenge or no passkey that we know. */
export async function signInWithPasskey(visit: Visit, answer: { id: string }): Promise<SignedIn | undefined> {
  const headers = await headersFor(visit)
  const shown = await withAuth(visit, ({ api }) =>
    api.verifyPasskeyAuthentication({ body: { response: answer as never }, headers }),
  ).catch(no(undefined))
  if (!shown) return undefined
  await visit.db
    .updateTable('passkey')
    .set({ last_used_at: visit.now })
    .where('credential_id', '=', answer.id)
    .execute()
  return settle(visit, shown.session.token)
}

const challenge = ({ response, headers }: { response: object; headers: Headers }): Challenge => ({
  options: response,
  cookies: headers.getSetCookie(),
})
