import { describe, expect, test } from 'vitest'
import { readPostcode, sayPostcode } from './postcode.ts'
import { postcodeAreas } from './postcode-areas.ts'

describe('a postcode', () => {
  test.each(['NG17 1AA', 'ng171aa', ' Ng17  1aA ', 'NG17-1AA', 'N G 1 7 1 A A', 'NG17 IAA', 'NGI7 1AA'])(
    'is read however it is typed: %s',
    (said) => expect(readPostcode(said)).toEqual({ whole: 'NG171AA', outward: 'NG17', letters: 'NG' }),
  )

  test.each([
    ['M1 1AE', 'M11AE', 'M'],
    ['EC1A 1BB', 'EC1A1BB', 'EC'],
    ['W1A 0AX', 'W1A0AX', 'W'],
    ['SW1A 2AA', 'SW1A2AA', 'SW'],
    ['BL0 9PQ', 'BL09PQ', 'BL'],
    ['E1W 3SS', 'E1W3SS', 'E'],
  ])('of any shape is read: %s', (said, whole, letters) => expect(readPostcode(said)).toMatchObject({ whole, letters }))

  test.each([
    ['SO14 OAA', 'SO140AA'],
    ['S014 0AA', 'SO140AA'],
    ['0X1 2JD', 'OX12JD'],
    ['BLO 9PQ', 'BL09PQ'],
    ['E1 OAA', 'E10AA'],
  ])('with an O for a nought, or a nought for an O, is read where only one reading is possible: %s', (said, whole) =>
    expect(readPostcode(said)?.whole).toBe(whole),
  )

  test('of which only the first half is given still names its area', () => {
    expect(readPostcode('ng17')).toEqual({ outward: 'NG17', letters: 'NG' })
    expect(readPostcode('EC1A')).toEqual({ outward: 'EC1A', letters: 'EC' })
  })

  test.each([
    '',
    'NG',
    'Ashfield',
    'NG17 1',
    'NG17 1AO',
    'QQ1 1AA',
    '12345',
    'NG17 1AA 1AA',
    'S0 1AA',
    'x'.repeat(1e6),
    '\0NG17 1AA',
    '１NG1',
    'SW1A 2AA; drop table area',
  ])('that cannot be one is not guessed at: %.20s', (said) => expect(readPostcode(said)).toBeUndefined())

  test('is said with its space', () => expect(sayPostcode('NG171AA')).toBe('NG17 1AA'))
})

test('there are 124 postcode areas, and only the three islands outside the United Kingdom have no region', () => {
  expect(postcodeAreas.size).toBe(124)
  expect([...postcodeAreas.values()].filter(({ region }) => region === null).map(({ letters }) => letters)).toEqual([
    'GY',
    'IM',
    'JE',
  ])
})
