import { moduleOf } from '#platform/module'
import { answerRoutes } from './answers/routes.ts'
import { counting } from './figures/count.ts'
import { figureRoutes } from './figures/routes.ts'
import { reminding } from './measures/jobs.ts'
import { measureRoutes } from './measures/routes.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const equality = moduleOf({
  name: 'equality',
  routes: [...answerRoutes, ...measureRoutes, ...figureRoutes],
  jobs: [counting, reminding],
})
