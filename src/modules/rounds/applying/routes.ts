/** The addresses of a member's application. */
import { api, form, page, read, signedIn } from '#platform/web'
import { applicationsOf } from '../../places/index.ts'
import { chanceOf } from '../rehearsal/words.ts'
import { applyToRound, withdrawApplication, type Applied } from './apply.ts'
import { readChoices } from './fields.ts'
import { loadApplication } from './load.ts'
import { ApplicationPage } from './page.tsx'

const mine = { load: loadApplication, view: ApplicationPage }

const sayApplied: Readonly<Record<Applied['did'], string>> = {
  made: 'Your application is in. We write to you as well.',
  changed: 'Your changes are saved.',
  nothing: 'Your application is in as it was. Nothing has changed.',
}

export const applyingRoutes = [
  page('/rounds/:slug/application', { ...mine, access: signedIn }),
  form('/rounds/:slug/application', {
    ...mine,
    action: applyToRound,
    reads: readChoices,
    to: ({ slug }) => `/rounds/${slug}/application`,
    says: ({ did }) => sayApplied[did],
  }),
  form('/rounds/:slug/application/withdrawal', {
    ...mine,
    action: withdrawApplication,
    to: ({ slug }) => `/rounds/${slug}/application`,
  }),

  api('POST', '/api/rounds/:slug/application', applyToRound),
  api('POST', '/api/rounds/:slug/application/withdrawal', withdrawApplication),
  read('/api/rounds/:slug/application', {
    does: 'Gives your application in a round: what you chose, your pseudonym, what the rehearsals say, and after the draw what you got and why.',
    scope: 'places:read',
    access: signedIn,
    load: async (visit, params) => {
      const shown = await loadApplication(visit, params)
      if (!shown?.application) return undefined
      const { application, rehearsal, result, band } = shown
      return {
        ...application,
        band,
        chances: application.choices.map((run) => ({
          run,
          chance:
            chanceOf(
              rehearsal?.runs.find(({ id }) => id === run),
              band,
            )?.says ?? null,
        })),
        ...(result ? { traits: result.traits, lines: result.lines } : {}),
      }
    },
  }),
  read('/api/me/applications', {
    does: 'Lists your applications in rounds, the latest first, with what came of them.',
    scope: 'places:read',
    access: signedIn,
    load: async (visit) => ({ applications: await applicationsOf(visit, visit.actor.id) }),
  }),
]
