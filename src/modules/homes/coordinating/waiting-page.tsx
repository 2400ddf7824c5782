import { type Day, dayOf, daysBetween, sayShortDay } from '#core/days'
import { type Column, Empty, Page, Stack, Table } from '#design'
import type { Visit } from '#platform/web'
import type { Waiting } from './demand.ts'
import type { WaitingPage } from './load.ts'
import { whereName } from './where.ts'

/** Everyone who waits, the longest first. */
export const WaitingTable = ({ academies, chosen, rows, total, list }: WaitingPage, { frame, today }: Visit) => (
  <Page
    frame={frame}
    title="Who is waiting"
    current="/coordinating"
    crumbs={[{ href: '/coordinating', label: 'Coordinating' }]}
    wide
  >
    <Stack gap="roomy">
      <h1>Who is waiting: {whereName(academies, chosen)}</h1>
      <p class="lede">
        A place that comes free is offered to whoever asked for that run first. Another run helps everyone in line.
      </p>
      <Table
        caption="People waiting for a place, the longest first"
        quietCaption
        dense
        columns={waitingColumns(today)}
        rows={rows}
        paging={list.paging(total)}
        csv={list.with({ page: undefined }).replace('/coordinating/waiting', '/coordinating/waiting.csv')}
        empty={<Empty title="Nobody is waiting" />}
      />
    </Stack>
  </Page>
)

/** The columns of a list of those who wait. */
export const waitingColumns = (today: Day): Column<Waiting>[] => [
  { key: 'name', label: 'Who' },
  {
    key: 'title',
    label: 'For',
    selfEvident: true,
    cell: ({ run, title }) => <a href={`/runs/${run}/people`}>{title}</a>,
  },
  { key: 'startsOn', label: 'Begins', cell: ({ startsOn }) => sayShortDay(startsOn, today) },
  { key: 'askedAt', label: 'Waiting', cell: ({ askedAt }) => sayWait(daysBetween(dayOf(askedAt), today)) },
  { key: 'ahead', label: 'In line', number: true, cell: ({ ahead }) => ahead + 1 },
]

const sayWait = (days: number): string =>
  days <= 0 ? 'since today' : days === 1 ? '1 day' : days < 60 ? `${days} days` : `${Math.floor(days / 30)} months`
