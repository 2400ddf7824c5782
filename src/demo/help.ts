/** Pots and rules of the academies, and what some of those with a place asked for: to be decided, paid, come, refused, ended. */
import { addDays, addQuarters, type Day, quarterOf } from '#core/days'
import { type Random, seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'
import type { Happening } from './happenings.ts'
import { asks, lessWords, noWords } from './help-words.ts'
import { idsFrom } from './ids.ts'
import type { Person } from './members.ts'
import type { Place } from './queue.ts'
import type { Academy } from './staff.ts'
import type { Run } from './timetable.ts'

export interface HelpPot {
  id: string
  academy: Academy
  name: string
  startsOn: Day
  endsOn: Day
  amount: number
  awarded: number
  made: number
}

export interface HelpRule {
  academy: Academy
  kind: string
  most: number
  byRule: number
  says: string
  changed: number
}

export interface HelpRequest {
  id: string
  place: Place
  run: Run
  /** Whether they have the place, so that it is for that run. */
  hasPlace: boolean
  kind: string
  says: string
  asked: number
  awarded: number
  state: 'asked' | 'half decided' | 'awarded' | 'refused' | 'ended' | 'paid' | 'receipted'
  askedAt: number
  first: { by: Person; at: number; pence: number | null; why: string } | null
  decided: { by: Person | null; at: number; why: string } | null
  endedAt: number | null
  paid: { by: Person; at: number; reference: string } | null
  receiptedAt: number | null
  pot: HelpPot | null
}

export interface Help {
  pots: HelpPot[]
  rules: HelpRule[]
  requests: HelpRequest[]
  happenings: Happening[]
}

const day = 86_400_000
const rulesAt: readonly (readonly [kind: string, most: number, byRule: number, says: string])[] = [
  ['bursary', 8000, 0, 'For pay that you lose, or if money is short at home.'],
  ['childcare', 6000, 3000, 'For someone you choose yourself.'],
  ['travel', 4000, 1500, 'The cheapest way there that you can use, and a taxi where there is none.'],
  ['interpreter', 30_000, 0, 'We book and pay. Tell us three weeks before.'],
  ['quiet room', 0, 0, ''],
]
const likely = [
  'travel',
  'travel',
  'travel',
  'travel',
  'childcare',
  'childcare',
  'bursary',
  'quiet room',
  'interpreter',
]

/** What one in ten of those who asked for a place in the last year asked for with it, and Amina's two. */
export function askForHelp(
  academies: readonly Academy[],
  places: readonly { id: string; run: Run; place: Place }[],
  cast: Cast,
  calendar: Calendar,
): Help {
  const random = seeded('demonstration help')
  const id = idsFrom(random)
  const rules = academies.flatMap((academy, index) =>
    rulesAt
      .filter(([kind]) => kind !== 'bursary' || index % 3 !== 2)
      .map(([kind, most, byRule, says]): HelpRule => ({
        academy,
        kind,
        most,
        byRule,
        says,
        changed: calendar.morning(-380 + index),
      })),
  )
  const requests = places.flatMap(({ run, place }) => {
    const begins = run.sessions[0]!.day
    if (run.state !== 'published' || begins < -360 || place.turnedUp) return []
    if (place.person === cast.amina) return begins > 0 ? aminas(run, place, cast, calendar, id) : []
    if (random.next() > 0.1 || place.state === 'declined' || place.state === 'lapsed') return []
    const one = requestFor(run, place, rules, calendar, random)
    return one ? [{ id: id(one.askedAt), ...one }] : []
  })
  const pots = potsFor(academies, requests, calendar, id)
  return { pots, rules, requests, happenings: happeningsOf(requests, pots, calendar) }
}

type Made = Omit<HelpRequest, 'id'>

/** One request, as far as it has come by today. */
function requestFor(
  run: Run,
  place: Place,
  rules: readonly HelpRule[],
  { midnight }: Calendar,
  random: Random,
): Made | undefined {
  const kind = random.pick(likely)
  const rule = rules.find((one) => one.academy === run.academy && one.kind === kind)
  if (!rule) return undefined
  const hasPlace = place.confirmedAt !== null
  if (!hasPlace && place.state !== 'waiting' && place.state !== 'offered') return undefined
  const asked = rule.most === 0 ? 0 : Math.min(rule.most, 50 * Math.ceil(((0.2 + random.next()) * rule.most) / 60))
  const askedAt = place.askedAt + Math.floor(random.next() * day)
  if (askedAt >= midnight) return undefined
  const fresh: Made = {
    place,
    run,
    hasPlace,
    kind,
    says: random.pick(asks[kind]!),
    asked,
    awarded: 0,
    state: 'asked',
    askedAt,
    first: null,
    decided: null,
    endedAt: null,
    paid: null,
    receiptedAt: null,
    pot: null,
  }
  if (!hasPlace) return fresh
  const since = Math.max(askedAt, place.confirmedAt!) + 1000
  const decided = asked <= rule.byRule ? byRule(fresh, since) : byTwo(fresh, since, midnight, random)
  return ended(paid(decided, midnight, random), place, midnight)
}

const byRule = (one: Made, at: number): Made => ({
  ...one,
  state: 'awarded',
  awarded: one.asked,
  decided: { by: null, at, why: 'By the published rule' },
})

function byTwo(one: Made, since: number, midnight: number, random: Random): Made {
  const [first, second] = one.run.academy.coordinators as [Person, Person]
  const at = Math.floor(since + (1 + 3 * random.next()) * day)
  if (at >= midnight) return one
  const luck = random.next()
  const [pence, why] =
    luck < 0.1
      ? [null, noWords]
      : luck < 0.25 && one.asked > 0
        ? [Math.max(50, Math.floor(one.asked / 75) * 50), lessWords]
        : [one.asked, '']
  const half: Made = { ...one, state: 'half decided', first: { by: first, at, pence, why } }
  const then = Math.floor(at + (0.5 + 3 * random.next()) * day)
  if (then >= midnight) return half
  return {
    ...half,
    state: pence === null ? 'refused' : 'awarded',
    awarded: pence ?? 0,
    decided: { by: second, at: then, why },
  }
}

function paid(one: Made, midnight: number, random: Random): Made {
  const at = Math.floor((one.decided?.at ?? 0) + (2 + 7 * random.next()) * day)
  if (one.state !== 'awarded' || at >= midnight) return one
  const by = one.run.academy.coordinators[1]!
  const reference = one.awarded === 0 ? 'Arranged with the venue' : `BACS ${4100 + random.below(5000)}`
  const came = Math.floor(at + (1 + 6 * random.next()) * day)
  const receiptedAt = came < midnight && random.next() < 0.8 ? came : null
  return { ...one, state: receiptedAt === null ? 'paid' : 'receipted', paid: { by, at, reference }, receiptedAt }
}

/** Who gave up the place gives back what was not paid by then. */
function ended(one: Made, { state, endedAt }: Place, midnight: number): Made {
  const left = state === 'withdrawn' || state === 'cancelled' ? (endedAt ?? midnight) : null
  if (left === null || one.state === 'refused') return one
  if (one.paid !== null && one.paid.at < left) return one
  return {
    ...one,
    state: 'ended',
    awarded: 0,
    first: null,
    decided: null,
    paid: null,
    receiptedAt: null,
    endedAt: Math.max(left, one.askedAt),
  }
}

/** Amina has her fares, and childcare to which a second person has still to agree. */
function aminas(run: Run, place: Place, cast: Cast, calendar: Calendar, id: (at: number) => string): HelpRequest[] {
  const askedAt = calendar.at(-6, '20:10')
  const common = { place, run, hasPlace: true, askedAt, endedAt: null, paid: null, receiptedAt: null, pot: null }
  const colleague = run.academy.coordinators.find((one) => one !== cast.coordinators.get(run.academy.plan.slug))!
  return [
    {
      id: id(askedAt),
      ...common,
      kind: 'travel',
      says: 'The bus from Kirkby, four evenings.',
      asked: 1250,
      awarded: 1250,
      state: 'awarded',
      first: null,
      decided: { by: null, at: askedAt + 1000, why: 'By the published rule' },
    },
    {
      id: id(askedAt + 60_000),
      ...common,
      askedAt: askedAt + 60_000,
      kind: 'childcare',
      says: 'My sister looks after the twins and loses a shift.',
      asked: 4500,
      awarded: 0,
      state: 'half decided',
      first: { by: colleague, at: calendar.at(-2, '11:20'), pence: 4500, why: '' },
      decided: null,
    },
  ]
}

/** A pot for each quarter, a third above what was awarded from it; and each request its pot. */
function potsFor(
  academies: readonly Academy[],
  requests: readonly HelpRequest[],
  calendar: Calendar,
  id: (at: number) => string,
): HelpPot[] {
  const now = quarterOf(calendar.today)
  const pots = academies.flatMap((academy) =>
    [-4, -3, -2, -1, 0, 1, 2].map((at): HelpPot => {
      const startsOn = addQuarters(now, at)
      const endsOn = addDays(addQuarters(now, at + 1), -1)
      const made = Math.min(calendar.midnight - day, Date.parse(startsOn) - 120 * day)
      const name = `${seasons[Number(startsOn.slice(5, 7))]} ${startsOn.slice(0, 4)}`
      return { id: id(made), academy, name, startsOn, endsOn, amount: 0, awarded: 0, made }
    }),
  )
  const byAcademy = new Map(academies.map((academy) => [academy, pots.filter((pot) => pot.academy === academy)]))
  for (const request of requests) {
    const begins = calendar.day(request.run.sessions[0]!.day)
    const pot = byAcademy
      .get(request.run.academy)!
      .find(({ startsOn, endsOn }) => startsOn <= begins && begins <= endsOn)
    if (request.awarded === 0 || !pot) continue
    request.pot = pot
    pot.awarded += request.awarded
  }
  for (const pot of pots) pot.amount = Math.max(60_000, Math.ceil((pot.awarded * 4) / 3 / 10_000) * 10_000)
  return pots
}

const seasons: Readonly<Record<number, string>> = { 1: 'Winter', 4: 'Spring', 7: 'Summer', 10: 'Autumn' }

function happeningsOf(requests: readonly HelpRequest[], pots: readonly HelpPot[], calendar: Calendar): Happening[] {
  const all: Happening[] = pots.map(({ id, academy, amount, made, startsOn, endsOn }) => ({
    at: made,
    what: 'pot.made',
    actor: academy.coordinators[0]!.id,
    about: { pot: id, academy: academy.id, pence: amount, startsOn, endsOn },
  }))
  for (const {
    id,
    place,
    run,
    askedAt,
    awarded,
    state,
    first,
    decided,
    paid: payment,
    receiptedAt,
    endedAt,
  } of requests) {
    const about = { request: id, person: place.person.id, run: run.id }
    const say = (at: number, what: string, actor: string | null, more: object = {}): void =>
      void all.push({ at, what, actor, about: { ...about, ...more } })
    say(askedAt, 'help.asked', place.person.id)
    if (first) say(first.at, 'help.half-decided', first.by.id, { pence: first.pence })
    if (decided) {
      const pence = state === 'refused' ? {} : { pence: awarded, by: decided.by ? 'two people' : 'rule' }
      say(decided.at, state === 'refused' ? 'help.refused' : 'help.awarded', decided.by?.id ?? null, pence)
    }
    if (payment) say(payment.at, 'help.paid', payment.by.id, { pence: awarded })
    if (receiptedAt !== null) say(receiptedAt, 'help.receipted', place.person.id, { pence: awarded })
    if (endedAt !== null) say(endedAt, 'help.ended', null)
  }
  return all.filter(({ at }) => at < calendar.midnight)
}
