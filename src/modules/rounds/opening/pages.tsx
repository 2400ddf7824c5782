/** The pages on which a round is made: its rules, its runs, its reserved seats, and publishing it. */
import { dayOf, sayDay, sayShortDay } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choices,
  Empty,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  Row,
  Section,
  Sides,
  Stack,
  type Step,
  Steps,
  TextArea,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { seatsField } from './contents.ts'
import type { Editing, Fresh } from './load.ts'
import { RulesForm } from './rules-form.tsx'

const above = [
  { href: '/coordinating', label: 'Coordinating' },
  { href: '/rounds', label: 'Rounds' },
]

/** A new round. */
export const NewRoundPage = ({ academies }: Fresh, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="Open a round" current="/coordinating" crumbs={above} problems={problems}>
    <Stack gap="roomy">
      <h1>Open a round</h1>
      {academies.length === 0 ? (
        <Empty title="There is no academy here yet">
          <p>A round is opened by an academy. Ask an administrator to set one up in your area.</p>
        </Empty>
      ) : (
        <>
          <p class="lede">
            Members rank the runs they would come to. When the round has closed, places are drawn by the rules you set
            here, and anyone can check the draw.
          </p>
          <RulesForm {...{ visit, academies, problems }} action="/rounds/new" submit="Save as a draft" />
        </>
      )}
    </Stack>
  </Page>
)

/** A draft, part by part; or, once it is published, calling it off. */
export function EditRoundPage(editing: Editing, visit: Visit, problems?: Problems) {
  const { round } = editing
  const draft = round.state === 'draft'
  return (
    <Page
      frame={visit.frame}
      title={draft ? `Prepare ${round.name}` : `Change ${round.name}`}
      current="/coordinating"
      crumbs={draft ? above : [...above, { href: `/rounds/${round.slug}`, label: round.name }]}
      problems={problems}
    >
      {draft ? <Draft {...{ editing, visit, problems }} /> : <Standing {...{ editing, visit, problems }} />}
    </Page>
  )
}

interface Shown {
  editing: Editing
  visit: Visit
  problems: Problems | undefined
}

const Draft = ({ editing, visit, problems }: Shown) => {
  const { round, missing } = editing
  const at = `/rounds/${round.slug}`
  const ready = Object.keys(missing).length === 0
  return (
    <Stack gap="wide">
      <h1>Prepare {round.name}</h1>
      <Sides>
        <Stack gap="wide">
          <Section title="Its rules" id="rules">
            <RulesForm {...{ visit, round, problems }} action={`${at}/edit`} submit="Save the rules" />
          </Section>
          <Section title="Its runs" id="runs-part">
            <RunsForm {...{ editing, visit, problems }} />
          </Section>
          <Section title="Reserved seats" id="reserves">
            <ReservesForm {...{ editing, visit, problems }} />
          </Section>
          {round.seedFrom === 'nonces' && (
            <Section title="Its officers" id="officers">
              <p>{sayOfficers(editing)}</p>
              <p>
                <LinkButton kind="second" href={`${at}/officers`}>
                  Name officers
                </LinkButton>
              </p>
            </Section>
          )}
          <Section title="Throw this draft away">
            <Form action={`${at}/cancellation`} csrf={visit.frame.csrf} label="Throw this draft away">
              <Row>
                <Button kind="grave">Throw it away</Button>
              </Row>
            </Form>
          </Section>
        </Stack>
        <Stack gap="roomy">
          <Steps steps={stepsOf(editing)} />
          <Form action={`${at}/publication`} csrf={visit.frame.csrf} next label="Publish this round">
            <h2>Publish</h2>
            {ready ? (
              <p>Everything is there. Once it is published, its rules, runs and reserved seats stand.</p>
            ) : (
              <>
                <p>Before it can be published:</p>
                <ul>
                  {Object.values(missing).map((words) => (
                    <li>{words}.</li>
                  ))}
                </ul>
              </>
            )}
            {ready && <Button>Publish the round</Button>}
          </Form>
        </Stack>
      </Sides>
    </Stack>
  )
}

function sayOfficers({ round }: Editing): string {
  const committed = round.officers.filter(({ digest }) => digest !== null).length
  if (round.officers.length === 0) return 'Nobody yet. At least two must commit to a secret before you can publish.'
  return `${round.officers.length} named, of whom ${committed} ${committed === 1 ? 'has' : 'have'} committed to a secret. It takes at least two.`
}

function stepsOf({ round, missing }: Editing): Step[] {
  const state = (field: string): Step['state'] => (missing[field] ? 'now' : 'done')
  const steps: Step[] = [
    { label: 'Rules', state: state('closesOn'), href: '#rules', detail: `Closes on ${sayDay(dayOf(round.closesAt))}` },
    { label: 'Runs', state: state('runs'), href: '#runs-part', detail: `${round.runs.length} chosen` },
    { label: 'Reserved seats', state: state('reserves'), href: '#reserves', detail: 'If there is a measure' },
  ]
  if (round.seedFrom === 'nonces') steps.push({ label: 'Officers', state: state('officers'), href: '#officers' })
  const first = steps.findIndex((step) => step.state === 'now')
  for (const step of steps.slice(first + 1)) if (step.state === 'now') step.state = 'later'
  return steps
}

const RunsForm = ({ editing: { round, runs }, visit, problems }: Shown) =>
  runs.length === 0 ? (
    <Empty title="There are no runs to choose">
      <p>
        Schedule runs whose places are given by round, and come back. They must not have begun, nor be in another round.
      </p>
      <p>
        <Link href="/runs/new">Schedule a run</Link>
      </p>
    </Empty>
  ) : (
    <Form action={`/rounds/${round.slug}/runs`} csrf={visit.frame.csrf} label="The runs of this round">
      <Choices
        kind="checkbox"
        name="runs"
        label="Members can rank these runs"
        options={runs.map(({ id, title, startsOn, pattern, where, capacity, state }) => ({
          value: id,
          label: `${title}, from ${sayShortDay(startsOn)}`,
          hint: `${pattern} · ${where} · ${capacity} places${state === 'draft' ? ' · not published yet' : ''}`,
        }))}
        chosen={round.runs.map(({ id }) => id)}
        problems={problems}
      />
      <Button kind="second">Save the runs</Button>
    </Form>
  )

const ReservesForm = ({ editing: { round, measures }, visit, problems }: Shown) => {
  if (measures.length === 0)
    return (
      <p>
        No measure is in force, so no seats can be reserved. A measure says for whom seats are held first, on what
        evidence, and until when. <Link href="/measures">See the measures</Link>.
      </p>
    )
  if (round.runs.length === 0) return <p>Choose the runs first.</p>
  return (
    <Form action={`/rounds/${round.slug}/reserves`} csrf={visit.frame.csrf} label="Reserved seats">
      <p>
        These seats are held first for those whom the measure names. Seats that none of them want go to anyone. Leave a
        field empty to reserve none.
      </p>
      {round.runs.map((run) => (
        <fieldset class="field">
          <legend>
            {run.title}, from {sayShortDay(run.startsOn)}, {run.capacity} places
          </legend>
          <Row>
            {measures.map(({ id, name }) => {
              const field = seatsField(run.id, id)
              return (
                <TextField
                  name={field}
                  label={name}
                  inputmode="numeric"
                  width="short"
                  value={run.reserves.find(({ measure }) => measure === id)?.seats}
                  optional
                  typed={visit.typed}
                  problems={problems}
                />
              )
            })}
          </Row>
        </fieldset>
      ))}
      <Button kind="second">Save the reserved seats</Button>
    </Form>
  )
}

const Standing = ({ editing: { round }, visit, problems }: Shown) => (
  <Stack gap="wide">
    <h1>Change {round.name}</h1>
    {round.state === 'drawn' || round.state === 'cancelled' || round.drawStep !== null ? (
      <Notice title={round.state === 'cancelled' ? 'This round was cancelled' : 'This round has been drawn'}>
        <p>
          There is nothing to change here. Places are looked after run by run.{' '}
          <Link href={`/rounds/${round.slug}`}>See the round</Link>.
        </p>
      </Notice>
    ) : (
      <>
        <Notice title="Its rules stand">
          <p>
            The round is published, so members can rely on its rules, runs and reserved seats. If they must change,
            cancel the round and open another.
          </p>
        </Notice>
        <Section title="Cancel the round">
          <Form action={`/rounds/${round.slug}/cancellation`} csrf={visit.frame.csrf} label="Cancel the round">
            <p>Everyone who applied is told. Its runs can then be put into another round.</p>
            <TextArea
              name="why"
              label="Why is it cancelled?"
              hint="Everyone who applied reads this."
              rows={3}
              maxlength={500}
              typed={visit.typed}
              problems={problems}
            />
            <Row>
              <Button kind="grave">Cancel the round</Button>
            </Row>
          </Form>
        </Section>
      </>
    )}
  </Stack>
)
