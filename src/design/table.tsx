import type { ComponentChildren } from 'preact'

export interface Column<Row> {
  key: string
  label: string
  /** Whether it holds figures, which stand at the right. */
  number?: boolean | undefined
  /** The address that sorts by this column. */
  sort?: string | undefined
  /** How the table is sorted by it now. */
  sorted?: 'ascending' | 'descending' | undefined
  /** Whether a value says what it is, so that a phone need not repeat the heading before it. */
  selfEvident?: boolean | undefined
  /** What a cell shows; without it, the row's value of this key. */
  cell?: ((row: Row) => ComponentChildren) | undefined
}

export interface Paging {
  /** The place of the first row shown, counted from 1. */
  from: number
  total: number
  previous?: string | undefined
  next?: string | undefined
}

export interface TableProps<Row> {
  caption: string
  /** Keeps the caption for those who listen, where a heading above says it already. */
  quietCaption?: boolean | undefined
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** What stands there when there are no rows. */
  empty?: ComponentChildren
  paging?: Paging | undefined
  /** The address of the same rows as CSV. */
  csv?: string | undefined
  /** Closer lines, for staff pages. */
  dense?: boolean | undefined
  /** Whether a row becomes a few lines on a phone, so that nothing of it is out of sight; from five columns on it does. */
  folds?: boolean | undefined
  id?: string | undefined
}

/** Rows in columns, with their sorting, paging, CSV and what to say when there are none. The first column names the row. */
export function Table<Row extends object>(props: TableProps<Row>) {
  const { caption, quietCaption, columns, rows, empty, paging, csv, dense, id, folds = columns.length > 4 } = props
  if (rows.length === 0 && empty) return <div id={id}>{empty}</div>
  return (
    <div class="stack close" id={id}>
      {/* a table wider than a phone scrolls inside its own frame, which must then be reachable by keyboard */}
      <div class="scroll" {...(columns.length > 3 ? { role: 'region', 'aria-label': caption, tabIndex: 0 } : {})}>
        <table
          class={[dense && 'dense', folds && 'folds'].filter(Boolean).join(' ') || undefined}
          {...as(folds, 'table')}
        >
          <caption class={quietCaption ? 'unseen' : undefined}>{caption}</caption>
          <thead class={folds && !columns.some(({ sort }) => sort) ? 'unsorted' : undefined} {...as(folds, 'rowgroup')}>
            <tr {...as(folds, 'row')}>
              {columns.map((column) => (
                <th
                  scope="col"
                  class={headClass(column, folds)}
                  aria-sort={column.sorted}
                  {...as(folds, 'columnheader')}
                >
                  <Heading {...column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...as(folds, 'rowgroup')}>
            {rows.map((row) => (
              <tr {...as(folds, 'row')}>{columns.map((column, index) => cellOf(column, row, index === 0, folds))}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {(paging || csv) && <Pages shown={rows.length} paging={paging} csv={csv} about={caption} />}
    </div>
  )
}

const Heading = ({ label, sort, sorted }: Pick<Column<never>, 'label' | 'sort' | 'sorted'>) =>
  sort ? (
    <a href={sort}>
      {label}
      {sorted && <span aria-hidden="true">{sorted === 'ascending' ? ' ↑' : ' ↓'}</span>}
    </a>
  ) : (
    <>{label}</>
  )

/** A table drawn as lines is a table no more to some browsers, so it is said in words. */
const as = <Role extends string>(folds: boolean, role: Role) => (folds ? { role } : {})

const headClass = ({ number: figures, sort }: Pick<Column<never>, 'number' | 'sort'>, folds: boolean) =>
  [figures && 'number', folds && sort && 'sorts'].filter(Boolean).join(' ') || undefined

function cellOf<Row extends object>(column: Column<Row>, row: Row, first: boolean, folds: boolean) {
  const content = column.cell ? column.cell(row) : (row as Record<string, ComponentChildren>)[column.key]
  const shown = typeof content === 'number' ? number.format(content) : content
  if (first)
    return (
      <th scope="row" {...as(folds, 'rowheader')}>
        {shown}
      </th>
    )
  return (
    <td
      class={column.number ? 'number' : undefined}
      data-label={folds && !column.selfEvident ? column.label : undefined}
      {...as(folds, 'cell')}
    >
      {shown}
    </td>
  )
}

/** The way to the other pages of what is shown, and to all of it as CSV. */
export const Pages = ({
  shown,
  paging,
  csv,
  about,
}: {
  shown: number
  paging: Paging | undefined
  csv?: string | undefined
  about: string
}) => (
  <nav class="row" aria-label={`Pages of: ${about}`}>
    {paging && <span class="quiet">{sayPaging(paging, shown)}</span>}
    {paging?.previous && (
      <a href={paging.previous} rel="prev">
        Previous page
      </a>
    )}
    {paging?.next && (
      <a href={paging.next} rel="next">
        Next page
      </a>
    )}
    {csv && (
      <a href={csv} download>
        Download as CSV
      </a>
    )}
  </nav>
)

/** "1 to 25 of 412", or "All 38" where all are shown. */
export function sayPaging({ from, total }: Paging, shown: number): string {
  if (shown >= total) return total === 1 ? 'Only 1' : `All ${number.format(total)}`
  return `${number.format(from)} to ${number.format(from + shown - 1)} of ${number.format(total)}`
}

const number = new Intl.NumberFormat('en-GB')
