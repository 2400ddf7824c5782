/** The addresses of help: for anyone, for members, and for those who decide. */
import { anyone, api, form, mayDo, page, read, signedIn, type Visit } from '#platform/web'
import {
  AcademyHelpPage,
  loadAcademyHelp,
  loadNewPot,
  loadPot,
  loadReport,
  loadRule,
  PotPage,
  ReportPage,
  RulePage,
} from './academy-pages.tsx'
import { askWithApplication, askWithPlace, receiptHelp, withdrawHelp } from './ask.ts'
import { decideHelp, payHelp } from './decide.ts'
import type { Step } from './letters.ts'
import { loadMyHelp } from './mine.ts'
import { AskPage, loadForApplication, loadForPlace, MyHelpPage } from './my-pages.tsx'
import { changePot, makePot } from './pot.ts'
import { publishedRules } from './public.ts'
import { loadPublic, PublicPage } from './public-page.tsx'
import { reportOf } from './report.ts'
import { loadRequest, RequestPage } from './request-page.tsx'
import { keepRule } from './rule.ts'

const decides = mayDo('help.decide')
const ofPlace = { load: loadForPlace, view: AskPage }
const ofApplication = { load: loadForApplication, view: AskPage }
const mine = { load: loadMyHelp, view: MyHelpPage }
const one = { load: loadRequest, view: RequestPage }
const rule = { load: loadRule, view: RulePage }
const pot = { load: loadPot, view: PotPage }
const newPot = { load: loadNewPot, view: PotPage }

const sayAsked = ({ step }: { step: Step }): string =>
  step === 'awarded'
    ? 'Yes. You have what you asked for.'
    : step === 'to decide'
      ? 'You have asked. Two people decide, and we write to you.'
      : 'You have asked. It is decided as soon as you have a place.'

const saidOutcomes = {
  first: 'Noted. A second person has still to say the same.',
  differs: 'Noted. You differ, so your word stands until somebody says the same.',
  awarded: 'Decided: it is given, and they are told.',
  refused: 'Decided: it is not given, and they are told why.',
} as const

export const routes = [
  page('/help', { access: anyone, load: loadPublic, view: PublicPage }),
  page('/me/help', { ...mine, access: signedIn }),
  page('/places/:id/help', { ...ofPlace, access: signedIn }),
  form('/places/:id/help', { ...ofPlace, action: askWithPlace, to: () => '/me/help', says: sayAsked }),
  page('/applications/:id/help', { ...ofApplication, access: signedIn }),
  form('/applications/:id/help', {
    ...ofApplication,
    action: askWithApplication,
    to: () => '/me/help',
    says: sayAsked,
  }),
  form('/help/:id/withdrawal', {
    ...mine,
    action: withdrawHelp,
    to: () => '/me/help',
    says: () => 'You have taken it back.',
  }),
  form('/help/:id/receipt', {
    ...mine,
    action: receiptHelp,
    to: () => '/me/help',
    says: () => 'Thank you. That is noted.',
  }),

  page('/academies/:slug/help', { access: decides, load: loadAcademyHelp, view: AcademyHelpPage }),
  page('/academies/:slug/help/report', { access: decides, load: loadReport, view: ReportPage }),
  page('/academies/:slug/help/rules/:kind', { ...rule, access: decides }),
  form('/academies/:slug/help/rules/:kind', {
    ...rule,
    action: keepRule,
    to: ({ slug }) => `/academies/${slug}/help`,
    says: () => 'The rule is published.',
  }),
  page('/academies/:slug/help/pots/new', { ...newPot, access: decides }),
  form('/academies/:slug/help/pots/new', {
    ...newPot,
    action: makePot,
    to: ({ slug }) => `/academies/${slug}/help`,
    says: () => 'The money is set aside.',
  }),
  page('/academies/:slug/help/pots/:id', { ...pot, access: decides }),
  form('/academies/:slug/help/pots/:id', {
    ...pot,
    action: changePot,
    to: (_, { slug }) => `/academies/${slug}/help`,
    says: () => 'The pot is changed.',
  }),
  page('/help/:id', { ...one, access: decides }),
  form('/help/:id/decision', {
    ...one,
    action: decideHelp,
    to: ({ id }, { outcome, academy }) => (outcome === 'awarded' ? `/help/${id}` : `/academies/${academy}/help`),
    says: ({ outcome }) => saidOutcomes[outcome],
  }),
  form('/help/:id/payment', {
    ...one,
    action: payHelp,
    to: (_, { academy }) => `/academies/${academy}/help`,
    says: () => 'Noted, and they are told.',
  }),

  api('POST', '/api/places/:id/help', askWithPlace),
  api('POST', '/api/applications/:id/help', askWithApplication),
  api('POST', '/api/help/:id/withdrawal', withdrawHelp),
  api('POST', '/api/help/:id/receipt', receiptHelp),
  api('POST', '/api/help/:id/decision', decideHelp),
  api('POST', '/api/help/:id/payment', payHelp),
  api('PUT', '/api/academies/:slug/help/rules/:kind', keepRule),
  api('POST', '/api/academies/:slug/help/pots', makePot),
  api('PUT', '/api/help/pots/:id', changePot),
  read('/api/help', {
    does: 'Lists what each academy helps with, in pence, and how much was given in the last twelve whole months, as far as that may be told.',
    scope: 'help:read',
    access: anyone,
    load: async ({ db, today }: Visit) => ({
      academies: await publishedRules(db),
      report: await reportOf(db, today),
    }),
  }),
  read('/api/me/help', {
    does: 'Lists the help that you asked for, and what became of it. Amounts are in pence.',
    scope: 'help:ask',
    access: signedIn,
    load: loadMyHelp,
  }),
  read('/api/help/:id', {
    does: 'Reads one request for help, where you decide. That you read it goes on the record.',
    scope: 'help:decide',
    access: decides,
    load: loadRequest,
  }),
  read('/api/academies/:slug/help', {
    does: 'Gives an academy’s pots, rules and requests for help, where you decide. That you read it goes on the record.',
    scope: 'help:decide',
    access: decides,
    asks: { show: 'all for those that are done too', sort: 'asked, name or amount', page: 'which page of 25' },
    load: loadAcademyHelp,
  }),
  read('/api/academies/:slug/help/report', {
    does: 'Gives the access report of an academy where you decide, as far as it may be told.',
    scope: 'help:decide',
    access: decides,
    load: loadReport,
  }),
]
