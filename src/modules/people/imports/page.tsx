import { dayOf, sayDate, sayTime } from '#core/days'
import { Code, Empty, LinkButton, Notice, Page, Progress, Section, Stack, Table, Tag } from '#design'
import { listing, type Visit } from '#platform/web'
import type { RollReading } from './queries.ts'

const sayMoment = (at: Date): string => `${sayDate(dayOf(at))}, ${sayTime(at)}`
const patience = 120_000

/** Each reading of the roll, and how far the one that goes on has come. */
export const ImportsPage = ({ readings, total }: { readings: readonly RollReading[]; total: number }, visit: Visit) => {
  const { frame, now } = visit
  const running = readings.find(({ finishedAt }) => finishedAt === null)
  return (
    <Page
      frame={frame}
      title="Imports"
      current="/administration"
      crumbs={[{ href: '/administration', label: 'Administration' }]}
      wide
    >
      <Stack gap="wide">
        <Stack>
          <h1>Imports</h1>
          <p class="lede">Each reading of the membership roll, and what it changed.</p>
        </Stack>
        {running && <Running reading={running} now={now} />}
        <Table
          caption="Readings of the roll, the latest first"
          quietCaption
          dense
          columns={[
            {
              key: 'startedAt',
              label: 'Begun',
              cell: ({ startedAt }) => <time datetime={startedAt.toISOString()}>{sayMoment(startedAt)}</time>,
            },
            { key: 'file', label: 'File', selfEvident: true },
            { key: 'state', label: 'State', selfEvident: true, cell: (one) => <State {...one} /> },
            { key: 'rows', label: 'Rows', number: true },
            { key: 'added', label: 'Added', number: true },
            { key: 'changed', label: 'Changed', number: true },
            { key: 'unchanged', label: 'Unchanged', number: true },
            { key: 'refused', label: 'Refused', number: true },
            { key: 'closed', label: 'Closed', number: true },
            { key: 'reopened', label: 'Reopened', number: true },
          ]}
          rows={readings}
          paging={listing(visit, { sorts: ['begun'] }).paging(total)}
          empty={
            <Empty title="No roll has been read yet">
              <p>Whoever looks after the server reads it with the command below.</p>
            </Empty>
          }
        />
        <Section title="How the roll is read">
          <p>
            The roll is a table with a row for each member, as a CSV file. On the server, first try what it would
            change, then read it:
          </p>
          <Code>{'hearten import members roll.csv --dry-run\nhearten import members roll.csv'}</Code>
          <p>A reading that is cut off goes on where it was, when the same command is given again.</p>
        </Section>
      </Stack>
    </Page>
  )
}

const Running = ({ reading, now }: { reading: RollReading; now: Date }) => {
  const { file, state, bytes, bytesDone, rows, added, changed, unchanged, closed, reopened, progressAt } = reading
  const still = now.getTime() - progressAt.getTime() > patience
  return (
    <Section title="Going on now">
      {state === 'reading' ? (
        <Progress label={`Reading ${file}, in bytes`} done={bytesDone} total={bytes} />
      ) : (
        <Progress
          label={`Applying ${file}, in rows`}
          done={Math.min(added + changed + unchanged + closed + reopened, rows)}
          total={rows}
        />
      )}
      {still && (
        <Notice tone="wait" title={`It has not moved since ${sayMoment(progressAt)}`}>
          <p>It may have been cut off. The same command, given again, goes on from here.</p>
        </Notice>
      )}
      <p>
        <LinkButton kind="second" href="/administration/imports">
          Look again
        </LinkButton>
      </p>
    </Section>
  )
}

const said = { reading: 'Reading', applying: 'Applying', finished: 'Finished', stopped: 'Stopped' }

const State = ({ state, problem, note }: RollReading) => (
  <>
    <Tag tone={state === 'finished' ? 'go' : state === 'stopped' ? 'stop' : 'wait'}>{said[state]}</Tag>
    {(problem ?? note) && (
      <>
        <br />
        <small>{problem ?? note}</small>
      </>
    )}
  </>
)
