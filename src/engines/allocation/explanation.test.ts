/** What a member is told: true, complete, and enough to check with a calculator. */
import { describe, expect, test } from 'vitest'
import { allocate } from './allocation.ts'
import { comesBefore, explaining } from './explanation.ts'
import { lotteryNumber } from './lottery.ts'
import { always, anyMarket, inOrder, priorityIn, queueOf } from './made-up.ts'

test('a member is refused exactly where their priority comes after every last priority that concerns them', () => {
  let refusals = 0
  always(anyMarket, 700, (round) => {
    const allocation = allocate(round)
    const explain = explaining(round, allocation)
    for (const member of round.members) {
      const { runs, priority } = explain(member.id)!
      for (const { run: id, standing } of runs) {
        const last = allocation.runs.find((outcome) => outcome.id === id)!
        const concerning = [last.lastOpen, ...member.traits.map((trait) => last.lastReserved[trait] ?? null)]
        const isLetIn = concerning.some((one) => one !== null && !comesBefore(one, priority))
        if (standing !== 'not needed') expect(isLetIn).toBe(standing === 'offered')
        if (standing === 'full') refusals++
      }
    }
  })
  expect(refusals).toBeGreaterThan(500)
})

test('an explanation names each run of the list in order, the place offered, and where the member waits', () => {
  always(anyMarket, 400, (round) => {
    const allocation = allocate(round)
    const explain = explaining(round, allocation)
    for (const member of round.members) {
      const { runs, priority, run } = explain(member.id)!
      expect(priority).toEqual(priorityIn(allocation, member))
      expect(runs.map((listed) => listed.run)).toEqual(member.preferences)
      expect(runs.map(({ choice }) => choice)).toEqual(member.preferences.map((_, i) => i + 1))
      const offered = runs.filter(({ standing }) => standing === 'offered').map((listed) => listed.run)
      expect(offered).toEqual(run === null ? [] : [run])
      for (const { run: id, standing, refusal } of runs) {
        expect(refusal !== null).toBe(standing === 'full')
        if (!refusal) continue
        const outcome = allocation.runs.find((one) => one.id === id)!
        expect(outcome.waiting[refusal.waitingAt - 1]).toBe(member.id)
        expect(refusal.lastOpen).toEqual(outcome.lastOpen)
        for (const trait of Object.keys(refusal.lastReserved)) expect(member.traits).toContain(trait)
      }
    }
  })
})

test('numbers are those of the draw, and priority is by band and then number', () => {
  always(anyMarket, 200, (round) => {
    const allocation = allocate(round)
    for (const { member, number } of allocation.assignments)
      expect(number).toBe(lotteryNumber(round.seed, round.round, member))
    const queue = queueOf(round).map((member) => priorityIn(allocation, member))
    for (let i = 1; i < queue.length; i++) expect(comesBefore(queue[i - 1]!, queue[i]!)).toBe(true)
  })
})

test('a smaller band comes first whatever the number; within a band the smaller number', () => {
  expect(comesBefore({ band: 0, number: 'ff' }, { band: 1, number: '00' })).toBe(true)
  expect(comesBefore({ band: 1, number: '0a' }, { band: 1, number: '0b' })).toBe(true)
  expect(comesBefore({ band: 1, number: '0a' }, { band: 1, number: '0a' })).toBe(false)
})

describe('four people, one reserved seat', () => {
  const round = inOrder(
    [
      { id: 'evening', capacity: 2, reserves: { woman: 1 } },
      { id: 'online', capacity: 1, reserves: {} },
    ],
    [
      { id: 'ann', traits: [], preferences: ['evening'] },
      { id: 'bob', traits: [], preferences: ['evening', 'online'] },
      { id: 'cat', traits: ['woman', 'young'], preferences: ['evening', 'online'] },
      { id: 'dee', traits: ['woman'], preferences: ['evening', 'online'] },
    ],
  )
  const allocation = allocate(round)
  const explain = explaining(round, allocation)
  const [ann, bob, cat] = round.members.slice(0, 3).map((member) => priorityIn(allocation, member))

  test('the reserve let in cat, and bob has the next run on his list', () => {
    expect(explain('cat')).toEqual({
      member: 'cat',
      priority: cat,
      run: 'evening',
      runs: [
        { run: 'evening', choice: 1, standing: 'offered', refusal: null },
        { run: 'online', choice: 2, standing: 'not needed', refusal: null },
      ],
    })
    expect(explain('bob')!.runs).toEqual([
      { run: 'evening', choice: 1, standing: 'full', refusal: { lastOpen: ann, lastReserved: {}, waitingAt: 1 } },
      { run: 'online', choice: 2, standing: 'offered', refusal: null },
    ])
  })

  test('dee comes after the last open seat and after the last seat of her reserve, and waits behind bob', () => {
    const { run, runs } = explain('dee')!
    expect(run).toBe(null)
    expect(runs.map(({ refusal }) => refusal)).toEqual([
      { lastOpen: ann, lastReserved: { woman: cat }, waitingAt: 2 },
      { lastOpen: bob, lastReserved: {}, waitingAt: 1 },
    ])
  })

  test('a stranger has no explanation', () => {
    expect([explain('zoe'), explain('__proto__')]).toEqual([null, null])
  })
})
