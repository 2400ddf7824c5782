import { moduleOf } from '#platform/module'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const pledges = moduleOf({ name: 'pledges', routes, jobs })
