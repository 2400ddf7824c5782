/** Properties 1, 2 and 8 to 15 of the whole allocation, against brute force on tiny rounds. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate } from './allocation.ts'
import {
  always,
  anyContest,
  anyMarket,
  anyMemberOfRound,
  anyRound,
  byId,
  outcomeOf,
  placesOf,
  queueOf,
  turnedRound,
  withMember,
} from './made-up.ts'
import { allLists, allStable, isStable, plainDeferredAcceptance, rankOf } from './oracle.ts'
import type { Round } from './round.ts'

test('1: no run holds more than its capacity, and everyone has one place at most', () => {
  always(anyMarket, 400, (round) => {
    const { assignments, runs } = allocate(round)
    expect(assignments.map(({ member }) => member)).toEqual([...round.members].sort(byId).map(({ id }) => id))
    for (const { id, held } of runs) {
      expect(held.length).toBeLessThanOrEqual(round.runs.find((run) => run.id === id)!.capacity)
      const given = assignments.filter(({ run }) => run === id).map(({ member }) => member)
      expect(held.toSorted()).toEqual(given.toSorted())
    }
  })
})

test('2: no one gets a run they did not list', () => {
  always(anyMarket, 400, (round) => {
    for (const { member, run, choice } of allocate(round).assignments) {
      const { preferences } = round.members.find(({ id }) => id === member)!
      expect(run === null ? null : preferences[choice! - 1]).toBe(run)
      expect(run === null).toBe(choice === null)
    }
  })
})

test('8: the outcome is stable', () => {
  always(anyMarket, 800, (round) => {
    expect(isStable(round.runs, queueOf(round), placesOf(allocate(round)))).toBe(true)
  })
})

test('9: no seat stays empty that someone would rather have', () => {
  always(anyMarket, 400, (round) => {
    const { assignments, runs } = allocate(round)
    const places = placesOf({ assignments })
    for (const { id, held } of runs) {
      if (held.length === round.runs.find((run) => run.id === id)!.capacity) continue
      for (const member of round.members)
        if (member.preferences.includes(id))
          expect(rankOf(member, places.get(member.id)!)).toBeLessThanOrEqual(rankOf(member, id))
    }
  })
})

test('10: no other list would have served a member better than the true one', () => {
  always(anyMemberOfRound, 200, ({ round, at }) => {
    const member = round.members[at]!
    const truth = rankOf(member, outcomeOf(round)[member.id]!)
    for (const preferences of allLists(round.runs.map(({ id }) => id))) {
      const got = outcomeOf(withMember(round, at, { preferences }))[member.id]!
      if (got !== null && member.preferences.includes(got)) expect(rankOf(member, got)).toBeGreaterThanOrEqual(truth)
    }
  })
})

test('11: a better band, or a better number in the band, never hurts', () => {
  always(anyMemberOfRound, 300, ({ round, at }) => {
    const ordered = inBandsByPriority(round)
    const member = ordered.members[at]!
    let before = rankOf(member, outcomeOf(ordered)[member.id]!)
    for (let band = member.band - 3; band >= -1; band -= 2) {
      const better = rankOf(member, outcomeOf(withMember(ordered, at, { band: Math.max(band, 0) }))[member.id]!)
      expect(better).toBeLessThanOrEqual(before)
      before = better
    }
  })
})

/** The same order of priority as the draw gives, but by bands 1, 3, 5 … so that a member can be put between any two. */
function inBandsByPriority(round: Round): Round {
  const queue = queueOf(round).map(({ id }) => id)
  return { ...round, members: round.members.map((member) => ({ ...member, band: 2 * queue.indexOf(member.id) + 1 })) }
}

test('12: the order of runs, members, traits and reserves in the file changes no byte', () => {
  always(anyMarket, 300, (round) => {
    expect(JSON.stringify(allocate(turnedRound(round)))).toBe(JSON.stringify(allocate(round)))
  })
})

test('12: other names for runs, traits and members change no outcome', () => {
  always(anyMarket, 300, (round) => {
    const ordered = inBandsByPriority(round)
    const renamed = (name: string) => `${9 - Number(name.at(-1))}-${name}`
    const otherTrait = (trait: string) => `${9 - trait.length}-${trait}`
    const other: Round = {
      ...ordered,
      runs: ordered.runs.map((run) => ({
        ...run,
        id: renamed(run.id),
        reserves: Object.fromEntries(Object.entries(run.reserves).map(([trait, n]) => [otherTrait(trait), n])),
      })),
      members: ordered.members.map((member) => ({
        ...member,
        id: renamed(member.id),
        traits: member.traits.map(otherTrait),
        preferences: member.preferences.map(renamed),
      })),
    }
    const outcome = outcomeOf(other)
    for (const [member, run] of Object.entries(outcomeOf(ordered)))
      expect(outcome[renamed(member)]).toBe(run === null ? null : renamed(run))
  })
})

test('13: without reserves it is plain deferred acceptance, and everyone in turn takes the best that is left', () => {
  always(anyMarket, 400, (round) => {
    const plain = { ...round, runs: round.runs.map((run) => ({ ...run, reserves: {} })) }
    const queue = queueOf(plain)
    const outcome = placesOf(allocate(plain))
    const textbook = plainDeferredAcceptance(plain.runs, queue)
    for (const { id } of queue) expect(outcome.get(id)).toBe(textbook.get(id) ?? null)
    const left = new Map(plain.runs.map(({ id, capacity }) => [id, capacity]))
    for (const { id, preferences } of queue) {
      const best = preferences.find((run) => left.get(run)! > 0) ?? null
      if (best !== null) left.set(best, left.get(best)! - 1)
      expect(outcome.get(id)).toBe(best)
    }
  })
})

test('14: no stable outcome serves any member better', () => {
  let several = 0
  always(fc.oneof({ weight: 3, arbitrary: anyContest }, anyRound), 300, (round) => {
    const [ours, stable] = [placesOf(allocate(round)), allStable(round, queueOf(round))]
    expect(stable.some((places) => round.members.every(({ id }) => places.get(id) === ours.get(id)))).toBe(true)
    for (const places of stable)
      for (const member of round.members)
        expect(rankOf(member, ours.get(member.id)!)).toBeLessThanOrEqual(rankOf(member, places.get(member.id)!))
    if (stable.length > 1) several++
  })
  expect(several).toBeGreaterThan(15)
})

test('15: hiding traits never helps', () => {
  const someHidden = anyMemberOfRound.chain(({ round, at }) =>
    fc.record({ round: fc.constant(round), at: fc.constant(at), told: fc.subarray([...round.members[at]!.traits]) }),
  )
  always(someHidden, 700, ({ round, at, told }) => {
    const member = round.members[at]!
    const hidden = rankOf(member, outcomeOf(withMember(round, at, { traits: told }))[member.id]!)
    expect(rankOf(member, outcomeOf(round)[member.id]!)).toBeLessThanOrEqual(hidden)
  })
})

test('held and waiting are in order of priority, and waiting is everyone who would rather have the run', () => {
  always(anyMarket, 300, (round) => {
    const allocation = allocate(round)
    const places = placesOf(allocation)
    for (const { id, held, waiting } of allocation.runs) {
      const listed = queueOf(round).filter(({ preferences }) => preferences.includes(id))
      expect(held).toEqual(listed.filter((member) => places.get(member.id) === id).map((member) => member.id))
      const longing = listed.filter((member) => rankOf(member, places.get(member.id)!) > rankOf(member, id))
      expect(waiting).toEqual(longing.map((member) => member.id))
    }
  })
})

test('a list that names no run of the round is refused rather than taken for another run', () => {
  const members = [{ id: 'm0', band: 0, traits: [], preferences: ['r7'] }]
  const round = { round: 'r', seed: 's', runs: [{ id: 'r0', capacity: 1, reserves: {} }], members }
  expect(() => allocate(round)).toThrow('member m0 lists r7, which is not a run of this round')
})

test('a round without members, or without runs, has an outcome too', () => {
  const nobody = allocate({
    round: 'r',
    seed: 's',
    runs: [{ id: 'r0', capacity: 1, reserves: { woman: 1 } }],
    members: [],
  })
  expect(nobody.runs).toEqual([{ id: 'r0', held: [], waiting: [], lastOpen: null, lastReserved: { woman: null } }])
  const members = [{ id: 'm0', band: 0, traits: [], preferences: [] }]
  expect(allocate({ round: 'r', seed: 's', runs: [], members }).assignments).toMatchObject([
    { run: null, choice: null },
  ])
})
