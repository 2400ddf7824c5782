/** The addresses of wishes: a member's, and those of who plans. */
import { api, csv, form, mayDo, page, read, signedIn } from '#platform/web'
import { loadDemand, wishesByBoth } from './demand.ts'
import { DemandPage } from './demand-page.tsx'
import { AskingPage, loadAsking, loadMyWishes, MyWishesPage } from './pages.tsx'
import { endWish, wishesOf, wishFor } from './wish.ts'

const asking = { load: loadAsking, view: AskingPage }
const mine = { load: loadMyWishes, view: MyWishesPage }
const schedules = mayDo('runs.schedule')

export const routes = [
  page('/courses/:slug/wish', { ...asking, access: signedIn }),
  form('/courses/:slug/wish', {
    ...asking,
    action: wishFor,
    to: ({ slug }) => `/courses/${slug}`,
    says: ({ course, knowsHome }) => `We tell you when ${course} runs ${knowsHome ? 'near you or online' : 'online'}.`,
  }),
  page('/me/wishes', { ...mine, access: signedIn }),
  form('/wishes/:id/withdrawal', {
    ...mine,
    action: endWish,
    to: () => '/me/wishes',
    says: () => 'You get no more letters about this course.',
  }),
  page('/wishes', { access: schedules, load: loadDemand, view: DemandPage }),
  csv('/wishes.csv', {
    access: schedules,
    load: async (visit) => {
      const rows = await wishesByBoth(visit)
      return {
        name: 'wishes',
        columns: ['course', 'title', 'area', 'constituency', 'asking', 'runs there', 'places free there'],
        rows: rows.map((row) => [row.slug, row.title, row.code, row.name, row.asking, row.runs, row.free]),
      }
    },
  }),
  api('POST', '/api/courses/:slug/wish', wishFor),
  api('POST', '/api/wishes/:id/withdrawal', endWish),
  read('/api/me/wishes', {
    does: 'Lists the courses that you asked to be told of.',
    scope: 'wishes:read',
    access: signedIn,
    load: async (visit) => ({ wishes: await wishesOf(visit, visit.actor.id) }),
  }),
  read('/api/wishes', {
    does: 'Counts who wishes for which course where you schedule runs, against the places free; or, for one course, by constituency.',
    scope: 'runs:read',
    access: schedules,
    asks: {
      course: 'the course whose constituencies are counted',
      sort: 'asking, title, areas or free; for one course asking, name or free; with - before it the other way round',
      page: 'which page of 50',
    },
    load: loadDemand,
  }),
]
