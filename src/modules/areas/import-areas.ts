/** Areas from a CSV file: other boundaries, wards, positions. All of the file is taken, or none of it. */
import { sql } from 'kysely'
import { Refusal } from '#core/refusal'
import { hearten } from '#platform/actor'
import { columnsIn, type CsvFile, type CsvRow, openCsv } from '#platform/csv'
import type { Db } from '#platform/db'
import { type ImportAsked, Rejects, withImport } from '#platform/import'
import { record } from '#platform/record'
import type { AreaKind } from './area.ts'
import { builtInAreas } from './built-in.ts'

export interface AreasImported {
  rows: number
  added: number
  changed: number
  unchanged: number
  refused: number
  /** Built-in constituencies taken away, because the file brings a whole set of others. */
  removed: number
  /** Built-in constituencies that had to stay, without a hexagon, because something refers to them. */
  kept: number
  unknownColumns: string[]
  problem?: string
}

interface Given {
  code: string
  name: string
  kind: AreaKind
  parent: string | null
  lat: number | null
  lon: number | null
  hex_q: number | null
  hex_r: number | null
  electors: number | null
}

const names = {
  code: ['code', 'area_code', 'ons_code', 'gss'],
  name: ['name'],
  kind: ['kind'],
  parent: ['parent', 'parent_code'],
  lat: ['lat', 'latitude'],
  lon: ['lon', 'long', 'lng', 'longitude'],
  hexQ: ['hex_q', 'q'],
  hexR: ['hex_r', 'r'],
  electors: ['electors', 'electorate'],
} as const
type Column = keyof typeof names

const ranks: Readonly<Record<AreaKind, number>> = { nation: 0, region: 1, constituency: 2, ward: 3 }
const most = 100_000
// a file with so many constituencies is a whole set of boundaries, which takes the place of the built-in one
const wholeSet = 500

/**
 * Reads areas from a CSV file with the columns code, name, kind (nation, region, constituency or ward), parent, and
 * where known lat, lon, hex_q, hex_r (odd-r, rows grow to the north) and electors. An area that is there already is
 * changed; what a file leaves empty stays as it was. One bad row refuses the whole file: `problem` says why, and the
 * bad rows are in `rejects`. Wards need no hexagon: they take that of their constituency.
 */
export async function importAreas(asked: ImportAsked): Promise<AreasImported> {
  const csv = await openCsv(asked.file)
  const { at, unknown } = columnsIn<Column>(csv.header, names)
  const missing = (['code', 'name', 'kind', 'parent'] as const).filter((column) => at[column] === undefined)
  if (missing.length > 0) throw new Refusal(`The file has no column ${missing.join(', ')}.`)
  return withImport(asked.url, 4_042_024_011, async ({ db }) => {
    const rejects = new Rejects(asked.rejects, csv.header)
    const summary: AreasImported = { ...nothing, unknownColumns: unknown }
    try {
      const given = await readAll(csv, at, rejects, asked, summary)
      if (rejects.count === 0 && given.length > 0) await apply(db, given, asked.dryRun === true, summary)
    } finally {
      await rejects.close()
    }
    summary.refused = rejects.count
    if (rejects.count > 0) summary.problem = `${rejects.count} rows cannot be used, so nothing was changed.`
    return summary
  })
}

const nothing = { rows: 0, added: 0, changed: 0, unchanged: 0, refused: 0, removed: 0, kept: 0 }

async function readAll(
  csv: CsvFile,
  at: Partial<Record<Column, number>>,
  rejects: Rejects,
  { tell }: ImportAsked,
  summary: AreasImported,
): Promise<Given[]> {
  const given = new Map<string, Given>()
  for await (const { rows, faults, read } of csv.batches(5000)) {
    for (const { line, reason } of faults) await rejects.add(line, reason)
    for (const row of rows) {
      const area = areaIn(row, at)
      const reason =
        typeof area === 'string'
          ? area
          : given.has(area.code)
            ? `The code ${area.code} is in the file twice`
            : undefined
      if (reason !== undefined) await rejects.add(row.line, reason, row.cells)
      else given.set((area as Given).code, area as Given)
    }
    summary.rows += rows.length + faults.length
    if (summary.rows > most) throw new Refusal(`The file has more than ${most.toLocaleString('en-GB')} areas.`)
    tell?.({ stage: 'Reading', rows: summary.rows, done: read, whole: csv.size })
  }
  return [...given.values()]
}

/** The area a row describes, or the reason why it describes none. */
function areaIn({ cells }: CsvRow, at: Partial<Record<Column, number>>): Given | string {
  const said = (column: Column): string => (at[column] === undefined ? '' : (cells[at[column]] ?? '').trim())
  const code = said('code')
  if (!/^[A-Za-z0-9_]{1,32}$/.test(code)) return 'The code must be 1 to 32 letters, figures or underscores'
  const name = said('name').normalize('NFC')
  if (name === '' || name.length > 120) return 'The name must be 1 to 120 characters'
  const kind = said('kind').toLowerCase()
  if (!(kind in ranks)) return 'The kind must be nation, region, constituency or ward'
  const parent = said('parent') || null
  if (kind === 'nation' && parent !== null) return 'A nation has no parent'
  if (kind !== 'nation' && parent === null) return `A ${kind} needs the code of its parent`
  const numbers = {
    lat: numberIn(said('lat'), -90, 90),
    lon: numberIn(said('lon'), -180, 180),
    hex_q: numberIn(said('hexQ'), -10_000, 10_000, true),
    hex_r: numberIn(said('hexR'), -10_000, 10_000, true),
    electors: numberIn(said('electors'), 0, 100_000_000, true),
  }
  for (const [column, value] of Object.entries(numbers))
    if (value === undefined) return `The ${column} is not a number that can be`
  const { lat, lon, hex_q, hex_r } = numbers
  if ((lat === null) !== (lon === null)) return 'Give both lat and lon, or neither'
  if ((hex_q === null) !== (hex_r === null)) return 'Give both hex_q and hex_r, or neither'
  return {
    code,
    name,
    kind: kind as AreaKind,
    parent,
    ...(numbers as Pick<Given, 'lat' | 'lon' | 'hex_q' | 'hex_r' | 'electors'>),
  }
}

function numberIn(said: string, low: number, high: number, whole = false): number | null | undefined {
  if (said === '') return null
  if (!/^-?\d{1,12}(\.\d{1,20})?$/.test(said)) return undefined
  const value = Number(said)
  return value >= low && value <= high && (!whole || Number.isInteger(value)) ? value : undefined
}

class OnlyTried extends Error {}

async function apply(db: Db, given: readonly Given[], dryRun: boolean, summary: AreasImported): Promise<void> {
  const change = async (inside: Db): Promise<void> => {
    await sql`lock table area in share row exclusive mode`.execute(inside)
    Object.assign(summary, await merge(inside, given))
    await checkTree(inside)
    await layPaths(inside)
    if (given.filter(({ kind }) => kind === 'constituency').length >= wholeSet)
      Object.assign(summary, await clearBuiltIn(inside, given))
    const { rows, added, changed, removed } = summary
    await record(inside, hearten, 'areas.imported', { rows, added, changed, removed })
    if (dryRun) throw new OnlyTried()
  }
  await db
    .transaction()
    .execute(change)
    .catch((error: unknown) => {
      if (!(error instanceof OnlyTried)) throw error
    })
}

async function merge(db: Db, given: readonly Given[]): Promise<Pick<AreasImported, 'added' | 'changed' | 'unchanged'>> {
  // the path is laid below, once the tree is whole; until then a code of its own is path enough
  const { rows } = await sql<{ added: number; changed: number }>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(given)}::json) as given(code text, name text, kind text,
        parent text, lat float8, lon float8, hex_q int, hex_r int, electors int)),
    merged as (
      insert into area as a (code, name, kind, parent, path, lat, lon, hex_q, hex_r, electors)
      select code, name, kind, parent, text2ltree(code || '.new'), lat, lon, hex_q, hex_r, electors from given
      on conflict (code) do update set name = excluded.name, kind = excluded.kind, parent = excluded.parent,
        lat = coalesce(excluded.lat, a.lat), lon = coalesce(excluded.lon, a.lon),
        hex_q = coalesce(excluded.hex_q, a.hex_q), hex_r = coalesce(excluded.hex_r, a.hex_r),
        electors = coalesce(excluded.electors, a.electors)
      where (a.name, a.kind, a.parent, a.lat, a.lon, a.hex_q, a.hex_r, a.electors) is distinct from
        (excluded.name, excluded.kind, excluded.parent, coalesce(excluded.lat, a.lat), coalesce(excluded.lon, a.lon),
          coalesce(excluded.hex_q, a.hex_q), coalesce(excluded.hex_r, a.hex_r), coalesce(excluded.electors, a.electors))
      returning (xmax = 0) as is_new)
    select count(*) filter (where is_new)::int as added, count(*) filter (where not is_new)::int as changed from merged`
    .execute(db)
    .catch((error: unknown) => {
      // 23503: a parent that is neither in the file nor known
      if ((error as { code?: unknown }).code !== '23503') throw error
      const code = /\(parent\)=\(([^)]*)\)/.exec(String((error as { detail?: unknown }).detail))?.[1]
      throw new Refusal(`The parent ${code ?? 'of an area'} is neither in the file nor known. Nothing was changed.`)
    })
  const { added, changed } = rows[0]!
  return { added, changed, unchanged: given.length - added - changed }
}

/** Refuses a tree in which an area does not stand below one of a higher kind; where all do, there is no circle. */
async function checkTree(db: Db): Promise<void> {
  const rank = (alias: string) =>
    sql`array_position(array['nation', 'region', 'constituency', 'ward'], ${sql.ref(`${alias}.kind`)})`
  const { rows } = await sql<{ code: string; kind: string; above: string; aboveKind: string }>`
    select a.code, a.kind, p.code as above, p.kind as "aboveKind" from area a join area p on p.code = a.parent
    where ${rank('p')} >= ${rank('a')} limit 1`.execute(db)
  const [wrong] = rows
  if (wrong)
    throw new Refusal(
      `${wrong.code} is a ${wrong.kind} and cannot be below ${wrong.above}, a ${wrong.aboveKind}. Nothing was changed.`,
    )
}

/** Gives each area its path and region, and each ward its constituency's hexagon. */
async function layPaths(db: Db): Promise<void> {
  await sql`
    with recursive tree as (
      select code, text2ltree(code) as path,
        case when exists (select from area below where below.parent = area.code and below.kind = 'region') then null else code end as region
      from area where parent is null
      union all
      select a.code, t.path || text2ltree(a.code), case when a.kind = 'region' then a.code else t.region end
      from area a join tree t on t.code = a.parent)
    update area a set path = t.path, region = t.region
    from tree t where t.code = a.code and (a.path <> t.path or a.region is distinct from t.region)`.execute(db)
  await sql`
    update area w set hex_q = c.hex_q, hex_r = c.hex_r from area c
    where w.kind = 'ward' and c.kind = 'constituency' and w.path <@ c.path
      and (w.hex_q, w.hex_r) is distinct from (c.hex_q, c.hex_r)`.execute(db)
}

/** Takes away the built-in constituencies that the file does not have. One that something refers to stays, off the map. */
async function clearBuiltIn(db: Db, given: readonly Given[]): Promise<Pick<AreasImported, 'removed' | 'kept'>> {
  const brought = new Set(given.map(({ code }) => code))
  const old = (await builtInAreas())
    .filter(({ kind, code }) => kind === 'constituency' && !brought.has(code))
    .map(({ code }) => code)
  const { rows: references } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as table, a.attname as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'area'::regclass`.execute(db)
  const unused = references.map(
    ({ table, column }) => sql`not exists (select from ${sql.table(table)} r where r.${sql.ref(column)} = a.code)`,
  )
  const { numAffectedRows: removed } = await sql`
    delete from area a where a.code = any(${old}::text[]) and a.kind = 'constituency' and ${sql.join(unused, sql` and `)}`.execute(
    db,
  )
  const { numAffectedRows: kept } = await sql`
    update area set hex_q = null, hex_r = null where code = any(${old}::text[])`.execute(db)
  return { removed: Number(removed ?? 0), kept: Number(kept ?? 0) }
}
