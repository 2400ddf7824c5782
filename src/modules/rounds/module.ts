import { moduleOf } from '#platform/module'
import { publicRoutes } from './public/routes.ts'

/** Rounds: opened, applied for, closed, drawn, and open to anyone who wants to compute them again. */
export const rounds = moduleOf({
  name: 'rounds',
  routes: [...publicRoutes],
})
