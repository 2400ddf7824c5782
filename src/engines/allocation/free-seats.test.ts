/** Property 17, and what becomes of seats that come free after the draw. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from './allocation.ts'
import { afterWithdrawal } from './free-seats.ts'
import { always, anyMarket, anyMemberOfRound, byId, inOrder, outcomeOf, placesOf, queueOf, without } from './made-up.ts'
import { chooseByDefinition, isStable, rankOf } from './oracle.ts'
import type { Member, Round } from './round.ts'

test('17: someone who withdraws before the draw harms no one else', () => {
  always(anyMemberOfRound, 400, ({ round, at }) => {
    const [before, after] = [outcomeOf(round), outcomeOf({ ...round, members: without(round.members, at) })]
    for (const member of without(round.members, at))
      expect(rankOf(member, after[member.id]!)).toBeLessThanOrEqual(rankOf(member, before[member.id]!))
  })
})

test('17: someone who withdraws after the draw harms no one else, and leaves a stable outcome without waste', () => {
  let moved = 0
  always(anyMemberOfRound, 700, ({ round, at }) => {
    const { assignments } = allocate(round)
    const others = without(round.members, at)
    const { moves, assignments: after } = afterWithdrawal(round, assignments, [round.members[at]!.id])
    const [had, has] = [placesOf({ assignments }), placesOf({ assignments: after })]
    for (const member of others)
      expect(rankOf(member, has.get(member.id)!)).toBeLessThanOrEqual(rankOf(member, had.get(member.id)!))
    const changed = others.filter(({ id }) => had.get(id) !== has.get(id)).sort(byId)
    expect(moves).toEqual(changed.map(({ id }) => ({ member: id, from: had.get(id), to: has.get(id) })))
    expect(isStable(round.runs, queueOf({ ...round, members: others }), has)).toBe(true)
    moved += moves.length
  })
  expect(moved).toBeGreaterThan(100)
})

test('17: several who withdraw leave the same outcome whoever is first', () => {
  const anyGone = fc.record({ round: anyMarket, gone: fc.shuffledSubarray(['m0', 'm1', 'm2', 'm3', 'm4']) })
  always(anyGone, 700, ({ round, gone }) => {
    const { assignments } = allocate(round)
    const together = afterWithdrawal(round, assignments, gone).assignments
    let left = { round, assignments }
    for (const id of gone) {
      const rest = { ...left.round, members: left.round.members.filter((member) => member.id !== id) }
      left = { round: rest, assignments: afterWithdrawal(left.round, left.assignments, [id]).assignments }
    }
    expect(left.assignments).toEqual(together)
  })
})

test('a raised capacity harms no one, overbooks nothing and leaves no seat empty that someone would rather have', () => {
  const anyRaise = fc.record({ round: anyMarket, by: fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 }) })
  always(anyRaise, 500, ({ round, by }) => {
    const { assignments } = allocate(round)
    const raised = { ...round, runs: round.runs.map((run, r) => ({ ...run, capacity: run.capacity + by[r]! })) }
    const { assignments: after } = afterWithdrawal(raised, assignments, [])
    const [had, has] = [placesOf({ assignments }), placesOf({ assignments: after })]
    for (const member of round.members) {
      const rank = rankOf(member, has.get(member.id)!)
      expect(rank).toBeLessThanOrEqual(rankOf(member, had.get(member.id)!))
      for (const { id, capacity } of raised.runs)
        if (member.preferences.includes(id) && rankOf(member, id) < rank)
          expect(after.filter(({ run }) => run === id).length).toBe(capacity)
    }
    for (const { id, capacity } of raised.runs)
      expect(after.filter(({ run }) => run === id).length).toBeLessThanOrEqual(capacity)
  })
})

test('a free seat goes to whom the run would have chosen had the member who left never asked', () => {
  always(anyMemberOfRound, 400, ({ round, at }) => {
    const one: Round = { ...round, runs: round.runs.slice(0, 1), members: round.members.map(onlyFirstRun) }
    const { assignments } = allocate(one)
    const { assignments: after } = afterWithdrawal(one, assignments, [one.members[at]!.id])
    const rest = queueOf({ ...one, members: without(one.members, at) })
    const wanting = rest.filter(({ preferences }) => preferences.length > 0)
    const expected = chooseByDefinition(one.runs[0]!, wanting).held.map(({ id }) => id)
    expect(after.filter(({ run }) => run !== null).map(({ member }) => member)).toEqual(expected.toSorted())
  })
})

const onlyFirstRun = (member: Member): Member => ({
  ...member,
  preferences: member.preferences.filter((run) => run === 'r0'),
})

describe('one round, step by step', () => {
  const runs = [
    { id: 'evening', capacity: 2, reserves: { woman: 1 } },
    { id: 'online', capacity: 1, reserves: {} },
  ]
  const round = inOrder(runs, [
    { id: 'ann', traits: ['woman'], preferences: ['evening'] },
    { id: 'bob', traits: [], preferences: ['evening', 'online'] },
    { id: 'cem', traits: [], preferences: ['evening', 'online'] },
    { id: 'dee', traits: ['woman'], preferences: ['evening', 'online'] },
    { id: 'eve', traits: [], preferences: ['online'] },
  ])
  const { assignments } = allocate(round)

  test('the draw', () => {
    expect(outcomeOf(round)).toEqual({ ann: 'evening', bob: 'evening', cem: 'online', dee: null, eve: null })
  })

  test('an open seat goes to the next by priority, and the seat that person leaves goes on', () => {
    expect(afterWithdrawal(round, assignments, ['bob']).moves).toEqual([
      { member: 'cem', from: 'online', to: 'evening' },
      { member: 'dee', from: null, to: 'online' },
    ])
  })

  test('a reserved seat goes to the next with the trait, although someone else comes before', () => {
    expect(afterWithdrawal(round, assignments, ['ann']).moves).toEqual([{ member: 'dee', from: null, to: 'evening' }])
  })

  test('a raised capacity lets in the next; nobody withdraws', () => {
    const raised = { ...round, runs: [{ ...runs[0]!, capacity: 3 }, runs[1]!] }
    const { moves, assignments: after } = afterWithdrawal(raised, assignments, [])
    expect(moves.map(({ member }) => member)).toEqual(['cem', 'dee'])
    expect(after.map(({ choice }) => choice)).toEqual([1, 1, 1, 2, null])
  })

  test('an offer that lapses is a place set to nothing, with the run gone from the member’s list', () => {
    const lapsed = assignments.map((one) => (one.member === 'bob' ? { ...one, run: null, choice: null } : one))
    const members = round.members.map((one) => (one.id === 'bob' ? { ...one, preferences: ['online'] } : one))
    const { moves } = afterWithdrawal({ ...round, members }, lapsed, [])
    expect(moves).toEqual([
      { member: 'bob', from: null, to: 'online' },
      { member: 'cem', from: 'online', to: 'evening' },
    ])
  })

  test('where more hold a run than it now has seats, everyone keeps theirs and no one is let in', () => {
    const lowered = { ...round, runs: [{ ...runs[0]!, capacity: 1, reserves: {} }, runs[1]!] }
    expect(afterWithdrawal(lowered, assignments, []).moves).toEqual([])
    expect(afterWithdrawal(lowered, assignments, ['bob']).moves).toEqual([])
  })

  test('a run that is cancelled is left out of the runs; those who held it are set to nothing first', () => {
    const freed = assignments.map((one) => (one.run === 'evening' ? { ...one, run: null, choice: null } : one))
    const { moves } = afterWithdrawal({ ...round, runs: [runs[1]!] }, freed, [])
    expect(moves).toEqual([])
    expect(afterWithdrawal({ ...round, runs: [runs[1]!] }, freed, ['cem']).moves).toEqual([
      { member: 'bob', from: null, to: 'online' },
    ])
  })

  test('a stranger who withdraws changes nothing; a member without an assignment is an error', () => {
    expect(afterWithdrawal(round, assignments, ['zoe'])).toEqual({ moves: [], assignments })
    expect(() => afterWithdrawal(round, without(assignments, 0), [])).toThrow('member ann has no assignment')
    const strange = [...assignments.slice(0, 4), { ...assignments[4]!, run: 'evening' }]
    expect(() => afterWithdrawal(round, strange, [])).toThrow('member eve holds evening but does not list it')
  })
})
