/** The addresses of a coordinator's home and of the tables behind it. */
import { csv, mayDo, page, read, type Route } from '#platform/web'
import { DemandTable } from './demand-page.tsx'
import { loadCoordinating, loadDemand, loadWaiting, loadWaitingFile } from './load.ts'
import { CoordinatingPage } from './page.tsx'
import { WaitingTable } from './waiting-page.tsx'

const schedules = mayDo('runs.schedule')
const narrowing = {
  academy: 'the slug of one academy',
  strand: 'one strand',
  q: 'words of the course’s title',
  sort: 'needs, course, dates, where, places or waiting; with - before it the other way round',
  page: 'which page of the runs',
}

export const coordinatingRoutes: Route[] = [
  page('/coordinating', { access: schedules, load: loadCoordinating, view: CoordinatingPage }),
  page('/coordinating/demand', { access: schedules, load: (visit) => loadDemand(visit), view: DemandTable }),
  csv('/coordinating/demand.csv', {
    access: schedules,
    load: async (visit) => {
      const found = await loadDemand(visit, true)
      return (
        found && {
          name: 'demand',
          columns: ['area', 'constituency', 'asking', 'without a place', 'places there'],
          rows: found.rows.map(({ code, name, asking, waiting, places }) => [code, name, asking, waiting, places]),
        }
      )
    },
  }),
  page('/coordinating/waiting', { access: schedules, load: loadWaiting, view: WaitingTable }),
  csv('/coordinating/waiting.csv', {
    access: schedules,
    load: async (visit) => {
      const rows = await loadWaitingFile(visit)
      return (
        rows && {
          name: 'waiting',
          columns: ['place', 'who', 'run', 'course', 'begins', 'asked at', 'in line'],
          rows: rows.map((one) => [
            one.place,
            one.name,
            one.run,
            one.title,
            one.startsOn,
            one.askedAt.toISOString(),
            one.ahead + 1,
          ]),
        }
      )
    },
  }),
  read('/api/coordinating', {
    does: 'Gives the runs of your academies with what needs you, demand against places by area, who waits longest, access needs to arrange and pledges to look back at.',
    scope: 'runs:read',
    access: schedules,
    asks: narrowing,
    load: async (visit) => {
      const the = await loadCoordinating(visit)
      return (
        the && {
          academies: the.academies,
          figures: the.found.figures,
          total: the.found.total,
          runs: the.found.runs,
          ...the.seeTo,
        }
      )
    },
  }),
]
