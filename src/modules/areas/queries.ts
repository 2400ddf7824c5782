/** Finding areas: by code, by postcode, by name, and the lists that forms choose from. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import type { Area, Found } from './area.ts'
import { readPostcode } from './postcode.ts'
import { postcodeAreas } from './postcode-areas.ts'

/** The area with this code, or nothing. */
export async function findArea(db: Db, code: string): Promise<Area | undefined> {
  if (!/^[A-Za-z0-9_]{1,32}$/.test(code)) return undefined
  const { rows } = await areasWhere(sql`a.code = ${code}`).execute(db)
  return rows[0]
}

/** Where a postcode (in any spelling) or an area's code is; exact, or only its region. Nothing where it cannot be told. */
export async function placeOf(db: Db, said: string): Promise<Found | undefined> {
  const text = said.trim()
  const postcode = readPostcode(text)
  if (!postcode) {
    const area = (await findArea(db, text)) ?? (await findArea(db, text.toUpperCase()))
    return area && { area, exact: true }
  }
  const exact =
    postcode.whole === undefined
      ? sql`null`
      : sql`(select a.code from postcode p join area a on a.code = p.area_code where p.postcode = ${postcode.whole})`
  const region = postcodeAreas.get(postcode.letters)?.region ?? null
  // the middle of a region takes a while to find, so it is looked for only where the postcode is not known
  const { rows } = await sql<Area & { exact: boolean }>`
    with said as materialized (select ${exact} as code)
    select found.*, said.code is not null as exact
    from said join lateral (${areasWhere(sql`a.code = coalesce(said.code, ${region}::text)`)}) found on true`.execute(
    db,
  )
  if (!rows[0]) return undefined
  const { exact: isExact, ...area } = rows[0]
  return { area, exact: isExact }
}

export interface AreaName {
  code: string
  name: string
}

/** The regions of England, and the nations that are their own region, by name. */
export async function regions(db: Db): Promise<AreaName[]> {
  return db
    .selectFrom('area')
    .select(['code', 'name'])
    .where((eb) =>
      eb.or([
        eb('kind', '=', 'region'),
        eb.and([
          eb('kind', '=', 'nation'),
          eb.not(
            eb.exists(
              eb
                .selectFrom('area as below')
                .whereRef('below.parent', '=', 'area.code')
                .where('below.kind', '=', 'region'),
            ),
          ),
        ]),
      ]),
    )
    .orderBy('name')
    .execute()
}

/** The constituencies, of one region or all, by name. */
export async function constituencies(db: Db, region?: string): Promise<(AreaName & { region: string | null })[]> {
  let query = db
    .selectFrom('area')
    .select(['code', 'name', 'region'])
    .where('kind', '=', 'constituency')
    .orderBy('name')
  if (region !== undefined) query = query.where('region', '=', region)
  return query.execute()
}

/** Areas whose name is like what was typed, the likest first; typing errors are forgiven. */
export async function areasNamed(db: Db, said: string, most = 10): Promise<Area[]> {
  const words = said.slice(0, 80)
  const { rows } = await sql<Area>`
    select * from (${areasWhere(sql`plain_words(a.name) % plain_words(${words}) or plain_words(a.name) like plain_words(${`${escaped(words)}%`})`)}) found
    order by plain_words(name) = plain_words(${words}) desc, similarity(plain_words(name), plain_words(${words})) desc, name
    limit ${most}`.execute(db)
  return rows
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

// a region has no hexagon of its own: its middle is that of its constituencies
const areasWhere = (condition: ReturnType<typeof sql>) => sql<Area>`
  select a.code, a.name, a.kind, a.path::text as path, coalesce(a.region, own.region) as region, r.name as "regionName",
    coalesce(a.lat, mid.lat) as lat, coalesce(a.lon, mid.lon) as lon,
    coalesce(a.hex_q, mid.q) as "hexQ", coalesce(a.hex_r, mid.r) as "hexR", a.electors
  from area a
  left join lateral (select a.code as region where a.kind = 'region') own on true
  left join area r on r.code = coalesce(a.region, own.region)
  left join lateral (
    select avg(c.lat) as lat, avg(c.lon) as lon, round(avg(c.hex_q))::int as q, round(avg(c.hex_r))::int as r
    from area c where a.kind in ('nation', 'region') and c.path <@ a.path and c.kind = 'constituency') mid on true
  where ${condition}`
