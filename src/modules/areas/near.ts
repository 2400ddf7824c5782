/** How near things are to an area, within a query. */
import { type RawBuilder, sql } from 'kysely'
import type { Area, Near } from './area.ts'

export interface NearRefs {
  /** The alias of the thing's own row of `area`, joined from the left: 'at' for `left join area at on at.code = run.area_code`. */
  area: string
  /** Its more exact position, where there may be one: 'venue.lat' and 'venue.lon'. */
  lat?: string
  lon?: string
}

// Only for setting miles and hexagons into one order: half of all constituencies are less than this across.
const milesOfHexagon = 8

/** What to order by: the nearest first, where positions are known in miles, else in hexagons; null (last) where nothing is known. */
export function nearness(from: Area, refs: NearRefs): RawBuilder<number | null> {
  return sql<number | null>`coalesce(${milesTo(from, refs)}, ${hexesTo(from, refs)} * ${milesOfHexagon}::float8)`
}

/** How far a run online counts as being: those in a place come first up to here. */
export const milesOnline = 25

/** What to order by in a query over `run`: the nearest first, those online as if they were so many miles away. */
export const nearnessOfRun = (from: Area, refs: NearRefs): RawBuilder<number | null> =>
  sql<
    number | null
  >`case when run.venue_id is null then ${sql.lit(milesOnline)}::float8 else ${nearness(from, refs)} end`

/** What to select so that `sayNear` can say it; null where nothing is known. */
export function nearOf(from: Area, refs: NearRefs): RawBuilder<Near | null> {
  const at = (column: string) => sql.ref(`${refs.area}.${column}`)
  return sql<Near | null>`case when ${at('code')} is not null or ${milesTo(from, refs)} is not null then json_build_object(
    'miles', ${milesTo(from, refs)}, 'hexes', ${hexesTo(from, refs)},
    'inside', coalesce(${at('path')} <@ ${from.path}::ltree, false),
    'sameRegion', coalesce(${at('region')} = ${from.region}::text, false)) end`
}

function milesTo(from: Area, { area, lat, lon }: NearRefs): RawBuilder<number | null> {
  if (from.lat === null || from.lon === null) return sql`null::float8`
  const own = (column: string) => sql.ref(`${area}.${column}`)
  // both halves of a position come from the same place
  const [atLat, atLon] =
    lat && lon
      ? [
          sql`case when ${sql.ref(lat)} is null or ${sql.ref(lon)} is null then ${own('lat')} else ${sql.ref(lat)} end`,
          sql`case when ${sql.ref(lat)} is null or ${sql.ref(lon)} is null then ${own('lon')} else ${sql.ref(lon)} end`,
        ]
      : [own('lat'), own('lon')]
  return sql`miles_between(${from.lat}::float8, ${from.lon}::float8, ${atLat}, ${atLon})`
}

function hexesTo(from: Area, { area }: NearRefs): RawBuilder<number | null> {
  if (from.hexQ === null || from.hexR === null) return sql`null::int`
  return sql`hexes_between(${from.hexQ}::int, ${from.hexR}::int, ${sql.ref(`${area}.hex_q`)}, ${sql.ref(`${area}.hex_r`)})`
}
