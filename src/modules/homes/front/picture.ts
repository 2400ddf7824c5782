/** The country in one picture: how many places each constituency has this quarter, for its electors. */
import { quarterOf } from '#core/days'
import type { HexCell, Level } from '#design'
import type { Db } from '#platform/db'

export interface Picture {
  cells: HexCell[]
  label: string
}

/** The picture for the quarter that a day falls in. */
export async function pictureOfCountry(db: Db, today: string): Promise<Picture> {
  const rows = await db
    .selectFrom('area')
    .leftJoin('area_quarter as counted', (join) =>
      join.onRef('counted.area_code', '=', 'area.code').on('counted.quarter', '=', quarterOf(today)),
    )
    .where('area.kind', '=', 'constituency')
    .where('area.hex_q', 'is not', null)
    .where('area.hex_r', 'is not', null)
    .select(['area.code', 'area.name', 'area.hex_q', 'area.hex_r', 'area.electors', 'counted.places'])
    .execute()
  const cells = rows.map((row): HexCell => ({
    code: row.code,
    name: row.name,
    q: row.hex_q!,
    r: row.hex_r!,
    label: '',
    level: levelOf(row.places ?? 0, row.electors),
  }))
  return {
    cells,
    label:
      'The country as one hexagon for each constituency: the stronger its colour, the more places there are this quarter',
  }
}

function levelOf(places: number, electors: number | null): Level {
  const rate = electors ? (places / electors) * 10_000 : 0
  return rate <= 0 ? 0 : rate < 3 ? 1 : rate < 5 ? 2 : rate < 7 ? 3 : 4
}
