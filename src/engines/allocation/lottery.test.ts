/** The draw: numbers anyone can compute with a hash tool. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import { lotteryNumber, priorityOrder } from './lottery.ts'
import { always } from './made-up.ts'

test('a number is what any HMAC tool gives', () => {
  // printf 'spring-2027\nm1' | openssl dgst -sha256 -hmac 'any text'
  expect(lotteryNumber('any text', 'spring-2027', 'm1')).toBe(
    '9cf3d8e132ca291ca063ffe3c9a406f87819fe055352c9e2bc5fb8d7bed3f060',
  )
  expect(lotteryNumber('π', 'été', 'Méabh')).toBe('7df1e5049a2a7c455e3efcd56eb40fbaa03418a2d32abe980741c03dde75aaf1')
})

test('a number is two plain SHA-256 hashes, one inside the other (RFC 2104)', () => {
  const anyText = fc.string({ minLength: 1, maxLength: 90, unit: 'grapheme' })
  always(fc.record({ seed: anyText, round: anyText, member: anyText }), 300, ({ seed, round, member }) => {
    expect(lotteryNumber(seed, round, member)).toBe(byTwoHashes(seed, `${round}\n${member}`))
  })
})

test('every part of it changes the number', () => {
  const numbers = [
    lotteryNumber('s', 'r', 'm'),
    lotteryNumber('S', 'r', 'm'),
    lotteryNumber('s', 'R', 'm'),
    lotteryNumber('s', 'r', 'M'),
  ]
  expect(new Set(numbers).size).toBe(4)
})

test('priority is by band, then number, then id', () => {
  const members = ['c', 'b', 'a', 'd', 'e'].map((id, i) => ({ id, band: i < 4 ? 1 : 0 }))
  expect([...priorityOrder(members, ['02', '01', '01', '00', 'ff'])]).toEqual([4, 3, 2, 1, 0])
})

test('numbers that begin alike are told apart by their last digit', () => {
  const alike = (last: string) => `${'0'.repeat(63)}${last}`
  const members = ['a', 'b', 'c'].map((id) => ({ id, band: 0 }))
  expect([...priorityOrder(members, [alike('b'), alike('a'), alike('9')])]).toEqual([2, 1, 0])
})

function byTwoHashes(key: string, message: string): string {
  const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const given = Buffer.from(key)
  const block = Buffer.alloc(64)
  const short = given.length > 64 ? hash(given) : given
  short.copy(block)
  const padded = (pad: number) => block.map((byte) => byte ^ pad) as Buffer
  return hash(padded(0x5c), hash(padded(0x36), Buffer.from(message))).toString('hex')
}
