import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inLastHours, offerUntil, sayAhead } from './offer.ts'

const now = new Date('2026-11-24T12:00:00Z')
const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000)

test('an offer stands for the days the run gives', () => {
  expect(offerUntil(now, hours(24 * 50), 3)).toEqual(hours(72))
  expect(offerUntil(now, hours(24 * 50), 7)).toEqual(hours(168))
})

test('it ends a day before the run, so that the next in line can be asked', () => {
  expect(offerUntil(now, hours(80), 3)).toEqual(hours(56))
})

test('within two days it stands for a quarter of the time that is left', () => {
  expect(offerUntil(now, hours(48), 3)).toEqual(hours(12))
  expect(offerUntil(now, hours(8), 3)).toEqual(hours(2))
})

test('in the last hours there is no offer, and none once the run has begun', () => {
  expect(offerUntil(now, hours(6), 3)).toBeNull()
  expect(offerUntil(now, hours(-1), 3)).toBeNull()
  expect(inLastHours(now, hours(6))).toBe(true)
  expect(inLastHours(now, hours(7))).toBe(false)
  expect(inLastHours(now, hours(-1))).toBe(false)
})

test('no offer is shorter than an hour or reaches to the start of the run', () => {
  fc.assert(
    fc.property(fc.double({ min: 6.01, max: 2000, noNaN: true }), fc.integer({ min: 1, max: 28 }), (left, days) => {
      const until = offerUntil(now, hours(left), days)!
      expect(until.getTime()).toBeGreaterThanOrEqual(hours(1).getTime())
      expect(until.getTime()).toBeLessThan(hours(left).getTime())
    }),
  )
})

test('how many are before is said in words', () => {
  expect(sayAhead(0)).toBe('You are next')
  expect(sayAhead(1)).toBe('One person asked before you')
  expect(sayAhead(1234)).toBe('1,234 people asked before you')
})
