/** The addresses of pledges. */
import { api, csv, form, mayDo, members, page, read, signedIn, type Visit } from '#platform/web'
import { changePledge, makePledge, reviewPledge, withdrawPledge } from './actions.ts'
import {
  loadMine,
  loadNew,
  loadOwnOpen,
  loadPledge,
  loadReview,
  loadStaffList,
  MyPledgesPage,
  NewPledgePage,
  PledgePage,
  ReviewPage,
  shownIn,
  StaffListPage,
  WithdrawalPage,
} from './pages.tsx'
import { pledgesOf, pledgesToReview } from './queries.ts'

const making = { load: loadNew, view: NewPledgePage }
const one = { load: loadPledge, view: PledgePage }
const reviewing = { load: loadReview, view: ReviewPage }
const leaving = { load: loadOwnOpen, view: WithdrawalPage }
const leads = mayDo('runs.lead')
const everything = (visit: Visit) =>
  pledgesToReview(visit, shownIn(visit), { limit: 20_000, offset: 0, sort: 'review', descending: false })

export const routes = [
  page('/me/pledges', { access: signedIn, load: loadMine, view: MyPledgesPage }),
  page('/me/pledges/new', { ...making, access: members }),
  form('/me/pledges', {
    ...making,
    action: makePledge,
    to: () => '/me/pledges',
    says: () => 'Your pledge is written down. We look at it with you on its day.',
  }),
  page('/pledges/:id', { ...one, access: signedIn }),
  form('/pledges/:id', {
    ...one,
    action: changePledge,
    to: () => '/me/pledges',
    says: () => 'Your pledge is changed.',
  }),
  page('/pledges/:id/review', { ...reviewing, access: signedIn }),
  form('/pledges/:id/review', {
    ...reviewing,
    action: reviewPledge,
    to: (_, { own, id }) => (own ? '/me/pledges' : `/pledges/${id}`),
    says: () => 'Saved. Thank you.',
  }),
  page('/pledges/:id/withdrawal', { ...leaving, access: signedIn }),
  form('/pledges/:id/withdrawal', {
    ...leaving,
    action: withdrawPledge,
    to: () => '/me/pledges',
    says: () => 'Your pledge is taken back.',
  }),
  page('/pledges', { access: leads, load: loadStaffList, view: StaffListPage }),
  csv('/pledges.csv', {
    access: leads,
    load: async (visit) => ({
      name: `pledges-${shownIn(visit)}`,
      columns: [
        'Member',
        'Pledge',
        'Made after',
        'Made on',
        'Look at it on',
        'Came of it',
        'Looked at on',
        'With',
        'Learnt',
      ],
      rows: (await everything(visit)).pledges.map((pledge) => [
        pledge.name,
        pledge.commitment,
        pledge.title,
        pledge.madeOn,
        pledge.reviewOn,
        pledge.state,
        pledge.reviewedOn,
        pledge.reviewedBy,
        pledge.learnt,
      ]),
    }),
  }),

  api('POST', '/api/me/pledges', makePledge),
  api('PUT', '/api/pledges/:id', changePledge),
  api('POST', '/api/pledges/:id/review', reviewPledge),
  api('POST', '/api/pledges/:id/withdrawal', withdrawPledge),
  read('/api/me/pledges', {
    does: 'Lists your pledges, the open ones first.',
    scope: 'pledges:read',
    access: signedIn,
    load: async (visit) => ({ pledges: await pledgesOf(visit, visit.actor.id) }),
  }),
  read('/api/pledges', {
    does: 'Lists the pledges that you look at with members: due within a week, open, or looked at before.',
    scope: 'pledges:read',
    access: leads,
    load: everything,
  }),
]
