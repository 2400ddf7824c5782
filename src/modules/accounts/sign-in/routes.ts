import { ownPath } from '#platform/sign-in'
import { anyone, api, form, page, type Visit } from '#platform/web'
import { askForLink, signInByLink, signOut, type Welcome } from './actions.ts'
import { madeUpPeople, signInAsMadeUp } from './made-up.ts'
import { LinkPage, SentPage, SignInPage } from './pages.tsx'

const nextIn = ({ query, typed, address }: Visit): string | undefined =>
  ownPath(typed['next'] ?? query.get('next'), address)

const textIn = (said: unknown): string => (typeof said === 'string' ? said : '')

const signIn = {
  load: async (visit: Visit) => ({ next: nextIn(visit), madeUp: await madeUpPeople(visit.db) }),
  view: SignInPage,
}
const link = {
  load: async (visit: Visit) => ({
    token: textIn(visit.typed['token'] ?? visit.query.get('token')).slice(0, 200),
    next: nextIn(visit),
  }),
  view: LinkPage,
}
const cookies = ({ cookies: set }: { cookies: string[] }): string[] => set
const gives = ({ name, owes, goOn }: Welcome) => ({ name, owesSecondFactor: owes, next: goOn })
const goesOn = (_: unknown, { goOn }: Welcome): string => goOn

export const signInRoutes = [
  page('/sign-in', { access: anyone, ...signIn }),
  form('/sign-in', { ...signIn, action: askForLink, to: () => '/sign-in/sent' }),
  api('POST', '/api/sign-in', askForLink),
  page('/sign-in/sent', {
    access: anyone,
    load: async ({ frame, sendsMail }) => ({ outbox: frame.demonstration && !sendsMail }),
    view: SentPage,
  }),
  page('/sign-in/link', { access: anyone, ...link }),
  form('/sign-in/link', { ...link, action: signInByLink, cookies, to: goesOn }),
  api('POST', '/api/sign-in/link', signInByLink, { cookies, gives }),
  form('/sign-in/demonstration', { ...signIn, action: signInAsMadeUp, cookies, to: goesOn }),
  api('POST', '/api/sign-in/demonstration', signInAsMadeUp, { cookies, gives }),
  form('/sign-out', { ...signIn, action: signOut, cookies, to: () => '/sign-in', says: () => 'You are signed out' }),
  api('POST', '/api/sign-out', signOut, { cookies, gives: () => ({}) }),
]
