import { moduleOf } from '#platform/module'
import { countingJob } from './figures.ts'
import { routes } from './routes.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const homes = moduleOf({ name: 'homes', routes, jobs: [countingJob] })
