import { listing, mayDo, page, read } from '#platform/web'
import { ImportsPage } from './page.tsx'
import { readingsOfRoll } from './queries.ts'

const access = mayDo('people.import')

export const importRoutes = [
  page('/administration/imports', {
    access,
    load: (visit) => readingsOfRoll(visit, listing(visit, { sorts: ['begun'] })),
    view: ImportsPage,
  }),
  read('/api/imports', {
    does: 'Lists the readings of the membership roll, the latest first, with what each changed',
    scope: 'imports:read',
    access,
    asks: { page: 'the number of the page' },
    load: (visit) => readingsOfRoll(visit, listing(visit, { sorts: ['begun'], size: 100 })),
  }),
]
