/**
 * The reserved seats of one run and the people H in them, kept as people come: always a largest possible matching, and
 * among the largest the one whose people have the best priorities. Who sits in whose seat may change as others come;
 * who is in H depends only on who has come (H is the greedy basis of a transversal matroid).
 */
import { WorstFirst } from './worst-first.ts'

/** People of one kind have the same of this run's reserved traits; they are kept by the trait whose seat they have. */
export interface Kind {
  traits: readonly number[]
  inSeatsOf: WorstFirst[]
}

/** Everyone of a kind who has a seat of one trait. */
interface Holders {
  kind: Kind
  of: number
  people: WorstFirst
}

export class ReservedSeats {
  readonly #free: number[]
  readonly #kinds = new Map<string, Kind>()
  readonly #holders: Holders[][]
  /** How the search came to each trait: the holders that could move there; itself untouched where `undefined`. */
  readonly #cameBy: (Holders | 'newcomer' | undefined)[]
  #reached: number[] = []
  #taken = 0

  /** `seats[t]` is the number of seats for trait t, 1 or more. */
  constructor(seats: readonly number[]) {
    this.#free = [...seats]
    this.#holders = seats.map(() => [])
    this.#cameBy = seats.map(() => undefined)
  }

  /** How many reserved seats have someone in them. */
  get taken(): number {
    return this.#taken
  }

  /** The kind of those who have these traits (numbers of this run's reserved traits, ascending). */
  kindOf(traits: readonly number[]): Kind {
    const key = traits.join()
    const known = this.#kinds.get(key)
    if (known) return known
    const kind: Kind = { traits, inSeatsOf: traits.map(() => new WorstFirst()) }
    traits.forEach((of, i) => this.#holders[of]!.push({ kind, of, people: kind.inSeatsOf[i]! }))
    this.#kinds.set(key, kind)
    return kind
  }

  /** Lets a newcomer try for a seat. Returns who is left without: no one (−1), the newcomer, or someone put out. */
  take(person: number, kind: Kind): number {
    const end = this.#search(kind.traits)
    if (end >= 0) {
      this.#free[end]!--
      this.#taken++
      this.#moveAlong(end, person, kind)
      return -1
    }
    const out = this.#worstReached()
    if (out === undefined || out.people.worst < person) return person
    const without = out.people.takeWorst()
    this.#moveAlong(out.of, person, kind)
    return without
  }

  /**
   * The last person this trait's reserve let in, or −1. Where its seats are gone, someone with this trait gets a
   * reserved seat exactly if they come before that person; where some are left, everyone with the trait has one.
   */
  lastOf(trait: number): number {
    if (this.#search([trait]) < 0) return this.#worstReached()?.people.worst ?? -1
    let last = -1
    for (const { kind } of this.#holders[trait]!)
      for (const people of kind.inSeatsOf) last = Math.max(last, people.worst)
    return last
  }

  /** Who has a reserved seat, by priority. */
  people(): number[] {
    const heaps = [...this.#kinds.values()].flatMap((kind) => kind.inSeatsOf)
    return heaps.flatMap((heap) => heap.people).sort((a, b) => a - b)
  }

  /** Breadth first from these traits, by people who could move over. Returns a trait with a free seat, or −1. */
  #search(from: readonly number[]): number {
    for (const trait of this.#reached) this.#cameBy[trait] = undefined
    this.#reached = []
    for (const trait of from) {
      this.#cameBy[trait] = 'newcomer'
      this.#reached.push(trait)
    }
    for (let i = 0; i < this.#reached.length; i++) {
      const trait = this.#reached[i]!
      if (this.#free[trait]! > 0) return trait
      for (const holders of this.#holders[trait]!) if (holders.people.size > 0) this.#reach(holders)
    }
    return -1
  }

  #reach(holders: Holders): void {
    for (const next of holders.kind.traits) {
      if (this.#cameBy[next] !== undefined) continue
      this.#cameBy[next] = holders
      this.#reached.push(next)
    }
  }

  #worstReached(): Holders | undefined {
    let worst: Holders | undefined
    for (const trait of this.#reached)
      for (const holders of this.#holders[trait]!)
        if (holders.people.worst > (worst?.people.worst ?? -1)) worst = holders
    return worst
  }

  /** Fills the seat at the end of the path by moving each person along it up by one, which makes room for the newcomer. */
  #moveAlong(end: number, person: number, kind: Kind): void {
    let to = end
    for (let by = this.#cameBy[to]; by !== 'newcomer'; by = this.#cameBy[to]) {
      if (by === undefined) throw new Error('The path to a reserved seat is broken')
      seatOf(by.kind, to).add(by.people.takeWorst())
      to = by.of
    }
    seatOf(kind, to).add(person)
  }
}

const seatOf = (kind: Kind, trait: number): WorstFirst => kind.inSeatsOf[kind.traits.indexOf(trait)]!
