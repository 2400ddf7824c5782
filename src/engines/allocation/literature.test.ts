/** Worked examples: the rule on the markets its sources are known for. */
import { describe, expect, test } from 'vitest'
import { allocate } from './allocation.ts'
import { choose } from './choice.ts'
import { always, anyContest, anyQueue, anyRound, inOrder, outcomeOf, placesOf, queueOf } from './made-up.ts'
import { allStable, chooseTraitByTrait, mostSeated, rankOf } from './oracle.ts'
import type { Round, Seats } from './round.ts'

describe('Gale and Shapley 1962, example 1: three of each side, three stable outcomes', () => {
  // The women’s rankings (A: β γ α, B: γ α β, C: α β γ) are the order α β γ with the reserves below.
  const round = inOrder(
    [
      { id: 'A', capacity: 1, reserves: { a: 1 } },
      { id: 'B', capacity: 1, reserves: { b: 1 } },
      { id: 'C', capacity: 1, reserves: {} },
    ],
    [
      { id: 'α', traits: [], preferences: ['A', 'B', 'C'] },
      { id: 'β', traits: ['a'], preferences: ['B', 'C', 'A'] },
      { id: 'γ', traits: ['a', 'b'], preferences: ['C', 'A', 'B'] },
    ],
  )

  test('those who propose get their first choices', () => {
    expect(outcomeOf(round)).toEqual({ α: 'A', β: 'B', γ: 'C' })
  })

  test('the three stable outcomes are those of the paper', () => {
    const stable = allStable(round, queueOf(round)).map((places) => [...places.values()].join(''))
    expect(stable.toSorted()).toEqual(['ABC', 'BCA', 'CAB'])
  })
})

describe('minority reserves (Hafalir, Yenmez and Yildirim 2013)', () => {
  test('the best of the minority first, up to the reserve, then the best of all', () => {
    const run = { capacity: 3, reserves: { minority: 2 } }
    const people = ['M1', 'M2', 'm1', 'M3', 'm2', 'm3'].map((name) => ({ name, traits: traitsOf(name) }))
    const { held, reserved, open } = choose(run, people)
    expect(namesOf(held)).toEqual(['M1', 'm1', 'm2'])
    expect([namesOf(reserved), namesOf(open)]).toEqual([['m1', 'm2'], ['M1']])
  })

  test('a reserve nobody asks for goes to anyone', () => {
    const people = ['M1', 'M2', 'm1', 'M3'].map((name) => ({ name, traits: traitsOf(name) }))
    expect(namesOf(choose({ capacity: 3, reserves: { minority: 2 } }, people).held)).toEqual(['M1', 'M2', 'm1'])
  })

  test('with one trait, or traits that never overlap, trait by trait is the same rule', () => {
    always(anyQueue, 700, ({ run, people }) => {
      const single = people.map(({ traits }) => ({ traits: traits.slice(0, 1) }))
      expect(choose(run, single).held).toEqual(chooseTraitByTrait(run, single))
    })
  })

  // Kojima’s market: a limit of one majority member at c1 would push M2 to c2 and so m1 out of m1’s first choice.
  test('where a limit on the majority would cost the minority member their first choice, a reserve does not', () => {
    const market = (reserves: Seats['reserves'], m2: string[]) =>
      outcomeOf(
        inOrder(
          [
            { id: 'c1', capacity: 2, reserves },
            { id: 'c2', capacity: 1, reserves: {} },
          ],
          [
            { id: 'M1', traits: [], preferences: ['c1'] },
            { id: 'M2', traits: [], preferences: m2 },
            { id: 'm1', traits: ['minority'], preferences: ['c2', 'c1'] },
          ],
        ),
      )
    expect(market({}, ['c1', 'c2'])).toEqual({ M1: 'c1', M2: 'c1', m1: 'c2' })
    expect(market({ minority: 1 }, ['c1', 'c2'])).toEqual({ M1: 'c1', M2: 'c1', m1: 'c2' })
    expect(market({}, ['c2'])).toEqual({ M1: 'c1', M2: 'c2', m1: 'c1' })
  })

  test('a reserve can cost one of those it is for, but never leaves them all worse off', () => {
    const runs = (reserves: Seats['reserves']) => [
      { id: 'c1', capacity: 1, reserves },
      { id: 'c2', capacity: 1, reserves: {} },
    ]
    const members = [
      { id: 'M1', traits: [], preferences: ['c1', 'c2'] },
      { id: 'm1', traits: ['minority'], preferences: ['c2'] },
      { id: 'm2', traits: ['minority'], preferences: ['c1'] },
    ]
    expect(outcomeOf(inOrder(runs({}), members))).toEqual({ M1: 'c1', m1: 'c2', m2: null })
    expect(outcomeOf(inOrder(runs({ minority: 1 }), members))).toEqual({ M1: 'c2', m1: null, m2: 'c1' })
    always(anyRound, 500, (round) => {
      const [reserved, plain] = [
        withReserves(round, ['young', 'carer']),
        withReserves(round, ['woman', 'young', 'carer']),
      ]
      const women = round.members.filter(({ traits }) => traits.includes('woman'))
      const [after, before] = [placesOf(allocate(reserved)), placesOf(allocate(plain))]
      const worse = women.filter((one) => rankOf(one, after.get(one.id)!) > rankOf(one, before.get(one.id)!))
      expect(women.length === 0 || worse.length < women.length).toBe(true)
    })
  })
})

/** The same round without the reserves for these traits. */
const withReserves = (round: Round, gone: string[]): Round => ({
  ...round,
  runs: round.runs.map((run) => ({
    ...run,
    reserves: Object.fromEntries(Object.entries(run.reserves).filter(([trait]) => !gone.includes(trait))),
  })),
})

describe('overlapping traits, each person counted once (Sönmez and Yenmez 2022)', () => {
  const run = { capacity: 2, reserves: { woman: 1, disabled: 1 } }
  const [i1, i2, i3, i4] = [
    { name: 'i1', traits: [] },
    { name: 'i2', traits: ['woman', 'disabled'] },
    { name: 'i3', traits: ['woman'] },
    { name: 'i4', traits: ['disabled'] },
  ]

  test('who counts for what is settled last, so that the better priority is in', () => {
    expect(namesOf(choose(run, [i1, i2, i3, i4]).held)).toEqual(['i2', 'i3'])
    expect(namesOf(chooseTraitByTrait(run, [i1, i2, i3, i4]))).toEqual(['i2', 'i4'])
    expect(namesOf(choose(run, [i1, i2, i4, i3]).held)).toEqual(['i2', 'i4'])
  })

  test('one person with both traits uses one seat, not both', () => {
    expect(namesOf(choose(run, [i1, i2]).held)).toEqual(['i1', 'i2'])
    expect(namesOf(choose({ ...run, capacity: 3 }, [i1, i2, i3, i4]).held)).toEqual(['i1', 'i2', 'i3'])
  })

  test('rank by rank, no other group that uses the reserves to the full has better priorities', () => {
    always(anyQueue, 300, ({ run, people }) => {
      const ours = choose(run, people).held.map((one) => people.indexOf(one))
      const most = Math.min(run.capacity, mostSeated(people, run.reserves))
      for (const group of groupsOf(people.length, ours.length)) {
        if (
          mostSeated(
            group.map((i) => people[i]!),
            run.reserves,
          ) < most
        )
          continue
        expect(group.every((person, rank) => ours[rank]! <= person)).toBe(true)
      }
    })
  })
})

describe('regression: reserves filled trait by trait waste seats where traits overlap', () => {
  const run = { id: 'r0', capacity: 2, reserves: { woman: 1, young: 1 } }
  const members = [
    { id: 'plain', traits: [], preferences: ['r0'] },
    { id: 'both', traits: ['woman', 'young'], preferences: ['r0'] },
    { id: 'woman', traits: ['woman'], preferences: ['r0'] },
  ]

  test('the seat for someone young stays unused by a woman who is young, and a woman is turned away', () => {
    expect(chooseTraitByTrait(run, members).map(({ id }) => id)).toEqual(['plain', 'both'])
    expect(outcomeOf(inOrder([run], members))).toEqual({ plain: null, both: 'r0', woman: 'r0' })
  })

  test('it happens in many made-up runs by that rule, and in none by ours', () => {
    let wasted = 0
    always(anyQueue, 1_500, ({ run, people }) => {
      const most = Math.min(run.capacity, mostSeated(people, run.reserves))
      if (mostSeated(chooseTraitByTrait(run, people), run.reserves) < most) wasted++
      expect(mostSeated(choose(run, people).held, run.reserves)).toBe(most)
    })
    expect(wasted).toBeGreaterThan(3)
  })

  test('in a contest of runs with one reserve each, both rules agree', () => {
    always(anyContest, 200, (round) => {
      for (const run of round.runs)
        expect(choose(run, queueOf(round)).held).toEqual(chooseTraitByTrait(run, queueOf(round)))
    })
  })
})

const traitsOf = (name: string): string[] => (name.startsWith('m') ? ['minority'] : [])
const namesOf = (people: readonly { name: string }[]): string[] => people.map(({ name }) => name)

/** Every group of so many out of the first `people` numbers, each in order. */
function groupsOf(people: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]]
  const groups: number[][] = []
  for (let first = from; first <= people - size; first++)
    for (const rest of groupsOf(people, size - 1, first + 1)) groups.push([first].concat(rest))
  return groups
}
