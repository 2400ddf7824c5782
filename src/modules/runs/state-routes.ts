/** Publishing and cancelling a run, by form and for programs. */
import { api, form, mayDo, page, type Route, type Visit } from '#platform/web'
import { affectedBy, cancelRun } from './cancel.ts'
import { missingFrom, publishRun } from './publish.ts'
import { findRun } from './queries.ts'
import { clashesOf } from './schedule/plan.ts'
import { standingOf } from './standing.ts'
import { type Cancelling, CancellationPage, PublicationPage, type Publishing } from './state-pages.tsx'

const access = mayDo('runs.schedule')

async function publishing(visit: Visit, id: string): Promise<Publishing | undefined> {
  const standing = await standingOf(visit, id)
  if (!standing) return undefined
  if (standing.run.state !== 'draft') return { standing, clashes: { all: [], confirmation: '' }, missing: {} }
  return { standing, clashes: await clashesOf(visit, standing.wanted, id), missing: await missingFrom(visit, id) }
}

async function cancelling(visit: Visit, id: string): Promise<Cancelling | undefined> {
  const run = await findRun(visit, id)
  return run?.mayChange ? { run, affected: await affectedBy(visit.db, id) } : undefined
}

export const stateRoutes: readonly Route[] = [
  page('/runs/:id/publication', { access, load: (visit, { id }) => publishing(visit, id), view: PublicationPage }),
  form('/runs/:id/publication', {
    action: publishRun,
    load: (visit, { id }) => publishing(visit, id),
    view: PublicationPage,
    to: ({ id }) => `/runs/${id}`,
    says: () => 'The run is published. Its trainers are told.',
  }),
  api('POST', '/api/runs/:id/publication', publishRun),
  page('/runs/:id/cancellation', { access, load: (visit, { id }) => cancelling(visit, id), view: CancellationPage }),
  form('/runs/:id/cancellation', {
    action: cancelRun,
    load: (visit, { id }) => cancelling(visit, id),
    view: CancellationPage,
    to: ({ id }, { discarded }) => (discarded ? '/runs' : `/runs/${id}`),
    says: ({ discarded }) =>
      discarded ? 'The draft is thrown away.' : 'The run is cancelled. Everyone it concerns will be told.',
  }),
  api('POST', '/api/runs/:id/cancellation', cancelRun),
]
