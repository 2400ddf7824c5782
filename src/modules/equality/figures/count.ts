/** Counts who takes part, once a night, and forgets the answers of whoever left a month ago. What is kept of the counts is the published table alone. */
import { sql } from 'kysely'
import { addDays, dayOf } from '#core/days'
import type { Counts, Group } from '#engines/disclosure/index.ts'
import type { Db } from '#platform/db'
import { job } from '#platform/jobs'
import { regions } from '../../areas/index.ts'
import { type KnownQuestion, knownQuestions, setsNow } from '../questions/queries.ts'
import { publishCounts } from './publishing.ts'

export const counting = job({
  name: 'equality.count',
  every: '40 2 * * *',
  run: (visit) =>
    visit.atomically(async ({ db, now, today }) => {
      await sql`select forget_equality_answers(${addDays(today, -30)}::date)`.execute(db)
      await countFigures(db, now)
    }),
})

/** How far a member took part: the groups of the first table. */
const stages = [
  ['none', 'No place so far'],
  ['place', 'A place, none finished'],
  ['finished', 'Finished a course'],
] as const

interface Count {
  question: string
  region: string | null
  stage: string
  answer: string
  people: number
}

/** Publishes a table for each question: members by how far they took part, and by region, protected as one. */
export async function countFigures(db: Db, now: Date): Promise<void> {
  // half a million members take longer than a page may
  await sql`set local statement_timeout = '15min'`.execute(db)
  await sql`select pg_advisory_xact_lock(4042024012)`.execute(db)
  const questions = knownQuestions(await setsNow(db))
  const places = await regions(db)
  const { rows: counts } = await sql<Count>`select * from equality_counts(${dayOf(now)}::date)`.execute(db)
  const changes = async (since: Date): Promise<Map<string, number>> => {
    const { rows } = await sql<{ question: string; people: number }>`
      select * from equality_answered_since(${since})`.execute(db)
    return new Map(rows.map(({ question, people }) => [question, people]))
  }
  for (const question of questions) {
    const table = tableOf(question, counts, places)
    if (!table || answersIn(table) < fewest) continue
    const changed = async (since: Date) => (await changes(since)).get(question.key) ?? 0
    await publishCounts(db, { name: `equality/${question.key}`, counts: table, now, changed })
  }
}

/** A table of a few tens of people tells too much to a reader who replays what is hidden in it: see the disclosure engine. */
const fewest = 50

const answersIn = ({ groups }: Counts): number =>
  groups.reduce((all, { counts }) => all + counts.reduce((sum, people) => sum + people, 0), 0)

/** The counts of one question as a table of people: each member in one group of each kind, with one answer or none. */
function tableOf(
  { key, broad }: KnownQuestion,
  counts: readonly Count[],
  places: readonly { code: string; name: string }[],
): Counts | undefined {
  const answers = broad.filter((one) => counts.some(({ question, answer }) => question === key && answer === one.key))
  if (answers.length === 0) return undefined
  const groups = (of: (count: Count) => string, names: readonly (readonly [string, string])[]): Group[] =>
    names
      .map(([code, name]) => {
        const mine = counts.filter((count) => of(count) === code)
        const sum = (question: string, answer: string): number =>
          mine.reduce((all, one) => all + (one.question === question && one.answer === answer ? one.people : 0), 0)
        return { name, asked: sum('', ''), counts: answers.map((answer) => sum(key, answer.key)) }
      })
      .filter(({ asked }) => asked > 0)
  const known = new Set(places.map(({ code }) => code))
  const elsewhere = 'elsewhere'
  const byRegion = groups(
    ({ region }) => (region !== null && known.has(region) ? region : elsewhere),
    [...places.map(({ code, name }) => [code, name] as const), [elsewhere, 'Area not known']],
  )
  return {
    answers: answers.map(({ says }) => says),
    groups: groups(({ stage }) => stage, stages),
    also: byRegion,
  }
}
