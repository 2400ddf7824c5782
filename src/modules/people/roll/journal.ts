/** What is noted of each reading of the roll, for the page that shows it and for going on after a cut. */
import { sql } from 'kysely'
import { Refusal } from '#core/refusal'
import { hearten } from '#platform/actor'
import type { CsvFile } from '#platform/csv'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import path from 'node:path'

export interface Reading {
  id: string
  /** Whether it had begun to apply rows when it was cut off. */
  applying: boolean
  linesDone: number
  linesApplied: number
  /** Whether it was begun before, and cut off. */
  resumed: boolean
}

export interface Counts {
  rows: number
  added: number
  changed: number
  unchanged: number
  refused: number
  closed: number
  reopened: number
}

/** Begins to read a file, or goes on with a reading of the same file; one of another file is given up. */
export async function beginReading(db: Db, csv: CsvFile, dryRun: boolean): Promise<Reading> {
  const open = await db.selectFrom('roll_import').selectAll().where('finished_at', 'is', null).executeTakeFirst()
  if (open?.digest === csv.digest)
    return {
      id: open.id,
      applying: open.state === 'applying',
      linesDone: open.lines_done,
      linesApplied: open.lines_applied,
      resumed: true,
    }
  if (open && dryRun)
    throw new Refusal(
      `The reading of ${open.file_name} was cut off. Run the same command with that file again first: it goes on from there.`,
    )
  if (open) await stopReading(db, open.id, 'It was cut off, and another file was read instead.')
  const { id } = await db
    .insertInto('roll_import')
    .values({ file_name: path.basename(csv.file).slice(0, 200), digest: csv.digest, bytes: csv.size })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, applying: false, linesDone: 0, linesApplied: 0, resumed: false }
}

/** Ends a reading that could not be applied. */
export async function stopReading(db: Db, id: string, problem: string): Promise<void> {
  await db.transaction().execute(async (inside) => {
    await inside
      .updateTable('roll_import')
      .set({ state: 'stopped', problem, finished_at: sql`now()` })
      .where('id', '=', id)
      .execute()
    await inside.deleteFrom('roll_row').where('import_id', '=', id).execute()
  })
}

/** Ends a reading that was applied, and takes its rows away. */
export async function finishReading(db: Db, id: string, note: string | undefined): Promise<void> {
  await db.transaction().execute(async (inside) => {
    const { rows: _, ...counts } = await countsOf(inside, id)
    await record(inside, hearten, 'roll.imported', { import: id, ...counts })
    await inside
      .updateTable('roll_import')
      .set({ state: 'finished', note: note ?? null, finished_at: sql`now()` })
      .where('id', '=', id)
      .execute()
    await inside.deleteFrom('roll_row').where('import_id', '=', id).execute()
  })
}

/** Adds to the counts of a reading, in the transaction of what is counted. */
export async function addCounts(db: Db, id: string, more: Partial<Counts>, linesApplied?: number): Promise<void> {
  const { added = 0, changed = 0, unchanged = 0, closed = 0, reopened = 0 } = more
  await sql`
    update roll_import set added = added + ${added}, changed = changed + ${changed}, unchanged = unchanged + ${unchanged},
      closed = closed + ${closed}, reopened = reopened + ${reopened},
      lines_applied = coalesce(${linesApplied ?? null}::bigint, lines_applied), progress_at = now(),
      refused = (select count(*) from roll_refusal where import_id = ${id})
    where id = ${id}`.execute(db)
}

/** The counts of a reading so far. */
export const countsOf = (db: Db, id: string): Promise<Counts> =>
  db
    .selectFrom('roll_import')
    .select(['rows', 'added', 'changed', 'unchanged', 'refused', 'closed', 'reopened'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
