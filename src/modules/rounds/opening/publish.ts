/** Publishing a round: from then on its rules stand, and it opens and closes by itself. */
import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dayOf, sayDay } from '#core/days'
import { Invalid, type Problems, Refusal } from '#core/refusal'
import { enqueue } from '#platform/jobs'
import { record } from '#platform/record'
import { action, type Visit } from '#platform/web'
import { slugField } from './fields.ts'
import { holdRound, opens } from './open.ts'

/** At least so many officers must have committed to a secret, so that no one of them can know the seed. */
export const fewestOfficers = 2

/** Publishes a draft that is complete. */
export const publishRound = action({
  scope: 'rounds:write',
  does: 'Publishes a round. Its rules stand from then on; it opens, closes and is drawn by itself.',
  access: opens,
  fields: z.object({ slug: slugField }),
  run: async (visit, { slug }) => {
    const { db, actor, now } = visit
    const round = await holdRound(visit, slug)
    if (round.state !== 'draft') throw new Refusal('This round is published already.')
    const missing = await missingFrom(visit, round)
    if (Object.keys(missing).length > 0) throw new Invalid(missing)
    await db.updateTable('round').set({ state: 'published', published_at: now }).where('id', '=', round.id).execute()
    await record(db, actor, 'round.published', { round: round.id, bands: round.bands, closesAt: round.closes_at })
    await enqueue(db, 'rounds.close', { round: round.id }, { at: round.closes_at, key: `rounds.close ${round.id}` })
    return { slug }
  },
})

interface Drafted {
  id: string
  seed_from: string
  closes_at: Date
  reveal_until: Date
}

/** What keeps a round from being published, by part; nothing where it is complete. */
export async function missingFrom({ db, now, today }: Visit, round: Drafted): Promise<Problems> {
  const problems: Problems = {}
  if (round.closes_at <= now) problems['closesOn'] = 'Its closing time has passed. Enter one that is still to come'
  const firstDay = addDays(dayOf(round.reveal_until), 2)
  const { runs, lapsed, officers } = await contentsOf(db, round.id, today)
  const early = runs.find(({ starts }) => starts < firstDay)
  const unready = runs.find(({ state }) => state !== 'published')
  const over = runs.find(({ reserved, capacity }) => reserved > capacity)
  if (runs.length === 0) problems['runs'] = 'Choose at least one run'
  else if (unready)
    problems['runs'] = `${unready.title} on ${sayDay(unready.starts)} is not published. Publish that run first`
  else if (early)
    problems['runs'] =
      `${early.title} begins on ${sayDay(early.starts)}, before anyone could answer an offer. Choose runs from ${sayDay(firstDay)} on, or close earlier`
  if (over) problems['reserves'] = `More seats of ${over.title} are reserved than it has`
  else if (lapsed !== null) problems['reserves'] = `The measure “${lapsed}” is not in force. Take its seats out`
  if (round.seed_from === 'nonces' && officers < fewestOfficers)
    problems['officers'] = 'At least two officers must have committed to a secret'
  return problems
}

interface Contents {
  runs: { title: string; state: string; starts: string; reserved: number; capacity: number }[]
  /** A measure that reserves seats and is not in force. */
  lapsed: string | null
  /** How many officers have committed. */
  officers: number
}

async function contentsOf(db: Visit['db'], round: string, today: string): Promise<Contents> {
  const { rows } = await sql<Contents>`select
    (select coalesce(json_agg(json_build_object('title', version.title, 'state', run.state, 'starts', run.starts_on, 'capacity', run.capacity,
        'reserved', coalesce((select sum(seats) from round_reserve where run_id = run.id), 0)) order by run.starts_on), '[]'::json)
      from round_run join run on run.id = round_run.run_id join course_version version on version.id = run.course_version_id
      where round_run.round_id = ${round}) as runs,
    (select min(measure.name) from round_reserve reserve join measure on measure.id = reserve.measure_id
      where reserve.round_id = ${round} and not in_force(measure, ${today}::date)) as lapsed,
    (select count(*)::int from round_officer where round_id = ${round} and digest is not null) as officers`.execute(db)
  return rows[0]!
}
