/** How many got what in a drawn round: told only through the disclosure engine. */
import { sql } from 'kysely'
import { publish, type Published } from '#engines/disclosure/index.ts'
import type { Visit } from '#platform/web'
import type { Round } from '../round.ts'

/** What one may have got, best first. */
const outcomes = ['Their first choice', 'Their second choice', 'A later choice', 'No place at first'] as const

/** The counts that may be told, of everyone together; nothing before the draw, or where nobody applied. */
export async function countsOf({ db }: Visit, round: Pick<Round, 'id' | 'state'>): Promise<Published | undefined> {
  if (round.state !== 'drawn') return undefined
  const { rows } = await sql<{ outcome: number; people: number }>`
    select case when choice is null then 3 else least(choice, 3) - 1 end as outcome, count(*)::int as people
    from application where round_id = ${round.id} and number is not null group by 1`.execute(db)
  if (rows.length === 0) return undefined
  const counts = outcomes.map((_, outcome) => rows.find((row) => row.outcome === outcome)?.people ?? 0)
  return publish({ answers: outcomes, groups: [{ name: 'Everyone', counts }] })
}
