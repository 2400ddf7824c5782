/** The first half of reading a roll: its rows are checked one by one and laid beside the members, a batch at a time. */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import type { CsvBatch, CsvFile, CsvRow } from '#platform/csv'
import type { Db } from '#platform/db'
import type { ImportProgress, Rejects } from '#platform/import'
import { postcodeRegion } from '../../areas/index.ts'
import { memberIn, type RefusedRow, type RollColumn, type RollMember } from './member.ts'

const size = 5000

interface Reading {
  csv: CsvFile
  at: Partial<Record<RollColumn, number>>
  today: Day
  rejects: Rejects
  tell: ((progress: ImportProgress) => void) | undefined
}

/** Lays out every row of the file from the line after `after`. Each batch is one transaction, so a reading that is cut off goes on. */
export async function stageRoll(
  db: Db,
  importId: string,
  after: number,
  { csv, at, today, rejects, tell }: Reading,
): Promise<number> {
  const areas = await areasByName(db)
  let rows = 0
  for await (const batch of csv.batches(size)) {
    rows += batch.rows.length + batch.faults.length
    const read = batch.rows.map((row) => ({ row, said: memberIn(sayer(row, at), today) }))
    // refused rows are written again after an interruption, so that the file of them is whole
    for (const { line, reason } of batch.faults) await rejects.add(line, reason)
    for (const { row, said } of read) if ('reason' in said) await rejects.add(row.line, said.reason, row.cells)
    const fresh = read.filter(({ row }) => row.line > after)
    const last = batch.rows.at(-1)?.line ?? after
    if (last > after || batch.faults.length > 0)
      await db
        .transaction()
        .execute((inside) => layOut(inside, importId, batch, fresh, areas, Math.max(last, after), rows))
    tell?.({ stage: 'Reading', rows, done: batch.read, whole: csv.size })
  }
  return rows
}

const sayer =
  ({ cells }: CsvRow, at: Partial<Record<RollColumn, number>>) =>
  (column: RollColumn): string =>
    at[column] === undefined ? '' : (cells[at[column]] ?? '')

interface Read {
  row: CsvRow
  said: RollMember | RefusedRow
}

async function layOut(
  db: Db,
  importId: string,
  batch: CsvBatch,
  read: readonly Read[],
  areas: ReadonlyMap<string, string>,
  last: number,
  rows: number,
): Promise<void> {
  const good = read.flatMap(({ row, said }) =>
    'reason' in said ? [] : [{ line: row.line, ...said, ...homeOf(said, areas) }],
  )
  const refused = read.flatMap(({ row, said }) => ('reason' in said ? [{ line: row.line, ...said }] : []))
  if (good.length > 0) await layGood(db, importId, good)
  // someone whose row is refused but whose number can be read is on the roll all the same, and so is not closed
  const named = refused.filter(({ number }) => number !== null)
  await sql`
    insert into roll_row (import_id, line, membership_number, refused)
    select ${importId}, * from unnest(${named.map(({ line }) => line)}::bigint[],
      ${named.map(({ number }) => number)}::text[], ${named.map(({ reason }) => reason)}::text[])`.execute(db)
  const why = [...refused, ...batch.faults]
  await sql`
    insert into roll_refusal (import_id, line, reason)
    select ${importId}, * from unnest(${why.map(({ line }) => line)}::bigint[], ${why.map(({ reason }) => reason)}::text[])
    on conflict do nothing`.execute(db)
  await sql`
    update roll_import set lines_done = ${last}, bytes_done = ${batch.read}, rows = ${rows}, progress_at = now(),
      refused = (select count(*) from roll_refusal where import_id = ${importId})
    where id = ${importId}`.execute(db)
}

type Good = RollMember & { line: number; region: string | null; areaCode: string | null }

/** An exact postcode says where someone lives; else the area the roll names; else the region of the postcode. */
async function layGood(db: Db, importId: string, good: readonly Good[]): Promise<void> {
  const column = <Key extends keyof Good>(key: Key): Good[Key][] => good.map((row) => row[key])
  await sql`
    insert into roll_row (import_id, line, membership_number, name, email, postcode, area_code, joined_on, standing, marks)
    select ${importId}, g.line, g.number, g.name, g.email, g.postcode,
      coalesce((select a.code from postcode p join area a on a.code = p.area_code where p.postcode = g.postcode), g.area, g.region),
      g.joined_on, g.standing, array[hashtext(g.name), hashtext(coalesce(g.email, '')), hashtext(g.home)]
    from unnest(${column('line')}::bigint[], ${column('number')}::text[], ${column('name')}::text[], ${column('email')}::text[],
      ${column('postcode')}::text[], ${column('areaCode')}::text[], ${column('region')}::text[], ${column('joinedOn')}::date[],
      ${column('standing')}::text[], ${column('home')}::text[])
      as g(line, number, name, email, postcode, area, region, joined_on, standing, home)`.execute(db)
}

function homeOf(said: RollMember, areas: ReadonlyMap<string, string>): Pick<Good, 'region' | 'areaCode'> {
  const region = said.letters === null ? null : postcodeRegion(said.letters)
  return {
    region: region !== null && areas.has(region.toLowerCase()) ? region : null,
    areaCode: said.area === null ? null : (areas.get(said.area.toLowerCase()) ?? null),
  }
}

/** Every area by its code, and the constituencies by their names, in small letters. */
async function areasByName(db: Db): Promise<Map<string, string>> {
  const all = await db.selectFrom('area').select(['code', 'name', 'kind']).execute()
  return new Map([
    ...all.filter(({ kind }) => kind === 'constituency').map(({ code, name }) => [name.toLowerCase(), code] as const),
    ...all.map(({ code }) => [code.toLowerCase(), code] as const),
  ])
}
