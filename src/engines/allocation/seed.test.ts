/** The seed: fixed by all applications together and by what no one could know before they closed. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sha256 } from './canonical.ts'
import { always, anyMarket, turnedRound } from './made-up.ts'
import { canonicalRoll, commitmentTo, rollDigest, seedFrom } from './seed.ts'

const roll = sha256('a roll')
const signature = 'b5'.repeat(48)
const randomness = createHash('sha256').update(Buffer.from(signature, 'hex')).digest('hex')
const beacon = { network: 'quicknet', round: 12_345, randomness }

describe('the roll', () => {
  const members = [
    { id: 'm2', band: 1, traits: ['young', 'woman'], preferences: ['r2', 'r1'] },
    { id: 'm1', band: 0, traits: [], preferences: ['r1'] },
  ]

  test('is every application by pseudonym, in canonical JSON', () => {
    const text =
      '[{"band":0,"id":"m1","preferences":["r1"],"traits":[]},' +
      '{"band":1,"id":"m2","preferences":["r2","r1"],"traits":["woman","young"]}]'
    expect([...canonicalRoll(members)].join('')).toBe(text)
    expect(rollDigest(members)).toBe(sha256(text))
  })

  test('holds nothing else a program may have left on a member', () => {
    expect(rollDigest(members.map((member) => Object.assign({ name: 'Ann' }, member)))).toBe(rollDigest(members))
  })

  test('does not depend on the order of members or traits, but on everything else', () => {
    always(anyMarket, 200, (round) => {
      expect(rollDigest(turnedRound(round).members)).toBe(rollDigest(round.members))
    })
    const [first, second] = [members[0]!, members[1]!]
    for (const changed of [
      { ...first, id: 'm3' },
      { ...first, band: 0 },
      { ...first, traits: ['woman'] },
      { ...first, preferences: ['r1', 'r2'] },
    ])
      expect(rollDigest([changed, second])).not.toBe(rollDigest(members))
  })
})

describe('a seed from a beacon', () => {
  test('is the SHA-256 of the roll digest and the randomness, as text one after the other', () => {
    expect(seedFrom(roll, { beacon })).toBe(sha256(roll + randomness))
    expect(seedFrom(roll, { beacon: { ...beacon, signature } })).toBe(sha256(roll + randomness))
  })

  test('refuses randomness that is not the hash of its signature', () => {
    for (const [false_, problem] of [
      ['b6'.repeat(48), 'is not the SHA-256 of its signature'],
      [`${signature}zz`, 'is not lower-case hexadecimal'],
      ['', 'is not lower-case hexadecimal'],
    ] as const)
      expect(() => seedFrom(roll, { beacon: { ...beacon, signature: false_ } })).toThrow(problem)
  })

  test.each(['', 'AB'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)}\n`])('refuses %j as randomness', (bad) => {
    expect(() => seedFrom(roll, { beacon: { ...beacon, randomness: bad } })).toThrow('beacon’s randomness')
    expect(() => seedFrom(bad, { beacon })).toThrow('the roll digest')
  })
})

describe('a seed from officers’ nonces', () => {
  const commitments = ['north', 'south', 'west'].map((nonce) => ({ digest: commitmentTo(nonce), nonce }))

  test('is the SHA-256 of the roll digest and the nonces in order of their digests, whoever is listed first', () => {
    const ordered = commitments.toSorted((a, b) => (a.digest < b.digest ? -1 : 1)).map(({ nonce }) => nonce)
    expect(seedFrom(roll, { nonces: commitments })).toBe(sha256(roll + ordered.join('')))
    expect(seedFrom(roll, { nonces: commitments.toReversed() })).toBe(sha256(roll + ordered.join('')))
  })

  test('goes on without a nonce that was never revealed, which stays on record', () => {
    const missing = [commitments[0]!, { ...commitments[1]!, nonce: null }]
    expect(seedFrom(roll, { nonces: missing })).toBe(sha256(`${roll}north`))
  })

  test('refuses a nonce that was not committed to, a commitment made twice, no nonce at all, and what is no digest', () => {
    const [north, south] = [commitments[0]!, commitments[1]!]
    expect(() => seedFrom(roll, { nonces: [{ ...north, nonce: 'North' }] })).toThrow('has another digest')
    expect(() => seedFrom(roll, { nonces: [north, north] })).toThrow('two officers committed to the same nonce')
    expect(() => seedFrom(roll, { nonces: [] })).toThrow('no officer revealed a nonce')
    expect(() => seedFrom(roll, { nonces: [{ ...south, nonce: null }] })).toThrow('no officer revealed a nonce')
    expect(() => seedFrom(roll, { nonces: [north, { digest: 'soon', nonce: null }] })).toThrow('is not 64')
  })
})
