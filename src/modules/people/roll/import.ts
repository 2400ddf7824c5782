/** The membership roll from a CSV file: read and checked whole, then applied; safe to repeat, to cut off and to resume. */
import { sql } from 'kysely'
import { type Day, dayOf } from '#core/days'
import { Refusal } from '#core/refusal'
import { machineClock } from '#platform/clock'
import { columnsIn, type CsvFile, openCsv } from '#platform/csv'
import type { Db } from '#platform/db'
import { type ImportAsked, Rejects, withImport } from '#platform/import'
import { loadBuiltInAreas } from '../../areas/index.ts'
import { applyRows, changesPerson, closeMissing } from './apply.ts'
import { addCounts, beginReading, type Counts, countsOf, finishReading, type Reading, stopReading } from './journal.ts'
import { type RollColumn, rollColumns } from './member.ts'
import { noteOfReplaced } from './replaced.ts'
import { type Rows, settledRefusals, settleEmails, settleRows, weigh, type Whole } from './settle.ts'
import { stageRoll } from './stage.ts'

export interface MembersImported extends Counts {
  /** Rows used whose postcode or area could not be placed: those members have no area until they say. */
  withoutArea: number
  unknownColumns: string[]
  /** Whether it went on from where an earlier reading of the same file was cut off. */
  resumed: boolean
  /** What whoever ran it should know, though it was done. */
  note?: string
  /** Why nothing was changed, where nothing was. */
  problem?: string
}

const batchSize = 5000
// with more of the members than this missing from it, a file is taken for a part of the roll
const mostClosed = 0.2
const fewClosed = 10

/**
 * Reads the membership roll from a CSV file with the columns membership_number, name (or first_name and last_name),
 * email, postcode or area, joined_on and status; others are named in `unknownColumns`. Nothing is applied until the
 * whole file has been read. Bad rows are refused one by one, with line and reason in `rejects`. Members whom the roll
 * leaves out are closed, unless they are more than a fifth of all (then `problem` says so, and `force` goes on) or some
 * lines could not be read (then `note` says so). Cut off, the same command goes on from there. The first real roll
 * ends the demonstration for good; a database that holds the demonstration programme is refused.
 */
export async function importMembers(asked: ImportAsked & { today?: Day }): Promise<MembersImported> {
  const csv = await openCsv(asked.file)
  const { at, unknown } = columnsIn<RollColumn>(csv.header, rollColumns)
  if (at.number === undefined) throw new Refusal('The file has no column membership_number.')
  if (at.name === undefined && at.lastName === undefined) throw new Refusal('The file has no column name.')
  return withImport(asked.url, 4_042_024_013, async ({ db }) => {
    await refuseDemonstration(db)
    await loadBuiltInAreas(db)
    const reading = await beginReading(db, csv, asked.dryRun === true)
    const rejects = new Rejects(asked.rejects, csv.header)
    try {
      const today = asked.today ?? dayOf(machineClock())
      const done = await readRoll({ db, csv, at, asked, today, rejects, reading })
      return { ...done, unknownColumns: unknown, resumed: reading.resumed }
    } finally {
      await rejects.close()
      if (asked.dryRun && !reading.applying) await db.deleteFrom('roll_import').where('id', '=', reading.id).execute()
    }
  })
}

interface Work {
  db: Db
  csv: CsvFile
  at: Partial<Record<RollColumn, number>>
  asked: ImportAsked
  today: Day
  rejects: Rejects
  reading: Reading
}

type Done = Omit<MembersImported, 'unknownColumns' | 'resumed'>

async function readRoll(work: Work): Promise<Done> {
  const { db, asked, reading } = work
  const { id } = reading
  await stageRoll(db, id, reading.linesDone, { ...work, tell: asked.tell })
  asked.tell?.({ stage: 'Checking the whole', rows: 0, done: 0, whole: 0 })
  // what follows joins half a million rows that the planner has not seen yet
  await sql`analyze roll_row`.execute(db)
  if (!reading.applying) await settleRows(db, id)
  const whole = await weigh(db, id)
  const closing = asked.force === true || whole.nameless === 0
  if (!reading.applying) await settleAllEmails(db, id, closing)
  const listed = await listRefusals(work, new Set())
  const problem = problemIn(whole, closing, asked.force === true)
  if (problem !== undefined && !reading.applying) {
    await stopReading(db, id, problem)
    return { ...(await countsOf(db, id)), withoutArea: whole.withoutArea, problem }
  }
  const note = noteOf(whole, closing)
  const said = { withoutArea: whole.withoutArea, ...(note === undefined ? {} : { note }) }
  if (asked.dryRun) return { ...(await foretell(db, id, closing ? whole.missing : 0)), ...said }
  await applyAll(work, closing)
  await listRefusals(work, listed)
  const notes = [note, await noteOfReplaced(db, id)].filter(Boolean).join(' ')
  await finishReading(db, id, notes || undefined)
  await sql`analyze person`.execute(db)
  return { ...(await countsOf(db, id)), withoutArea: whole.withoutArea, ...(notes ? { note: notes } : {}) }
}

async function settleAllEmails(db: Db, importId: string, closing: boolean): Promise<void> {
  // a row that is refused keeps its person's address, which may be the one that another row wants
  while ((await settleEmails(db, { importId, from: 0, to: Number.MAX_SAFE_INTEGER }, closing)) > 0) continue
}

function problemIn({ members, missing, usable }: Whole, closing: boolean, force: boolean): string | undefined {
  if (usable === 0) return 'No row of the file can be used. Nothing was changed.'
  if (!closing || force || missing <= Math.max(fewClosed, members * mostClosed)) return undefined
  return `${say(missing)} of ${say(members)} members are not in this file and would be closed. If it is the whole roll all the same, say so and run it again. Nothing was changed.`
}

function noteOf({ missing, nameless }: Whole, closing: boolean): string | undefined {
  if (closing || missing === 0) return undefined
  return `${say(missing)} members are not in this file. They were not closed, because ${say(nameless)} lines could not be read or have no membership number, and may be theirs.`
}

/** Writes the rows that settling refused to the file of refused rows; resolves to the lines written so far. */
async function listRefusals({ db, csv, at, rejects, reading }: Work, listed: Set<number>): Promise<Set<number>> {
  for (const { line, reason, number, email } of await settledRefusals(db, reading.id)) {
    if (listed.has(line)) continue
    const cells = csv.header.map((_, index) => (index === at.number ? number : index === at.email ? (email ?? '') : ''))
    await rejects.add(line, reason, cells)
    listed.add(line)
  }
  await addCounts(db, reading.id, {})
  return listed
}

async function applyAll(work: Work, closing: boolean): Promise<void> {
  const { db, asked, reading } = work
  const { id } = reading
  await db.transaction().execute(async (inside) => {
    await refuseDemonstration(inside)
    await sql`insert into setting (name, value) values ('demonstration', 'false')
      on conflict (name) do update set value = 'false', changed_at = now() where setting.value <> 'false'`.execute(
      inside,
    )
    await inside.updateTable('roll_import').set({ state: 'applying' }).where('id', '=', id).execute()
  })
  const last = (await lastLine(db, id, 0, Number.MAX_SAFE_INTEGER)) ?? 0
  for (let from = reading.linesApplied; ;) {
    const to = await lastLine(db, id, from, batchSize)
    if (to === undefined) break
    await applyBatch(work, { importId: id, from, to }, closing)
    from = to
    asked.tell?.({ stage: 'Applying', rows: from, done: from, whole: last })
  }
  if (closing) while ((await closeSome(work)) === batchSize) continue
}

const closeSome = ({ db, reading, today }: Work): Promise<number> =>
  db.transaction().execute(async (inside) => {
    const closed = await closeMissing(inside, reading.id, today, batchSize)
    await addCounts(inside, reading.id, { closed })
    return closed
  })

/** The line on which the next so many rows end. */
async function lastLine(db: Db, importId: string, after: number, most: number): Promise<number | undefined> {
  const { rows } = await sql<{ line: number | null }>`
    select max(line) as line from (select line from roll_row where import_id = ${importId} and line > ${after}
      order by line limit ${most}) batch`.execute(db)
  return rows[0]?.line ?? undefined
}

const tries = 5

/** One transaction. Where someone takes an address that the batch gives just then, it is done again. */
async function applyBatch({ db, today }: Work, batch: Rows, closing: boolean): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.transaction().execute(async (inside) => {
        await settleEmails(inside, batch, closing)
        await addCounts(inside, batch.importId, await applyRows(inside, batch, today), batch.to)
      })
      return
    } catch (error) {
      if (attempt >= tries || !['23505', '40P01'].includes(String((error as { code?: unknown }).code))) throw error
    }
  }
}

/** What applying would do, counted and not done. */
async function foretell(db: Db, importId: string, missing: number): Promise<Counts> {
  const { rows } = await sql<{ all: number; added: number; touched: number; closed: number; reopened: number }>`
    select count(*)::int as all, count(*) filter (where p.id is null and b.standing = 'member')::int as added,
      count(*) filter (where p.id is not null and ${changesPerson})::int as touched,
      count(*) filter (where p.standing = 'member' and b.standing = 'closed')::int as closed,
      count(*) filter (where p.standing = 'closed' and b.standing = 'member')::int as reopened
    from roll_row b left join person p on p.membership_number = b.membership_number
    where b.import_id = ${importId} and b.refused is null and b.standing <> 'erased'`.execute(db)
  const { all, added, touched, closed, reopened } = rows[0]!
  const counts = await countsOf(db, importId)
  const changed = touched - closed - reopened
  return { ...counts, added, changed, reopened, closed: closed + missing, unchanged: all - added - touched }
}

async function refuseDemonstration(db: Db): Promise<void> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'demonstration').executeTakeFirst()
  if (row?.value === true)
    throw new Refusal(
      'This database holds the demonstration programme, and made-up people never mix with real ones. Start with an empty database and DEMONSTRATION=off, and import the roll into that.',
    )
}

const say = (count: number): string => count.toLocaleString('en-GB')
