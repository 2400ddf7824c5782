/** The table of runs for coordinators, as a page, as CSV and for programs. */
import { csv, listing, mayDo, page, read, type Route, type Visit } from '#platform/web'
import { academiesWithin } from '../../academies/index.ts'
import { StaffListPage } from './page.tsx'
import { type StaffFilter, staffRuns, sorts } from './staff-runs.ts'

const access = mayDo('runs.schedule')
const mostRows = 5000

/** What the address asks for; what it cannot mean is left out. */
function filterIn({ query }: Visit): StaffFilter {
  const one = <Word extends string>(name: string, words: readonly Word[]): Word | undefined =>
    words.find((word) => word === query.get(name))
  const words = (name: string): string | undefined =>
    query.get(name)?.replaceAll('\u0000', '').trim().slice(0, 100) || undefined
  return {
    academy: words('academy'),
    strand: words('strand'),
    q: words('q'),
    when: one('when', ['ahead', 'past', 'all']),
    state: one('state', ['draft', 'published', 'cancelled']),
    needing: query.get('needing') === 'yes',
  }
}

const listingOf = (visit: Visit) => listing(visit, { sorts, size: 25 })

export const staffRoutes: readonly Route[] = [
  page('/runs', {
    access,
    load: async (visit) => {
      const [filter, list] = [filterIn(visit), listingOf(visit)]
      const { sort, descending, limit, offset } = list
      const academies = await academiesWithin(visit.db, visit.actor, 'runs.schedule')
      return { ...(await staffRuns(visit, { ...filter, sort, descending, limit, offset })), academies, filter, list }
    },
    view: StaffListPage,
  }),
  csv('/runs.csv', {
    access,
    load: async (visit) => {
      const { sort, descending } = listingOf(visit)
      const { runs } = await staffRuns(visit, { ...filterIn(visit), sort, descending, limit: mostRows })
      return {
        name: `runs-${visit.today}`,
        columns: [
          'Course',
          'Academy',
          'State',
          'First day',
          'Last day',
          'Where',
          'Trainers',
          'Places',
          'Taken',
          'Waiting',
          'Needs you',
        ],
        rows: runs.map((run) => [
          run.title,
          run.academy.name,
          run.state,
          run.startsOn,
          run.endsOn,
          run.where,
          run.ledBy.join(', '),
          run.capacity,
          run.taken,
          run.waiting,
          run.reasons.map(({ words }) => words).join('; '),
        ]),
      }
    },
  }),
  read('/api/runs/mine', {
    does: 'The runs of the academies at which you schedule, with why each needs you.',
    scope: 'runs:write',
    access,
    asks: {
      academy: 'the id of an academy',
      strand: 'organising, media, digital, policy or training',
      when: 'ahead (the usual), past or all',
      state: 'draft, published or cancelled; without it, all that are not cancelled',
      q: 'part of the title of the course',
      needing: 'yes, for only those that need you',
      sort: 'dates, needs, course, where, places or waiting; with - before it, descending',
      page: 'from 1; each has 25 runs',
    },
    load: (visit) => {
      const { sort, descending, limit, offset } = listingOf(visit)
      return staffRuns(visit, { ...filterIn(visit), sort, descending, limit, offset })
    },
  }),
]
