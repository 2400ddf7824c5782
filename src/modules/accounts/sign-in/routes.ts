import { ownPath } from '#platform/sign-in'
import { anyone, api, form, page, type Visit } from '#platform/web'
import { askForLink, signInByLink, signOut, type Welcome } from './actions.ts'
import { madeUpPeople, signInAsMadeUp } from './made-up.ts'
import { LinkPage, SentPage, SignInPage } from './pages.tsx'

const nextIn = ({ query, typed, address }: Visit): string | undefined =>
  ownPath(typed['next'] ?? query.get('next'), address)

const textIn = (said: unknown): string => (typeof said === 'string' ? said : '')

/** The page to sign in on, which other ways in show again when they are refused. */
export const signInPage = {
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
/** What a program is told of having signed in. */
export const gives = ({ name, owes, goOn }: Welcome) => ({ name, owesSecondFactor: owes, next: goOn })
const goesOn = (_: unknown, { goOn }: Welcome): string => goOn

export const signInRoutes = [
  page('/sign-in', { access: anyone, ...signInPage }),
  form('/sign-in', { ...signInPage, action: askForLink, to: () => '/sign-in/sent' }),
  api('POST', '/api/sign-in', askForLink),
  page('/sign-in/sent', {
    access: anyone,
    load: async ({ frame, sendsMail }) => ({ outbox: frame.demonstration && !sendsMail }),
    view: SentPage,
  }),
  page('/sign-in/link', { access: anyone, ...link }),
  form('/sign-in/link', { ...link, action: signInByLink, cookies, to: goesOn }),
  api('POST', '/api/sign-in/link', signInByLink, { cookies, gives }),
  form('/sign-in/demonstration', { ...signInPage, action: signInAsMadeUp, cookies, to: goesOn }),
  api('POST', '/api/sign-in/demonstration', signInAsMadeUp, { cookies, gives }),
  form('/sign-out', {
    ...signInPage,
    action: signOut,
    cookies,
    to: () => '/sign-in',
    says: () => 'You are signed out',
  }),
  api('POST', '/api/sign-out', signOut, { cookies, gives: () => ({}) }),
]
