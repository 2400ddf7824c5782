/** People by number, the worst priority (the largest number) on top: a binary heap. */
export class WorstFirst {
  readonly #people: number[] = []

  get size(): number {
    return this.#people.length
  }

  /** The worst of them, or −1 where there is no one. */
  get worst(): number {
    return this.#people.length > 0 ? this.#people[0]! : -1
  }

  /** Everyone, in no order. */
  get people(): readonly number[] {
    return this.#people
  }

  add(person: number): void {
    const people = this.#people
    let at = people.length
    people.push(person)
    while (at > 0) {
      const above = (at - 1) >> 1
      if (people[above]! >= person) break
      people[at] = people[above]!
      at = above
    }
    people[at] = person
  }

  /** Takes out the worst; there must be one. */
  takeWorst(): number {
    const people = this.#people
    const worst = people[0]!
    const last = people.pop()!
    const size = people.length
    if (size === 0) return worst
    let at = 0
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && people[below + 1]! > people[below]!) below++
      if (people[below]! <= last) break
      people[at] = people[below]!
      at = below
    }
    people[at] = last
    return worst
  }
}
