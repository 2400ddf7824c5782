import { moduleOf } from '#platform/module'
import { calendarRoutes } from './calendar/routes.ts'
import { changeRoutes } from './change/routes.ts'
import { followVenue } from './follow-venue.ts'
import { readRoutes } from './read-routes.ts'
import { scheduleRoutes } from './schedule/routes.ts'
import { staffRoutes } from './staff/routes.ts'
import { stateRoutes } from './state-routes.ts'
import { tellJob, tellOf } from './telling/tell.ts'

/** Courses given at a time and place: scheduled, published, changed and cancelled, told to those concerned, and in calendars. */
export const runs = moduleOf({
  name: 'runs',
  routes: [...staffRoutes, ...scheduleRoutes, ...changeRoutes, ...stateRoutes, ...calendarRoutes, ...readRoutes],
  jobs: [tellJob],
  on: { 'run.published': tellOf, 'run.changed': tellOf, 'run.cancelled': tellOf, 'venue.changed': followVenue },
})
