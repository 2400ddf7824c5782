/** The addresses at which rounds are made. */
import { api, form, page, type Route } from '#platform/web'
import { bandsIn } from './rules-form.tsx'
import { cancelRound } from './cancel.ts'
import { chooseRuns, reservesIn, reserveSeats } from './contents.ts'
import { loadEditing, loadFresh } from './load.ts'
import { changeRound, openRound, opens } from './open.ts'
import { EditRoundPage, NewRoundPage } from './pages.tsx'
import { publishRound } from './publish.ts'

const fresh = { load: loadFresh, view: NewRoundPage }
const editing = { load: loadEditing, view: EditRoundPage }
const toEdit = (_: unknown, { slug }: { slug: string }) => `/rounds/${slug}/edit`

export const openingRoutes: readonly Route[] = [
  page('/rounds/new', { ...fresh, access: opens }),
  form('/rounds/new', { ...fresh, action: openRound, reads: bandsIn, to: toEdit, says: () => 'The draft is saved.' }),
  page('/rounds/:slug/edit', { ...editing, access: opens }),
  form('/rounds/:slug/edit', {
    ...editing,
    action: changeRound,
    reads: bandsIn,
    to: toEdit,
    says: () => 'The rules are saved.',
  }),
  form('/rounds/:slug/runs', { ...editing, action: chooseRuns, to: toEdit, says: () => 'The runs are saved.' }),
  form('/rounds/:slug/reserves', {
    ...editing,
    action: reserveSeats,
    reads: (body) => ({ reserves: reservesIn(body) }),
    to: toEdit,
    says: () => 'The reserved seats are saved.',
  }),
  form('/rounds/:slug/publication', {
    ...editing,
    action: publishRound,
    to: (_, { slug }) => `/rounds/${slug}`,
    says: () => 'The round is published.',
  }),
  form('/rounds/:slug/cancellation', {
    ...editing,
    action: cancelRound,
    to: (_, { slug, discarded }) => (discarded ? '/rounds' : `/rounds/${slug}`),
    says: ({ discarded }) => (discarded ? 'The draft is thrown away.' : 'The round is cancelled.'),
  }),
  api('POST', '/api/rounds', openRound),
  api('PUT', '/api/rounds/:slug', changeRound),
  api('PUT', '/api/rounds/:slug/runs', chooseRuns),
  api('PUT', '/api/rounds/:slug/reserves', reserveSeats),
  api('POST', '/api/rounds/:slug/publication', publishRound),
  api('POST', '/api/rounds/:slug/cancellation', cancelRound),
]
