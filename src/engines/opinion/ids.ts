/** Ids as files have them, and the order in which everything is listed. */

/** Whole numbers come first, by size (7 before 10, 007 after 7); other ids follow by their characters. */
export function compareIds(a: string, b: string): number {
  const [aIsWhole, bIsWhole] = [isWhole(a), isWhole(b)]
  if (aIsWhole !== bIsWhole) return aIsWhole ? -1 : 1
  if (!aIsWhole) return a < b ? -1 : a > b ? 1 : 0
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  if (x.length !== y.length) return x.length - y.length
  return x < y ? -1 : x > y ? 1 : a.length - b.length
}

/** What is wrong with an id, or null. */
export function problemWithId(id: string, what: string): string | null {
  if (id === '') return `has no ${what}`
  if (id.length > 200) return `has a ${what} longer than 200 characters`
  if (id.includes('\uFFFD')) return `has a ${what} that is not readable as UTF-8`
  return /\p{Cc}/u.test(id) ? `has a ${what} with control characters` : null
}

/** Numbers ids as they come; `sorted` then renumbers them in order, whatever order they came in. */
export class Ids {
  readonly #numbers = new Map<string, number>()

  /** The number of an id, a new one for a new id. */
  numberOf(id: string): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known
    this.#numbers.set(id, this.#numbers.size)
    return this.#numbers.size - 1
  }

  /** The ids in order, and for each number given out its place in that order. */
  sorted(): { ids: string[]; places: Uint32Array } {
    const came = [...this.#numbers.keys()]
    const ids = came.toSorted(compareIds)
    const places = new Uint32Array(ids.length)
    ids.forEach((id, place) => (places[this.#numbers.get(id)!] = place))
    return { ids, places }
  }
}

const isWhole = (id: string): boolean => /^\d+$/.test(id)
