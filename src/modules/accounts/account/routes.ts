import { api, form, page, read, signedIn } from '#platform/web'
import { endOtherSessions, endSession } from './actions.ts'
import { AccountPage } from './pages.tsx'
import { accountOf } from './queries.ts'

/** The account's own page, which other forms show again when they are refused. */
export const account = { load: accountOf, view: AccountPage }

export const accountRoutes = [
  page('/account', { access: signedIn, ...account }),
  read('/api/account', {
    does: 'Gives your account: your address, sessions and passkeys',
    scope: 'account:read',
    access: signedIn,
    load: accountOf,
  }),
  form('/account/sessions/:id/ending', {
    ...account,
    action: endSession,
    to: () => '/account',
    says: () => 'That browser is signed out',
  }),
  api('DELETE', '/api/account/sessions/:id', endSession),
  form('/account/sessions/ending', {
    ...account,
    action: endOtherSessions,
    to: () => '/account',
    says: () => 'You are signed out everywhere else',
  }),
  api('DELETE', '/api/account/sessions', endOtherSessions),
]
