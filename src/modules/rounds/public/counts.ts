/** How many got what in a drawn round, by band: told only through the disclosure engine. */
import { sql } from 'kysely'
import { publish, type Published } from '#engines/disclosure/index.ts'
import type { Visit } from '#platform/web'
import { sayBand } from '../bands.ts'
import type { Round } from '../round.ts'

/** What one may have got, best first. */
export const outcomes = ['First choice', 'Second choice', 'A later choice', 'No place at first'] as const

/** The counts that may be told; nothing before the draw, or where nobody applied. */
export async function countsOf(
  { db }: Visit,
  round: Pick<Round, 'id' | 'state' | 'bands'>,
): Promise<Published | undefined> {
  if (round.state !== 'drawn') return undefined
  const { rows } = await sql<{ band: number; outcome: number; people: number }>`
    select band, case when choice is null then 3 else least(choice, 3) - 1 end as outcome, count(*)::int as people
    from application where round_id = ${round.id} and number is not null group by 1, 2`.execute(db)
  if (rows.length === 0) return undefined
  const bands = Array.from({ length: round.bands.length + 1 }, (_, band) => band)
  const count = (band: number, outcome: number): number =>
    rows.find((row) => row.band === band && row.outcome === outcome)?.people ?? 0
  const groups = bands.map((band) => ({
    name: capital(sayBand(round.bands, band)),
    counts: outcomes.map((_, outcome) => count(band, outcome)),
  }))
  return publish({ answers: outcomes, groups })
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
