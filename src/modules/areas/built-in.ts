/** The areas that come with Hearten: the nations, the regions and the 650 constituencies of 2010 to 2024, with their hexagons. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { england, nationsAndRegions } from './built-in-regions.ts'

interface Row {
  code: string
  name: string
  kind: string
  parent: string | null
  path: string
  region: string | null
  hex_q: number | null
  hex_r: number | null
  electors: number | null
}

/** Loads the built-in areas, once: where there are constituencies already, nothing changes. Resolves to how many it added. */
export async function loadBuiltInAreas(db: Db): Promise<number> {
  const there = await db
    .selectFrom('area')
    .select('code')
    .where('kind', '=', 'constituency')
    .limit(1)
    .executeTakeFirst()
  if (there) return 0
  const rows = await builtInAreas()
  const { rows: added } = await sql<{ code: string }>`
    insert into area (code, name, kind, parent, path, region, hex_q, hex_r, electors)
    select code, name, kind, parent, path::ltree, region, hex_q, hex_r, electors
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as given(code text, name text, kind text, parent text, path text, region text, hex_q int, hex_r int, electors int)
    on conflict do nothing returning code`.execute(db)
  return added.length
}

/** Every built-in area, those above before those below. */
export async function builtInAreas(): Promise<Row[]> {
  const above = nationsAndRegions.map(({ code, name, kind }): Row => {
    const parent = kind === 'region' ? england : null
    return {
      ...bare,
      code,
      name,
      kind,
      parent,
      path: parent ? `${parent}.${code}` : code,
      region: code === england ? null : code,
    }
  })
  const byLetters = new Map(
    nationsAndRegions.map(({ letters, code }, index) => [letters, { code, path: above[index]!.path }]),
  )
  const { hexes } = await readHexes()
  const below = Object.entries(hexes).map(([code, { n: name, a, q, r, p }]): Row => {
    const region = byLetters.get(a)
    if (!region) throw new Error(`The constituency ${code} is in a region with the unknown letters ${a}`)
    return {
      code,
      name,
      kind: 'constituency',
      parent: region.code,
      path: `${region.path}.${code}`,
      region: region.code,
      hex_q: q,
      hex_r: r,
      electors: p,
    }
  })
  return [...above, ...below]
}

const bare = { hex_q: null, hex_r: null, electors: null }

// n is the name, a the letters of the region, p the electors of 2015
interface HexJson {
  hexes: Record<string, { n: string; q: number; r: number; a: string; p: number }>
}

async function readHexes(): Promise<HexJson> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('d3-hexjson/package.json'))
  return JSON.parse(await readFile(path.join(folder, 'examples/constituencies.hexjson'), 'utf8')) as HexJson
}
