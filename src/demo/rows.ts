/** Tables of the demonstration as rows to copy. */
import type { Cell } from './copy.ts'

export interface Table {
  name: string
  /** What a person waiting is told. */
  label: string
  columns: readonly string[]
  rows: Iterable<readonly Cell[]>
}

/** A table with one row for each item, and for each column what stands in it. */
export function table<Item>(
  name: string,
  label: string,
  items: Iterable<Item>,
  cells: Readonly<Record<string, (item: Item) => Cell>>,
): Table {
  const columns = Object.keys(cells)
  const makers = Object.values(cells)
  const rows = function* (): Iterable<readonly Cell[]> {
    for (const item of items) yield makers.map((make) => make(item))
  }
  return { name, label, columns, rows: rows() }
}

/** A moment of the life as a cell. */
export const moment = (at: number | null): Cell => (at === null ? null : new Date(at))
