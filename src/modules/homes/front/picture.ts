/** The country in one picture: the map's own figures and colours, for the quarter that a day falls in. */
import { quarterOf } from '#core/days'
import type { HexCell } from '#design'
import type { Db } from '#platform/db'
import { loadMap, pictureOf } from '../../reports/index.ts'

export interface Picture {
  cells: HexCell[]
  label: string
}

/** The picture for the quarter that a day falls in, coloured as the map is. */
export async function pictureOfCountry(db: Db, today: string): Promise<Picture> {
  return {
    cells: pictureOf(await loadMap(db, quarterOf(today)), 'places').cells,
    label:
      'The country as one hexagon for each constituency: the stronger its colour, the more places people there have this quarter',
  }
}
