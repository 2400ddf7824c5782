/** What anyone may read of rounds. */
import { anyone, api, file, form, page, read, type Route } from '#platform/web'
import { auditText } from '../draw/audit-file.ts'
import { giveBeacon } from '../draw/read-beacon.ts'
import { allRounds, findRound } from '../queries.ts'
import { RoundsPage } from './list-page.tsx'
import { loadRound, RoundPage } from './page.tsx'

const shown = { load: loadRound, view: RoundPage }

export const publicRoutes: readonly Route[] = [
  page('/rounds', { access: anyone, load: (visit) => allRounds(visit), view: RoundsPage }),
  page('/rounds/:slug', { ...shown, access: anyone }),
  file('/rounds/:slug/audit.json', {
    access: anyone,
    load: async (visit, { slug }) => {
      const round = await findRound(visit, slug)
      const body = round?.digest ? await auditText(visit.db, round.id) : undefined
      // it never changes once it is made
      const headers = { etag: `"${round?.digest}"` }
      return body === undefined
        ? undefined
        : { type: 'application/json; charset=utf-8', name: `${slug}.json`, body, headers }
    },
  }),
  form('/rounds/:slug/beacon', {
    ...shown,
    action: giveBeacon,
    to: ({ slug }) => `/rounds/${slug}`,
    says: () => 'The signature is the beacon’s own. The draw begins.',
  }),
  api('POST', '/api/rounds/:slug/beacon', giveBeacon),
  read('/api/rounds', {
    does: 'Rounds: those one can apply in first, then the latest.',
    scope: 'rounds:read',
    access: anyone,
    load: async (visit) => ({ rounds: await allRounds(visit) }),
  }),
  read('/api/rounds/:slug', {
    does: 'One round: its rules, runs, reserved seats, officers’ commitments, digests and seed. The audit file is at /rounds/:slug/audit.json.',
    scope: 'rounds:read',
    access: anyone,
    load: async (visit, params) => {
      const found = await loadRound(visit, params)
      return found && { ...found.round, applications: undefined, counts: found.counts }
    },
  }),
]
