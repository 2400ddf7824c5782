/** What a part of the bench finds, and how it is shown: on the screen and in docs/benchmarks.md. */

export interface Figure {
  name: string
  value: number
  unit: string
}

export interface Table {
  /** The first column is what was measured. */
  columns: readonly string[]
  rows: readonly (readonly (string | number)[])[]
}

export interface Section {
  title: string
  /** Sentences before the tables. */
  says: readonly string[]
  tables: readonly Table[]
}

export interface Options {
  /** A small and short run, to see that everything works. */
  quick: boolean
  /** Whether a database that takes long to load is left for the next time. */
  keep: boolean
  /** The folder for databases. */
  data: string
  tell: (line: string) => void
}

/** Figures as a table. */
export const tableOf = (figures: readonly Figure[]): Table => ({
  columns: ['what', 'figure', 'unit'],
  rows: figures.map(({ name, value, unit }) => [name, value, unit]),
})

/** A number as it is printed: three figures that mean something. */
export const say = (cell: string | number): string => {
  if (typeof cell === 'string') return cell
  const digits = Math.abs(cell) >= 100 || Number.isInteger(cell) ? 0 : Math.abs(cell) >= 10 ? 1 : 2
  return cell.toLocaleString('en-GB', { maximumFractionDigits: digits })
}

/** The value below which so much of a sorted list lies. */
export const percentile = (sorted: ArrayLike<number>, share: number): number =>
  sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!
