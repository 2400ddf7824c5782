/** A round in numbers: people in order of priority, 0 first; runs in order of id; lists end to end in one array. */
import { Filling, reservedTraits } from './choice.ts'
import type { Kind } from './reserved-seats.ts'
import { Unusable, type Member, type Run } from './round.ts'

export interface Market {
  people: number
  runs: readonly Run[]
  /** Person p lists `list[from[p]]` up to, not including, `list[from[p + 1]]`. */
  from: Uint32Array
  list: Uint32Array
  /** What traits a person has, as a number into `traitSets`. */
  traitSet: Uint32Array
  traitSets: readonly ReadonlySet<string>[]
}

/** Where everyone ends up: by person their run or −1, and by run its seats as they are filled. */
export interface Outcome {
  run: Int32Array
  fillings: readonly Filling[]
}

/** Puts a round into numbers; `order[p]` is which member comes p-th. Throws `Unusable` where a list names no run of it. */
export function marketOf(runs: readonly Run[], members: readonly Member[], order: Uint32Array): Market {
  const numberOf = new Map(runs.map((run, r) => [run.id, r]))
  const sets = new TraitSets(runs)
  const from = new Uint32Array(members.length + 1)
  for (let p = 0; p < order.length; p++) from[p + 1] = from[p]! + members[order[p]!]!.preferences.length
  const list = new Uint32Array(from[members.length]!)
  const traitSet = new Uint32Array(members.length)
  for (let p = 0; p < order.length; p++) {
    const member = members[order[p]!]!
    member.preferences.forEach((id, i) => {
      const run = numberOf.get(id)
      if (run === undefined) throw new Unusable(`member ${member.id} lists ${id}, which is not a run of this round`)
      list[from[p]! + i] = run
    })
    traitSet[p] = sets.numberOf(member.traits)
  }
  return { people: members.length, runs, from, list, traitSet, traitSets: sets.sets }
}

/**
 * Member-proposing deferred acceptance: everyone asks for the next run on their list until one keeps them. Source:
 * D. Gale, L. S. Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69 (1962);
 * one at a time as in D. McVitie, L. B. Wilson, "The stable marriage problem", Communications of the ACM 14 (1971).
 */
export function deferredAcceptance({ people, runs, from, list, traitSet, traitSets }: Market): Outcome {
  const desks = runs.map((run) => new Desk(run, traitSets))
  const next = from.slice(0, people)
  const run = new Int32Array(people).fill(-1)
  for (let newcomer = 0; newcomer < people; newcomer++) {
    let asking = newcomer
    while (asking >= 0 && next[asking]! < from[asking + 1]!) {
      const wanted = list[next[asking]!++]!
      run[asking] = wanted
      asking = desks[wanted]!.ask(asking, traitSet[asking]!)
      if (asking >= 0) run[asking] = -1
    }
  }
  return { run, fillings: desks.map((desk) => desk.filling) }
}

/** Takes requests for one run, remembering what each set of traits means there. */
class Desk {
  readonly filling: Filling
  readonly #traits: string[]
  readonly #sets: readonly ReadonlySet<string>[]
  readonly #kinds = new Map<number, Kind | null>()

  constructor(run: Run, sets: readonly ReadonlySet<string>[]) {
    this.#traits = reservedTraits(run)
    this.#sets = sets
    this.filling = new Filling(run, this.#traits)
  }

  ask(person: number, traitSet: number): number {
    return this.filling.ask(person, this.#traits.length === 0 ? null : this.#kindOf(traitSet))
  }

  #kindOf(traitSet: number): Kind | null {
    const known = this.#kinds.get(traitSet)
    if (known !== undefined) return known
    const set = this.#sets[traitSet]!
    const kind = this.filling.kindOf(this.#traits.flatMap((trait, t) => (set.has(trait) ? [t] : [])))
    this.#kinds.set(traitSet, kind)
    return kind
  }
}

/** Numbers for the sets of traits people have; traits no run has a seat for are left out. */
class TraitSets {
  readonly sets: ReadonlySet<string>[] = []
  readonly #reserved: Map<string, number>
  readonly #numbers = new Map<string, number>()

  constructor(runs: readonly Run[]) {
    this.#reserved = new Map([...new Set(runs.flatMap(reservedTraits))].map((trait, t) => [trait, t]))
  }

  numberOf(traits: readonly string[]): number {
    const relevant = traits.filter((trait) => this.#reserved.has(trait))
    const key = relevant
      .map((trait) => this.#reserved.get(trait)!)
      .sort((a, b) => a - b)
      .join()
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.sets.length)
    this.sets.push(new Set(relevant))
    return this.sets.length - 1
  }
}
