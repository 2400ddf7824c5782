/** The public page of a run: what you will be able to do, before when and where it is; asking is on the same page. */
import { type Day, sayDay, sayWhenShort } from '#core/days'
import type { Problems } from '#core/refusal'
import { Facts, Link, Notice, Page, Row, sayPlaces, sayToBeDrawn, Section, Sides, Stack, Table, Tag } from '#design'
import type { Visit } from '#platform/web'
import { type Strand, strandNames } from '../courses/index.ts'
import { accessOf, findRun, type Run, whereOf } from '../runs/index.ts'
import { type Facts as KnownFacts, factsFor, type Standing, standingOf } from './standing.ts'
import { StandingPanel } from './standing-panel.tsx'

export interface RunShown {
  run: Run
  facts: KnownFacts
  standing: Standing
}

/** A run with where this person stands, in two queries. */
export async function loadRun(visit: Visit, { id }: { id: string }): Promise<RunShown | undefined> {
  const run = await findRun(visit, id)
  if (!run) return undefined
  const facts = await factsFor(visit, run)
  return { run, facts, standing: standingOf(visit, run, facts) }
}

export const RunPage = ({ run, facts, standing }: RunShown, visit: Visit, problems?: Problems) => (
  <Page
    frame={visit.frame}
    title={`${run.title}, from ${sayDay(run.startsOn, visit.today)}`}
    current="/courses"
    crumbs={[
      { href: '/courses', label: 'Courses' },
      { href: `/courses/${run.course}`, label: run.title },
    ]}
    problems={problems}
  >
    <Sides>
      <Stack gap="roomy">
        <Stack gap="close">
          <Row>
            <Tag>{strandNames[run.strand as Strand]}</Tag>
            <StateTag run={run} />
          </Row>
          <h1>{run.title}</h1>
          <p class="lede">{run.summary}</p>
        </Stack>
        <Section title="You will be able to">
          <ul>
            {run.outcomes.map((outcome) => (
              <li>{outcome}</li>
            ))}
          </ul>
        </Section>
        <Section title="Sessions">
          <Sessions run={run} visit={visit} />
        </Section>
        {run.practice && (
          <Section title="Afterwards">
            <p>{run.practice}</p>
          </Section>
        )}
        {facts.notDone.length > 0 && (
          <Notice title="Most people do something else first">
            <p>
              This course builds on{' '}
              {facts.notDone.map(({ slug, title }, index) => (
                <>
                  {index > 0 && (index === facts.notDone.length - 1 ? ' and ' : ', ')}
                  <Link href={`/courses/${slug}`}>{title}</Link>
                </>
              ))}
              . You can ask for a place all the same, if you know this already.
            </p>
          </Notice>
        )}
      </Stack>
      <Stack gap="roomy">
        <StandingPanel {...{ run, standing, visit, problems }} />
        <RunFacts run={run} />
        <ForStaff run={run} round={facts.round} today={visit.today} />
      </Stack>
    </Sides>
  </Page>
)

const StateTag = ({ run }: { run: Run }) => {
  if (run.state !== 'published') return <Tag tone="stop">{run.state === 'draft' ? 'Draft' : 'Cancelled'}</Tag>
  if (run.toBeDrawn) return <Tag>{sayToBeDrawn(run.capacity)}</Tag>
  const full = run.taken >= run.capacity
  return <Tag tone={full ? 'wait' : 'go'}>{sayPlaces(run.taken, run.capacity, run.waiting)}</Tag>
}

const Sessions = ({ run, visit: { today, now } }: { run: Run; visit: Visit }) => (
  <Table
    caption="The sessions of this run"
    quietCaption
    folds={run.leads || run.mayChange}
    columns={[
      { key: 'when', label: 'When', cell: ({ startsAt, endsAt }) => sayWhenShort(startsAt, endsAt, today) },
      { key: 'title', label: 'What', selfEvident: true },
      ...(run.leads || run.mayChange
        ? [
            {
              key: 'register',
              label: 'Register',
              cell: ({ id, registerDoneAt, number, startsAt }: Run['sessions'][number]) => (
                <Link href={`/sessions/${id}/register`} about={`of session ${number}`}>
                  {registerDoneAt ? 'Closed' : startsAt > now ? 'To come' : 'Open'}
                </Link>
              ),
            },
          ]
        : []),
    ]}
    rows={run.sessions}
    empty={<p>No sessions have been set yet.</p>}
  />
)

const RunFacts = ({ run }: { run: Run }) => (
  <Facts
    items={[
      ['When', run.pattern],
      ['Where', whereOf(run)],
      ['Access', accessOf(run.venue)],
      ['Nearest stop', run.venue?.nearestStop],
      ['Good to know', run.venue?.notes],
      ['Led by', run.trainers.map(({ name }) => name).join(', ')],
      ['Given by', <Link href={`/academies/${run.academy.slug}`}>{run.academy.name}</Link>],
      ['Leads to', run.accreditation],
    ]}
  />
)

const ForStaff = ({ run, round, today }: { run: Run; round: KnownFacts['round']; today: Day }) =>
  run.leads || run.mayChange ? (
    <Row>
      <Link href={`/runs/${run.id}/people`}>Who has a place</Link>
      {run.mayChange && run.state !== 'cancelled' && run.endsOn >= today && (
        <Link href={`/runs/${run.id}/edit`}>Change this run</Link>
      )}
      {round && <Link href={`/rounds/${round.slug}`}>Its round</Link>}
    </Row>
  ) : null
