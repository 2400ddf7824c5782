/** Rehearsing a round: the draw on the applications so far with throw-away seeds, for members and staff to see what would probably come of it. */
import { sql } from 'kysely'
import { unguessable } from '#core/random'
import { type Applications, rehearseOnWorker } from '#engines/allocation/index.ts'
import { job } from '#platform/jobs'
import type { Visit } from '#platform/web'
import { bandsOf } from '../bands.ts'

export const rehearsalJobs = [
  job({ name: 'rounds.rehearse-open', every: '*/15 * * * *', run: rehearseOpen }),
  job<{ round: string }>({ name: 'rounds.rehearse', run: (visit, { round }) => rehearseRound(visit, round) }),
]

/** How often a rehearsal draws. */
const draws = 20
/** In the last minutes before closing the machine belongs to those who apply. */
const quiet = 10 * 60_000

/** Rehearses each open round in which something has changed since the last time. */
async function rehearseOpen(visit: Visit): Promise<void> {
  const { db, now } = visit
  const { rows } = await sql<{ id: string }>`
    select round.id from round left join round_rehearsal rehearsal on rehearsal.round_id = round.id
    where round.state = 'published' and round.opens_at <= ${now} and round.closes_at > ${new Date(now.getTime() + quiet)}
      and exists (select from application where application.round_id = round.id
        and (rehearsal.made_at is null or application.changed_at > rehearsal.made_at))
    order by round.closes_at`.execute(db)
  for (const { id } of rows) await rehearseRound(visit, id)
}

/** Rehearses one round, if it is still open, and keeps what came of it in place of the last rehearsal. */
export async function rehearseRound(visit: Visit, id: string): Promise<void> {
  const { db, now } = visit
  const round = await db
    .selectFrom('round')
    .where('id', '=', id)
    .where('state', '=', 'published')
    .select(['id', 'slug', 'bands'])
    .executeTakeFirst()
  if (!round) return
  const applications = await applicationsSoFar(visit, round)
  const seeds = Array.from({ length: draws }, unguessable)
  const rehearsal = await rehearseOnWorker(applications, seeds, round.bands.length + 1)
  const kept = { made_at: now, applications: rehearsal.applications, seeds: draws, outcome: JSON.stringify(rehearsal) }
  await db
    .insertInto('round_rehearsal')
    .values({ round_id: id, ...kept })
    .onConflict((on) => on.column('round_id').doUpdateSet(kept))
    .execute()
}

interface Standing {
  pseudonym: string
  choices: string[]
  traits: string[] | null
}

/** The applications as they stand, as the engine takes them: under pseudonyms. */
async function applicationsSoFar(
  visit: Visit,
  round: { id: string; slug: string; bands: readonly string[] },
): Promise<Applications> {
  const { db, today } = visit
  const runs = await db
    .selectFrom('round_run')
    .innerJoin('run', 'run.id', 'round_run.run_id')
    .where('round_run.round_id', '=', round.id)
    .where('run.state', '=', 'published')
    .select(['run.id', 'run.capacity'])
    .select(
      sql<Record<string, number>>`(select coalesce(json_object_agg(measure.trait, reserve.seats), '{}'::json)
        from round_reserve reserve join measure on measure.id = reserve.measure_id and in_force(measure, ${today}::date)
        where reserve.run_id = run.id)`.as('reserves'),
    )
    .execute()
  const offered = new Set(runs.map((run) => run.id))
  const bands = new Map((await bandsOf(visit, round)).map(({ pseudonym, band }) => [pseudonym, band]))
  const { rows } = await sql<Standing>`
    select application.pseudonym, application.choices, held.traits
    from application left join round_traits(${round.id}) held on held.pseudonym = application.pseudonym
    where application.round_id = ${round.id} and application.withdrawn_at is null`.execute(db)
  return {
    round: round.slug,
    runs,
    members: rows.flatMap(({ pseudonym, choices, traits }) => {
      const preferences = choices.filter((run) => offered.has(run))
      const band = bands.get(pseudonym)
      // whoever applied between the two questions is in the next rehearsal
      return band === undefined ? [] : [{ id: pseudonym, band, traits: traits ?? [], preferences }]
    }),
  }
}
