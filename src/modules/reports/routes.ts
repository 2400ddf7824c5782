/** Where the map and its areas are read: as pages, as a file and as JSON. */
import { anyone, csv, page, read, type Visit } from '#platform/web'
import { loadArea } from './area.ts'
import { AreaPage } from './area-page.tsx'
import { loadFigures, loadMapShown, sortedBy } from './load.ts'
import { MapPage } from './map-page.tsx'
import { type Counted, fewer, valueOf } from './measures.ts'
import { loadTable, TablePage } from './table-page.tsx'

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(2)))

const rates = (one: Counted) => ({
  runsPer10000: rounded(valueOf('runs', one)),
  placesPer10000: rounded(valueOf('places', one)),
})

async function loadCsv(visit: Visit) {
  const { wanted, map } = await loadFigures(visit)
  return {
    name: `map-${wanted.quarter}`,
    columns: [
      'code',
      'constituency',
      'region',
      'quarter',
      'electors',
      'runs',
      'places',
      'runs per 10,000',
      'places per 10,000',
      'trained',
    ],
    rows: sortedBy(map, 'name', false).map((one) => [
      one.code,
      one.name,
      one.regionName,
      wanted.quarter,
      one.electors,
      one.runs,
      one.places,
      rates(one).runsPer10000,
      rates(one).placesPer10000,
      one.trained ?? fewer,
    ]),
  }
}

const asks = { quarter: 'the first day of a quarter, such as 2026-10-01; without it, this quarter' }

export const routes = [
  page('/map', { access: anyone, load: loadMapShown, view: MapPage }),
  page('/map/table', { access: anyone, load: loadTable, view: TablePage }),
  csv('/map.csv', { access: anyone, load: loadCsv }),
  page('/areas/:code', { access: anyone, load: (visit, { code }) => loadArea(visit, code), view: AreaPage }),
  read('/api/map', {
    does: 'Reads the figures of every constituency for a quarter. Members trained are null where they are fewer than 10.',
    scope: 'reports:read',
    access: anyone,
    asks,
    load: async (visit) => {
      const { wanted, map } = await loadFigures(visit)
      return {
        quarter: wanted.quarter,
        quarters: wanted.quarters,
        constituencies: map.map(({ q, r, ...one }) => ({ ...one, hexQ: q, hexR: r, ...rates(one) })),
      }
    },
  }),
  read('/api/areas/:code', {
    does: 'Reads one area: its figures by quarter, the academies that serve it, runs near it, and what is next to it or inside it.',
    scope: 'reports:read',
    access: anyone,
    load: async (visit, { code }) => {
      const found = await loadArea(visit, code)
      if (!found) return undefined
      const { now: _, ...area } = found
      return area
    },
  }),
]
