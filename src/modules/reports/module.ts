import { moduleOf } from '#platform/module'
import { countingJob, countSoon } from './count.ts'
import { routes } from './routes.ts'

/** The national picture: what training there is in every constituency, counted by quarter. */
export const reports = moduleOf({
  name: 'reports',
  routes,
  jobs: [countingJob],
  on: {
    'run.published': countSoon,
    'run.cancelled': countSoon,
    'place.confirmed': countSoon,
    'register.closed': countSoon,
  },
})
