import { moduleOf } from '#platform/module'
import { accountRoutes } from './account/routes.ts'
import { addressRoutes } from './address/routes.ts'
import { keyRoutes } from './keys/routes.ts'
import { outboxRoutes } from './outbox/routes.ts'
import { passkeyRoutes } from './passkeys/routes.ts'
import { rightRoutes } from './rights/routes.ts'
import { secondFactorRoutes } from './second-factor/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { sendLink } from './sign-in/send-link.ts'
import { tidy } from './tidying.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const accounts = moduleOf({
  name: 'accounts',
  routes: [
    ...signInRoutes,
    ...accountRoutes,
    ...addressRoutes,
    ...passkeyRoutes,
    ...secondFactorRoutes,
    ...keyRoutes,
    ...rightRoutes,
    ...outboxRoutes,
  ],
  jobs: [sendLink, tidy],
})
