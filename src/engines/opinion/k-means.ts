/** Lloyd's k-means in the plane, exact: cells of near points rule out the centres that cannot be nearest to any of them. */

/** Points or centres as x and y in pairs. */
export type Points = Float64Array

export interface Clusters {
  centres: Points
  /** The cluster of each point. */
  label: Uint16Array
  /** The weight in each cluster; none is empty. */
  weight: Float64Array
  /** The weighted sum of squared distances to the centres. */
  inertia: number
}

/** Moves centres to the weighted mean of the points nearest to them until none moves `stop` or more. Clusters left empty are dropped; a tie goes to the earlier centre. */
export function kMeans(
  points: Points,
  weights: Float64Array | null,
  start: Points,
  { stop, most }: { stop: number; most: number },
): Clusters {
  const cells = cellsOf(points, weights)
  const label = new Uint16Array(points.length / 2)
  let centres = start
  for (let round = 0; round < most; round++) {
    assign(cells, centres, label)
    const next = meansOf(cells, centres, label)
    const moved = furthestMove(centres, next)
    centres = next
    if (!(moved >= stop) || moved === 0) break
  }
  assign(cells, centres, label)
  return settled(cells, centres, label)
}

/** The nearest centre to a place; a tie goes to the earlier one. */
export function nearest(centres: Points, x: number, y: number): number {
  let best = 0
  let least = Infinity
  for (let c = 0; c * 2 < centres.length; c++) {
    const away = (x - centres[c * 2]!) ** 2 + (y - centres[c * 2 + 1]!) ** 2
    if (away < least) {
      least = away
      best = c
    }
  }
  return best
}

interface Cells {
  /** Which point comes when in order of cell; then the points and their weights in that order, and where each cell's begin. */
  order: Uint32Array
  points: Points
  weights: Float64Array | null
  start: Uint32Array
  /** The smallest box around each cell's points: left, bottom, right, top. */
  boxes: Float64Array
}

function cellsOf(points: Points, weights: Float64Array | null): Cells {
  const count = points.length / 2
  const side = Math.max(1, Math.min(48, Math.floor(Math.sqrt(count / 8))))
  const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number]
  for (let i = 0; i < count; i++) widen(box, 0, points[i * 2]!, points[i * 2 + 1]!)
  const along = (value: number, low: number, high: number): number =>
    high > low ? Math.min(side - 1, Math.floor(((value - low) / (high - low)) * side)) : 0
  const cell = new Uint16Array(count)
  const start = new Uint32Array(side * side + 1)
  for (let i = 0; i < count; i++) {
    cell[i] = along(points[i * 2]!, box[0], box[2]) * side + along(points[i * 2 + 1]!, box[1], box[3])
    start[cell[i]! + 1]!++
  }
  for (let c = 0; c < side * side; c++) start[c + 1]! += start[c]!
  const next = start.slice()
  const order = new Uint32Array(count)
  const boxes = new Float64Array(side * side * 4)
  for (let c = 0; c < side * side; c++) boxes.set([Infinity, Infinity, -Infinity, -Infinity], c * 4)
  const inOrder = new Float64Array(points.length)
  for (let i = 0; i < count; i++) {
    const at = next[cell[i]!]!++
    order[at] = i
    inOrder[at * 2] = points[i * 2]!
    inOrder[at * 2 + 1] = points[i * 2 + 1]!
    widen(boxes, cell[i]! * 4, points[i * 2]!, points[i * 2 + 1]!)
  }
  return { order, points: inOrder, weights: weights && Float64Array.from(order, (i) => weights[i]!), start, boxes }
}

function widen(box: Float64Array | number[], at: number, x: number, y: number): void {
  box[at] = Math.min(box[at]!, x)
  box[at + 1] = Math.min(box[at + 1]!, y)
  box[at + 2] = Math.max(box[at + 2]!, x)
  box[at + 3] = Math.max(box[at + 3]!, y)
}

function assign({ points, start, boxes }: Cells, centres: Points, label: Uint16Array): void {
  const possible = new Uint16Array(centres.length / 2)
  for (let cell = 0; cell + 1 < start.length; cell++) {
    if (start[cell] === start[cell + 1]) continue
    const count = possibleCentres(boxes, cell * 4, centres, possible)
    for (let at = start[cell]!; at < start[cell + 1]!; at++) {
      const x = points[at * 2]!
      const y = points[at * 2 + 1]!
      let least = Infinity
      let best = 0
      for (let p = 0; p < count; p++) {
        const c = possible[p]!
        const dx = x - centres[c * 2]!
        const dy = y - centres[c * 2 + 1]!
        const away = dx * dx + dy * dy
        if (away < least) {
          least = away
          best = c
        }
      }
      label[at] = best
    }
  }
}

/** The centres that may be nearest to some point of a box: those no further at best than another is at worst. */
function possibleCentres(boxes: Float64Array, box: number, centres: Points, possible: Uint16Array): number {
  const [left, bottom, right, top] = [boxes[box]!, boxes[box + 1]!, boxes[box + 2]!, boxes[box + 3]!]
  let bound = Infinity
  for (let c = 0; c * 2 < centres.length; c++) {
    const dx = Math.max(right - centres[c * 2]!, centres[c * 2]! - left)
    const dy = Math.max(top - centres[c * 2 + 1]!, centres[c * 2 + 1]! - bottom)
    bound = Math.min(bound, dx * dx + dy * dy)
  }
  let count = 0
  for (let c = 0; c * 2 < centres.length; c++) {
    const dx = Math.max(0, left - centres[c * 2]!, centres[c * 2]! - right)
    const dy = Math.max(0, bottom - centres[c * 2 + 1]!, centres[c * 2 + 1]! - top)
    if (dx * dx + dy * dy <= bound) possible[count++] = c
  }
  return count
}

function meansOf({ points, weights }: Cells, before: Points, label: Uint16Array): Points {
  const centres = new Float64Array(before.length)
  const weight = new Float64Array(before.length / 2)
  for (let i = 0; i < label.length; i++) {
    const c = label[i]!
    const w = weights ? weights[i]! : 1
    weight[c]! += w
    centres[c * 2]! += w * points[i * 2]!
    centres[c * 2 + 1]! += w * points[i * 2 + 1]!
  }
  for (let c = 0; c < weight.length; c++)
    for (const at of [c * 2, c * 2 + 1]) centres[at] = weight[c]! > 0 ? centres[at]! / weight[c]! : before[at]!
  return centres
}

function furthestMove(from: Points, to: Points): number {
  let furthest = 0
  for (let at = 0; at < from.length; at += 2)
    furthest = Math.max(furthest, Math.hypot(to[at]! - from[at]!, to[at + 1]! - from[at + 1]!))
  return furthest
}

/** The clusters without empty ones, labels back in the order of the points as given. */
function settled({ order, points, weights }: Cells, centres: Points, inOrder: Uint16Array): Clusters {
  const all = new Float64Array(centres.length / 2)
  let inertia = 0
  for (let i = 0; i < inOrder.length; i++) {
    const c = inOrder[i]!
    const w = weights ? weights[i]! : 1
    all[c]! += w
    inertia += w * ((points[i * 2]! - centres[c * 2]!) ** 2 + (points[i * 2 + 1]! - centres[c * 2 + 1]!) ** 2)
  }
  const kept = [...all.keys()].filter((c) => all[c]! > 0)
  const renumbered = new Uint16Array(all.length)
  kept.forEach((c, k) => (renumbered[c] = k))
  const label = new Uint16Array(inOrder.length)
  for (let i = 0; i < label.length; i++) label[order[i]!] = renumbered[inOrder[i]!]!
  return {
    centres: Float64Array.from(kept.flatMap((c) => [centres[c * 2]!, centres[c * 2 + 1]!])),
    label,
    weight: Float64Array.from(kept, (c) => all[c]!),
    inertia,
  }
}
