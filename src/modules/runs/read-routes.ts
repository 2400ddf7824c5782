/** Runs for programs to read. */
import { anyone, read, type Route } from '#platform/web'
import { placeOf } from '../areas/index.ts'
import { findRun, runsAhead } from './queries.ts'
import { whereOf } from './run.ts'

export const readRoutes: readonly Route[] = [
  read('/api/runs', {
    does: 'Published runs that have not begun: the soonest first, or the nearest first where you say near what.',
    scope: 'runs:read',
    access: anyone,
    asks: {
      course: 'the id or the slug of a course',
      academy: 'the id of an academy',
      strand: 'organising, media, digital, policy or training',
      online: 'yes or no',
      near: 'a postcode or the code of an area',
      page: 'from 1; each has 50 runs',
    },
    load: async (visit) => {
      const { query, db } = visit
      const asked = (name: string) => query.get(name)?.replaceAll('\u0000', '').slice(0, 200) || undefined
      const said = asked('near')
      const near = said ? (await placeOf(db, said))?.area : undefined
      const online = { yes: true, no: false }[asked('online') ?? '']
      const page = Math.min(1000, Math.max(1, Math.trunc(Number(asked('page') ?? 1)) || 1))
      const wanted = { course: asked('course'), strand: asked('strand'), academy: idIn(asked('academy')), online, near }
      return { runs: await runsAhead(visit, { ...wanted, limit: 50, offset: 50 * (page - 1) }) }
    },
  }),
  read('/api/runs/:id', {
    does: 'One run: its course, sessions, where it is, who leads it, and how many places are left.',
    scope: 'runs:read',
    access: anyone,
    load: async (visit, { id }) => {
      const run = await findRun(visit, id)
      return run && { ...run, whereInFull: whereOf(run), trainers: run.trainers.map(({ name }) => name) }
    },
  }),
]

// what is not an id finds nothing, rather than everything
const idIn = (said: string | undefined): string | undefined =>
  said === undefined || /^[0-9a-f-]{36}$/i.test(said) ? said : '00000000-0000-0000-0000-000000000000'
