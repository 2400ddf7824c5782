import { moduleOf } from '#platform/module'
import { routes } from './routes.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const about = moduleOf({ name: 'about', routes })
