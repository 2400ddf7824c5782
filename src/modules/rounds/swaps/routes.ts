/** The addresses of swaps. */
import { api, form, page, read, signedIn } from '#platform/web'
import { loadSwaps, SwapsPage } from './page.tsx'
import { offerSwap, withdrawSwap } from './swap.ts'

const swaps = { load: loadSwaps, view: SwapsPage }

export const swapRoutes = [
  page('/rounds/:slug/swaps', { ...swaps, access: signedIn }),
  form('/rounds/:slug/swaps', {
    ...swaps,
    action: offerSwap,
    to: ({ slug }, { did }) => (did === 'changed' ? `/rounds/${slug}/application` : `/rounds/${slug}/swaps`),
    says: ({ did }) =>
      did === 'changed'
        ? 'You have changed places. The new place is yours.'
        : 'Noted. You keep your place until someone there wants it.',
  }),
  form('/rounds/:slug/swaps/:id/withdrawal', {
    ...swaps,
    action: withdrawSwap,
    to: ({ slug }) => `/rounds/${slug}/swaps`,
    says: () => 'Taken back. You keep your place.',
  }),

  api('POST', '/api/rounds/:slug/swaps', offerSwap),
  api('POST', '/api/rounds/:slug/swaps/:id/withdrawal', withdrawSwap),
  read('/api/rounds/:slug/swaps', {
    does: 'Lists the places you have in a round, the runs you would take instead, and the runs on which someone wants yours.',
    scope: 'places:read',
    access: signedIn,
    load: async (visit, params) => {
      const shown = await loadSwaps(visit, params)
      return shown && { places: shown.held }
    },
  }),
]
