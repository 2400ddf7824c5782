/** The map's figures as the database has them, small ones left there; and which of them an address asks for. */
import { type RawBuilder, sql } from 'kysely'
import { type Day, quarterOf } from '#core/days'
import { holds } from '#core/rights'
import type { HexCell } from '#design'
import type { Db } from '#platform/db'
import { areaWithin } from '#platform/within'
import type { Actor, Visit } from '#platform/web'
import {
  type Counted,
  fewer,
  fewest,
  levelOf,
  type Measure,
  measureNames,
  measures,
  type Scale,
  scaleOf,
  valueOf,
} from './measures.ts'
import { sayThe } from './words.ts'

/** One constituency in one quarter. */
export interface Constituency extends Counted {
  code: string
  name: string
  region: string | null
  regionName: string | null
  q: number | null
  r: number | null
  /** When it was counted; null where it never was. */
  countedAt: Date | null
}

/** Where whoever asks is told figures however small: nowhere, unless they see reports there. */
export const seesAll = (actor: Actor): RawBuilder<boolean> =>
  actor.kind === 'hearten' || holds(actor.rights, 'reports.see')
    ? areaWithin(actor, 'reports.see', 'area.code')
    : sql<boolean>`false`

/** Every constituency with its figures for a quarter, by name. Members trained are told from ten upwards, or where `sees` is true. */
export async function loadMap(
  db: Db,
  quarter: Day,
  sees: RawBuilder<boolean> = sql<boolean>`false`,
): Promise<Constituency[]> {
  return db
    .selectFrom('area')
    .leftJoin('area as above', 'above.code', 'area.region')
    .leftJoin('area_quarter as counted', (join) =>
      join.onRef('counted.area_code', '=', 'area.code').on('counted.quarter', '=', quarter),
    )
    .where('area.kind', '=', 'constituency')
    .select([
      'area.code',
      'area.name',
      'area.region',
      'above.name as regionName',
      'area.hex_q as q',
      'area.hex_r as r',
      'area.electors',
      'counted.counted_at as countedAt',
      sql<number>`coalesce(counted.runs, 0)`.as('runs'),
      sql<number>`coalesce(counted.places, 0)`.as('places'),
      sql<number | null>`case when counted.trained >= ${fewest} or ${sees} then coalesce(counted.trained, 0) end`.as(
        'trained',
      ),
    ])
    .orderBy('area.name')
    .orderBy('area.code')
    .execute()
}

/** The quarters that were counted, the latest first. */
export async function quartersCounted(db: Db): Promise<Day[]> {
  const rows = await db.selectFrom('area_quarter').select('quarter').distinct().orderBy('quarter', 'desc').execute()
  return rows.map(({ quarter }) => quarter)
}

/** What an address asks of the map; whatever it asks that there is not, is as if it had not been asked. */
export interface Wanted {
  show: Measure
  quarter: Day
  quarters: readonly Day[]
}

/** Reads the measure and the quarter from the address. */
export async function wantedIn({ db, query, today }: Visit): Promise<Wanted> {
  const counted = await quartersCounted(db)
  const now = quarterOf(today)
  const quarters = counted.includes(now) ? counted : [now, ...counted].toSorted().toReversed()
  return {
    show: measureNames.find((name) => name === query.get('show')) ?? 'places',
    quarter: quarters.find((quarter) => quarter === query.get('quarter')) ?? now,
    quarters,
  }
}

/** The picture of a measure: a hexagon for each constituency that has a place on the grid, and what its colours mean. */
export function pictureOf(
  map: readonly Constituency[],
  show: Measure,
  href?: (code: string) => string,
): { cells: HexCell[]; scale: Scale } {
  const values = map.map((one) => valueOf(show, one))
  const hidden = show === 'trained' && values.includes(null)
  const scale = scaleOf(values, hidden ? fewer : 'none', show === 'trained')
  const cells = map.flatMap(({ code, name, q, r }, n): HexCell[] =>
    q === null || r === null
      ? []
      : [
          {
            code,
            name,
            q,
            r,
            level: levelOf(scale, values[n]!),
            label: sayValue(show, values[n]!, scale.digits),
            href: href?.(code),
          },
        ],
  )
  return { cells, scale }
}

/** A figure in words: "0.3", "fewer than 10", "not known". */
export const sayValue = (show: Measure, value: number | null, digits: number): string =>
  value === null ? (show === 'trained' ? fewer : 'not known') : sayThe(value, show === 'trained' ? 0 : digits)

/** The measure as a caption: "Places per 10,000 electors". */
export const labelOf = (show: Measure): string => measures[show].label
