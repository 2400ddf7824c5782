import { moduleOf } from '#platform/module'
import { receiptsJob } from './applying/receipts.ts'
import { applyingRoutes } from './applying/routes.ts'
import { publicRoutes } from './public/routes.ts'
import { rehearsalJobs } from './rehearsal/rehearse.ts'
import { rehearsalRoutes } from './rehearsal/routes.ts'

/** Rounds: opened, applied for, closed, drawn, and open to anyone who wants to compute them again. */
export const rounds = moduleOf({
  name: 'rounds',
  routes: [...publicRoutes, ...applyingRoutes, ...rehearsalRoutes],
  jobs: [receiptsJob, ...rehearsalJobs],
})
