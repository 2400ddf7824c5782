import { expect, test } from 'vitest'
import { beaconAfter, isOfBeacon, randomnessIn, timeOfBeacon } from './beacon.ts'

const stored = {
  round: 1000,
  signature: 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
}

test('a stored beacon is verified by its signature; its randomness is the SHA-256 of that', () => {
  expect(isOfBeacon(stored.round, stored.signature)).toBe(true)
  expect(randomnessIn(stored.signature)).toBe('fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd')
})

test('the beacon of another round, or one that was tampered with, is no beacon', () => {
  expect(isOfBeacon(1001, stored.signature)).toBe(false)
  expect(isOfBeacon(1000, `${stored.signature.slice(0, -1)}8`)).toBe(false)
  expect(isOfBeacon(1000, '0'.repeat(96))).toBe(false)
  expect(isOfBeacon(1000, `c0${'0'.repeat(94)}`)).toBe(false)
  expect(isOfBeacon(1000, stored.signature.toUpperCase())).toBe(false)
  expect(isOfBeacon(1000, '')).toBe(false)
  expect(isOfBeacon(-1, stored.signature)).toBe(false)
  expect(isOfBeacon(1.5, stored.signature)).toBe(false)
})

test('the beacon announced at closing speaks more than a minute later, and no more than 64 seconds', () => {
  for (const moment of ['2026-11-24T20:00:00Z', '2026-11-24T20:00:00.999Z', '2026-11-24T20:00:02.001Z']) {
    const closed = new Date(moment)
    const after = timeOfBeacon(beaconAfter(closed)).getTime() - closed.getTime()
    expect(after).toBeGreaterThan(60_000)
    expect(after).toBeLessThan(64_000)
  }
})
