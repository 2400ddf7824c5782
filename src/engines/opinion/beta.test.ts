import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { betaBelow, betaQuantile, logGamma } from './beta.ts'
import { oneProportion, twoProportions } from './representative.ts'

test('the gamma function of a whole number is the factorial below it', () => {
  let factorial = 0
  for (let n = 1; n < 200; n++) {
    expect(logGamma(n)).toBeCloseTo(factorial, 9)
    factorial += Math.log(n)
  }
})

test('the share below x is a sum of binomial chances, for whole numbers', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 25 }),
      fc.integer({ min: 1, max: 25 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (a, b, x) => {
        const n = a + b - 1
        let sum = 0
        for (let j = a; j <= n; j++) {
          const ways = Math.exp(logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1))
          sum += ways * x ** j * (1 - x) ** (n - j)
        }
        expect(betaBelow(x, a, b)).toBeCloseTo(sum, 9)
      },
    ),
  )
})

test('a quantile is where that share of the distribution lies below, up to half a million votes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500_000 }), fc.integer({ min: 0, max: 500_000 }), (agrees, others) => {
      const x = betaQuantile(0.1, agrees + 1, others + 1)
      expect(betaBelow(x, agrees + 1, others + 1)).toBeCloseTo(0.1, 6)
    }),
  )
})

test('quantiles agree with published tables', () => {
  expect(betaQuantile(0.1, 1, 1)).toBeCloseTo(0.1, 12)
  expect(betaQuantile(0.1, 7, 1)).toBeCloseTo(0.1 ** (1 / 7), 12)
  expect(betaQuantile(0.5, 2, 2)).toBeCloseTo(0.5, 12)
})

test('six who all agree prove less than six hundred of whom nine in ten do', () => {
  expect(betaQuantile(0.1, 7, 1)).toBeLessThan(betaQuantile(0.1, 541, 61))
})

test('one proportion against even odds, and two against each other', () => {
  expect(oneProportion(14, 15)).toBeCloseTo(3.5, 12)
  expect(oneProportion(0, 0)).toBe(1)
  expect(twoProportions(3, 3, 10, 10)).toBe(0)
  expect(twoProportions(5, 5, 5, 5)).toBe(0)
  expect(twoProportions(9, 1, 10, 10)).toBeCloseTo(8 / 11 / Math.sqrt((12 / 22) * (10 / 22) * (2 / 11)), 12)
})
