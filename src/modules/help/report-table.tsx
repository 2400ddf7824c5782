/** The access report as a table. */
import { sayDate } from '#core/days'
import { sayMoney } from '#core/money'
import { Stack, Table } from '#design'
import { type Figure, notes, type Row } from '#engines/disclosure/index.ts'
import { lastDayOf, type Report } from './report.ts'

interface Line {
  name: string
  asked: Figure
  given: Figure
  money: string | null
}

/** The access report as a table: what may be told, and why not more. */
export const ReportTable = ({ report, where }: { report: Report; where: string }) => {
  const { table, money, allMoney } = report
  const line = (name: string, row: Row, pence: string | null): Line => ({
    name,
    asked: row.asked!,
    given: row.counts[0]!,
    money: pence,
  })
  const lines = table.groups.map((row, at) =>
    line(row.name, row, costsNothing(at, table.groups.length) ? '–' : moneyOf(money[at] ?? null)),
  )
  if (table.total) lines.push(line('All together', table.total, moneyOf(allMoney)))
  return (
    <Stack gap="close">
      <p>
        Asked for from {sayDate(report.from)} to {sayDate(lastDayOf(report))}, in {where}.
      </p>
      <Table<Line>
        caption={`Help asked for and given, by kind: ${where}`}
        quietCaption
        columns={[
          { key: 'name', label: 'What' },
          { key: 'asked', label: 'Asked', number: true, cell: ({ asked }) => asked.count ?? hidden },
          { key: 'given', label: 'Given', number: true, cell: ({ given }) => given.count ?? hidden },
          { key: 'money', label: 'Money', number: true, cell: ({ money: pence }) => pence ?? hidden },
        ]}
        rows={lines}
      />
      <p class="quiet">
        {notes.join(' ')} Where a number is hidden, so is its money. Money is rounded to the nearest £10.
      </p>
    </Stack>
  )
}

/** Quiet rooms and other access needs, the last two rows, are arranged and not paid. */
const costsNothing = (at: number, rows: number): boolean => at >= rows - 2
const moneyOf = (pence: number | null): string | null => (pence === null ? null : sayMoney(pence))
const hidden = <span class="quiet">hidden</span>
