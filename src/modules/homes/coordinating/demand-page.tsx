import { Bars, type Column, Empty, Page, Stack, Table } from '#design'
import type { Visit } from '#platform/web'
import type { Demand } from './demand.ts'
import type { DemandPage } from './load.ts'
import { whereName } from './where.ts'

/** What people ask for against what there is, as bars, with the way to the same as a table. */
export const DemandBars = ({
  rows,
  online,
  table,
  more,
}: {
  rows: readonly Demand[]
  online: number
  table: string
  more: boolean
}) =>
  rows.length === 0 ? (
    <Empty title="Nobody has asked yet">
      <p>As soon as people ask for a place on a run in the next three months, it shows here where they live.</p>
    </Empty>
  ) : (
    <Stack>
      <p class="quiet">
        By where people live: those who asked for a place on a run that begins in the next three months, against the
        places given there. {online > 0 && `Another ${number.format(online)} places are online. `}
        <a href={table}>{more ? 'All areas, as a table' : 'As a table'}</a>
      </p>
      <Bars
        label="People asking and places, by constituency"
        rows={rows.map(({ name, asking, places }) => ({
          label: name,
          want: asking,
          have: places,
          wantText: `${number.format(asking)} asking`,
          haveText: places === 0 ? 'no places' : places === 1 ? '1 place' : `${number.format(places)} places`,
        }))}
      />
    </Stack>
  )

/** Demand against places for every area. */
export const DemandTable = ({ academies, chosen, rows, total, list }: DemandPage, { frame }: Visit) => (
  <Page
    frame={frame}
    title="Demand and places"
    current="/coordinating"
    crumbs={[{ href: '/coordinating', label: 'Coordinating' }]}
    wide
  >
    <Stack gap="roomy">
      <h1>Demand and places: {whereName(academies, chosen)}</h1>
      <p class="lede">
        Who asked for a place on a run that begins in the next three months, by where they live, against the places
        given there.
      </p>
      <Table
        caption="People asking and places, by constituency"
        quietCaption
        dense
        columns={columns(list)}
        rows={rows}
        paging={list.paging(total)}
        csv={list.with({ page: undefined }).replace('/coordinating/demand', '/coordinating/demand.csv')}
        empty={<Empty title="Nobody has asked yet" />}
      />
    </Stack>
  </Page>
)

const columns = (list: DemandPage['list']): Column<Demand>[] => [
  {
    key: 'name',
    label: 'Constituency',
    ...list.by('area'),
    cell: ({ code, name }) => <a href={`/areas/${code}`}>{name}</a>,
  },
  { key: 'asking', label: 'Asking', number: true, ...list.by('asking') },
  { key: 'waiting', label: 'Without a place', number: true, ...list.by('waiting') },
  { key: 'places', label: 'Places there', number: true, ...list.by('places') },
]

const number = new Intl.NumberFormat('en-GB')
