import { expect, test } from 'vitest'
import { rehearse } from './rehearsal.ts'
import type { Member, Round } from './round.ts'
import { drawOnWorker, rehearseOnWorker } from './run-on-worker.ts'
import { auditOf } from './audit.ts'
import { commitmentTo } from './seed.ts'

const seeds = Array.from({ length: 40 }, (_, n) => `throw-away ${n}`)
const members = (count: number, band: number, preferences: string[], mark = `b${band}`): Member[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${mark}-${n}`, band, traits: [], preferences }))
const round = (
  capacity: Record<string, number>,
  who: readonly Member[],
): Pick<Round, 'round' | 'runs' | 'members'> => ({
  round: 'spring',
  runs: Object.entries(capacity).map(([id, seats]) => ({ id, capacity: seats, reserves: {} })),
  members: who,
})

test('where there is room for everyone, everyone has every chance', () => {
  const rehearsal = rehearse(round({ a: 20 }, members(12, 0, ['a'])), seeds, 1)
  expect(rehearsal).toMatchObject({ applications: 12, draws: 40, bands: [{ applied: 12, placed: 12 }] })
  expect(rehearsal.runs).toEqual([{ id: 'a', listed: 12, first: 12, full: 0, chances: [1] }])
})

test('twice as many as there are places have about an even chance; who comes after a full band has none', () => {
  const rehearsal = rehearse(round({ a: 20 }, [...members(40, 1, ['a']), ...members(30, 2, ['a'])]), seeds, 3)
  const [{ chances, full }] = rehearsal.runs as [(typeof rehearsal.runs)[number]]
  expect(full).toBe(100)
  expect(chances[0]).toBe(1)
  expect(chances[1]).toBeGreaterThan(0.4)
  expect(chances[1]).toBeLessThan(0.6)
  expect(chances[2]).toBe(0)
  expect(rehearsal.bands).toEqual([
    { applied: 0, placed: 0 },
    { applied: 40, placed: 20 },
    { applied: 30, placed: 0 },
  ])
})

test('a run that nobody lists has room; a worker thread gives the same as the function', async () => {
  const given = round({ a: 5, b: 5 }, members(30, 0, ['a']))
  const rehearsal = rehearse(given, seeds.slice(0, 5), 1)
  expect(rehearsal.runs[1]).toEqual({ id: 'b', listed: 0, first: 0, full: 0, chances: [1] })
  expect(await rehearseOnWorker(given, seeds.slice(0, 5), 1)).toEqual(rehearsal)
})

test('the draw on a worker thread is the draw, and says what cannot be used', async () => {
  const given = round({ a: 5 }, members(9, 0, ['a']))
  const parts = { nonces: [{ digest: commitmentTo('one'), nonce: 'one' }] }
  expect(JSON.stringify(await drawOnWorker(given, parts))).toBe(JSON.stringify(auditOf(given, parts)))
  await expect(drawOnWorker(given, { nonces: [] })).rejects.toThrow('no officer revealed')
})
