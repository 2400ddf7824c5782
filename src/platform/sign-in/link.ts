/** The emailed link: made for an address, good for a quarter of an hour and for one use. Its token is kept only as a hash. */
import type { Visit } from '../web/visit.ts'
import { linkTaken, withAuth } from './auth.ts'
import { no } from './said-no.ts'
import { settle, type SignedIn } from './session.ts'

/** Makes a link's token for this address. Whoever holds it can sign in as the person who is known by the address. */
export async function makeLink(visit: Visit, email: string): Promise<string> {
  return withAuth(visit, async ({ api }) => {
    let made: string | undefined
    linkTaken.set(visit, (token) => (made = token))
    await api.signInMagicLink({ body: { email }, headers: new Headers() })
    if (made === undefined) throw new Error('No link was made')
    return made
  })
}

/** Uses a link up and signs in; nobody, where it is unknown, used, too old, or its person may no longer sign in. */
export async function useLink(visit: Visit, token: string): Promise<SignedIn | undefined> {
  // better-auth sends those who hold no good link elsewhere, which is a way of saying no
  const used = await withAuth(visit, ({ api }) =>
    api.magicLinkVerify({ query: { token }, headers: new Headers() }),
  ).catch(no(undefined))
  return used && settle(visit, used.token)
}
