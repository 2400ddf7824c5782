/** The addresses of the homes. */
import { anyone, mayDo, page, read, type Route, signedIn } from '#platform/web'
import { loadFront } from './front/front.ts'
import { nearRoute } from './front/near.tsx'
import { FrontPage } from './front/page.tsx'
import { AdministrationPage } from './administration/page.tsx'
import { loadState } from './administration/state.ts'
import { coordinatingRoutes } from './coordinating/routes.ts'
import { figures } from './figures.ts'
import { loadMe } from './me/me.ts'
import { MePage } from './me/page.tsx'
import { TeachingPage } from './teaching/page.tsx'
import { loadTeaching } from './teaching/teaching.ts'

export const routes: Route[] = [
  page('/', { access: anyone, load: loadFront, view: FrontPage }),
  nearRoute,
  read('/api/figures', {
    does: 'Gives the programme in figures: places open, academies, people trained, and when they were counted.',
    scope: 'figures:read',
    access: anyone,
    load: async ({ db, now, today }) => {
      const { placesOpen, academies, runsAhead, trained, countedAt } = await figures(db, now, today)
      return { placesOpen, academies, runsAhead, trained, countedAt }
    },
  }),
  page('/me', { access: signedIn, load: loadMe, view: MePage }),
  read('/api/me', {
    does: 'Gives your next step, what is coming up, your path and your pledge.',
    scope: 'me:read',
    access: signedIn,
    load: loadMe,
  }),
  page('/teaching', { access: mayDo('runs.lead'), load: loadTeaching, view: TeachingPage }),
  read('/api/teaching', {
    does: 'Gives the sessions that you lead: today, next, and those whose register is still to finish.',
    scope: 'teaching:read',
    access: mayDo('runs.lead'),
    load: loadTeaching,
  }),
  ...coordinatingRoutes,
  page('/administration', { access: mayDo('record.read'), load: loadState, view: AdministrationPage }),
  read('/api/administration', {
    does: 'Gives how the installation stands: figures, the last reading of the roll, mail, jobs and the record.',
    scope: 'state:read',
    access: mayDo('record.read'),
    load: loadState,
  }),
]
