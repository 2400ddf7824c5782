import { moduleOf } from '#platform/module'
import { cancelPlaces, jobs } from './jobs.ts'
import { freePlacesOf } from './erased.ts'
import { freeSeatsOfThoseWhoLeft } from './left.ts'
import { routes } from './routes.ts'
import { fillSeats } from './seats.ts'

/** The manifest of this part: its routes, its jobs, and what it does when something happens. */
export const places = moduleOf({
  name: 'places',
  routes,
  jobs,
  on: {
    'person.erased': (visit, { about }) => freePlacesOf(visit, String(about['person'])),
    'roll.imported': freeSeatsOfThoseWhoLeft,
    'run.cancelled': (visit, { about }) => cancelPlaces(visit, String(about['run'])),
    'run.capacity-changed': (visit, { about }) => visit.atomically((inside) => fillSeats(inside, String(about['run']))),
    'run.changed': (visit, { about }) => visit.atomically((inside) => fillSeats(inside, String(about['run']))),
  },
})
