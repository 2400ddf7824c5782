import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { penceIn, sayMoney, typedMoney } from './money.ts'

test.for([
  ['12.50', 1250],
  ['12.5', 1250],
  ['£12', 1200],
  [' £ 1,200.05 ', 120_005],
  ['0', 0],
  ['0.01', 1],
  ['10,000,000', 1_000_000_000],
] as const)('%s is %i pence', ([said, pence]) => {
  expect(penceIn(said)).toBe(pence)
})

test.for(['', '£', '-1', '1.234', '1e3', '1,20', '12,50', '٣', '10,000,000.01', '1'.repeat(40), '.50', '5.', 'NaN'])(
  '“%s” is no amount of money',
  (said) => {
    expect(penceIn(said)).toBeUndefined()
  },
)

test('what is said and what is typed is the same amount again', () => {
  assert(
    property(integer({ min: 0, max: 1_000_000_000 }), (pence) => {
      expect(penceIn(sayMoney(pence))).toBe(pence)
      expect(penceIn(typedMoney(pence))).toBe(pence)
    }),
  )
})
