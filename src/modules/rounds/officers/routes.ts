/** The addresses of a round's officers. */
import { api, form, page, type Route, signedIn } from '#platform/web'
import { commitToSecret, nameOfficer, removeOfficer, revealSecret } from './actions.ts'
import { loadOfficers, OfficersPage } from './page.tsx'

const shown = { load: loadOfficers, view: OfficersPage }
const back = ({ slug }: { slug: string }) => `/rounds/${slug}/officers`

export const officerRoutes: readonly Route[] = [
  page('/rounds/:slug/officers', { ...shown, access: signedIn }),
  form('/rounds/:slug/officers', {
    ...shown,
    action: nameOfficer,
    to: back,
    says: ({ name }) => `${name} is an officer of this round, and is written to.`,
  }),
  form('/rounds/:slug/officers/:person/removal', { ...shown, action: removeOfficer, to: back }),
  form('/rounds/:slug/commitment', { ...shown, action: commitToSecret, to: back }),
  form('/rounds/:slug/reveal', {
    ...shown,
    action: revealSecret,
    to: back,
    says: ({ all }) =>
      all ? 'Thank you. The draw begins.' : 'Thank you. Your secret is kept until the others have revealed theirs.',
  }),
  api('POST', '/api/rounds/:slug/officers', nameOfficer),
  api('DELETE', '/api/rounds/:slug/officers/:person', removeOfficer),
  api('POST', '/api/rounds/:slug/commitment', commitToSecret),
  api('POST', '/api/rounds/:slug/reveal', revealSecret),
]
