import { api, form, page, read, signedIn, type Visit } from '#platform/web'
import { makeKey, revokeKey } from './actions.ts'
import { KeyPage, KeysPage } from './pages.tsx'
import { keysOf } from './queries.ts'

const keys = { load: async (visit: Visit) => ({ keys: await keysOf(visit) }), view: KeysPage }

export const keyRoutes = [
  page('/account/keys', { access: signedIn, ...keys }),
  read('/api/account/keys', {
    does: 'Lists your keys for programs, without what is secret of them',
    scope: 'account:read',
    access: signedIn,
    load: keys.load,
  }),
  form('/account/keys', { ...keys, action: makeKey, instead: KeyPage, to: () => '/account/keys' }),
  api('POST', '/api/account/keys', makeKey),
  form('/account/keys/:id/revocation', {
    ...keys,
    action: revokeKey,
    to: () => '/account/keys',
    says: () => 'The key works no longer',
  }),
  api('DELETE', '/api/account/keys/:id', revokeKey),
]
