import { personOf } from '#platform/actor'
import { api, file, form, page, read, signedIn } from '#platform/web'
import { correctMe } from './correct.ts'
import { eraseMe, erasePerson } from './erase.ts'
import { dataOf, takeAway } from './held.ts'
import { CorrectionPage, ErasurePage, loadMe, loadMine, MyDataPage } from './me-page.tsx'

const correction = { load: loadMe, view: CorrectionPage }
const erasure = { load: async () => ({}), view: ErasurePage }

export const dataRoutes = [
  page('/me/data', { access: signedIn, load: loadMine, view: MyDataPage }),
  file('/me/data.json', {
    access: signedIn,
    load: async (visit) => ({
      type: 'application/json; charset=utf-8',
      body: JSON.stringify(await takeAway(visit), null, 2),
      name: 'my-data.json',
    }),
  }),
  page('/me/data/correction', { access: signedIn, ...correction }),
  form('/me/data/correction', {
    ...correction,
    action: correctMe,
    to: () => '/me/data',
    says: ({ changed }) => (changed.length === 0 ? 'Nothing had to be changed.' : 'Your details are corrected.'),
  }),
  page('/me/data/erasure', { access: signedIn, ...erasure }),
  form('/me/data/erasure', {
    ...erasure,
    action: eraseMe,
    to: () => '/',
    says: () => 'You have been erased and signed out.',
  }),
  read('/api/me/data', {
    does: 'Gives everything that is held about you, by kind, and who read it',
    scope: 'me:data',
    access: signedIn,
    load: (visit) => dataOf(visit, personOf(visit.actor)),
  }),
  api('POST', '/api/me/correction', correctMe),
  api('POST', '/api/me/erasure', eraseMe),
  api('POST', '/api/people/:id/erasure', erasePerson),
]
