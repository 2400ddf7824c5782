import { expect, test } from 'vitest'
import { dayOf, timeOf } from '#core/days'
import { bankHolidays } from './bank-holidays.ts'
import { daysIn } from './days-in.ts'
import { planSessions, type When } from './plan-sessions.ts'

const course = {
  title: 'Listening on the doorstep',
  outline: ['Being heard', 'The first minute', 'Out together', 'What we heard'].map((title) => ({
    title,
    minutes: 120,
  })),
}
const weekly: When = { firstDay: '2027-01-14', time: '19:00', minutes: null, rhythm: 'weekly', count: null, skip: [] }
const none = () => []
const english = (from: string, to: string) => bankHolidays('England', from, to)
const daysOf = (when: Partial<When>, holidays: typeof english = none) =>
  planSessions({ ...weekly, ...when }, course, holidays).sessions.map(({ startsAt }) => dayOf(startsAt))

test('a run follows its course’s outline: as many sessions, as long, with its titles', () => {
  const { sessions } = planSessions(weekly, course, none)
  expect(sessions.map(({ title }) => title)).toEqual(course.outline.map(({ title }) => title))
  expect(sessions.every(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() === 7_200_000)).toBe(true)
  expect(sessions.map(({ startsAt }) => dayOf(startsAt))).toEqual([
    '2027-01-14',
    '2027-01-21',
    '2027-01-28',
    '2027-02-04',
  ])
})

test('sessions stay at seven in the evening when the clocks go forward, and when they go back', () => {
  for (const firstDay of ['2027-03-18', '2027-10-21']) {
    const { sessions } = planSessions({ ...weekly, firstDay }, course, none)
    expect(sessions.map(({ startsAt }) => timeOf(startsAt))).toEqual(['19:00', '19:00', '19:00', '19:00'])
    expect(sessions.map(({ endsAt }) => timeOf(endsAt))).toEqual(['21:00', '21:00', '21:00', '21:00'])
  }
  const { sessions } = planSessions({ ...weekly, firstDay: '2027-03-25' }, course, none)
  expect(sessions[1]!.startsAt.getTime() - sessions[0]!.startsAt.getTime()).toBe((7 * 24 - 1) * 3_600_000)
})

test('a skipped day moves the rest on, and there are as many sessions all the same', () => {
  expect(daysOf({ skip: ['2027-01-21'] })).toEqual(['2027-01-14', '2027-01-28', '2027-02-04', '2027-02-11'])
})

test('bank holidays are skipped, and it is said which and why', () => {
  const { sessions, skipped } = planSessions({ ...weekly, firstDay: '2027-04-26', count: 3 }, course, english)
  expect(sessions.map(({ startsAt }) => dayOf(startsAt))).toEqual(['2027-04-26', '2027-05-10', '2027-05-17'])
  expect(skipped).toEqual([{ day: '2027-05-03', holiday: 'the early May bank holiday' }])
})

test('days in a row step over Christmas', () => {
  expect(daysOf({ firstDay: '2026-12-24', rhythm: 'days', count: 3 }, english)).toEqual([
    '2026-12-24',
    '2026-12-27',
    '2026-12-29',
  ])
})

test('a run of one session is where it is put, and takes as long as the whole outline, up to a day', () => {
  const { sessions, skipped } = planSessions({ ...weekly, firstDay: '2026-12-25', rhythm: 'once' }, course, english)
  expect(skipped).toEqual([])
  expect(sessions).toHaveLength(1)
  expect(sessions[0]).toMatchObject({ title: 'Listening on the doorstep' })
  expect(sessions[0]!.endsAt.getTime() - sessions[0]!.startsAt.getTime()).toBe(8 * 3_600_000)
})

test('fewer sessions than the outline has cover several of its parts each', () => {
  const { sessions } = planSessions({ ...weekly, count: 2 }, course, none)
  expect(sessions.map(({ title }) => title)).toEqual(['Being heard; The first minute', 'Out together; What we heard'])
  expect(sessions[0]!.endsAt.getTime() - sessions[0]!.startsAt.getTime()).toBe(4 * 3_600_000)
})

test('more sessions than the outline has are numbered and as long as its last', () => {
  const { sessions } = planSessions({ ...weekly, count: 5, minutes: 90 }, course, none)
  expect(sessions[4]).toMatchObject({ title: 'Session 5', number: 5 })
  expect(sessions[4]!.endsAt.getTime() - sessions[4]!.startsAt.getTime()).toBe(90 * 60_000)
})

test('a plan that skips every day ends without sessions', () => {
  const all = daysIn('14 January to 1 May', '2027-01-14')
  expect(daysOf({ rhythm: 'days', count: 3, skip: 'days' in all ? all.days : [] })).toHaveLength(3)
  expect(
    planSessions(weekly, course, (from) => [...Array(400).keys()].map((n) => ({ day: addWeeks(from, n), name: 'x' })))
      .sessions,
  ).toEqual([])
})

test('days to skip are read as people write them', () => {
  const read = (text: string) => daysIn(text, '2026-11-24')
  expect(read('')).toEqual({ days: [] })
  expect(read('24 December, 31st Dec and 7 January')).toEqual({ days: ['2026-12-24', '2026-12-31', '2027-01-07'] })
  expect(read('Thursday 18 February 2027; 25/2/2027\n2027-03-04')).toEqual({
    days: ['2027-02-18', '2027-02-25', '2027-03-04'],
  })
  expect(read('30 December to 2 January')).toEqual({
    days: ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02'],
  })
  expect(read('29 February')).toEqual({ days: ['2028-02-29'] })
})

test('what is not a day is named', () => {
  expect(daysIn('24 December, half term', '2026-11-24')).toEqual({ unread: 'half term' })
  expect(daysIn('31 February', '2026-11-24')).toEqual({ unread: '31 February' })
  expect(daysIn('3 January to 1 January 2020', '2026-11-24')).toEqual({ unread: '3 January to 1 January 2020' })
})

const addWeeks = (day: string, weeks: number): string =>
  new Date(Date.parse(day) + weeks * 7 * 86_400_000).toISOString().slice(0, 10)
