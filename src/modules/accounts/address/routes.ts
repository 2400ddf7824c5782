import { anyone, api, form, page, signedIn, type Visit } from '#platform/web'
import { account } from '../account/routes.ts'
import { askForAddress, confirmAddress, withdrawAddress } from './actions.ts'
import { AddressPage, ConfirmationPage, ConfirmedPage } from './pages.tsx'
import { addressOf } from './queries.ts'

const address = { load: addressOf, view: AddressPage }
const confirmation = {
  load: async ({ typed, query }: Visit) => {
    const token = typed['token'] ?? query.get('token')
    return { token: typeof token === 'string' ? token.slice(0, 200) : '' }
  },
  view: ConfirmationPage,
}

export const addressRoutes = [
  page('/account/email', { access: signedIn, ...address }),
  form('/account/email', {
    ...address,
    action: askForAddress,
    to: () => '/account',
    says: () => 'A letter is on its way to the new address: open its link to confirm',
  }),
  api('POST', '/api/account/email', askForAddress),
  form('/account/email/withdrawal', {
    ...account,
    action: withdrawAddress,
    to: () => '/account',
    says: () => 'Your address stays as it is',
  }),
  api('DELETE', '/api/account/email', withdrawAddress),
  page('/account/email/confirmation', { access: anyone, ...confirmation }),
  form('/account/email/confirmation', {
    ...confirmation,
    action: confirmAddress,
    to: () => '/account/email/confirmed',
  }),
  api('POST', '/api/account/email/confirmation', confirmAddress),
  page('/account/email/confirmed', { access: anyone, load: async () => ({}), view: ConfirmedPage }),
]
