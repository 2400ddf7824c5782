import { moduleOf } from '#platform/module'
import { outboxRoutes } from './outbox/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { sendLink } from './sign-in/send-link.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const accounts = moduleOf({ name: 'accounts', routes: [...signInRoutes, ...outboxRoutes], jobs: [sendLink] })
