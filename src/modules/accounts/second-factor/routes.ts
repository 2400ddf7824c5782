import { ownPath, recoveryCodesLeft, secondFactorKey } from '#platform/sign-in'
import { personOf } from '#platform/actor'
import { api, form, page, signedIn, type Visit } from '#platform/web'
import {
  confirmSecondFactor,
  giveSecondFactor,
  halfSignedIn,
  remakeRecoveryCodes,
  setUpSecondFactor,
  turnOffSecondFactor,
  whoIsHere,
} from './actions.ts'
import { CodesPage, GatePage, RecoveryCodesPage, SetUpPage } from './pages.tsx'

const nextIn = ({ query, typed, address }: Visit): string | undefined =>
  ownPath(typed['next'] ?? query.get('next'), address)

const gate = {
  load: async (visit: Visit) => {
    const { name, secondFactor: has, shown } = await whoIsHere(visit)
    return { name, has, shown, next: nextIn(visit) }
  },
  view: GatePage,
}
const settingUp = {
  load: async (visit: Visit) => {
    const { secondFactor: has } = await whoIsHere(visit)
    return { has, key: has ? undefined : await secondFactorKey(visit), next: nextIn(visit) }
  },
  view: SetUpPage,
}
const codes = {
  load: async (visit: Visit) => {
    const { secondFactor } = await whoIsHere(visit)
    return secondFactor ? { left: (await recoveryCodesLeft(visit, personOf(visit.actor))).length } : undefined
  },
  view: CodesPage,
}
const cookies = ({ cookies: set }: { cookies: string[] }): string[] => set
const andNext = (next: unknown): string => (typeof next === 'string' ? `?next=${encodeURIComponent(next)}` : '')

export const secondFactorRoutes = [
  page('/account/second-factor', { access: halfSignedIn, ...gate }),
  form('/account/second-factor', { ...gate, action: giveSecondFactor, cookies, to: (_, { goOn }) => goOn }),
  api('POST', '/api/account/second-factor', giveSecondFactor, { cookies, gives: ({ goOn }) => ({ next: goOn }) }),
  page('/account/second-factor/new', { access: signedIn, ...settingUp }),
  form('/account/second-factor/new', {
    ...settingUp,
    action: setUpSecondFactor,
    to: (_, __, { next }) => `/account/second-factor/new${andNext(next)}`,
  }),
  api('POST', '/api/account/second-factor/new', setUpSecondFactor),
  form('/account/second-factor/confirmation', {
    ...settingUp,
    action: confirmSecondFactor,
    cookies,
    instead: RecoveryCodesPage,
    to: (_, { goOn }) => goOn,
  }),
  api('POST', '/api/account/second-factor/confirmation', confirmSecondFactor, {
    cookies,
    gives: ({ recoveryCodes, goOn }) => ({ recoveryCodes, next: goOn }),
  }),
  page('/account/second-factor/codes', { access: signedIn, ...codes }),
  form('/account/second-factor/codes', {
    ...codes,
    action: remakeRecoveryCodes,
    cookies,
    instead: RecoveryCodesPage,
    to: (_, { goOn }) => goOn,
  }),
  api('POST', '/api/account/second-factor/codes', remakeRecoveryCodes, {
    cookies,
    gives: ({ recoveryCodes }) => ({ recoveryCodes }),
  }),
  form('/account/second-factor/removal', {
    ...codes,
    action: turnOffSecondFactor,
    cookies,
    to: () => '/account',
    says: () => 'Your second factor is off',
  }),
  api('DELETE', '/api/account/second-factor', turnOffSecondFactor, { cookies, gives: () => ({}) }),
]
