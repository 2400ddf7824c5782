/** Postcodes from a CSV file, the whole country's at once: copied beside those there are, checked, then swapped in. */
import { once } from 'node:events'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal } from '#core/refusal'
import { hearten } from '#platform/actor'
import { columnsIn, type CsvRow, openCsv } from '#platform/csv'
import type { Db } from '#platform/db'
import { type ImportAsked, type ImportDatabase, Rejects, withImport } from '#platform/import'
import { record } from '#platform/record'
import { readPostcode } from './postcode.ts'

export interface PostcodesImported {
  /** Rows in the file, of which were loaded so many … */
  rows: number
  loaded: number
  /** … and the rest were refused, no longer in use, without an area, in an area that is not known, or repeated. */
  refused: number
  terminated: number
  withoutArea: number
  unknownArea: number
  repeated: number
  /** The unknown codes met most often, with how often. */
  unknownCodes: { code: string; rows: number }[]
  unknownColumns: string[]
  /** How many postcodes there were before. */
  before: number
  /** Why nothing was changed, where nothing was. */
  problem?: string
}

const years = Array.from({ length: 31 }, (_, year) => String(10 + year))
const postcodeNames = ['pcds', 'postcode', 'pcd8', 'pcd7', 'pcd', 'pcd2']
// the smallest area first
const areaNames = [
  ['area_code', 'area'],
  ['ward_code', 'ward', 'osward', ...years.map((year) => `wd${year}cd`), ...years.map((year) => `osward${year}`)],
  [
    'constituency_code',
    'constituency',
    'pcon',
    ...years.map((year) => `pcon${year}cd`),
    ...years.map((year) => `pcon${year}`),
  ],
]

// a file with more than these parts of its rows unusable is taken for the wrong file
const mostRefused = 0.05
const mostUnknown = 0.2

/**
 * Reads postcodes and their areas from any CSV file with a column of postcodes (postcode, pcds, pcd …) and one of area
 * codes (area, ward, constituency_code, pcon …); of several, the smallest area that is known counts. Postcodes that
 * have ended (`doterm`) are passed over. What was there before stays, and stays in use, until all is read and checked;
 * a bad file changes nothing, and `problem` says why.
 */
export async function importPostcodes(asked: ImportAsked): Promise<PostcodesImported> {
  const csv = await openCsv(asked.file)
  const { at, unknown } = columnsIn(csv.header, {
    postcode: postcodeNames,
    smallest: areaNames[0]!,
    ward: areaNames[1]!,
    constituency: areaNames[2]!,
    ended: ['doterm'],
  })
  const areaAt = [at.smallest, at.ward, at.constituency].filter((index) => index !== undefined)
  if (at.postcode === undefined) throw new Refusal('The file has no column of postcodes. Name it postcode or pcds.')
  if (areaAt.length === 0) throw new Refusal('The file has no column of area codes. Name it area or pcon.')
  const columns = { postcode: at.postcode, areas: areaAt, ended: at.ended }
  return withImport(asked.url, 4_042_024_012, async (database) => {
    const rejects = new Rejects(asked.rejects, csv.header)
    const summary: PostcodesImported = {
      ...nothing(),
      unknownColumns: unknown,
      before: await countPostcodes(database.db),
    }
    const sort = new Sorting(columns, await knownCodes(database.db), summary, rejects)
    const staging = asked.dryRun ? undefined : await stage(database)
    try {
      for await (const { rows, faults, read } of csv.batches(10_000)) {
        for (const { line, reason } of faults) await rejects.add(line, reason)
        summary.rows += rows.length + faults.length
        const lines = await sort.linesFor(rows)
        if (staging && lines !== '' && !staging.copy.write(lines)) await drained(staging)
        asked.tell?.({ stage: 'Reading', rows: summary.rows, done: read, whole: csv.size })
      }
      summary.refused = rejects.count
      summary.unknownCodes = sort.unknownCodes()
      const problem = problemIn(summary, asked.force === true)
      if (problem !== undefined) return { ...summary, loaded: 0, problem }
      if (staging) {
        asked.tell?.({ stage: 'Checking and putting in place', rows: summary.rows, done: 0, whole: 0 })
        await finished(staging)
        await swapIn(database.db, summary)
      }
      return summary
    } finally {
      await rejects.close()
      if (staging) await discard(staging, database.db)
    }
  })
}

const nothing = (): PostcodesImported => ({
  rows: 0,
  loaded: 0,
  refused: 0,
  terminated: 0,
  withoutArea: 0,
  unknownArea: 0,
  repeated: 0,
  unknownCodes: [],
  unknownColumns: [],
  before: 0,
})

async function knownCodes(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('area').select('code').execute()
  if (rows.length === 0) throw new Refusal('There are no areas yet. Import areas first.')
  return new Map(rows.map(({ code }) => [code.toUpperCase(), code]))
}

const countPostcodes = async (db: Db): Promise<number> =>
  (
    await db
      .selectFrom('postcode')
      .select(sql<number>`count(*)::int`.as('n'))
      .executeTakeFirstOrThrow()
  ).n

/** Sorts the rows into those to load and those to pass over, and counts. */
class Sorting {
  private readonly unknown = new Map<string, number>()
  private readonly columns: { postcode: number; areas: readonly number[]; ended: number | undefined }
  private readonly codes: ReadonlyMap<string, string>
  private readonly summary: PostcodesImported
  private readonly rejects: Rejects

  constructor(columns: Sorting['columns'], codes: Sorting['codes'], summary: PostcodesImported, rejects: Rejects) {
    this.columns = columns
    this.codes = codes
    this.summary = summary
    this.rejects = rejects
  }

  /** The rows to load, as lines for COPY; both columns hold letters, figures and underscores only. */
  async linesFor(rows: readonly CsvRow[]): Promise<string> {
    const { columns, summary } = this
    let lines = ''
    for (const { line, cells } of rows) {
      if (columns.ended !== undefined && cells[columns.ended]!.trim() !== '') {
        summary.terminated++
        continue
      }
      const postcode = readPostcode(cells[columns.postcode]!)?.whole
      if (postcode === undefined) {
        await this.rejects.add(line, 'The postcode cannot be read', cells)
        continue
      }
      const area = this.areaIn(cells)
      if (area === undefined) continue
      lines += `${postcode}\t${area}\n`
      summary.loaded++
    }
    return lines
  }

  unknownCodes(): PostcodesImported['unknownCodes'] {
    return [...this.unknown]
      .map(([code, rows]) => ({ code, rows }))
      .toSorted((a, b) => b.rows - a.rows)
      .slice(0, 20)
  }

  private areaIn(cells: readonly string[]): string | undefined {
    let last = ''
    for (const index of this.columns.areas) {
      const said = cells[index]!.trim()
      const code = this.codes.get(said) ?? this.codes.get(said.toUpperCase())
      if (code !== undefined) return code
      if (said !== '') last = said.slice(0, 32)
    }
    if (last === '') this.summary.withoutArea++
    else {
      this.summary.unknownArea++
      // a wrong column could hold millions of different values
      if (this.unknown.has(last) || this.unknown.size < 10_000)
        this.unknown.set(last, (this.unknown.get(last) ?? 0) + 1)
    }
    return undefined
  }
}

function problemIn(
  { rows, loaded, refused, unknownArea, unknownCodes }: PostcodesImported,
  force: boolean,
): string | undefined {
  if (loaded === 0)
    return unknownArea > 0
      ? `None of the area codes, such as ${unknownCodes[0]!.code}, is known. Import the areas they belong to first. Nothing was changed.`
      : 'No row has both a postcode and an area. Nothing was changed.'
  if (force) return undefined
  if (refused > rows * mostRefused)
    return `${refused} of ${rows} rows cannot be read, which is too many to trust the rest. Nothing was changed.`
  if (unknownArea > rows * mostUnknown)
    return `${unknownArea} of ${rows} rows are in areas that are not known, such as ${unknownCodes[0]!.code}. Import those areas first. Nothing was changed.`
  return undefined
}

interface Staging {
  client: PoolClient
  copy: ReturnType<typeof copyFrom>
  failed: Promise<never>
  done: boolean
}

async function stage({ pool }: ImportDatabase): Promise<Staging> {
  const client = await pool.connect()
  await client.query('drop table if exists postcode_next')
  await client.query('create table postcode_next (like postcode including all excluding indexes)')
  const copy = client.query(copyFrom('copy postcode_next (postcode, area_code) from stdin'))
  const failed = new Promise<never>((_, reject) => {
    copy.once('error', reject)
  })
  failed.catch(() => {}) // whoever waits next hears of it
  return { client, copy, failed, done: false }
}

const drained = (staging: Staging): Promise<unknown> => Promise.race([once(staging.copy, 'drain'), staging.failed])

async function finished(staging: Staging): Promise<void> {
  const ended = once(staging.copy, 'finish')
  staging.copy.end()
  await Promise.race([ended, staging.failed])
  staging.done = true
}

async function discard(staging: Staging, db: Db): Promise<void> {
  // a connection in the middle of COPY can only be closed
  staging.client.release(!staging.done)
  if (!staging.done) staging.copy.destroy()
  await sql`drop table if exists postcode_next`.execute(db)
}

/** Checks what was copied, and lets it take the place of what was there: whoever asks meanwhile gets the old or the new, whole. */
async function swapIn(db: Db, summary: PostcodesImported): Promise<void> {
  const { numAffectedRows: repeated } = await sql`
    delete from postcode_next where ctid in (
      select ctid from (select ctid, row_number() over (partition by postcode order by ctid) as nth from postcode_next) ranked
      where nth > 1)`.execute(db)
  summary.repeated = Number(repeated ?? 0)
  summary.loaded -= summary.repeated
  await sql`alter table postcode_next add constraint postcode_next_pkey primary key (postcode)`.execute(db)
  await sql`analyze postcode_next`.execute(db)
  const { n } = (await sql<{ n: number }>`select count(*)::int as n from postcode_next`.execute(db)).rows[0]!
  if (n !== summary.loaded) throw new Error(`${summary.loaded} postcodes were sent, and ${n} arrived`)
  await db.transaction().execute(async (inside) => {
    await sql`set local lock_timeout = '30s'`.execute(inside)
    await sql`drop table postcode`.execute(inside)
    await sql`alter table postcode_next rename to postcode`.execute(inside)
    await sql`alter index postcode_next_pkey rename to postcode_pkey`.execute(inside)
    await sql`grant select, insert, update, delete on postcode to hearten_app`.execute(inside)
    const { rows, loaded, unknownArea, refused } = summary
    await record(inside, hearten, 'postcodes.imported', { rows, loaded, unknownArea, refused })
  })
}
