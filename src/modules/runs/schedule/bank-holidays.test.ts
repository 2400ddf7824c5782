import { expect, test } from 'vitest'
import { bankHolidays, nationNamed } from './bank-holidays.ts'

const days = (nation: Parameters<typeof bankHolidays>[0], year: number) =>
  bankHolidays(nation, `${year}-01-01`, `${year}-12-31`).map(({ day }) => day.slice(5))

test('England and Wales have eight, as published for 2025 to 2027', () => {
  expect(days('England', 2025)).toEqual(['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'])
  // Boxing Day of 2026 is a Saturday
  expect(days('Wales', 2026)).toEqual(['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-26', '12-28'])
  // Christmas of 2027 is a Saturday, so both have substitutes
  expect(days('England', 2027)).toEqual([
    '01-01',
    '03-26',
    '03-29',
    '05-03',
    '05-31',
    '08-30',
    '12-25',
    '12-26',
    '12-27',
    '12-28',
  ])
})

test('Christmas on a Sunday is made up for on the Tuesday', () => {
  const found = bankHolidays('England', '2022-12-20', '2022-12-31')
  expect(found.map(({ day }) => day)).toEqual(['2022-12-25', '2022-12-26', '2022-12-27'])
  expect(found.at(-1)!.name).toBe('the substitute day for Christmas Day')
})

test('Scotland has 2 January and St Andrew’s Day, its summer holiday early, and no Easter Monday', () => {
  expect(days('Scotland', 2025)).toEqual([
    '01-01',
    '01-02',
    '04-18',
    '05-05',
    '05-26',
    '08-04',
    '11-30',
    '12-01',
    '12-25',
    '12-26',
  ])
  expect(days('Scotland', 2022).slice(0, 4)).toEqual(['01-01', '01-02', '01-03', '01-04'])
})

test('Northern Ireland has St Patrick’s Day and the Battle of the Boyne', () => {
  expect(days('Northern Ireland', 2026)).toEqual([
    '01-01',
    '03-17',
    '04-03',
    '04-06',
    '05-04',
    '05-25',
    '07-12',
    '07-13',
    '08-31',
    '12-25',
    '12-26',
    '12-28',
  ])
})

test('a span over the new year has the days of both years, and only those inside it', () => {
  const found = bankHolidays('England', '2026-12-26', '2027-01-01')
  expect(found.map(({ day }) => day)).toEqual(['2026-12-26', '2026-12-28', '2027-01-01'])
})

test('where the nation is not known, England’s days are kept', () => {
  expect(nationNamed('Scotland')).toBe('Scotland')
  expect(nationNamed('East Midlands')).toBe('England')
  expect(nationNamed(undefined)).toBe('England')
})
