import { Empty, Filter, Link, Page, Row, Select, Stack, Table } from '#design'
import { listing, type Visit } from '#platform/web'
import { loadFigures, type Region, regionIn, type Sort, sortedBy } from './load.ts'
import { type Constituency, sayValue, type Wanted } from './map.ts'
import { addressOf, nameOf, trainedOf } from './map-page.tsx'
import { measureNames, scaleOf, valueOf } from './measures.ts'
import { sayQuarter } from './words.ts'

export interface TableShown {
  wanted: Wanted
  regions: Region[]
  region: Region | undefined
  rows: Constituency[]
  total: number
  digits: Record<'places' | 'runs', number>
}

const size = 50

const listed = (visit: Visit, { show }: Pick<Wanted, 'show'>) => {
  const first = `-${show}` as const
  const sorts = [first, 'name', 'region', ...measureNames] as const
  return listing(visit, { sorts, size })
}

/** One page of the map's figures as a table. */
export async function loadTable(visit: Visit): Promise<TableShown> {
  const { wanted, map, regions } = await loadFigures(visit)
  const region = regionIn(visit, regions)
  const { sort, descending, limit, offset } = listed(visit, wanted)
  const within = region ? map.filter((one) => one.region === region.code) : map
  const digitsOf = (show: 'places' | 'runs'): number =>
    scaleOf(
      map.map((one) => valueOf(show, one)),
      '',
    ).digits
  return {
    wanted,
    regions,
    region,
    rows: sortedBy(within, sort satisfies Sort, descending).slice(offset, offset + limit),
    total: within.length,
    digits: { places: digitsOf('places'), runs: digitsOf('runs') },
  }
}

/** All that the map shows, in rows that sort. */
export const TablePage = ({ wanted, regions, region, rows, total, digits }: TableShown, visit: Visit) => {
  const { by, paging } = listed(visit, wanted)
  const rate = (show: 'places' | 'runs') => (one: Constituency) => sayValue(show, valueOf(show, one), digits[show])
  return (
    <Page
      frame={visit.frame}
      title="Training in every constituency"
      current="/map"
      crumbs={[{ href: addressOf('/map', wanted), label: 'Map' }]}
    >
      <Stack gap="roomy">
        <h1>Training in every constituency</h1>
        <Filter action="/map/table" label="Which figures">
          <Select
            name="quarter"
            label="Quarter"
            value={wanted.quarter}
            options={wanted.quarters.map((one) => ({ value: one, label: sayQuarter(one) }))}
          />
          <Select
            name="region"
            label="Region or nation"
            value={region?.code ?? ''}
            empty="All"
            options={regions.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Filter>
        <Table
          caption={`${region ? region.name : 'Every constituency'}, ${sayQuarter(wanted.quarter)}`}
          columns={[
            { key: 'name', label: 'Constituency', cell: nameOf, ...by('name') },
            { key: 'placeRate', label: 'Places per 10,000', number: true, cell: rate('places'), ...by('places') },
            { key: 'places', label: 'Places', number: true },
            { key: 'runRate', label: 'Runs per 10,000', number: true, cell: rate('runs'), ...by('runs') },
            { key: 'runs', label: 'Runs', number: true },
            { key: 'trained', label: 'Trained', number: true, cell: trainedOf, ...by('trained') },
            { key: 'regionName', label: 'Region', ...by('region') },
          ]}
          rows={rows}
          paging={paging(total)}
          csv={addressOf('/map.csv', wanted)}
          empty={
            <Empty title="There is nothing on this page of the table">
              <p>
                <Link href={addressOf('/map/table', wanted)}>Go to its first page</Link>
              </p>
            </Empty>
          }
        />
        <p class="quiet">
          Places are those that people who live there have on runs that begin in the quarter. Runs are those that begin
          there. Trained are members living there who had come to at least one session by its end.
        </p>
        <Row>
          <Link href={addressOf('/map', wanted)}>Back to the map</Link>
          <Link href="/about/data">Where the figures come from</Link>
        </Row>
      </Stack>
    </Page>
  )
}
