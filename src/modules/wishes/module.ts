import { moduleOf } from '#platform/module'
import { routes } from './routes.ts'
import { jobs, tellSoon } from './tell.ts'

/** The manifest of this part. */
export const wishes = moduleOf({
  name: 'wishes',
  routes,
  jobs,
  on: { 'run.published': (visit, { about }) => tellSoon(visit, String(about['run'])) },
})
