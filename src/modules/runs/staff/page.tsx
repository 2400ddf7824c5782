/** The table of runs for those who look after them. */
import { type Day, daysBetween, stubOf } from '#core/days'
import {
  Empty,
  Filter,
  Link,
  LinkButton,
  Meter,
  Page,
  Row,
  Select,
  Stack,
  Table,
  Tag,
  TextField,
  Choice,
} from '#design'
import type { Listing, Visit } from '#platform/web'
import type { AcademyChoice } from '../../academies/index.ts'
import { strandNames } from '../../courses/index.ts'
import type { Sort, StaffFilter, StaffRun } from './staff-runs.ts'

export interface StaffList {
  runs: StaffRun[]
  total: number
  academies: AcademyChoice[]
  filter: StaffFilter
  list: Listing<Sort>
}

export const StaffListPage = ({ runs, total, academies, filter, list }: StaffList, { frame }: Visit) => (
  <Page
    frame={frame}
    title="Runs"
    current="/coordinating"
    crumbs={[{ href: '/coordinating', label: 'Coordinating' }]}
    wide
  >
    <Stack gap="roomy">
      <h1>Runs</h1>
      <Filter action="/runs" label="Filter runs" beside={<LinkButton href="/runs/new">Schedule a run</LinkButton>}>
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
          empty="All"
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
        columns={[
          {
            key: 'course',
            label: 'Course',
            ...list.by('course'),
            cell: ({ id, title, state }) => <Link href={hrefOf(id, state)}>{title}</Link>,
          },
          { key: 'dates', label: 'Dates', ...list.by('dates'), cell: ({ days }) => sayDates(days) },
          { key: 'where', label: 'Where', ...list.by('where') },
          { key: 'trainers', label: 'Trainers', cell: ({ ledBy }) => ledBy.map(shortName).join(', ') || '–' },
          {
            key: 'places',
            label: 'Places',
            ...list.by('places'),
            cell: ({ taken, capacity }) => <Seats taken={taken} capacity={capacity} />,
          },
          { key: 'waiting', label: 'Waiting', number: true, ...list.by('waiting') },
          { key: 'reasons', label: 'Needs you', cell: (run) => <Reasons run={run} /> },
        ]}
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

const hrefOf = (id: string, state: StaffRun['state']): string =>
  state === 'draft' ? `/runs/${id}/publication` : `/runs/${id}/people`

const Seats = ({ taken, capacity }: { taken: number; capacity: number }) => (
  <>
    <Meter taken={taken} of={capacity} />
    {taken}/{capacity}
  </>
)

const Reasons = ({ run: { reasons, state } }: { run: StaffRun }) => (
  <Row>
    {state === 'cancelled' && <Tag tone="stop">Cancelled</Tag>}
    {state === 'draft' && reasons.length === 0 && <Tag>Draft</Tag>}
    {reasons.map(({ words }) => (
      <Tag tone="wait">{words}</Tag>
    ))}
  </Row>
)

/** "16, 23 Jan", "6–7 Feb", "14 Jan – 4 Feb": the days of a run in as few letters as a column has. */
export function sayDates(days: readonly Day[]): string {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return '–'
  if (first === last) return short(first)
  const sameMonth = first.slice(0, 7) === last.slice(0, 7)
  if (daysBetween(first, last) === days.length - 1)
    return sameMonth ? `${stubOf(first).day}–${short(last)}` : `${short(first)} – ${short(last)}`
  if (sameMonth && days.length <= 3) return `${days.map((day) => stubOf(day).day).join(', ')} ${monthOf(last)}`
  return `${short(first)} – ${short(last)}`
}

const short = (day: Day): string => `${stubOf(day).day} ${monthOf(day)}`
const monthOf = (day: Day): string => {
  const { month } = stubOf(day)
  return `${month.charAt(0)}${month.slice(1).toLowerCase()}`
}

/** "R. Osei" */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/)
  return words.length < 2 ? name : `${String.fromCodePoint(words[0]!.codePointAt(0)!)}. ${words.at(-1)}`
}
