/** Closing a round: everything the draw depends on is fixed, and its fingerprint is published before anyone can know the seed. */
import { sql } from 'kysely'
import { type Applications, rollDigest } from '#engines/allocation/index.ts'
import type { Db } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { bandsOf } from '../bands.ts'
import { beaconAfter, timeOfBeacon } from '../draw/beacon.ts'
import { claimRound } from '../queries.ts'
import { askForSecrets } from './letters.ts'
import { packed } from './pack.ts'

/**
 * Closes a round whose time is up: freezes bands, traits, capacities and which reserves stand, and publishes the digest of the
 * roll. Whoever is applying at that moment is waited for, and is on the roll. Doing it again changes nothing.
 */
export const closeRound = (visit: Visit, id: string): Promise<void> =>
  visit.atomically(async (inside) => {
    const { db, actor, now, today } = inside
    const due = await db.selectFrom('round').where('id', '=', id).select(['slug', 'closes_at']).executeTakeFirst()
    if (!due || now < due.closes_at) return
    await claimRound(db, due.slug)
    const round = await db.selectFrom('round').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (round?.state !== 'published') return
    await db
      .updateTable('round_reserve')
      .from('measure')
      .whereRef('measure.id', '=', 'round_reserve.measure_id')
      .where('round_id', '=', id)
      .set({ stands: sql<boolean>`in_force(measure, ${today}::date)` })
      .execute()
    await freezeRuns(db, id)
    await freezeBands(inside, round)
    await sql`select freeze_round_traits(${id})`.execute(db)
    const roll = await rollOf(db, round)
    const digest = rollDigest(roll.members)
    const beacon = round.seed_from === 'beacon' ? beaconAfter(now) : null
    await db
      .insertInto('round_roll')
      .values({ round_id: id, body: await packed([JSON.stringify(roll)]) })
      .execute()
    await db
      .updateTable('round')
      .set({
        state: 'closed',
        closed_at: now,
        roll_digest: digest,
        applications: roll.members.length,
        beacon_round: beacon,
      })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'round.closed', {
      round: id,
      rollDigest: digest,
      applications: roll.members.length,
      ...(beacon === null ? {} : { beaconRound: beacon }),
    })
    const drawAt = beacon === null ? new Date(round.reveal_until.getTime() + 1000) : timeOfBeacon(beacon)
    await enqueue(db, 'rounds.draw', { round: id }, { at: drawAt, key: `rounds.draw ${id}` })
    await askForSecrets(inside, round)
  })

/** What each run has at this moment. One that is cancelled has nothing; reserves beyond what a run has are cut, in order of their traits. */
async function freezeRuns(db: Db, round: string): Promise<void> {
  await sql`update round_run set capacity = case when run.state = 'published' then run.capacity else 0 end
    from run where run.id = round_run.run_id and round_run.round_id = ${round}`.execute(db)
  const { rows } = await sql<{ run: string; measure: string; seats: number; capacity: number }>`
    select reserve.run_id as run, reserve.measure_id as measure, reserve.seats, round_run.capacity
    from round_reserve reserve join round_run on round_run.run_id = reserve.run_id join measure on measure.id = reserve.measure_id
    where reserve.round_id = ${round} and reserve.stands order by measure.trait`.execute(db)
  const left = new Map(rows.map(({ run, capacity }) => [run, capacity]))
  for (const { run, measure, seats } of rows) {
    const fit = Math.min(seats, left.get(run)!)
    left.set(run, left.get(run)! - fit)
    if (fit < seats)
      await db
        .updateTable('round_reserve')
        .set(fit > 0 ? { seats: fit } : { stands: false })
        .where('run_id', '=', run)
        .where('measure_id', '=', measure)
        .execute()
  }
}

async function freezeBands({ db, today }: Visit, round: { id: string; bands: string[] }): Promise<void> {
  const bands = await bandsOf({ db, today }, round)
  await sql`update application set band = frozen.band
    from unnest(${bands.map(({ application }) => application)}::uuid[], ${bands.map(({ band }) => band)}::int[]) frozen (id, band)
    where application.id = frozen.id`.execute(db)
}

/** Everything the draw depends on, under pseudonyms, as it has been frozen. */
async function rollOf(db: Db, { id, slug }: { id: string; slug: string }): Promise<Applications> {
  const { rows: runs } = await sql<Applications['runs'][number]>`
    select round_run.run_id as id, round_run.capacity,
      coalesce((select json_object_agg(measure.trait, reserve.seats order by measure.trait) from round_reserve reserve
        join measure on measure.id = reserve.measure_id where reserve.run_id = round_run.run_id and reserve.stands), '{}'::json) as reserves
    from round_run where round_run.round_id = ${id} order by round_run.run_id`.execute(db)
  const { rows: members } = await sql<Applications['members'][number]>`
    select application.pseudonym as id, application.band, coalesce(frozen.traits, '{}') as traits,
      array(select chosen.run from unnest(application.choices) with ordinality chosen (run, n)
        join round_run on round_run.run_id = chosen.run and round_run.round_id = ${id} order by chosen.n) as preferences
    from application left join frozen_round_traits(${id}) frozen on frozen.pseudonym = application.pseudonym
    where application.round_id = ${id} and application.withdrawn_at is null order by application.pseudonym`.execute(db)
  return { round: slug, runs, members }
}
