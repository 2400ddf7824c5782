import { moduleOf } from '#platform/module'
import { editingRoutes } from './editing/routes.ts'
import { readingRoutes } from './routes.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const academies = moduleOf({ name: 'academies', routes: [...editingRoutes, ...readingRoutes] })
