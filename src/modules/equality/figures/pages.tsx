/** The pages of who takes part: what is asked and why, and the figures as they are published. */
import { dayOf, sayDate } from '#core/days'
import { holds } from '#core/rights'
import { Empty, Link, LinkButton, Notice, Page, PlainList, Row, Section, Stack, Table } from '#design'
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

/** Who takes part: what is asked and why, and the way to the figures of each question. */
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
          </Row>
        </Stack>
        {shown.length > 0 ? (
          <Section title="Figures">
            <PlainList
              items={shown.map(({ question, figure }) => (
                <p>
                  <Link href={`/equality/${question.key}`}>{question.name}</Link>
                  <br />
                  <small>{sayShare(figure!.table)}</small>
                </p>
              ))}
            />
            <p>
              <a href="/equality.csv" download>
                Download all of them as CSV
              </a>
            </p>
          </Section>
        ) : (
          <Empty title={seesFigures(actor) ? 'No figures yet' : 'The figures are for members'}>
            <p>
              {seesFigures(actor)
                ? 'They are counted at night, once fifty members have answered a question.'
                : 'Sign in as a member to see them. What is asked stands below.'}
            </p>
          </Empty>
        )}
        <WhatIsAsked sets={sets} questions={questions.map(({ question }) => question)} />
      </Stack>
    </Page>
  )
}

/** How many answered, of how many, as far as that is told. */
function sayShare({ total }: Published): string {
  const [answered, asked] = [total?.answered.count, total?.asked?.count]
  const said = (count: number): string => count.toLocaleString('en-GB')
  if (answered === null || answered === undefined) return 'Some of the figures are hidden'
  return asked === null || asked === undefined
    ? `About ${said(answered)} answered`
    : `About ${said(answered)} of ${said(asked)} members answered`
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
function StageTable({ figure }: { figure: Figure }) {
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
    <Table<AnswerLine>
      caption={`Members by how far they took part, ${sayDate(dayOf(countedAt))}`}
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
    />
  )
}

/** "230 (46%)", "230", or that it is hidden. */
const Cell = ({ figure: { count, hidden, percent } }: { figure: AnswerLine['figures'][number] }) =>
  count === null ? (
    <span class="quiet">{hidden === null ? '' : 'hidden'}</span>
  ) : (
    <>
      {count.toLocaleString('en-GB')}
      {percent !== null && <small>{`\u00A0(${percent}%)`}</small>}
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

export interface OneQuestion {
  question: KnownQuestion
  figure: Figure
}

export async function loadQuestion(
  visit: Visit,
  { question: key }: { question: string },
): Promise<OneQuestion | undefined> {
  if (!/^[a-z0-9-]{1,60}$/.test(key)) return undefined
  const question = knownQuestions(await setsNow(visit.db)).find((one) => one.key === key)
  const figure = (await figuresUnder(visit.db, `equality/${key}`)).find(({ name }) => name === `equality/${key}`)
  return question && figure && { question, figure }
}

/** The figures of one question: by how far members took part, and by region. */
export const QuestionPage = ({ question, figure }: OneQuestion, { frame, actor }: Visit) => {
  const { table, countedAt } = figure
  type RegionLine = Line & { name: string }
  const rows: RegionLine[] = [...(table.also ?? []), ...(table.total ? [{ ...table.total, name: 'All members' }] : [])]
  return (
    <Page
      frame={frame}
      title={question.name}
      current={holds(actor.rights, 'measures.keep') ? '/equality' : undefined}
      crumbs={[{ href: '/equality', label: 'Who takes part' }]}
      wide
    >
      <Stack gap="roomy">
        <h1>{question.name}</h1>
        <p class="lede">{question.ask}</p>
        <StageTable figure={figure} />
        <Table<RegionLine>
          caption={`Members by region, ${sayDate(dayOf(countedAt))}`}
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
          csv={`/equality/${question.key}.csv`}
        />
        <WhatIsHidden table={table} />
        <HowToRead />
      </Stack>
    </Page>
  )
}
