/** The choice of one run: the meritorious horizontal rule, each person counting against one reserved seat at most. */
import { ReservedSeats, type Kind } from './reserved-seats.ts'
import { byText, emptyRecord, type Seats } from './round.ts'
import { WorstFirst } from './worst-first.ts'

/** What one run does with those who want it; lists keep the order of priority in which they came. */
export interface Choice<Someone> {
  held: Someone[]
  /** Those of `held` who have a reserved seat. */
  reserved: Someone[]
  /** Those of `held` who have an open one. */
  open: Someone[]
  refused: Someone[]
  lastOpen: Someone | null
  /** By reserved trait: the last person its reserve let in (see `ReservedSeats.lastOf`). */
  lastReserved: Record<string, Someone | null>
}

/**
 * Chooses who gets the seats of a run among people given in order of priority, best first. Traits no seat is reserved
 * for do not matter. Source: T. Sönmez, M. B. Yenmez, "Affirmative action in India via vertical, horizontal, and
 * overlapping reservations", Econometrica 90 (2022). Expects reserves that do not exceed the capacity.
 */
export function choose<Someone extends { traits: readonly string[] }>(
  run: Seats,
  people: readonly Someone[],
): Choice<Someone> {
  const traits = reservedTraits(run)
  const filling = new Filling(run, traits)
  for (let i = 0; i < people.length; i++) filling.ask(i, filling.kindOf(numbersOf(people[i]!.traits, traits)))
  const [reserved, open] = [filling.reserved(), filling.open()]
  const held = new Set([...reserved, ...open])
  const lastReserved = emptyRecord<Someone | null>()
  for (const trait of Object.keys(run.reserves).sort(byText))
    lastReserved[trait] = people[filling.lastReserved(traits.indexOf(trait))] ?? null
  return {
    held: people.filter((_, i) => held.has(i)),
    reserved: reserved.map((i) => people[i]!),
    open: open.map((i) => people[i]!),
    refused: people.filter((_, i) => !held.has(i)),
    lastOpen: people[filling.lastOpen] ?? null,
    lastReserved,
  }
}

/**
 * Who gets the free seats of a run whose holders keep theirs: the same rule, with the holders already seated. `waiting`
 * is in order of priority; so is the answer.
 */
export function nextInLine<Someone extends { traits: readonly string[] }>(
  run: Seats,
  holders: readonly { traits: readonly string[] }[],
  waiting: readonly Someone[],
): Someone[] {
  const free = Math.min(run.capacity - holders.length, waiting.length)
  if (free <= 0) return []
  const traits = reservedTraits(run)
  const seats = new ReservedSeats(traits.map((trait) => run.reserves[trait]!))
  const kindOf = (someone: { traits: readonly string[] }) => seats.kindOf(numbersOf(someone.traits, traits))
  holders.forEach((holder, i) => seats.take(i, kindOf(holder)))
  const called = new Set<number>()
  for (let i = 0; i < waiting.length && called.size < free; i++)
    if (seats.take(holders.length + i, kindOf(waiting[i]!)) < 0) called.add(i)
  for (let i = 0; called.size < free; i++) called.add(i)
  return waiting.filter((_, i) => called.has(i))
}

/** A run being filled one person at a time, in any order; people are numbers, smaller is better. */
export class Filling {
  readonly #capacity: number
  readonly #reserved: ReservedSeats
  readonly #open = new WorstFirst()

  /** `traits` are the traits with a seat, in the order by which kinds number them. */
  constructor(run: Seats, traits: readonly string[]) {
    this.#capacity = run.capacity
    this.#reserved = new ReservedSeats(traits.map((trait) => run.reserves[trait]!))
  }

  /** The kind of those with these of the run's reserved traits; null for those with none. */
  kindOf(traits: readonly number[]): Kind | null {
    return traits.length > 0 ? this.#reserved.kindOf(traits) : null
  }

  /** Someone asks for a seat: returns who is refused for it, or −1 while there is room for all. */
  ask(person: number, kind: Kind | null): number {
    const forOpen = kind ? this.#reserved.take(person, kind) : person
    if (forOpen >= 0) this.#open.add(forOpen)
    return this.#open.size + this.#reserved.taken > this.#capacity ? this.#open.takeWorst() : -1
  }

  get lastOpen(): number {
    return this.#open.worst
  }

  /** The last person let in by the reserve of a trait, by its number; −1 where there is none. */
  lastReserved(trait: number): number {
    return trait < 0 ? -1 : this.#reserved.lastOf(trait)
  }

  reserved(): number[] {
    return this.#reserved.people()
  }

  open(): number[] {
    return [...this.#open.people].sort((a, b) => a - b)
  }
}

/** The traits a run has at least one seat for, in order. */
export const reservedTraits = (run: Seats): string[] =>
  Object.keys(run.reserves)
    .filter((trait) => run.reserves[trait]! > 0)
    .sort(byText)

const numbersOf = (traits: readonly string[], reserved: readonly string[]): number[] =>
  reserved.flatMap((trait, i) => (traits.includes(trait) ? [i] : []))
