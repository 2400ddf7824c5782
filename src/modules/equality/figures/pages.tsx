/** The pages of who takes part: what is asked and why, and the figures as they are published. */
import { dayOf, sayDate } from '#core/days'
import { holds } from '#core/rights'
import { Empty, Link, LinkButton, Notice, Page, Row, Section, Stack, Table } from '#design'
import {
  notes,
  type Published,
  type Row as Line,
  type Share,
  whyHidden,
  whyNoPercentages,
} from '#engines/disclosure/index.ts'
import type { Actor, Visit } from '#platform/web'
import { type KnownQuestion, knownQuestions, setsNow } from '../questions/queries.ts'
import type { QuestionSet } from '../questions/question.ts'
import { type Figure, figuresUnder } from './publishing.ts'

/** Figures are for members, and for whoever is to look at them; what is asked, and why, is for everyone. */
export const seesFigures = (actor: Actor): boolean => actor.member || holds(actor.rights, 'equality.see')

export interface Picture {
  sets: QuestionSet[]
  /** Each question with its figures, where they were counted and the visitor may see them. */
  questions: { question: KnownQuestion; figure: Figure | undefined }[]
}

export async function loadPicture(visit: Visit): Promise<Picture> {
  const sets = await setsNow(visit.db)
  const figures = seesFigures(visit.actor) ? await figuresUnder(visit.db, 'equality/') : []
  const named = new Map(figures.map((figure) => [figure.name, figure]))
  return {
    sets,
    questions: knownQuestions(sets).map((question) => ({ question, figure: named.get(`equality/${question.key}`) })),
  }
}

/** Who takes part: the whole country, by how far members came. */
export const PicturePage = ({ sets, questions }: Picture, visit: Visit) => {
  const { frame, actor } = visit
  const shown = questions.filter(({ figure }) => figure)
  return (
    <Page frame={frame} title="Who takes part" current={holds(actor.rights, 'measures.keep') ? '/equality' : undefined}>
      <Stack gap="wide">
        <Stack>
          <h1>Who takes part</h1>
          <p class="lede">
            Training should reach everyone who wants to organise. To see whom it does not reach, members are asked a few
            questions about themselves. Each is optional.
          </p>
          <Row>
            {actor.member && <LinkButton href="/me/equality">My answers</LinkButton>}
            <Link href="/measures">Seats held first for some</Link>
            {shown.length > 0 && (
              <a href="/equality.csv" download>
                Download as CSV
              </a>
            )}
          </Row>
        </Stack>
        {shown.length > 0 ? (
          <>
            <HowToRead />
            {shown.map(({ question, figure }) => (
              <Section title={question.name}>
                <p class="quiet">{question.ask}</p>
                <StageTable question={question} figure={figure!} />
                <p>
                  <Link href={`/equality/${question.key}`} about={`: ${question.name}`}>
                    By region
                  </Link>
                </p>
              </Section>
            ))}
          </>
        ) : (
          <Empty title={seesFigures(actor) ? 'No figures yet' : 'The figures are for members'}>
            <p>
              {seesFigures(actor)
                ? 'They are counted at night, once ten members have answered a question.'
                : 'Sign in as a member to see them. What is asked stands below.'}
            </p>
          </Empty>
        )}
        <WhatIsAsked sets={sets} questions={questions.map(({ question }) => question)} />
      </Stack>
    </Page>
  )
}

/** How a figure is made, before anyone reads one. */
const HowToRead = () => (
  <Notice title="How to read these figures">
    <ul>
      <li>They count members who chose to answer. Those who did not may differ.</li>
      {notes.map((note) => (
        <li>{note}</li>
      ))}
      <li>Percentages are of those who answered, and are given where 25 or more did.</li>
      <li>
        They are counted at night, and a table is made anew only when ten members or more have answered since. Nobody,
        whatever their role, sees more than what stands here.
      </li>
    </ul>
  </Notice>
)

const WhatIsAsked = ({ sets, questions }: { sets: readonly QuestionSet[]; questions: readonly KnownQuestion[] }) => (
  <Section title="What is asked" id="questions">
    <p>
      The questions are those that official statistics ask, nation by nation, so that the answers can be compared.{' '}
      {sets.length > 0 && `There are sets for ${sets.map(({ nationName }) => nationName).join(', ')}.`}
    </p>
    <ul>
      {questions.map(({ ask }) => (
        <li>{ask}</li>
      ))}
    </ul>
    {sets[0] && (
      <p class="quiet">
        Where they are from: {sets[0].source} (for {sets[0].nationName}, version {sets[0].version})
      </p>
    )}
  </Section>
)

interface AnswerLine {
  label: string
  /** One for each group, the total last. */
  figures: (Share | { count: number | null; hidden: Line['answered']['hidden']; percent: null })[]
}

/** Answers down, how far members came across: each cell a count and what part of that group it is. */
function StageTable({ question, figure }: { question: KnownQuestion; figure: Figure }) {
  const { table, countedAt } = figure
  const columns = [...table.groups, ...(table.total ? [{ ...table.total, name: 'All members' }] : [])]
  const bare = (of: (row: Line) => Line['answered'] | null) =>
    columns.map((row) => ({ ...(of(row) ?? { count: null, hidden: null }), percent: null }))
  const lines: AnswerLine[] = [
    ...table.answers.map((label, a) => ({ label, figures: columns.map(({ counts }) => counts[a]!) })),
    { label: 'Answered', figures: bare(({ answered }) => answered) },
    { label: 'Members', figures: bare(({ asked }) => asked) },
  ]
  return (
    <>
      <Table<AnswerLine>
        caption={`${question.name}: members by how far they took part, ${sayDate(dayOf(countedAt))}`}
        columns={[
          { key: 'label', label: 'Answer' },
          ...columns.map(({ name }, n) => ({
            key: `group-${n}`,
            label: name,
            number: true,
            cell: ({ figures }: AnswerLine) => <Cell figure={figures[n]!} />,
          })),
        ]}
        rows={lines}
        dense
      />
      <WhatIsHidden table={table} />
    </>
  )
}

/** "230 (46%)", "230", or that it is hidden. */
const Cell = ({ figure: { count, hidden, percent } }: { figure: AnswerLine['figures'][number] }) =>
  count === null ? (
    <span class="quiet">{hidden === null ? '' : 'hidden'}</span>
  ) : (
    <>
      {count.toLocaleString('en-GB')}
      {percent !== null && <small> ({percent}%)</small>}
    </>
  )

/** Why something is missing, for what is missing in this table. */
const WhatIsHidden = ({ table: { groups, total, also } }: { table: Published }) => {
  const rows = [...groups, ...(total ? [total] : []), ...(also ?? [])]
  const reasons = new Set(
    rows.flatMap((row) =>
      [row.answered, ...(row.asked ? [row.asked] : []), ...row.counts].flatMap(({ hidden }) => hidden ?? []),
    ),
  )
  const bases = new Set(rows.flatMap(({ percentages }) => whyNoPercentages[percentages] ?? []))
  const said = [...[...reasons].map((reason) => whyHidden[reason]), ...bases]
  return said.length === 0 ? null : <p class="quiet">{said.join(' ')}</p>
}

export interface ByRegion {
  question: KnownQuestion
  figure: Figure
}

export async function loadByRegion(
  visit: Visit,
  { question: key }: { question: string },
): Promise<ByRegion | undefined> {
  if (!/^[a-z0-9-]{1,60}$/.test(key)) return undefined
  const question = knownQuestions(await setsNow(visit.db)).find((one) => one.key === key)
  const figure = (await figuresUnder(visit.db, `equality/${key}`)).find(({ name }) => name === `equality/${key}`)
  return question && figure && { question, figure }
}

/** One question, by region. */
export const ByRegionPage = ({ question, figure }: ByRegion, { frame, actor }: Visit) => {
  const { table, countedAt } = figure
  type RegionLine = Line & { name: string }
  const rows: RegionLine[] = [...(table.also ?? []), ...(table.total ? [{ ...table.total, name: 'All members' }] : [])]
  return (
    <Page
      frame={frame}
      title={`${question.name}, by region`}
      current={holds(actor.rights, 'measures.keep') ? '/equality' : undefined}
      crumbs={[{ href: '/equality', label: 'Who takes part' }]}
      wide
    >
      <Stack gap="roomy">
        <h1>{question.name}, by region</h1>
        <p class="lede">{question.ask}</p>
        <Table<RegionLine>
          caption={`${question.name}: members by region, ${sayDate(dayOf(countedAt))}`}
          columns={[
            { key: 'name', label: 'Region' },
            {
              key: 'asked',
              label: 'Members',
              number: true,
              cell: ({ asked }) => asked && <Cell figure={{ ...asked, percent: null }} />,
            },
            {
              key: 'answered',
              label: 'Answered',
              number: true,
              cell: ({ answered }) => <Cell figure={{ ...answered, percent: null }} />,
            },
            ...table.answers.map((label, a) => ({
              key: `answer-${a}`,
              label,
              number: true,
              cell: ({ counts }: RegionLine) => <Cell figure={counts[a]!} />,
            })),
          ]}
          rows={rows}
          dense
          csv={`/equality/${question.key}.csv`}
        />
        <WhatIsHidden table={table} />
        <HowToRead />
      </Stack>
    </Page>
  )
}
