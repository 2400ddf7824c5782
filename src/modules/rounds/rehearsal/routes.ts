/** The address of a round's rehearsal. */
import { mayDo, page, read } from '#platform/web'
import { loadRehearsal, RehearsalPage } from './page.tsx'
import { rehearsalFigures } from './figures.ts'

const opens = mayDo('rounds.open')

export const rehearsalRoutes = [
  page('/rounds/:slug/rehearsal', { access: opens, load: loadRehearsal, view: RehearsalPage }),
  read('/api/rounds/:slug/rehearsal', {
    does: 'Gives what the last rehearsal of a round says: per run who wants it, and the chance of each group in words. Counts below 10 are null, others rounded to 5. Never the real draw.',
    scope: 'rounds:open',
    access: opens,
    load: async (visit, params) => {
      const shown = await loadRehearsal(visit, params)
      return shown && rehearsalFigures(shown)
    },
  }),
]
