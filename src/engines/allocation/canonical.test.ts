/** Canonical JSON, held against the examples of RFC 8785, and the digest of a result. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { allocate } from './allocation.ts'
import { canonical, canonicalList, digestOf, sha256 } from './canonical.ts'
import { always, anyMarket } from './made-up.ts'

test('RFC 8785, 3.2.2: primitive values', () => {
  const value: unknown = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`)
  expect(canonical(value as object)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  )
})

test('RFC 8785, 3.2.3: keys in order of their UTF-16 code units', () => {
  const keys = ['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö']
  const sorted = Object.keys(JSON.parse(canonical(Object.fromEntries(keys.map((key) => [`k${key}`, 0])))) as object)
  expect(sorted).toEqual(['k\r', 'k1', 'k\u0080', 'kö', 'k€', 'k😀', 'k\ufb33'])
})

test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555554', '333333333.33333325'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('RFC 8785, appendix B: the number with the bits %s is %s', (bits, text) => {
  expect(canonical([Buffer.from(bits, 'hex').readDoubleBE()])).toBe(`[${text}]`)
})

test('what JSON cannot carry is an error, not something else', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800']) expect(() => canonical([value])).toThrow()
})

test('a list in pieces is the list', () => {
  const list = [{ b: 1, a: 2 }, ['x'], {}]
  expect([...canonicalList(list)].join('')).toBe('[{"a":2,"b":1},["x"],{}]')
  expect([...canonicalList([])].join('')).toBe('[]')
})

test('the digest of pieces is the digest of the whole, however long', () => {
  const pieces = Array.from({ length: 3_000 }, (_, i) => `é${i}`.repeat(i % 40))
  expect(digestOf(pieces)).toBe(sha256(pieces.join('')))
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(digestOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('16: the digest of a result is the SHA-256 of everything above it as canonical JSON', () => {
  always(anyMarket, 200, (round) => {
    const { digest, ...above } = allocate(round)
    expect(digest).toBe(createHash('sha256').update(canonical(above)).digest('hex'))
  })
})
