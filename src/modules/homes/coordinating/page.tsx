import { type Day, sayDate, sayShortDay } from '#core/days'
import {
  Empty,
  Figures,
  Filter,
  LinkButton,
  Page,
  Section,
  Select,
  Sides,
  Stack,
  Table,
  TextField,
  TitleRow,
} from '#design'
import type { Visit } from '#platform/web'
import { strandNames } from '../../courses/index.ts'
import { runColumns } from '../../runs/index.ts'
import { DemandBars } from './demand-page.tsx'
import type { Coordinating } from './load.ts'
import { waitingColumns } from './waiting-page.tsx'
import { whereName } from './where.ts'

/** A coordinator's home: what there is, what needs someone, who asks where, and who waits. */
export const CoordinatingPage = (the: Coordinating, visit: Visit) => {
  const { academies, chosen, found, seeTo, list } = the
  const { figures } = found
  const only = chosen ? `?academy=${chosen.slug}` : ''
  return (
    <Page frame={visit.frame} title="Coordinating" current="/coordinating" wide>
      <Stack gap="wide">
        <Stack>
          <TitleRow title={whereName(academies, chosen)}>
            <LinkButton href="/runs/new">Schedule a run</LinkButton>
          </TitleRow>
          <Figures
            items={[
              { value: figures.ahead, label: figures.ahead === 1 ? 'run ahead' : 'runs ahead' },
              { value: figures.taken, label: `of ${number.format(figures.places)} places taken` },
              { value: figures.needing, label: figures.needing === 1 ? 'needs you' : 'need you' },
              { value: seeTo.waitingTotal, label: 'waiting', href: `/coordinating/waiting${only}` },
            ]}
          />
        </Stack>
        <Section title="Runs">
          <RunsFilter the={the} />
          <Table
            caption="Runs under way and ahead, those that need you first"
            quietCaption
            dense
            columns={runColumns(list, visit.today, academies.length > 1 && !chosen)}
            rows={found.runs}
            paging={list.paging(found.total)}
            csv={csvOf(the)}
            empty={<NoRuns the={the} />}
          />
          <p>
            <a href="/rounds">Rounds, in which places are drawn</a>
          </p>
        </Section>
        <Section title="Where people are asking, and what there is">
          <DemandBars
            rows={seeTo.demand}
            online={seeTo.placesOnline}
            table={`/coordinating/demand${only}`}
            more={seeTo.demandTotal > seeTo.demand.length}
          />
          <p>
            <a href="/wishes">Who wishes for which course</a>
          </p>
        </Section>
        <Section title="Who is waiting">
          <Table
            caption="People waiting for a place, the longest first"
            quietCaption
            dense
            columns={waitingColumns(visit.today)}
            rows={seeTo.waiting}
            empty={<Empty title="Nobody is waiting" />}
          />
          {seeTo.waitingTotal > seeTo.waiting.length && (
            <p>
              <a href={`/coordinating/waiting${only}`}>All {number.format(seeTo.waitingTotal)} who wait</a>
            </p>
          )}
        </Section>
        <Sides kind="top">
          <Section title="Access needs to arrange">
            <Needs the={the} today={visit.today} />
          </Section>
          <Section title="Pledges to look back at">
            <Pledges the={the} />
          </Section>
        </Sides>
      </Stack>
    </Page>
  )
}

/** The same runs as a file. */
const csvOf = ({ chosen, narrowed, list }: Coordinating): string => {
  const asked = {
    academy: chosen?.id,
    strand: narrowed.strand,
    q: narrowed.q,
    sort: `${list.descending ? '-' : ''}${list.sort}`,
  }
  return `/runs.csv?${new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])))}`
}

const RunsFilter = ({ the: { academies, chosen, narrowed } }: { the: Coordinating }) => (
  <Filter action="/coordinating" label="Filter the runs">
    {academies.length > 1 && (
      <Select
        name="academy"
        label="Academy"
        value={chosen?.slug}
        empty={`All ${academies.length}`}
        options={academies.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
    )}
    <Select
      name="strand"
      label="Strand"
      value={narrowed.strand}
      empty="All"
      options={Object.entries(strandNames).map(([value, label]) => ({ value, label }))}
    />
    <TextField name="q" label="Course" type="search" value={narrowed.q} maxlength={80} />
  </Filter>
)

const NoRuns = ({ the: { narrowed, academies } }: { the: Coordinating }) =>
  academies.length === 0 ? (
    <Empty title="No academy is open in your area">
      <p>Runs are scheduled at academies. An administrator can open one.</p>
    </Empty>
  ) : narrowed.strand || narrowed.q ? (
    <Empty title="No run matches">
      <p>
        <a href="/coordinating">Show all runs</a>
      </p>
    </Empty>
  ) : (
    <Empty title="No runs yet">
      <p>
        <a href="/runs/new">Schedule the first one</a>
      </p>
    </Empty>
  )

const Needs = ({ the: { seeTo, academies, chosen }, today }: { the: Coordinating; today: Day }) => (
  <>
    <Table
      caption="Runs with access needs that nobody has arranged"
      quietCaption
      dense
      columns={[
        { key: 'title', label: 'Run', cell: ({ run, title }) => <a href={`/runs/${run}/people`}>{title}</a> },
        { key: 'startsOn', label: 'Begins', cell: ({ startsOn }) => sayShortDay(startsOn, today) },
        { key: 'count', label: 'To arrange', number: true },
      ]}
      rows={seeTo.needs}
      empty={<Empty title="Nothing to arrange" />}
    />
    {seeTo.needsTotal > 0 && (
      <p>
        <a href="/access-needs">
          {seeTo.needsTotal === 1 ? 'Arrange it' : `Arrange all ${number.format(seeTo.needsTotal)}`}
        </a>
      </p>
    )}
    {(chosen ? [chosen] : academies.slice(0, 4)).map(({ slug, name }) => (
      <p>
        <a href={`/academies/${slug}/help`}>Money and other help to take part{academies.length > 1 && `: ${name}`}</a>
      </p>
    ))}
  </>
)

const Pledges = ({ the: { seeTo } }: { the: Coordinating }) => (
  <>
    <Table
      caption="Pledges whose day of review is near or past"
      quietCaption
      dense
      columns={[
        { key: 'name', label: 'Whose', cell: ({ id, name }) => <a href={`/pledges/${id}`}>{name}</a> },
        { key: 'reviewOn', label: 'On', cell: ({ reviewOn }) => sayDate(reviewOn) },
      ]}
      rows={seeTo.pledges}
      empty={<Empty title="None this week" />}
    />
    {seeTo.pledgesTotal > 0 && (
      <p>
        <a href="/pledges">
          {seeTo.pledgesTotal === 1 ? 'Pledges' : `All ${number.format(seeTo.pledgesTotal)} pledges`}
        </a>
      </p>
    )}
  </>
)

const number = new Intl.NumberFormat('en-GB')
