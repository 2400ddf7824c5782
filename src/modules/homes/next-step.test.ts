import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { greetingFor } from './greeting.ts'
import { type HeldPlace, nextStep, type OpenPledge } from './next-step.ts'

const now = new Date('2026-11-24T12:00:00Z')
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000)

const place = (id: string, the: Partial<HeldPlace>): HeldPlace => ({
  id,
  state: 'confirmed',
  offerUntil: null,
  open: false,
  next: null,
  ...the,
})
const session = (from: number) => ({ startsAt: hours(from), endsAt: hours(from + 2) })
const offer = (id: string, until: number) =>
  place(id, { state: 'offered', offerUntil: hours(until), next: session(500) })
const pledge = (id: string, reviewOn: string): OpenPledge => ({ id, reviewOn })

interface Case {
  says: string
  places?: HeldPlace[]
  pledges?: OpenPledge[]
  pledged?: boolean
  gives: object
}

const table: Case[] = [
  { says: 'someone new is to find training', gives: { kind: 'find training' } },
  {
    says: 'an offer comes before a session today',
    places: [place('today', { next: session(7) }), offer('offered', 30)],
    gives: { kind: 'answer an offer', place: { id: 'offered' } },
  },
  {
    says: 'of two offers the one that ends sooner comes first',
    places: [offer('later', 30), offer('sooner', 5)],
    gives: { kind: 'answer an offer', place: { id: 'sooner' } },
  },
  {
    says: 'an offer that has ended is passed over',
    places: [offer('ended', -1)],
    gives: { kind: 'find training' },
  },
  {
    says: 'a seat that goes to the first who takes it comes before a session today, and after an offer',
    places: [place('today', { next: session(2) }), place('free', { state: 'waiting', open: true, next: session(5) })],
    gives: { kind: 'take a seat', place: { id: 'free' } },
  },
  {
    says: 'a session today comes before a pledge to review',
    places: [place('today', { next: session(7) })],
    pledges: [pledge('due', '2026-11-24')],
    gives: { kind: 'come today', place: { id: 'today' } },
  },
  {
    says: 'a session that is going on now is today’s',
    places: [place('now', { next: session(-1) })],
    gives: { kind: 'come today', place: { id: 'now' } },
  },
  {
    says: 'a session that has ended is not',
    places: [place('over', { next: session(-3) })],
    pledged: true,
    gives: { kind: 'find training' },
  },
  {
    says: 'a pledge is reviewed on its day, before another is written',
    places: [place('held', { next: session(100) })],
    pledges: [pledge('later', '2026-11-25'), pledge('due', '2026-11-24'), pledge('overdue', '2026-11-01')],
    gives: { kind: 'review a pledge', pledge: { id: 'overdue' } },
  },
  {
    says: 'a pledge whose day has not come is left alone',
    pledges: [pledge('later', '2026-11-25')],
    pledged: true,
    gives: { kind: 'find training' },
  },
  {
    says: 'whoever has a place and never wrote a pledge is invited to',
    places: [place('held', { next: session(100) })],
    gives: { kind: 'write a pledge', place: { id: 'held' } },
  },
  {
    says: 'also once the run is over',
    places: [place('held', {})],
    gives: { kind: 'write a pledge', place: { id: 'held' } },
  },
  {
    says: 'whoever wrote one is to come to the next session',
    places: [place('later', { next: session(200) }), place('sooner', { next: session(100) })],
    pledged: true,
    gives: { kind: 'come', place: { id: 'sooner' } },
  },
  {
    says: 'whoever only waits is told so',
    places: [place('waiting', { state: 'waiting', next: session(100) })],
    gives: { kind: 'wait', place: { id: 'waiting' } },
  },
  {
    says: 'a session of a run one only waits for is nothing to come to',
    places: [place('waiting', { state: 'waiting', next: session(7) })],
    gives: { kind: 'wait', place: { id: 'waiting' } },
  },
]

test.each(table)('$says', ({ places = [], pledges = [], pledged = pledges.length > 0, gives }) => {
  expect(nextStep({ now, places, pledges, pledged })).toMatchObject(gives)
})

test('an offer that can be answered always comes first, whatever else there is and in whatever order', () => {
  const some = fc.array(
    fc.record({
      id: fc.uuid(),
      state: fc.constantFrom('offered', 'confirmed', 'waiting'),
      until: fc.integer({ min: -50, max: 50 }),
      from: fc.integer({ min: -50, max: 50 }),
    }),
  )
  fc.assert(
    fc.property(some, fc.boolean(), (drawn, pledged) => {
      const places = drawn.map(({ id, state, until, from }) =>
        place(id, { state, offerUntil: hours(until), next: session(from) }),
      )
      const open = places.filter(({ state, offerUntil }) => state === 'offered' && offerUntil! > now)
      const step = nextStep({ now, places, pledges: [], pledged })
      expect(step.kind === 'answer an offer').toBe(open.length > 0)
      if (step.kind === 'answer an offer')
        expect(step.place.offerUntil).toEqual(open.map(({ offerUntil }) => offerUntil!).toSorted((a, b) => +a - +b)[0])
    }),
  )
})

test.each([
  ['2027-01-14T04:59:00Z', 'Good evening, Amina'],
  ['2027-01-14T05:00:00Z', 'Good morning, Amina'],
  ['2027-01-14T12:00:00Z', 'Good afternoon, Amina'],
  ['2027-01-14T17:59:00Z', 'Good afternoon, Amina'],
  ['2027-01-14T18:00:00Z', 'Good evening, Amina'],
  ['2027-07-14T17:00:00Z', 'Good evening, Amina'],
])('at %s, London’s clocks say: %s', (at, said) => {
  expect(greetingFor('Amina Farooq', new Date(at))).toBe(said)
})

test('a title is not a first name, and no name is no trouble', () => {
  expect(greetingFor('Dr Amina Farooq', now)).toBe('Good afternoon, Amina')
  expect(greetingFor('Cllr', now)).toBe('Good afternoon, Cllr')
  expect(greetingFor('  ', now)).toBe('Good afternoon')
})
