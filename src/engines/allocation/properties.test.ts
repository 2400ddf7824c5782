/** The properties 1 to 17 of the rule, each against brute force on tiny rounds. */
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { allocate } from './allocation.ts'
import { auditOf, readAudit, verify } from './audit.ts'
import { choose } from './choice.ts'
import { comesBefore, explaining } from './explanation.ts'
import { afterWithdrawal } from './free-seats.ts'
import { parseJson } from './json.ts'
import { lotteryNumber } from './lottery.ts'
import {
  anyMemberOfRound,
  anyQueue,
  anyRound,
  byId,
  outcomeOf,
  placesOf,
  priorityIn,
  queueOf,
  withMember,
} from './made-up.ts'
import { allLists, allStable, chooseByDefinition, isStable, mostSeated, rankOf } from './oracle.ts'
import { auditLines } from './command.ts'
import type { Member, Round } from './round.ts'

/** Checks a property on many made-up cases; the seed is fixed so that a failure can be seen again. */
const always = <Case>(cases: fc.Arbitrary<Case>, numRuns: number, holds: (one: Case) => void) =>
  fc.assert(fc.property(cases, holds), { numRuns, seed: 2027 })

const without = <Entry>(list: readonly Entry[], at: number): Entry[] => list.filter((_, i) => i !== at)

test('the incremental choice is the choice of the definition', () => {
  always(anyQueue, 1_500, ({ run, people }) => {
    const [ours, defined] = [choose(run, people), chooseByDefinition(run, people)]
    expect(ours.held.map((one) => people.indexOf(one))).toEqual(defined.held.map((one) => people.indexOf(one)))
    expect(new Set(ours.reserved)).toEqual(new Set(defined.reserved))
    expect([...ours.held, ...ours.refused].length).toBe(people.length)
  })
})

test('1: no run holds more than its capacity, and everyone has one place at most', () => {
  always(anyRound, 300, (round) => {
    const { assignments, runs } = allocate(round)
    expect(assignments.map(({ member }) => member)).toEqual([...round.members].sort(byId).map(({ id }) => id))
    for (const { id, held } of runs) {
      expect(held.length).toBeLessThanOrEqual(round.runs.find((run) => run.id === id)!.capacity)
      expect(held.toSorted()).toEqual(
        assignments
          .filter(({ run }) => run === id)
          .map(({ member }) => member)
          .toSorted(),
      )
    }
  })
})

test('2: no one gets a run they did not list', () => {
  always(anyRound, 300, (round) => {
    for (const { member, run, choice } of allocate(round).assignments) {
      const { preferences } = round.members.find(({ id }) => id === member)!
      expect(run === null ? null : preferences[choice! - 1]).toBe(run)
    }
  })
})

test('3: who is chosen among more people is chosen among fewer', () => {
  always(anyQueue, 700, ({ run, people }) => {
    const chosen = choose(run, people).held
    people.forEach((newcomer, i) => {
      const before = choose(run, without(people, i)).held
      for (const one of chosen) if (one !== newcomer) expect(before).toContain(one)
    })
  })
})

test('4: a newcomer never makes a run hold fewer', () => {
  always(anyQueue, 700, ({ run, people }) => {
    const size = choose(run, people).held.length
    people.forEach((_, i) => expect(choose(run, without(people, i)).held.length).toBeLessThanOrEqual(size))
  })
})

test('5: refusing the refused beforehand changes nothing', () => {
  always(anyQueue, 700, ({ run, people }) => {
    const { held, refused } = choose(run, people)
    refused.forEach((one) => expect(choose(run, without(people, people.indexOf(one))).held).toEqual(held))
    expect(choose(run, held).held).toEqual(held)
  })
})

test('6: reserves are used to the full', () => {
  always(anyQueue, 700, ({ run, people }) => {
    const seated = mostSeated(choose(run, people).held, run.reserves)
    expect(seated).toBe(Math.min(run.capacity, mostSeated(people, run.reserves)))
  })
})

test('7: no one refused comes before someone chosen whom the reserves do not need', () => {
  always(anyQueue, 500, ({ run, people }) => {
    const { held, refused } = choose(run, people)
    for (const out of refused)
      for (const chosen of held) {
        if (people.indexOf(out) > people.indexOf(chosen)) continue
        const swapped = [...held.filter((one) => one !== chosen), out]
        expect(mostSeated(swapped, run.reserves)).toBeLessThan(mostSeated(held, run.reserves))
      }
  })
})

test('8: the outcome is stable', () => {
  always(anyRound, 500, (round) => {
    expect(isStable(round.runs, queueOf(round), placesOf(allocate(round)))).toBe(true)
  })
})

test('9: no seat stays empty that someone would rather have', () => {
  always(anyRound, 300, (round) => {
    for (const { id, held, waiting } of allocate(round).runs)
      if (waiting.length > 0) expect(held.length).toBe(round.runs.find((run) => run.id === id)!.capacity)
  })
})

test('10: no other list would have served a member better than the true one', () => {
  always(anyMemberOfRound, 150, ({ round, at }) => {
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
    const before = rankOf(member, outcomeOf(ordered)[member.id]!)
    for (let band = member.band - 3; band >= 0; band -= 2)
      expect(rankOf(member, outcomeOf(withMember(ordered, at, { band }))[member.id]!)).toBeLessThanOrEqual(before)
  })
})

/** The same order of priority as the draw gives, but by bands 1, 3, 5 … so that a member can be put between any two. */
function inBandsByPriority(round: Round): Round {
  const queue = queueOf(round)
  return { ...round, members: round.members.map((member) => ({ ...member, band: 2 * queue.indexOf(member) + 1 })) }
}

test('12: the order of runs, members, traits and reserves in the file changes no byte', () => {
  always(anyRound, 300, (round) => {
    const turned: Round = {
      seed: round.seed,
      members: round.members.map((member) => ({ ...member, traits: member.traits.toReversed() })).toReversed(),
      runs: round.runs
        .map((run) => ({ ...run, reserves: Object.fromEntries(Object.entries(run.reserves).toReversed()) }))
        .toReversed(),
      round: round.round,
    }
    expect(JSON.stringify(allocate(turned))).toBe(JSON.stringify(allocate(round)))
  })
})

test('12: other names for runs, traits and members change no outcome', () => {
  always(anyRound, 300, (round) => {
    const ordered = inBandsByPriority(round)
    const renamed = (name: string) => `${9 - Number(name.at(-1))}-${name}`
    const other: Round = {
      ...ordered,
      runs: ordered.runs.map((run) => ({
        ...run,
        id: renamed(run.id),
        reserves: Object.fromEntries(
          Object.entries(run.reserves).map(([trait, n]) => [[...trait].toReversed().join(''), n]),
        ),
      })),
      members: ordered.members.map((member) => ({
        ...member,
        id: renamed(member.id),
        traits: member.traits.map((trait) => [...trait].toReversed().join('')),
        preferences: member.preferences.map(renamed),
      })),
    }
    const outcome = outcomeOf(other)
    for (const [member, run] of Object.entries(outcomeOf(ordered)))
      expect(outcome[renamed(member)]).toBe(run === null ? null : renamed(run))
  })
})

test('13: without reserves everyone in turn takes the best that is left', () => {
  always(anyRound, 300, (round) => {
    const plain = { ...round, runs: round.runs.map((run) => ({ ...run, reserves: {} })) }
    const left = new Map(plain.runs.map(({ id, capacity }) => [id, capacity]))
    const outcome = outcomeOf(plain)
    for (const { id, preferences } of queueOf(plain)) {
      const best = preferences.find((run) => left.get(run)! > 0) ?? null
      if (best !== null) left.set(best, left.get(best)! - 1)
      expect(outcome[id]).toBe(best)
    }
  })
})

test('14: no stable outcome serves any member better', () => {
  let several = 0
  always(anyRound, 120, (round) => {
    const [ours, stable] = [placesOf(allocate(round)), allStable(round, queueOf(round))]
    expect(stable.some((places) => round.members.every(({ id }) => places.get(id) === ours.get(id)))).toBe(true)
    for (const places of stable)
      for (const member of round.members)
        expect(rankOf(member, ours.get(member.id)!)).toBeLessThanOrEqual(rankOf(member, places.get(member.id)!))
    if (stable.length > 1) several++
  })
  expect(several).toBeGreaterThan(0)
})

test('15: hiding a trait never helps', () => {
  always(anyMemberOfRound, 300, ({ round, at }) => {
    const member = round.members[at]!
    const declared = rankOf(member, outcomeOf(round)[member.id]!)
    for (const trait of member.traits) {
      const hidden = withMember(round, at, { traits: member.traits.filter((other) => other !== trait) })
      expect(rankOf(member, outcomeOf(hidden)[member.id]!)).toBeGreaterThanOrEqual(declared)
    }
  })
})

test('16: the published roll and the parts of the seed give the same bytes again', () => {
  const parts = { beacon: { network: 'made-up', round: 7, randomness: 'ab'.repeat(32) } }
  always(anyRound, 200, (round) => {
    const published = [...auditLines(auditOf(round, parts))].join('')
    const read = readAudit(parseJson(new TextEncoder().encode(published)))
    expect(verify(read)).toEqual([])
    const { seedFrom, input } = read
    expect([...auditLines(auditOf(input, seedFrom))].join('')).toBe(published)
  })
})

test('16: the digest is the SHA-256 of everything above it as canonical JSON', () => {
  always(anyRound, 200, (round) => {
    const { digest, ...above } = allocate(round)
    expect(digest).toBe(createHash('sha256').update(canonicalize(above)!).digest('hex'))
  })
})

test('17: someone who withdraws before the draw harms no one else', () => {
  always(anyMemberOfRound, 300, ({ round, at }) => {
    const [before, after] = [outcomeOf(round), outcomeOf({ ...round, members: without(round.members, at) })]
    for (const member of without(round.members, at))
      expect(rankOf(member, after[member.id]!)).toBeLessThanOrEqual(rankOf(member, before[member.id]!))
  })
})

test('17: someone who withdraws after the draw harms no one else, and leaves a stable outcome without waste', () => {
  always(anyMemberOfRound, 500, ({ round, at }) => {
    const { assignments } = allocate(round)
    const others = without(round.members, at)
    const { moves, assignments: after } = afterWithdrawal(round, assignments, [round.members[at]!.id])
    const [had, has] = [placesOf({ assignments }), placesOf({ assignments: after })]
    for (const member of others)
      expect(rankOf(member, has.get(member.id)!)).toBeLessThanOrEqual(rankOf(member, had.get(member.id)!))
    const changed = others.filter(({ id }) => had.get(id) !== has.get(id)).sort(byId)
    expect(moves).toEqual(changed.map(({ id }) => ({ member: id, from: had.get(id), to: has.get(id) })))
    expect(isStable(round.runs, queueOf({ ...round, members: others }), has)).toBe(true)
  })
})

test('17: several who withdraw leave the same outcome whoever is first', () => {
  always(
    fc.record({ round: anyRound, gone: fc.shuffledSubarray(['m0', 'm1', 'm2', 'm3', 'm4']) }),
    500,
    ({ round, gone }) => {
      const { assignments } = allocate(round)
      const together = afterWithdrawal(round, assignments, gone).assignments
      let left = { round, assignments }
      for (const id of gone) {
        const rest = { ...left.round, members: left.round.members.filter((member) => member.id !== id) }
        left = { round: rest, assignments: afterWithdrawal(left.round, left.assignments, [id]).assignments }
      }
      expect(left.assignments).toEqual(together)
    },
  )
})

test('a free seat goes to whom the run would have chosen had the member who left never asked', () => {
  always(anyMemberOfRound, 300, ({ round, at }) => {
    const one: Round = { ...round, runs: round.runs.slice(0, 1), members: round.members.map(onlyFirstRun) }
    const { assignments } = allocate(one)
    const { assignments: after } = afterWithdrawal(one, assignments, [one.members[at]!.id])
    const rest = queueOf({ ...one, members: without(one.members, at) }).filter(
      ({ preferences }) => preferences.length > 0,
    )
    const expected = chooseByDefinition(one.runs[0]!, rest).held.map(({ id }) => id)
    expect(after.filter(({ run }) => run !== null).map(({ member }) => member)).toEqual(expected.toSorted())
  })
})

const onlyFirstRun = (member: Member): Member => ({
  ...member,
  preferences: member.preferences.filter((run) => run === 'r0'),
})

test('a member is refused exactly where their priority comes after every last priority that concerns them', () => {
  always(anyRound, 500, (round) => {
    const allocation = allocate(round)
    const explain = explaining(round, allocation)
    for (const member of round.members) {
      const { runs, priority, run } = explain(member.id)!
      expect(priority).toEqual(priorityIn(allocation, member))
      expect(runs.map(({ run }) => run)).toEqual(member.preferences)
      expect(runs.filter(({ standing }) => standing === 'offered').map(({ run }) => run)).toEqual(
        run === null ? [] : [run],
      )
      for (const { run: id, standing, refusal } of runs) {
        const last = allocation.runs.find((outcome) => outcome.id === id)!
        const concerning = [last.lastOpen, ...member.traits.map((trait) => last.lastReserved[trait] ?? null)]
        const isLetIn = concerning.some((one) => one !== null && !comesBefore(one, priority))
        if (standing === 'offered') expect(isLetIn).toBe(true)
        if (standing !== 'full') continue
        expect(isLetIn).toBe(false)
        expect(last.waiting[refusal!.waitingAt - 1]).toBe(member.id)
        expect(Object.keys(refusal!.lastReserved).every((trait) => member.traits.includes(trait))).toBe(true)
      }
    }
  })
})

test('held and waiting are in order of priority, and waiting is everyone who would rather have the run', () => {
  always(anyRound, 300, (round) => {
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

test('numbers are those of the draw, and priority is by band and then number', () => {
  always(anyRound, 200, (round) => {
    const allocation = allocate(round)
    for (const { member, number } of allocation.assignments)
      expect(number).toBe(lotteryNumber(round.seed, round.round, member))
    const queue = queueOf(round).map((member) => priorityIn(allocation, member))
    for (let i = 1; i < queue.length; i++) expect(comesBefore(queue[i - 1]!, queue[i]!)).toBe(true)
  })
})
