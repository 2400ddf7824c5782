/** A person's applications in rounds, beside the places that came of them. */
import { sql } from 'kysely'
import { dayOf, sayDate, sayDay, sayTime } from '#core/days'
import { Link, Section, Table } from '#design'
import type { Visit } from '#platform/web'

/** One of a person's applications in a list. */
export interface ApplicationSummary {
  slug: string
  round: string
  state: string
  opensAt: Date
  closesAt: Date
  drawnAt: Date | null
  pseudonym: string
  choices: number
  submittedAt: Date
  withdrawnAt: Date | null
  /** The run the draw gave, and as which choice. */
  run: string | null
  title: string | null
  choice: number | null
}

/** A person's applications, the latest first, in one query. */
export async function applicationsOf(
  { db }: Visit,
  person: string,
  { limit = 50 } = {},
): Promise<ApplicationSummary[]> {
  const { rows } = await sql<ApplicationSummary>`
    select round.slug, round.name as round, round.state, round.opens_at as "opensAt", round.closes_at as "closesAt", round.drawn_at as "drawnAt",
      mine.pseudonym, cardinality(mine.choices) as choices, mine.submitted_at as "submittedAt", mine.withdrawn_at as "withdrawnAt",
      mine.run_id as run, version.title, mine.choice
    from application mine join round on round.id = mine.round_id
      left join run on run.id = mine.run_id left join course_version version on version.id = run.course_version_id
    where mine.person_id = ${person} order by mine.submitted_at desc limit ${limit}`.execute(db)
  return rows
}

/** Their applications as a table: for what, and what came of it. */
export const Applications = ({ applications, visit }: { applications: readonly ApplicationSummary[]; visit: Visit }) =>
  applications.length === 0 ? null : (
    <Section title="Applications in rounds">
      <Table
        caption="Your applications in rounds"
        quietCaption
        columns={[
          {
            key: 'round',
            label: 'Round',
            cell: ({ slug, round }: ApplicationSummary) => <Link href={`/rounds/${slug}/application`}>{round}</Link>,
          },
          { key: 'submittedAt', label: 'Sent', cell: ({ submittedAt }) => sayDate(dayOf(submittedAt)) },
          { key: 'came', label: 'What came of it', cell: (one) => sayOutcome(one, visit) },
        ]}
        rows={applications}
      />
    </Section>
  )

function sayOutcome(one: ApplicationSummary, { now, today }: Visit): string {
  const { state, withdrawnAt, closesAt, title, choice } = one
  if (withdrawnAt) return 'You took it back'
  if (state === 'cancelled') return 'The round was cancelled'
  if (state === 'drawn') return title ? `Offered: ${title}, your choice number ${choice}` : 'No place this time'
  return state === 'published' && closesAt > now
    ? `In. You can change it until ${sayTime(closesAt)} on ${sayDay(dayOf(closesAt), today)}`
    : 'Closed, and waiting for the draw'
}
