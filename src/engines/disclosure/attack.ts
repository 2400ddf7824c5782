/**
 * What a reader can work out: everything they see bounds every figure, and all figures add up. Because the figures form
 * a network with whole bounds, the values a figure can have are all whole numbers between a least and a greatest (A.
 * Hoffman, J. Kruskal 1956), and both are found by sending as much flow round the network as it will take (L. Ford, D.
 * Fulkerson 1956), starting from the truth. The answers do not depend on that start: they are the same for every table
 * that would look the same.
 */
import { boundsIfHidden, boundsOf, type Arc, type Figures } from './figures.ts'

/** What to hide for a figure to have more values: any one of those `alone`, or one of those `together` and then more. */
export interface InTheWay {
  alone: Set<number>
  together: Set<number>
}

export class Attack {
  readonly #arcs: readonly Arc[]
  readonly #at: number[][]
  readonly #least: Float64Array
  readonly #greatest: Float64Array
  readonly #flow: Float64Array
  /** By node: by which arc it was reached, plus one, negative if backwards; 0 if it was not reached. */
  readonly #cameBy: Int32Array

  constructor({ nodes, arcs }: Figures) {
    this.#arcs = arcs
    this.#at = Array.from({ length: nodes }, () => [])
    arcs.forEach(({ from, to }, i) => {
      this.#at[from]!.push(i)
      this.#at[to]!.push(i)
    })
    this.#least = new Float64Array(arcs.length)
    this.#greatest = new Float64Array(arcs.length)
    this.#flow = new Float64Array(arcs.length)
    this.#cameBy = new Int32Array(nodes)
    arcs.forEach((_, i) => this.look(i))
  }

  /** Takes in that the figure with this number is now shown or hidden. */
  look(figure: number): void {
    const [least, greatest] = boundsOf(this.#arcs[figure]!)
    this.#least[figure] = least
    this.#greatest[figure] = greatest
  }

  /** How many values a figure can have, as far as a reader can tell; counted no further than `enough`. */
  valuesOf(figure: number, enough: number): number {
    const above = this.#above(figure, enough - 1)
    return above + 1 >= enough ? enough : above + 1 + this.#below(figure, enough - 1 - above)
  }

  /** The shown figures that keep this one from having so many values. */
  inTheWay(figure: number, enough: number): InTheWay {
    const { from, to } = this.#arcs[figure]!
    const found: InTheWay = { alone: new Set(), together: new Set() }
    this.#above(figure, enough - 1)
    this.#addCut(figure, to, from, found)
    this.#below(figure, enough - 1)
    this.#addCut(figure, from, to, found)
    return found
  }

  #above(figure: number, most: number): number {
    const { from, to, value } = this.#arcs[figure]!
    return this.#send(figure, to, from, Math.min(most, this.#greatest[figure]! - value))
  }

  #below(figure: number, most: number): number {
    const { from, to, value } = this.#arcs[figure]!
    return this.#send(figure, from, to, Math.min(most, value - this.#least[figure]!))
  }

  /** How much more can flow from one node to another without this figure, up to `most`; leaves that flow in place. */
  #send(without: number, from: number, to: number, most: number): number {
    for (let i = 0; i < this.#flow.length; i++) this.#flow[i] = this.#arcs[i]!.value
    let sent = 0
    while (sent < most && this.#reach(without, from, true)[to] !== 0) sent += this.#sendAlong(from, to, most - sent)
    return sent
  }

  /** Which nodes more could flow to from here (or, turned round, could more flow from to here), breadth first. */
  #reach(without: number, start: number, isOnward: boolean): Int32Array {
    this.#cameBy.fill(0)
    this.#cameBy[start] = Number.MAX_SAFE_INTEGER
    const reached = [start]
    for (const node of reached)
      for (const i of this.#at[node]!) {
        const { from, to } = this.#arcs[i]!
        const isForward = (from === node) === isOnward
        const next = from === node ? to : from
        if (i === without || this.#cameBy[next] !== 0 || this.#room(i, isForward) <= 0) continue
        this.#cameBy[next] = isForward ? i + 1 : -i - 1
        reached.push(next)
      }
    return this.#cameBy
  }

  #sendAlong(from: number, to: number, most: number): number {
    const path: [arc: number, isForward: boolean][] = []
    for (let node = to; node !== from;) {
      const [i, isForward] = [Math.abs(this.#cameBy[node]!) - 1, this.#cameBy[node]! > 0]
      path.push([i, isForward])
      node = isForward ? this.#arcs[i]!.from : this.#arcs[i]!.to
    }
    const amount = Math.min(most, ...path.map(([i, isForward]) => this.#room(i, isForward)))
    for (const [i, isForward] of path) this.#flow[i] = this.#flow[i]! + (isForward ? amount : -amount)
    return amount
  }

  /** If no more can flow: adds the shown figures at which the flow stops, seen from here or from there. */
  #addCut(without: number, from: number, to: number, { alone, together }: InTheWay): void {
    const isReached = this.#reach(without, from, true).map((by) => (by === 0 ? 0 : 1))
    if (isReached[to] === 1) return
    const reaches = this.#reach(without, to, false)
    this.#arcs.forEach((arc, i) => {
      if (arc.hidden !== null || arc.kind === 'unasked' || i === without) return
      const [least, greatest] = boundsIfHidden(arc)
      for (const [start, end, opens] of [
        [arc.from, arc.to, greatest > this.#greatest[i]!],
        [arc.to, arc.from, least < this.#least[i]!],
      ] as const) {
        if (!opens || isReached[end] === 1 || reaches[start] !== 0) continue
        if (isReached[start] === 1 && reaches[end] !== 0) alone.add(i)
        if (isReached[start] === 1 || reaches[end] !== 0) together.add(i)
      }
    })
  }

  #room(i: number, isForward: boolean): number {
    return isForward ? this.#greatest[i]! - this.#flow[i]! : this.#flow[i]! - this.#least[i]!
  }
}
