import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseNext } from './groups.ts'
import { anyReview, reviewWithCamps, votesFrom } from './made-up.ts'
import { namesOf } from './names.ts'
import { addVotes, computeOpinion, recomputeOpinion, type Opinion } from './opinion.ts'
import { askWorker, runOnWorker } from './run-on-worker.ts'
import { adjustedRand } from './stability.ts'

const settings = { seed: 'incremental' }

test('votes counted in give the statistics of a full computation for the same groups, exactly', () => {
  fc.assert(
    fc.property(anyReview, fc.nat(), ({ rows, people, statements }, cut) => {
      const inTime = [...rows].sort((a, b) => a.time - b.time)
      const at = 1 + (cut % inTime.length)
      const first = computeOpinion(votesFrom(inTime.slice(0, at), people, statements), settings)
      const added = addVotes(first, votesFrom(inTime.slice(at), people, statements))
      const given = { group: added.groups.group, ids: added.groups.ids }
      const full = computeOpinion(votesFrom(rows, people, statements), { ...settings, given })
      expect(added.ballots).toEqual(full.ballots)
      for (const part of ['tally', 'groupTallies', 'means', 'representative', 'majority', 'consensus'] as const)
        expect(added[part]).toEqual(full[part])
    }),
    { numRuns: 60 },
  )
})

test('a warm start gives what a full computation gives: the same groups, positions to a millionth', () => {
  for (const [camps, seed] of [
    [2, 'a'],
    [3, 'b'],
    [3, 'c'],
    [4, 'd'],
  ] as const) {
    const rows = reviewWithCamps(camps, 160, 30, seed)
    const cut = Math.floor(rows.length * 0.9)
    const full = computeOpinion(votesFrom(rows, 160, 30), settings)
    const first = computeOpinion(votesFrom(rows.slice(0, cut), 160, 30), settings)
    const warm = recomputeOpinion(addVotes(first, votesFrom(rows.slice(cut), 160, 30)))
    expect(warm.votesSince).toBe(0)
    expect(warm.groups.ids.length).toBe(camps)
    expect(adjustedRand([...warm.groups.group], [...full.groups.group])).toBe(1)
    for (const axis of [0, 1]) expect(apart(warm, full, axis)).toBeLessThan(1e-6)
  }
})

test('a result computed again without new votes stays as it is', () => {
  const first = computeOpinion(votesFrom(reviewWithCamps(3, 120, 25, 'again'), 120, 25), settings)
  const again = recomputeOpinion(first)
  expect(again.groups).toEqual(first.groups)
  expect(again.representative).toEqual(first.representative)
  expect([again.stability, again.heldOut]).toEqual([first.stability, first.heldOut])
})

test('new people and new statements join in; newcomers go to the group whose middle is nearest', () => {
  const rows = reviewWithCamps(2, 100, 20, 'newcomers')
  const first = computeOpinion(
    votesFrom(
      rows.filter(({ person }) => person < 90),
      90,
      20,
    ),
    settings,
  )
  const late = rows.filter(({ person }) => person >= 90)
  const onNew = [...Array(100).keys()].map((person) => ({ person, statement: 20, vote: 1, time: 1e6 }))
  const added = addVotes(first, votesFrom([...late, ...onNew], 100, 21))
  expect(added.grouped.length).toBe(100)
  expect(added.means[20]).toBe(1)
  expect(added.majority.agree).toContain(20)
  const camp = [...Array(100).keys()].map((person) => person % 2)
  expect(adjustedRand([...added.groups.group], camp)).toBe(1)
  expect(added.votesSince).toBe(late.length + 100)
})

test('someone once grouped stays grouped', () => {
  const rows = [...Array(20).keys()].flatMap((person) =>
    [...Array(3).keys()].map((statement) => ({ person, statement, vote: person % 2 ? 1 : -1, time: 0 })),
  )
  const first = computeOpinion(votesFrom(rows, 20, 3), settings)
  expect(first.grouped.length).toBe(20)
  const more = [...Array(20).keys()].map((at) => ({ person: 0, statement: 3 + at, vote: 1, time: 1 }))
  expect(recomputeOpinion(addVotes(first, votesFrom(more, 20, 23))).grouped.length).toBe(20)
})

test('another number of groups is adopted only after it has won four times running', () => {
  let choice = { groups: 2, rival: 0, wins: 0 }
  for (const winner of [3, 3, 3, 2, 3, 3, 3]) {
    choice = chooseNext(winner, choice)
    expect(choice.groups).toBe(2)
  }
  expect(chooseNext(4, choice).groups).toBe(2)
  expect(chooseNext(3, choice)).toEqual({ groups: 3, rival: 0, wins: 0 })
})

test('groups keep the names that most of their people had; a new one gets a name not used last time', () => {
  const people = Uint32Array.from({ length: 9 }, (_, i) => i)
  const before = { group: Int16Array.of(0, 0, 0, 0, 1, 1, 1, 1, 1), ids: [0, 1] }
  expect(namesOf(Uint16Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0), people, 2, before)).toEqual([1, 0])
  expect(namesOf(Uint16Array.of(2, 2, 2, 2, 0, 0, 0, 1, 1), people, 3, before)).toEqual([1, 2, 0])
  expect(namesOf(Uint16Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1), people, 2)).toEqual([1, 0])
})

test('a worker thread gives the same as this thread, and hands back refusals', async () => {
  const votes = votesFrom(reviewWithCamps(2, 60, 15, 'worker'), 60, 15)
  const here = computeOpinion(votes, settings)
  const there = await runOnWorker(votes, settings)
  expect(there).toEqual(here)
  expect(await askWorker({ do: 'recompute', last: here })).toEqual(recomputeOpinion(here))
  await expect(runOnWorker({ ...votes, people: 1 }, settings)).rejects.toThrow(RangeError)
  expect(await runOnWorker(votes, settings, { handOver: true })).toEqual(here)
  expect(votes.vote.length).toBe(0)
})

const apart = (a: Opinion, b: Opinion, axis: number): number => {
  const differences = [1, -1].map((sign) => {
    let most = 0
    for (let at = axis; at < a.positions.length; at += 2)
      most = Math.max(most, Math.abs(a.positions[at]! - sign * b.positions[at]!))
    return most
  })
  return Math.min(...differences)
}
