/** The choice of one run: the incremental one against the definition, and properties 3 to 7. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from '#core/random'
import { choose, Filling, nextInLine, reservedTraits } from './choice.ts'
import { always, anyQueue, without } from './made-up.ts'
import { chooseByDefinition, mostSeated } from './oracle.ts'
import type { Seats } from './round.ts'

test('the incremental choice is the choice of the definition', () => {
  always(anyQueue, 1_500, ({ run, people }) => {
    const [ours, defined] = [choose(run, people), chooseByDefinition(run, people)]
    const places = (some: readonly object[]) => some.map((one) => people.indexOf(one as (typeof people)[0]))
    expect(places(ours.held)).toEqual(places(defined.held))
    expect(places(ours.reserved)).toEqual(places(defined.reserved))
    expect([...places(ours.reserved), ...places(ours.open)].sort((a, b) => a - b)).toEqual(places(ours.held))
    expect([...places(ours.held), ...places(ours.refused)].sort((a, b) => a - b)).toEqual([...people.keys()])
  })
})

test('the order in which people ask changes nothing', () => {
  const anyOrder = anyQueue.chain(({ run, people }) =>
    fc.record({
      run: fc.constant(run),
      people: fc.constant(people),
      order: fc.shuffledSubarray([...people.keys()], { minLength: people.length }),
    }),
  )
  always(anyOrder, 2_000, ({ run, people, order }) => {
    const defined = chooseByDefinition(run, people)
    const { reserved, held, refused } = filled(run, people, order)
    expect(reserved).toEqual(defined.reserved.map((one) => people.indexOf(one)))
    expect(held).toEqual(defined.held.map((one) => people.indexOf(one)))
    expect([...held, ...refused].sort((a, b) => a - b)).toEqual([...people.keys()])
  })
})

test('in large runs with long chains of moves, too, the choice is that of the definition', () => {
  const traits = ['a', 'b', 'c', 'd', 'e', 'f']
  for (let market = 0; market < 60; market++) {
    const random = seeded(`large ${market}`)
    const reserves = Object.fromEntries(traits.map((trait) => [trait, random.below(5)]))
    const run = { capacity: 22 + random.below(8), reserves }
    const people = Array.from({ length: 80 }, () => {
      const at = random.below(traits.length)
      return { traits: random.next() < 0.3 ? [] : [traits[at]!, traits[(at + 1) % traits.length]!] }
    })
    const order = [...people.keys()].sort(() => random.next() - 0.5)
    const defined = byAugmentingPaths(run, people)
    const ours = filled(run, people, order)
    expect([ours.reserved, ours.held]).toEqual([defined.reserved, defined.held])
  }
})

test('3: who is chosen among more people is chosen among fewer', () => {
  always(anyQueue, 700, ({ run, people }) => {
    const chosen = choose(run, people).held
    people.forEach((newcomer, i) => {
      const before = new Set(choose(run, without(people, i)).held)
      for (const one of chosen) if (one !== newcomer) expect(before.has(one)).toBe(true)
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
    const { held, reserved } = choose(run, people)
    const most = Math.min(run.capacity, mostSeated(people, run.reserves))
    expect(mostSeated(held, run.reserves)).toBe(most)
    expect(reserved.length).toBe(most)
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

test('a run without seats refuses everyone, and one that nobody asks for holds no one', () => {
  expect(choose({ capacity: 0, reserves: {} }, [{ traits: ['woman'] }])).toMatchObject({ held: [], lastOpen: null })
  expect(choose({ capacity: 3, reserves: { woman: 2 } }, []).held).toEqual([])
})

test('a trait no seat is reserved for does not matter, even one named like a part of the language', () => {
  const people = [{ traits: ['__proto__'] }, { traits: ['constructor', 'toString'] }, { traits: ['woman'] }]
  expect(choose({ capacity: 1, reserves: {} }, people).held).toEqual([people[0]])
  expect(choose({ capacity: 1, reserves: { woman: 1, constructor: 0 } }, people).held).toEqual([people[2]])
})

test('a seat that comes free goes by the same rule, with everyone who has a seat staying', () => {
  const run = { capacity: 3, reserves: { woman: 1, young: 1 } }
  const [plain, woman, young] = [{ traits: [] }, { traits: ['woman'] }, { traits: ['young'] }]
  expect(nextInLine(run, [woman, plain], [plain, woman, young])).toEqual([young])
  expect(nextInLine(run, [young, plain], [plain, young, woman])).toEqual([woman])
  expect(nextInLine(run, [woman, young], [plain, woman, young])).toEqual([plain])
  expect(nextInLine(run, [plain], [plain, woman])).toEqual([plain, woman])
  expect(nextInLine(run, [plain, plain, plain], [woman])).toEqual([])
  expect(nextInLine(run, [plain, plain, plain, plain], [woman])).toEqual([])
})

test('with no one holding a seat, who is next in line is the choice itself', () => {
  always(anyQueue, 700, ({ run, people }) => {
    expect(nextInLine(run, [], people)).toEqual(choose(run, people).held)
  })
})

/** A run filled by people who ask in this order; everyone by their place in the queue. */
function filled(run: Seats, people: readonly { traits: readonly string[] }[], order: readonly number[]) {
  const traits = reservedTraits(run)
  const filling = new Filling(run, traits)
  const numbers = (i: number) => traits.flatMap((trait, t) => (people[i]!.traits.includes(trait) ? [t] : []))
  const refused = order.map((i) => filling.ask(i, filling.kindOf(numbers(i)))).filter((i) => i >= 0)
  const reserved = filling.reserved()
  return { reserved, held: [...reserved, ...filling.open()].sort((a, b) => a - b), refused }
}

/** The rule in order of priority, the largest matching found by one augmenting path a person (H. Kuhn). */
function byAugmentingPaths(run: Seats, people: readonly { traits: readonly string[] }[]) {
  const seats = Object.entries(run.reserves).flatMap(([trait, count]) => Array<string>(count).fill(trait))
  const sits = new Map<number, number>()
  const seat = (person: number, tried: Set<number>): boolean =>
    seats.some((trait, s) => {
      if (tried.has(s) || !people[person]!.traits.includes(trait)) return false
      tried.add(s)
      const other = sits.get(s)
      if (other !== undefined && !seat(other, tried)) return false
      sits.set(s, person)
      return true
    })
  const reserved = [...people.keys()].filter((person) => seat(person, new Set()))
  const held = new Set(reserved)
  for (const person of people.keys()) if (held.size < run.capacity) held.add(person)
  return { reserved, held: [...held].sort((a, b) => a - b) }
}
