/** The pages of measures: the list, one of them with what can be decided on it, and proposing one. */
import { addDays, type Day, sayDate } from '#core/days'
import { holds } from '#core/rights'
import type { Problems } from '#core/refusal'
import {
  Button,
  Choice,
  Choices,
  DateField,
  Empty,
  Facts,
  Fold,
  Form,
  Link,
  LinkButton,
  Notice,
  Page,
  PlainList,
  Row,
  Section,
  Select,
  Stack,
  Table,
  Tag,
  TextArea,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { sql } from 'kysely'
import { areaWithin, scopeFor } from '#platform/within'
import { type KnownQuestion, knownQuestions, setsNow } from '../questions/queries.ts'
import { ratherNot } from '../questions/question.ts'
import { lastReview, type Measure, sayAnswers, sayStanding, standingOf } from './measure.ts'
import { findMeasure, keepersOf, measuresFor, roundsUnder } from './queries.ts'

const list = { href: '/measures', label: 'Measures' }
const keepsAny = ({ actor }: Visit): boolean => holds(actor.rights, 'measures.keep')
const currentFor = (visit: Visit): string | undefined => (keepsAny(visit) ? '/equality' : undefined)

export const loadList = (visit: Visit): Promise<Measure[]> => measuresFor(visit)

/** What is in force, why, on what evidence and until when; then what was. */
export const MeasuresPage = (measures: Measure[], visit: Visit) => {
  const by = (...wanted: string[]) => measures.filter((one) => wanted.includes(standingOf(one, visit.today)))
  const [now, waiting, past] = [by('in force'), by('proposed'), by('ended', 'expired', 'refused')]
  return (
    <Page frame={visit.frame} title="Measures" current={currentFor(visit)}>
      <Stack gap="wide">
        <Stack>
          <h1>Seats held first for some</h1>
          <p class="lede">
            Where figures show that some people take part too little, a round can hold a few seats of a run first for
            them. The reasons are written down here, and end unless they are looked at again.
          </p>
          {keepsAny(visit) && (
            <p>
              <LinkButton href="/measures/new">Propose a measure</LinkButton>
            </p>
          )}
        </Stack>
        {waiting.length > 0 && (
          <Section title="Waiting for approval">
            {waiting.map((measure) => (
              <Stack gap="close">
                <h3>{measure.name}</h3>
                <p>
                  For {measure.who}. Proposed by {measure.proposer} on {sayDate(measure.proposedOn)}
                  {measure.proposedBy === visit.actor.id ? '. Someone else has to approve it.' : '.'}
                </p>
                <p>
                  <Link href={`/measures/${measure.id}`} about={`: ${measure.name}`}>
                    Read it and decide
                  </Link>
                </p>
              </Stack>
            ))}
          </Section>
        )}
        <Section title="In force" id="in-force">
          {now.length === 0 ? (
            <Empty title="No measure is in force">
              <p>So no seats are held first for anyone.</p>
            </Empty>
          ) : (
            <PlainList
              gap="roomy"
              items={now.map((measure) => (
                <InForce measure={measure} />
              ))}
            />
          )}
        </Section>
        <WhatItIs />
        {past.length > 0 && (
          <Section title="Before">
            <Table<Measure>
              caption="Measures that hold nothing any more"
              quietCaption
              columns={[
                {
                  key: 'name',
                  label: 'Measure',
                  cell: ({ id, name }) => <Link href={`/measures/${id}`}>{name}</Link>,
                },
                { key: 'who', label: 'For' },
                { key: 'standing', label: 'Now', cell: (one) => <StandingTag measure={one} today={visit.today} /> },
                { key: 'since', label: 'Since', cell: (one) => sayDate(overSince(one)) },
              ]}
              rows={past}
            />
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const InForce = ({ measure }: { measure: Measure }) => (
  <Stack gap="close">
    <h3>
      <Link href={`/measures/${measure.id}`}>{measure.name}</Link>
    </h3>
    <Facts
      items={[
        ['For', measure.who],
        ['Where', measure.area ?? 'Everywhere'],
        ['Figure', `${measure.evidence} (${measure.evidenceSource}, ${sayDate(measure.evidenceOn)})`],
        ['Until', `${sayDate(measure.reviewOn)}, when it is to be looked at again`],
      ]}
    />
  </Stack>
)

/** What a measure is and cannot be, in words for everyone. */
const WhatItIs = () => (
  <Section title="What a measure does, and what it cannot do">
    <ul>
      <li>
        It lets a round hold some seats of a run <b>first</b> for the people it names. The others can have every other
        seat, and a held seat that nobody named takes goes to anyone.
      </li>
      <li>
        It cannot keep anyone out. “Only these people may apply” cannot be said: there is no field for it, and writing
        it in the reasons changes nothing, because the draw does not read them.
      </li>
      <li>
        It needs a figure with its source and date, an aim, and the reason why it asks no more of others than it has to.
        One person proposes it and another approves it.
      </li>
      <li>
        It ends on its review day, two years on at the latest. From the day after, it holds nothing, and nobody has to
        remember to stop it.
      </li>
      <li>
        Who counts is what members <Link href="/me/equality">answered about themselves</Link> and asked to have counted
        when they applied. Nobody who teaches or arranges sees it. Saying it never harms your chances.
      </li>
    </ul>
    <p class="quiet">
      The law allows this in sections 104 and 158 of the Equality Act 2010; Northern Ireland has laws of its own. Each
      organisation takes its own advice.
    </p>
  </Section>
)

const StandingTag = ({ measure, today }: { measure: Measure; today: Day }) => {
  const standing = standingOf(measure, today)
  const tone = standing === 'in force' ? 'go' : standing === 'proposed' ? 'wait' : undefined
  return <Tag tone={tone}>{sayStanding[standing]}</Tag>
}

/** Since when it holds nothing: its end, its refusal, or the day after its review. */
const overSince = ({ endedOn, refusedOn, reviewOn }: Measure): Day => refusedOn ?? endedOn ?? addDays(reviewOn, 1)

export interface OneMeasure {
  measure: Measure & { keeps: boolean }
  questions: KnownQuestion[]
  rounds: { slug: string; name: string; seats: number }[]
}

export async function loadMeasure(visit: Visit, { id }: { id: string }): Promise<OneMeasure | undefined> {
  const measure = await findMeasure(visit, id)
  if (!measure) return undefined
  const questions = knownQuestions(await setsNow(visit.db))
  return { measure, questions, rounds: await roundsUnder(visit.db, id) }
}

/** One measure, and for whoever keeps measures what can be decided on it. */
export const MeasurePage = ({ measure, questions, rounds }: OneMeasure, visit: Visit, problems?: Problems) => {
  const { frame, actor, today } = visit
  const standing = standingOf(measure, today)
  // who decided is staff's business and members'; a stranger is told that two people did
  const names = actor.kind === 'person'
  const asked = questions.find(({ key }) => key === measure.question)
  return (
    <Page frame={frame} title={measure.name} current={currentFor(visit)} crumbs={[list]} problems={problems}>
      <Stack gap="wide">
        <Stack>
          <h1>{measure.name}</h1>
          <p class="lede">
            {standing === 'in force'
              ? `Rounds can hold seats first for ${measure.who} until ${sayDate(measure.reviewOn)}.`
              : `For ${measure.who}. It holds no seats ${standing === 'proposed' ? 'yet' : 'now'}.`}
          </p>
          <p>
            <StandingTag measure={measure} today={today} />
          </p>
        </Stack>
        <Facts
          items={[
            ['For', measure.who],
            [
              'Who counts',
              `Whoever answered “${asked?.ask ?? measure.question}” with: ${sayAnswers(measure, questions)}`,
            ],
            ['Where', measure.area ?? 'Everywhere'],
            ['Figure', measure.evidence],
            ['Source', `${measure.evidenceSource}, ${sayDate(measure.evidenceOn)}`],
            ['Aim', measure.aim],
            ['Why fair', measure.proportionate],
            ['Proposed', `${names ? `By ${measure.proposer} on ` : 'On '}${sayDate(measure.proposedOn)}`],
            [
              'Approved',
              measure.approvedOn &&
                `${names ? `By ${measure.approver}` : 'By someone else'} on ${sayDate(measure.approvedOn)}`,
            ],
            [
              'Refused',
              measure.refusedOn && `By ${measure.refuser} on ${sayDate(measure.refusedOn)}: ${measure.refusedWhy}`,
            ],
            ['Review', sayDate(measure.reviewOn)],
            ['Ended', measure.endedOn && `${sayDate(measure.endedOn)}: ${measure.endedWhy}`],
            ['In files', <code>{measure.trait}</code>],
          ]}
        />
        {rounds.length > 0 && (
          <Section title="Rounds that hold seats under it">
            <ul>
              {rounds.map(({ slug, name, seats }) => (
                <li>
                  <Link href={`/rounds/${slug}`}>{name}</Link>: {seats} {seats === 1 ? 'seat' : 'seats'}
                </li>
              ))}
            </ul>
          </Section>
        )}
        {measure.keeps && standing === 'proposed' && <Decide measure={measure} visit={visit} problems={problems} />}
        {measure.keeps && standing === 'in force' && (
          <Section title="End it">
            <p>From today it holds no seats in rounds that are still to close. What was drawn before stays.</p>
            <WhyForm
              action={`/measures/${measure.id}/end`}
              button="End this measure"
              visit={visit}
              problems={problems}
            />
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const Decide = ({ measure, visit, problems }: { measure: Measure; visit: Visit; problems: Problems | undefined }) =>
  measure.proposedBy === visit.actor.id ? (
    <Section title="What comes next">
      <Notice tone="wait" title="Someone else has to approve it">
        <p>Those who can have been written to. You can take it back until then.</p>
      </Notice>
      <WhyForm action={`/measures/${measure.id}/refusal`} button="Take it back" visit={visit} problems={problems} />
    </Section>
  ) : (
    <>
      <Section title="Approve it">
        <Form action={`/measures/${measure.id}/approval`} csrf={visit.frame.csrf} next>
          <p>
            Does the figure show that {measure.who} take part too little? Is this no more than is needed to change it?
          </p>
          <Choice name="sure" label="I have read the evidence and the reasons" error={problems?.['sure']} />
          <Row>
            <Button>Approve</Button>
          </Row>
        </Form>
      </Section>
      <Section title="Or refuse it">
        <WhyForm action={`/measures/${measure.id}/refusal`} button="Refuse" visit={visit} problems={problems} />
      </Section>
    </>
  )

const WhyForm = (props: { action: string; button: string; visit: Visit; problems: Problems | undefined }) => (
  <Form action={props.action} csrf={props.visit.frame.csrf}>
    <TextArea name="why" label="Why?" rows={2} maxlength={600} typed={props.visit.typed} problems={props.problems} />
    <Row>
      <Button kind="second">{props.button}</Button>
    </Row>
  </Form>
)

export interface Proposing {
  questions: KnownQuestion[]
  question: KnownQuestion | undefined
  areas: { value: string; label: string }[]
  /** Whether there is anyone else who could approve it. */
  others: boolean
}

export async function loadProposing(visit: Visit): Promise<Proposing> {
  const { db, actor, today, typed, query } = visit
  const questions = knownQuestions(await setsNow(db))
  const said = typeof typed['question'] === 'string' ? typed['question'] : query.get('question')
  const { rows } = await sql<{ value: string; label: string }>`
    select code as value, name as label from area where kind in ('nation', 'region')
      and ${areaWithin(actor, 'measures.keep', 'area.code')} order by kind, name`.execute(db)
  const everywhere = scopeFor(actor, 'measures.keep').everywhere
  const keepers = await keepersOf(db, null, today)
  return {
    questions,
    question: questions.find(({ key }) => key === said),
    areas: [...(everywhere ? [{ value: '', label: 'Everywhere' }] : []), ...rows],
    others: keepers.some(({ id }) => id !== actor.id),
  }
}

/** Proposing a measure: first the question by which people count, then the reasons. */
export const ProposingPage = (data: Proposing, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="Propose a measure" current="/equality" crumbs={[list]} problems={problems}>
    <Stack gap="roomy">
      <h1>Propose a measure</h1>
      {!data.others && (
        <Notice tone="wait" title="There is nobody else who could approve it">
          <p>Ask an administrator to give someone else the role of equality lead.</p>
        </Notice>
      )}
      {data.question ? (
        <Reasons {...data} question={data.question} visit={visit} problems={problems} />
      ) : (
        <>
          <p class="lede">By which of the equality questions do people count?</p>
          <PlainList
            items={data.questions.map(({ key, name, ask }) => (
              <p>
                <Link href={`/measures/new?question=${key}`}>{name}</Link>
                <br />
                <small>{ask}</small>
              </p>
            ))}
          />
        </>
      )}
    </Stack>
  </Page>
)

function Reasons({
  question,
  areas,
  visit,
  problems,
}: Proposing & { question: KnownQuestion; visit: Visit; problems: Problems | undefined }) {
  const { typed, frame, today } = visit
  const shared = { typed, problems }
  const broad = question.broad.filter(({ key }) => key !== ratherNot)
  const narrow = broad.flatMap(({ key, says }) =>
    question.narrow.filter((one) => one.in === key).map((one) => ({ value: one.key, label: `${one.says} (${says})` })),
  )
  const chosen = [typed['answers']].flat()
  return (
    <>
      <p class="lede">
        It lets rounds hold seats first for a group. Nobody can be kept out by it, and held seats that are not taken go
        to anyone.
      </p>
      <Form action="/measures" csrf={frame.csrf}>
        <input type="hidden" name="question" value={question.key} />
        <TextField
          name="name"
          label="Name"
          hint="Such as: Women in the organising strand"
          maxlength={100}
          {...shared}
        />
        <TextField name="who" label="For whom" hint="Such as: women" maxlength={100} {...shared} />
        <Choices
          kind="checkbox"
          name="answers"
          label={`Who counts: whoever answered “${question.ask}” with`}
          hint={<Link href="/measures/new">Choose another question</Link>}
          options={broad.map(({ key, says }) => ({ value: key, label: says }))}
          {...shared}
        />
        {narrow.length > 0 && (
          <Fold title="Narrower answers" open={narrow.some(({ value }) => chosen.includes(value))}>
            <Choices
              kind="checkbox"
              id="narrower"
              name="answers"
              label="Whoever gave one of these answers counts too"
              options={narrow}
              typed={typed}
            />
          </Fold>
        )}
        <TextArea
          name="evidence"
          label="The figure that shows that they take part too little"
          hint={
            <>
              Such as: 31 of 100 places went to women, who are 46 of 100 members. Look for one in{' '}
              <Link href="/equality">the figures of the programme</Link>.
            </>
          }
          rows={3}
          maxlength={600}
          {...shared}
        />
        <TextField name="evidenceSource" label="Where the figure is from" maxlength={300} {...shared} />
        <DateField name="evidenceOn" label="From which day" max={today} {...shared} />
        <TextArea name="aim" label="What it should achieve" rows={3} maxlength={600} {...shared} />
        <TextArea
          name="proportionate"
          label="Why it asks no more of others than it has to"
          hint="What else was tried, how many seats of how many, and for how long."
          rows={4}
          maxlength={1000}
          {...shared}
        />
        <Select name="area" label="Where it stands" options={areas} {...shared} />
        <DateField
          name="reviewOn"
          label="To be looked at again on"
          hint={`By ${sayDate(lastReview(today))}. After that day it holds nothing any more.`}
          min={addDays(today, 1)}
          max={lastReview(today)}
          {...shared}
        />
        <Row>
          <Button>Propose it</Button>
          <Link href="/measures">Not now</Link>
        </Row>
      </Form>
    </>
  )
}
