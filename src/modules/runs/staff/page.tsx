/** The table of runs for those who look after them. */
import type { Day } from '#core/days'
import {
  Empty,
  Filter,
  Link,
  LinkButton,
  Page,
  Select,
  Stack,
  Table,
  type Column,
  Tag,
  Taken,
  TextField,
  TitleRow,
  Choice,
} from '#design'
import type { Listing, Visit } from '#platform/web'
import type { AcademyChoice } from '../../academies/index.ts'
import { strandNames } from '../../courses/index.ts'
import { sayDates, shortName } from './say.ts'
import type { Sort, StaffFilter, StaffRun } from './staff-runs.ts'

export interface StaffList {
  runs: StaffRun[]
  total: number
  academies: AcademyChoice[]
  filter: StaffFilter
  list: Listing<Sort>
}

export const StaffListPage = ({ runs, total, academies, filter, list }: StaffList, { frame, today }: Visit) => (
  <Page
    frame={frame}
    title="Runs"
    current="/coordinating"
    crumbs={[{ href: '/coordinating', label: 'Coordinating' }]}
    wide
  >
    <Stack gap="roomy">
      <TitleRow title="Runs">
        <LinkButton href="/runs/new">Schedule a run</LinkButton>
      </TitleRow>
      <Filter action="/runs" label="Filter runs">
        {academies.length > 1 && (
          <Select
            name="academy"
            label="Academy"
            empty={`All ${academies.length}`}
            options={academies.map(({ id, name }) => ({ value: id, label: name }))}
            value={filter.academy}
          />
        )}
        <Select
          name="strand"
          label="Strand"
          empty="All"
          options={Object.entries(strandNames).map(([value, label]) => ({ value, label }))}
          value={filter.strand}
        />
        <Select
          name="when"
          label="When"
          options={[
            { value: 'ahead', label: 'Not over' },
            { value: 'past', label: 'Over' },
            { value: 'all', label: 'All' },
          ]}
          value={filter.when}
        />
        <Select
          name="state"
          label="State"
          empty="All but cancelled"
          options={[
            { value: 'published', label: 'Published' },
            { value: 'draft', label: 'Drafts' },
            { value: 'cancelled', label: 'Cancelled' },
          ]}
          value={filter.state}
        />
        <TextField name="q" label="Search" type="search" value={filter.q} maxlength={100} />
        <Choice name="needing" label="Only what needs you" checked={filter.needing === true} />
      </Filter>
      <Table
        caption="Runs"
        quietCaption
        dense
        columns={runColumns(list, today, academies.length > 1 && !filter.academy)}
        rows={runs}
        paging={list.paging(total)}
        csv={`/runs.csv${list.with({ page: undefined }).slice('/runs'.length)}`}
        empty={
          <Empty title="No runs here">
            <p>
              <Link href="/runs/new">Schedule a run</Link>, or <Link href="/runs?when=all">see all of them</Link>.
            </p>
          </Empty>
        }
      />
    </Stack>
  </Page>
)

/** The columns of a table of runs, for the pages that have one. */
export const runColumns = (list: Listing<Sort>, today: Day, whose: boolean): Column<StaffRun>[] => [
  {
    key: 'course',
    label: 'Course',
    ...list.by('course'),
    cell: ({ id, title, state }) => <Link href={hrefOf(id, state)}>{title}</Link>,
  },
  ...(whose ? [{ key: 'academy', label: 'Academy', selfEvident: true, cell: academyOf }] : []),
  {
    key: 'dates',
    label: 'Dates',
    selfEvident: true,
    ...list.by('dates'),
    cell: ({ days }) => sayDates(days, today),
  },
  { key: 'where', label: 'Where', selfEvident: true, ...list.by('where') },
  {
    key: 'trainers',
    label: 'Trainers',
    selfEvident: true,
    cell: ({ ledBy }) => ledBy.map(shortName).join(', '),
  },
  {
    key: 'places',
    label: 'Places',
    selfEvident: true,
    ...list.by('places'),
    cell: ({ taken, capacity }) => <Taken taken={taken} of={capacity} />,
  },
  { key: 'waiting', label: 'Waiting', number: true, ...list.by('waiting') },
  {
    key: 'reasons',
    label: 'Needs you',
    selfEvident: true,
    ...list.by('needs'),
    cell: reasonsOf,
  },
]

const academyOf = ({ academy }: StaffRun) => academy.name

/** Where a coordinator goes on with a run: who is on it or, for a draft, what it still lacks. */
const hrefOf = (id: string, state: StaffRun['state']): string =>
  state === 'draft' ? `/runs/${id}/publication` : `/runs/${id}/people`

const reasonsOf = ({ reasons, state }: StaffRun) => {
  const quiet = state === 'draft' && reasons.length === 0
  if (reasons.length === 0 && !quiet && state !== 'cancelled') return null
  return (
    <span class="reasons">
      {state === 'cancelled' && <Tag tone="stop">Cancelled</Tag>}
      {quiet && <Tag>Draft</Tag>}
      {reasons.map(({ words }) => (
        <Tag tone="wait">{words}</Tag>
      ))}
    </span>
  )
}
