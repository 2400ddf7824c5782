import { expect, test } from 'vitest'
import { addDays, instantAt } from '#core/days'
import { sayPattern } from './pattern.ts'

const on = (days: readonly string[], from = '10:00', to = '16:00') =>
  days.map((day) => ({ startsAt: instantAt(day, from), endsAt: instantAt(day, to) }))
const weekly = (day: string, times: number) => Array.from({ length: times }, (_, n) => addDays(day, 7 * n))

test('a weekly evening is said by its weekday and how many there are', () => {
  expect(sayPattern(on(weekly('2027-01-14', 4), '19:00', '21:00'))).toBe('Thursday evenings, 4 sessions')
  expect(sayPattern(on(weekly('2027-01-12', 6), '10:00', '12:30'))).toBe('Tuesday mornings, 6 sessions')
  expect(sayPattern(on(weekly('2027-01-13', 3), '13:30', '16:00'))).toBe('Wednesday afternoons, 3 sessions')
})

test('evenings on both sides of a clock change are still evenings', () => {
  expect(sayPattern(on(weekly('2027-03-18', 4), '17:00', '19:00'))).toBe('Thursday evenings, 4 sessions')
})

test('whole days are counted in words', () => {
  expect(sayPattern(on(weekly('2027-01-16', 2)))).toBe('Two Saturdays')
  expect(sayPattern(on(weekly('2027-01-16', 12)))).toBe('Saturdays, 12 sessions')
})

test('a Saturday and the Sunday after it are a weekend', () => {
  expect(sayPattern(on(['2027-02-06', '2027-02-07']))).toBe('Weekend')
  expect(sayPattern(on(['2027-02-06', '2027-02-07', '2027-02-20', '2027-02-21']))).toBe('Two weekends')
  expect(sayPattern(on(['2027-02-07', '2027-02-08']))).toBe('Sunday to Monday')
})

test('days in a row are said from the first to the last', () => {
  expect(sayPattern(on(['2027-02-01', '2027-02-02', '2027-02-03']))).toBe('Monday to Wednesday')
  expect(sayPattern(on(['2027-02-01', '2027-02-02', '2027-02-03'], '19:00', '21:00'))).toBe(
    'Monday to Wednesday, evenings',
  )
})

test('one session is one', () => {
  expect(sayPattern(on(['2027-02-11'], '19:00', '21:00'))).toBe('One Thursday evening')
  expect(sayPattern(on(['2027-02-13']))).toBe('One Saturday')
  expect(sayPattern([...on(['2027-02-13'], '10:00', '12:00'), ...on(['2027-02-13'], '14:00', '16:00')])).toBe(
    'One Saturday',
  )
})

test('two weekdays are both said; what has no pattern is only counted', () => {
  const both = on(['2027-01-12', '2027-01-14', '2027-01-19', '2027-01-21'], '19:00', '21:00')
  expect(sayPattern(both)).toBe('Tuesday and Thursday evenings, 4 sessions')
  expect(sayPattern(on(['2027-01-12', '2027-01-14', '2027-01-19']))).toBe('Tuesdays and Thursdays, 3 sessions')
  expect(sayPattern(on(['2027-01-12', '2027-01-15', '2027-01-18']))).toBe('3 sessions')
  expect(sayPattern([])).toBe('No sessions yet')
})

test('a skipped week does not change what it is called', () => {
  expect(sayPattern(on(['2027-01-14', '2027-01-28', '2027-02-04'], '19:00', '21:00'))).toBe(
    'Thursday evenings, 3 sessions',
  )
})
