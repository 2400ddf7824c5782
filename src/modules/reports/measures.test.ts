import { expect, test } from 'vitest'
import { levelOf, scaleOf, valueOf } from './measures.ts'
import { sayQuarter } from './words.ts'

const counted = { electors: 70_000, runs: 7, places: 35, trained: 12 }

test('runs and places are for every 10,000 electors; members trained are counted', () => {
  expect(valueOf('runs', counted)).toBe(1)
  expect(valueOf('places', counted)).toBe(5)
  expect(valueOf('trained', counted)).toBe(12)
})

test('where the electors are not known, or none, nothing is divided by them', () => {
  expect(valueOf('places', { ...counted, electors: null })).toBeNull()
  expect(valueOf('places', { ...counted, electors: 0 })).toBeNull()
})

test('each strength of colour stands for about a quarter of the constituencies that have any', () => {
  const values = [...Array.from({ length: 100 }, (_, n) => (n + 1) / 10), 0, 0, null]
  const scale = scaleOf(values, 'none')
  expect(scale.words).toEqual(['none', 'up to 2.5', '2.6 to 5.0', '5.1 to 7.5', '7.6 or more'])
  const levels = values.map((value) => levelOf(scale, value))
  expect([0, 1, 2, 3, 4].map((level) => levels.filter((one) => one === level).length)).toEqual([3, 25, 25, 25, 25])
})

test('the words are true to the figures as they are shown: none stands in two of them', () => {
  const scale = scaleOf([0.141, 0.144, 0.28, 0.281, 0.42], 'none')
  expect(scale.words).toEqual(['none', 'up to 0.14', '0.15 to 0.28', '0.29 or more'])
  expect([0.141, 0.144, 0.281, 0.42].map((value) => levelOf(scale, value))).toEqual([1, 1, 2, 3])
})

test('where all are alike, or there is nothing, there are fewer strengths and none is made up', () => {
  expect(scaleOf([3, 3, 3], 'none', true)).toEqual({ digits: 0, bounds: [], words: ['none', 'up to 3'] })
  expect(scaleOf([0, null], 'none').words).toEqual(['none'])
  expect(scaleOf([], 'none').words).toEqual(['none'])
})

test('the least that is more than nothing never looks like nothing', () => {
  const scale = scaleOf([0.0001, 30], 'none')
  expect(levelOf(scale, 0.0001)).toBe(1)
  expect(levelOf(scale, 0)).toBe(0)
})

test('a quarter is said by its months', () => {
  expect(sayQuarter('2026-10-01')).toBe('October to December 2026')
  expect(sayQuarter('2027-01-01')).toBe('January to March 2027')
})
