/** The addresses of places: pages and forms, the API, and tables to take away. */
import { anyone, api, csv, form, mayDo, page, read, signedIn, type Visit } from '#platform/web'
import { acceptPlace, declinePlace } from './accept.ts'
import { askForPlace, type Asked } from './ask.ts'
import { takeOff, withdrawPlace } from './leave.ts'
import { placesOf } from './mine.ts'
import { loadMyPlace, loadMyPlaces, loadNeeds, MyPlacesPage, NeedsPage, WithdrawalPage } from './my-places.tsx'
import { arrangeNeed, changeNeeds, needsToArrange } from './needs.ts'
import { sayAhead } from './offer.ts'
import { addMember, peopleOf } from './people.ts'
import { loadRun, RunPage } from './run-page.tsx'
import {
  ArrangementPage,
  loadArrangement,
  loadNeedsToArrange,
  loadPeople,
  loadRemoval,
  NeedsToArrangePage,
  PeoplePage,
  RemovalPage,
} from './staff-pages.tsx'

const run = { load: loadRun, view: RunPage }
const mine = { load: loadMyPlaces, view: MyPlacesPage }
const leaving = { load: loadMyPlace, view: WithdrawalPage }
const needing = { load: loadNeeds, view: NeedsPage }
const people = { load: loadPeople, view: PeoplePage }
const removing = { load: loadRemoval, view: RemovalPage }
const arranging = { load: loadArrangement, view: ArrangementPage }

const sayAsked = ({ standing, ahead }: Asked): string =>
  standing === 'confirmed'
    ? 'You have a place.'
    : standing === 'offered'
      ? 'You have been offered a place.'
      : `You are on the waiting list. ${sayAhead(ahead)}.`

const leads = mayDo('runs.lead')
const arranges = mayDo('places.arrange')

/** Everyone on a run, for a table that is taken away: far more than any run has. */
const everyone = { limit: 20_000, offset: 0, sort: 'state', descending: false } as const

export const routes = [
  page('/runs/:id', { ...run, access: anyone }),
  form('/runs/:id/place', { ...run, action: askForPlace, to: ({ id }) => `/runs/${id}`, says: sayAsked }),

  page('/me/places', { ...mine, access: signedIn }),
  page('/places/:id/withdrawal', { ...leaving, access: signedIn }),
  form('/places/:id/withdrawal', {
    ...leaving,
    action: withdrawPlace,
    to: () => '/me/places',
    says: ({ confirmedAt }) => (confirmedAt ? 'You have given up your place.' : 'You are no longer waiting.'),
  }),
  form('/places/:id/acceptance', {
    ...mine,
    action: acceptPlace,
    to: (_, place) => `/runs/${place.run}`,
    says: () => 'You have a place.',
  }),
  form('/places/:id/refusal', {
    ...mine,
    action: declinePlace,
    to: () => '/me/places',
    says: () => 'You have said no. The place goes to the next in line.',
  }),
  page('/places/:id/needs', { ...needing, access: signedIn }),
  form('/places/:id/needs', {
    ...needing,
    action: changeNeeds,
    to: (_, done) => `/runs/${done.run}`,
    says: () => 'What would help you is saved.',
  }),

  page('/runs/:id/people', { ...people, access: leads }),
  form('/runs/:id/people', {
    ...people,
    action: addMember,
    to: ({ id }) => `/runs/${id}/people`,
    says: ({ name, standing, isNew }) =>
      isNew ? `${name} ${standing === 'confirmed' ? 'has a place' : 'is waiting'}.` : `${name} is on this run already.`,
  }),
  page('/places/:id/removal', { ...removing, access: arranges }),
  form('/places/:id/removal', {
    ...removing,
    action: takeOff,
    to: (_, place) => `/runs/${place.run}/people`,
    says: () => 'They have been taken off, and are told why.',
  }),
  csv('/runs/:id/people.csv', {
    access: leads,
    load: async (visit, { id }) => {
      const found = await peopleOf(visit, id, everyone)
      if (!found) return undefined
      const rows = found.people.map((one) => [
        one.name,
        one.state,
        one.since.toISOString(),
        one.line,
        one.number,
        one.email,
      ])
      return {
        name: `people-${found.run.course}-${found.run.startsOn}`,
        columns: ['Name', 'State', 'Since', 'Number in line', 'Membership number', 'Email'],
        rows,
      }
    },
  }),

  page('/access-needs', { access: arranges, load: loadNeedsToArrange, view: NeedsToArrangePage }),
  page('/places/:id/arrangement', { ...arranging, access: arranges }),
  form('/places/:id/arrangement', {
    ...arranging,
    action: arrangeNeed,
    to: () => '/access-needs',
    says: () => 'Saved. They are told that there is an answer.',
  }),

  api('POST', '/api/runs/:id/place', askForPlace),
  api('POST', '/api/places/:id/withdrawal', withdrawPlace, {
    gives: ({ id, run: of, state }) => ({ id, run: of, state }),
  }),
  api('POST', '/api/places/:id/acceptance', acceptPlace, {
    gives: ({ id, run: of, state }) => ({ id, run: of, state }),
  }),
  api('POST', '/api/places/:id/refusal', declinePlace, { gives: ({ id, run: of, state }) => ({ id, run: of, state }) }),
  api('PUT', '/api/places/:id/needs', changeNeeds),
  api('POST', '/api/runs/:id/people', addMember),
  api('POST', '/api/places/:id/removal', takeOff, { gives: ({ id, run: of, state }) => ({ id, run: of, state }) }),
  api('PUT', '/api/places/:id/arrangement', arrangeNeed),

  read('/api/runs/:id/place', {
    does: 'Says where you stand with a run: a place, an offer, a wait, or what you can do.',
    scope: 'places:read',
    access: signedIn,
    load: async (visit, params) => (await loadRun(visit, params))?.standing,
  }),
  read('/api/me/places', {
    does: 'Lists your places: coming, offered, waiting and past.',
    scope: 'places:read',
    access: signedIn,
    load: async (visit) => ({ places: await placesOf(visit, visit.actor.id) }),
  }),
  read('/api/runs/:id/people', {
    does: 'Lists who has a place on a run and who waits, for those who arrange places there and its trainers.',
    scope: 'places:arrange',
    access: leads,
    load: (visit, { id }) => peopleOf(visit, id, everyone),
  }),
  read('/api/access-needs', {
    does: 'Lists what people need to take part in runs to come, where you arrange it. That you read it goes on the record.',
    scope: 'needs:read',
    access: arranges,
    load: (visit: Visit) => needsToArrange(visit, { all: visit.query.has('all'), limit: 500 }),
  }),
]
