import { api, csv, form, listing, mayDo, page, read, type Visit } from '#platform/web'
import { endRight, grantRight } from './actions.ts'
import { GrantPage, RightPage, RightsPage } from './pages.tsx'
import { academiesToGrantAt, askedIn, rightsWithin, rightWithin, sorts } from './queries.ts'
import { sayWhere } from './right.ts'

const access = mayDo('rights.grant')
const granting = { load: async (visit: Visit) => ({ academies: await academiesToGrantAt(visit) }), view: GrantPage }
const right = { load: (visit: Visit, { id }: { id: string }) => rightWithin(visit, id), view: RightPage }

const list = async (visit: Visit, size = 25) => {
  const asked = askedIn(visit)
  return { asked, ...(await rightsWithin(visit, { ...asked, ...listing(visit, { sorts, size }) })) }
}

export const rightRoutes = [
  page('/administration/rights', { access, load: (visit) => list(visit), view: RightsPage }),
  csv('/administration/rights.csv', {
    access,
    load: async (visit) => {
      const asked = askedIn(visit)
      const { sort, descending } = listing(visit, { sorts })
      const { rights } = await rightsWithin(visit, { ...asked, sort, descending, limit: 100_000, offset: 0 })
      return {
        name: 'rights',
        columns: ['name', 'membership_number', 'role', 'where', 'from', 'until', 'granted_by'],
        rows: rights.map((one) => [
          one.name,
          one.membershipNumber,
          one.role,
          sayWhere(one),
          one.startsOn,
          one.endsOn,
          one.grantedBy,
        ]),
      }
    },
  }),
  read('/api/rights', {
    does: 'Lists the rights within your reach, by role, name, place and time, a hundred to a page',
    scope: 'rights:read',
    access,
    load: async (visit) => {
      const { rights, total } = await list(visit, 100)
      return { rights, total }
    },
  }),
  page('/administration/rights/new', { access, ...granting }),
  form('/administration/rights', {
    ...granting,
    action: grantRight,
    to: (_, { id }) => `/administration/rights/${id}`,
    says: ({ name, role }) => `${name} now has the role of ${role}, and is told by letter`,
  }),
  api('POST', '/api/rights', grantRight),
  page('/administration/rights/:id', { access, ...right }),
  read('/api/rights/:id', {
    does: 'Gives one right within your reach',
    scope: 'rights:read',
    access,
    load: right.load,
  }),
  form('/administration/rights/:id/ending', {
    ...right,
    action: endRight,
    to: () => '/administration/rights',
    says: ({ name, role }) => `${name} no longer has the role of ${role}`,
  }),
  api('DELETE', '/api/rights/:id', endRight),
]
