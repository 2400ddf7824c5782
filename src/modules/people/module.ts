import { moduleOf } from '#platform/module'
import { dataRoutes } from './data/routes.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const people = moduleOf({ name: 'people', routes: [...dataRoutes] })
