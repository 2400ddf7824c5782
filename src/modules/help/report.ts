/** The access report: how much help was asked for and given, by kind. Figures leave only through the disclosure engine. */
import { sql } from 'kysely'
import { addDays, type Day } from '#core/days'
import { type Published, publish } from '#engines/disclosure/index.ts'
import type { Db } from '#platform/db'
import { type Kind, kindNames, kinds } from './kinds.ts'

export interface Report {
  /** The first day, and the day after the last. */
  from: Day
  before: Day
  table: Published
  /** By row of the table: how much money was given, in pence rounded to ten pounds; null where the row hides how often. */
  money: (number | null)[]
  /** All of it, where no row hides its money. */
  allMoney: number | null
}

interface Count {
  kind: Kind | 'access'
  given: number
  refused: number
  waits: number
  pence: number
}

/** Twelve whole months up to the end of the last one: figures of a month that goes on would tell of single people. */
export function monthsBefore(today: Day): { from: Day; before: Day } {
  const before = `${today.slice(0, 8)}01`
  const year = Number(before.slice(0, 4)) - 1
  return { from: `${year}${before.slice(4)}`, before }
}

/** What was asked for in the twelve months before this one, at one academy or at all of them. */
export async function reportOf(db: Db, today: Day, academy: string | null = null): Promise<Report> {
  const { from, before } = monthsBefore(today)
  const { rows } =
    await sql<Count>`select * from help_counts(${from}::date, ${before}::date, ${academy}::uuid)`.execute(db)
  return { from, before, ...reportFrom(rows) }
}

const groups = [...kinds, 'access'] as const
const nameOf = (kind: (typeof groups)[number]): string => (kind === 'access' ? 'Other access needs' : kindNames[kind])

/** The report of these counts. Money is told only where how often it was given is, and in all only where no row hides its own. */
export function reportFrom(rows: readonly Count[]): Pick<Report, 'table' | 'money' | 'allMoney'> {
  const counts = groups.map(
    (kind) => rows.find((row) => row.kind === kind) ?? { kind, given: 0, refused: 0, waits: 0, pence: 0 },
  )
  const table = publish({
    answers: ['Given or arranged'],
    groups: counts.map(({ kind, given, refused, waits }) => ({
      name: nameOf(kind),
      asked: given + refused + waits,
      counts: [given],
    })),
  })
  const money = counts.map(({ kind, pence }, at) =>
    kind === 'access' || table.groups[at]!.counts[0]!.hidden !== null ? null : rounded(pence),
  )
  const whole = counts.every(({ kind }, at) => kind === 'access' || money[at] !== null)
  return { table, money, allMoney: whole ? rounded(counts.reduce((sum, { pence }) => sum + pence, 0)) : null }
}

const step = 1000
const rounded = (pence: number): number => step * Math.round(pence / step)

/** The last day of a report. */
export const lastDayOf = ({ before }: Pick<Report, 'before'>): Day => addDays(before, -1)
