import { moduleOf } from '#platform/module'
import { receiptsJob } from './applying/receipts.ts'
import { applyingRoutes } from './applying/routes.ts'
import { drawJobs } from './draw/jobs.ts'
import { officerRoutes } from './officers/routes.ts'
import { openingRoutes } from './opening/routes.ts'
import { publicRoutes } from './public/routes.ts'
import { rehearsalJobs } from './rehearsal/rehearse.ts'
import { rehearsalRoutes } from './rehearsal/routes.ts'
import { swapRoutes } from './swaps/routes.ts'

/** Rounds: opened, applied for, closed, drawn, and open to anyone who wants to compute them again. */
export const rounds = moduleOf({
  name: 'rounds',
  routes: [...openingRoutes, ...officerRoutes, ...publicRoutes, ...applyingRoutes, ...rehearsalRoutes, ...swapRoutes],
  jobs: [...drawJobs, receiptsJob, ...rehearsalJobs],
})
