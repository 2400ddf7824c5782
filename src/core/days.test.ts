import { expect, test } from 'vitest'
import {
  addDays,
  addQuarters,
  dayOf,
  daysBetween,
  instantAt,
  isDay,
  quarterOf,
  sayTimes,
  sayDay,
  sayShortDay,
  sayWhen,
  timeOf,
} from './days.ts'

test('a weekly evening stays at seven when the clocks change', () => {
  const before = instantAt('2027-03-25', '19:00')
  const after = instantAt('2027-04-01', '19:00')
  expect(timeOf(before)).toBe('19:00')
  expect(timeOf(after)).toBe('19:00')
  expect(after.getTime() - before.getTime()).toBe((7 * 24 - 1) * 3_600_000)
})

test('a day begins at midnight in London, not in Greenwich', () => {
  expect(dayOf(new Date('2027-06-30T23:30:00Z'))).toBe('2027-07-01')
  expect(dayOf(new Date('2027-01-30T23:30:00Z'))).toBe('2027-01-30')
})

test('a time that the clocks skip moves on by the hour skipped', () => {
  expect(timeOf(instantAt('2027-03-28', '01:30'))).toBe('02:30')
})

test('times are said as people say them', () => {
  expect(sayWhen(instantAt('2027-01-14', '19:00'), instantAt('2027-01-14', '21:00'))).toBe(
    'Thursday 14 January, 7 to 9 pm',
  )
  expect(sayShortDay('2027-01-14')).toBe('Thu 14 Jan')
  expect(sayShortDay('2027-01-14', '2027-11-24')).toBe('Thu 14 Jan')
  expect(sayShortDay('2027-01-14', '2026-11-24')).toBe('Thu 14 Jan 2027')
  expect(sayDay('2025-12-18', '2026-11-24')).toBe('Thursday 18 December 2025')
  expect(sayTimes(instantAt('2027-01-14', '10:30'), instantAt('2027-01-14', '15:00'))).toBe('10.30 am to 3 pm')
  expect(sayTimes(instantAt('2027-01-14', '12:00'), instantAt('2027-01-14', '14:00'))).toBe('noon to 2 pm')
})

test('quarters and days add up', () => {
  expect(quarterOf('2026-11-24')).toBe('2026-10-01')
  expect(addQuarters('2026-10-01', 1)).toBe('2027-01-01')
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01')
  expect(daysBetween('2027-02-28', '2027-03-02')).toBe(2)
})

test('only a real day is a day', () => {
  expect(isDay('2027-02-29')).toBe(false)
  expect(isDay('2028-02-29')).toBe(true)
  expect(isDay('14/01/2027')).toBe(false)
})
