import { csv, form, mayDo, page, read, type Visit } from '#platform/web'
import { record } from '#platform/record'
import { erasePerson } from '../data/erase.ts'
import { listingOf, PeoplePage, PersonErasurePage, PersonPage } from './pages.tsx'
import { findPeople, mostFound, seePerson } from './queries.ts'

const finds = mayDo('people.find')

const erasure = {
  load: async (visit: Visit, { id }: { id: string }) => {
    const person = await seePerson(visit, id)
    return person?.mayErase ? person : undefined
  },
  view: PersonErasurePage,
}

export const findRoutes = [
  page('/administration/people', {
    access: finds,
    load: (visit) => findPeople(visit, listingOf(visit)),
    view: PeoplePage,
  }),
  csv('/administration/people.csv', {
    access: finds,
    load: async (visit) => {
      const { rows, asked } = await findPeople(visit, { ...listingOf(visit), limit: mostFound, offset: 0 })
      if (!asked) return undefined
      await record(visit.db, visit.actor, 'people.downloaded', { people: rows.length })
      return {
        name: 'people',
        columns: ['name', 'membership_number', 'area', 'standing', 'joined_on'],
        rows: rows.map(({ name, number, area, standing, joinedOn }) => [name, number, area, standing, joinedOn]),
      }
    },
  }),
  page('/administration/people/:id', {
    access: finds,
    load: (visit, { id }) => seePerson(visit, id),
    view: PersonPage,
  }),
  page('/administration/people/:id/erasure', { access: mayDo('people.erase'), ...erasure }),
  form('/administration/people/:id/erasure', {
    ...erasure,
    action: erasePerson,
    to: () => '/administration/people',
    says: () => 'They have been erased.',
  }),
  read('/api/people', {
    does: 'Finds people by name, membership number, email address or area, within your reach; at most 1,000',
    scope: 'people:read',
    access: finds,
    asks: {
      q: 'a name (typing errors are forgiven), a membership number or an email address',
      area: 'the name or code of an area',
      sort: 'name, number, area or joined; with - before it the other way round',
      page: 'the number of the page',
    },
    load: async (visit) => {
      const { rows, total, more, problem } = await findPeople(visit, listingOf(visit, 100))
      return { people: rows, total, more, ...(problem ? { problem } : {}) }
    },
  }),
  read('/api/people/:id', {
    does: 'Gives one person within your reach; they can see that you read it',
    scope: 'people:read',
    access: finds,
    load: (visit, { id }) => seePerson(visit, id),
  }),
]
