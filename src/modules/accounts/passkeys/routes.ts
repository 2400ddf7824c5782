import type { Challenge } from '#platform/sign-in'
import { api, form, page, signedIn, type Visit } from '#platform/web'
import { account } from '../account/routes.ts'
import type { Welcome } from '../sign-in/actions.ts'
import { gives as welcomes, signInPage } from '../sign-in/routes.ts'
import {
  addPasskey,
  askToAddPasskey,
  askToSignInWithPasskey,
  removePasskey,
  renamePasskey,
  signInByPasskey,
} from './actions.ts'
import { PasskeyPage } from './pages.tsx'
import { passkeyOf } from './queries.ts'

const passkey = { load: (visit: Visit, { id }: { id: string }) => passkeyOf(visit, id), view: PasskeyPage }
const cookies = ({ cookies: set }: { cookies: string[] }): string[] => set
const gives = ({ options }: Challenge) => options

export const passkeyRoutes = [
  api('POST', '/api/sign-in/passkey/challenge', askToSignInWithPasskey, { cookies, gives }),
  form('/sign-in/passkey', { ...signInPage, action: signInByPasskey, cookies, to: (_, { goOn }: Welcome) => goOn }),
  api('POST', '/api/sign-in/passkey', signInByPasskey, { cookies, gives: welcomes }),
  api('POST', '/api/account/passkeys/challenge', askToAddPasskey, { cookies, gives }),
  form('/account/passkeys', {
    ...account,
    action: addPasskey,
    to: () => '/account',
    says: ({ name }) => `The passkey ${name} was added`,
  }),
  api('POST', '/api/account/passkeys', addPasskey),
  page('/account/passkeys/:id', { access: signedIn, ...passkey }),
  form('/account/passkeys/:id', { ...passkey, action: renamePasskey, to: () => '/account' }),
  api('PUT', '/api/account/passkeys/:id', renamePasskey),
  form('/account/passkeys/:id/removal', {
    ...passkey,
    action: removePasskey,
    to: () => '/account',
    says: () => 'The passkey was removed',
  }),
  api('DELETE', '/api/account/passkeys/:id', removePasskey),
]
