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
  id?: string | undefined
}

/** Rows in columns, with their sorting, paging, CSV and what to say when there are none. The first column names the row. */
export function Table<Row extends object>(props: TableProps<Row>) {
  const { caption, quietCaption, columns, rows, empty, paging, csv, dense, id } = props
  if (rows.length === 0 && empty) return <div id={id}>{empty}</div>
  return (
    <div class="stack close" id={id}>
      {/* a table wider than a phone scrolls inside its own frame, which must then be reachable by keyboard */}
      <div class="scroll" {...(columns.length > 3 ? { role: 'region', 'aria-label': caption, tabIndex: 0 } : {})}>
        <table class={[dense && 'dense', columns.length > 4 && 'many'].filter(Boolean).join(' ') || undefined}>
          <caption class={quietCaption ? 'unseen' : undefined}>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col" class={column.number ? 'number' : undefined} aria-sort={column.sorted}>
                  <Heading {...column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>{columns.map((column, index) => cellOf(column, row, index === 0))}</tr>
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

function cellOf<Row extends object>(column: Column<Row>, row: Row, first: boolean) {
  const content = column.cell ? column.cell(row) : (row as Record<string, ComponentChildren>)[column.key]
  const shown = typeof content === 'number' ? number.format(content) : content
  return first ? <th scope="row">{shown}</th> : <td class={column.number ? 'number' : undefined}>{shown}</td>
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

/** "1 to 25 of 412", or "38" where all are shown. */
export function sayPaging({ from, total }: Paging, shown: number): string {
  if (shown >= total) return number.format(total)
  return `${number.format(from)} to ${number.format(from + shown - 1)} of ${number.format(total)}`
}

const number = new Intl.NumberFormat('en-GB')
