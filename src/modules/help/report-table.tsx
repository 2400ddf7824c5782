/** The access report as a table. */
import { sayDate } from '#core/days'
import { sayMoney } from '#core/money'
import { Stack, Table } from '#design'
import { notes } from '#engines/disclosure/index.ts'
import { lastDayOf, type Report } from './report.ts'

interface Line {
  name: string
  cells: (string | null)[]
  money: string | null
}

/** The access report as a table: what may be told, and why not more. */
export const ReportTable = ({ report, where }: { report: Report; where: string }) => {
  const { table } = report
  const lines: Line[] = table.groups.map(({ name, counts }, at) => ({
    name,
    cells: counts.map(({ count }) => (count === null ? null : String(count))),
    money: isAccess(at, table.groups.length) ? '–' : moneyOf(report.money[at] ?? null),
  }))
  if (table.total)
    lines.push({
      name: 'All together',
      cells: table.total.counts.map(({ count }) => (count === null ? null : String(count))),
      money: moneyOf(report.allMoney),
    })
  return (
    <Stack gap="close">
      <p>
        Asked for from {sayDate(report.from)} to {sayDate(lastDayOf(report))}, in {where}.
      </p>
      <Table<Line>
        caption={`Help asked for and given, by kind: ${where}`}
        quietCaption
        folds
        columns={[
          { key: 'name', label: 'What' },
          ...table.answers.map((answer, at) => ({
            key: answer,
            label: answer,
            number: true,
            cell: ({ cells }: Line) => cells[at] ?? hidden,
          })),
          { key: 'money', label: 'Money given', number: true, cell: ({ money }) => money ?? hidden },
        ]}
        rows={lines}
      />
      <p class="quiet">
        {notes.join(' ')} Where a number is hidden, so is its money; money is rounded to the nearest £10.
      </p>
    </Stack>
  )
}

const isAccess = (at: number, rows: number): boolean => at === rows - 1
const moneyOf = (pence: number | null): string | null => (pence === null ? null : sayMoney(pence))
const hidden = <span class="quiet">hidden</span>
