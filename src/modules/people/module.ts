import { moduleOf } from '#platform/module'
import { dataRoutes } from './data/routes.ts'
import { findRoutes } from './find/routes.ts'
import { placeAnew, placeMembers } from './homes/place-members.ts'
import { importRoutes } from './imports/routes.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const people = moduleOf({
  name: 'people',
  routes: [...dataRoutes, ...findRoutes, ...importRoutes],
  jobs: [placeMembers],
  on: { 'postcodes.imported': placeAnew },
})
