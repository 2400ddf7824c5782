/** The seats of a run: holding the run, counting what is taken, and offering what is free to the next in line. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { nextInLine } from '#engines/allocation/index.ts'
import { enqueue } from '#platform/jobs'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { offerUntil } from './offer.ts'

export interface HeldRun {
  id: string
  courseId: string
  state: string
  capacity: number
  taken: number
  waiting: number
  offerDays: number
  begins: Date
}

/** Holds a run until the transaction ends: whoever else would change its places waits for us. */
export async function holdRun(db: Db, run: string): Promise<HeldRun | undefined> {
  const row = await db
    .selectFrom('run')
    .where('id', '=', run)
    .select(['id', 'course_id', 'state', 'capacity', 'taken', 'waiting', 'offer_days', beginsOf('run').as('begins')])
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const { course_id, offer_days, ...rest } = row
  return { ...rest, courseId: course_id, offerDays: offer_days }
}

/** When a run's first session begins, of the table or alias `run` in a query. */
export const beginsOf = (run: string) =>
  sql<Date>`coalesce((select min(first.starts_at) from run_session first where first.run_id = ${sql.ref(`${run}.id`)}), ${sql.ref(`${run}.starts_on`)}::timestamptz)`

/** Holds one person's doings in one course, as asking does: two of them at once cannot both be given a place. */
export const holdPerson = (db: Db, course: string, person: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${course}::text || ${person}::text, 0))`.execute(db)

/** Counts a run's places anew, after they changed; resolves to how many are taken and how many wait. The run must be held. */
export async function recount(db: Db, run: string): Promise<{ taken: number; waiting: number }> {
  const { rows } = await sql<{ taken: number; waiting: number }>`
    update run set taken = counted.taken, waiting = counted.waiting
    from (select count(*) filter (where state <> 'waiting') as taken, count(*) filter (where state = 'waiting') as waiting
      from place where run_id = ${run} and state in ('offered', 'confirmed', 'waiting')) counted
    where id = ${run} returning run.taken, run.waiting`.execute(db)
  return rows[0] ?? { taken: 0, waiting: 0 }
}

/**
 * Counts a run's places anew, and offers free seats to whoever is next in line, sees that they are told and that offers end.
 * In the last hours all who wait are told instead that there is a seat for the first who takes it.
 */
export async function fillSeats({ db, actor, now }: Visit, run: string): Promise<void> {
  const held = await holdRun(db, run)
  if (!held) return
  await endWaitOfThoseWhoLeft(db, run, now)
  const { taken, waiting } = await recount(db, run)
  if (held.state !== 'published' || now >= held.begins) return
  const free = held.capacity - taken
  if (free <= 0 || waiting === 0) return
  const until = offerUntil(now, held.begins, held.offerDays)
  if (until === null) {
    await db.updateTable('place').set({ tell: true }).where('run_id', '=', run).where('state', '=', 'waiting').execute()
    return tellSoon(db, run, now)
  }
  const next = await nextOf(db, held, free)
  if (next.length === 0) return
  const offered = await db
    .updateTable('place')
    .set({ state: 'offered', offered_at: now, offer_until: until, tell: true })
    .where('id', 'in', next)
    .returning(['id', 'person_id'])
    .execute()
  if (offered.length === 0) return
  await recount(db, run)
  for (const { id, person_id } of offered)
    await record(db, actor, 'place.offered', { place: id, run, person: person_id })
  await tellSoon(db, run, now)
  await enqueue(
    db,
    'places.lapse',
    { run },
    { at: new Date(until.getTime() + 1000), key: `places.lapse ${run} ${until.getTime()}` },
  )
}

/** Who is next in line for so many free seats: by turn, or, where seats of the run are reserved, by the rule of its round. */
async function nextOf(db: Db, { id, capacity }: HeldRun, free: number): Promise<string[]> {
  const reserves = await reservesOf(db, id)
  if (Object.keys(reserves).length === 0) {
    const next = db.selectFrom('place').select('id').where('run_id', '=', id).where('state', '=', 'waiting')
    return (await next.orderBy('turn').limit(free).execute()).map((place) => place.id)
  }
  const { rows } = await sql<{ id: string; holds: boolean; traits: string[] }>`
    select place_id as id, holds, traits from line_of_run(${id}) order by turn`.execute(db)
  const holders = rows.filter(({ holds }) => holds)
  const line = rows.filter(({ holds }) => !holds)
  return nextInLine({ capacity, reserves }, holders, line).map((place) => place.id)
}

/** How many seats of a run are reserved by each measure that was in force when its round was closed. */
async function reservesOf(db: Db, run: string): Promise<Record<string, number>> {
  const reserved = await db
    .selectFrom('round_reserve')
    .innerJoin('measure', 'measure.id', 'round_reserve.measure_id')
    .where('run_id', '=', run)
    .where('stands', '=', true)
    .select(['measure.trait', 'seats'])
    .execute()
  return Object.fromEntries(reserved.map(({ trait, seats }) => [trait, seats]))
}

/** Someone who waits and is no longer a member is not offered a place: their wait ends. */
const endWaitOfThoseWhoLeft = (db: Db, run: string, now: Date): Promise<unknown> =>
  db
    .updateTable('place')
    .from('person')
    .set({ state: 'withdrawn', ended_at: now, ended_why: 'No longer a member' })
    .whereRef('person.id', '=', 'place.person_id')
    .where('person.standing', '=', 'closed')
    .where('place.run_id', '=', run)
    .where('place.state', '=', 'waiting')
    .execute()

const batch = 5_000

/**
 * Has those whose places changed written to. Letters of one run within five seconds are written together, so that a rush is
 * not slowed by its mail; the run is held already, so nobody waits for the job's row.
 */
export async function tellSoon(db: Db, run: string, now: Date): Promise<void> {
  const { name, payload, at, key } = telling(run, now)
  await enqueue(db, name, payload, { at, key })
}

/** The job that tells them. */
export function telling(run: string, now: Date): { name: string; payload: object; at: Date; key: string } {
  const at = new Date((Math.floor(now.getTime() / batch) + 1) * batch)
  return { name: 'places.tell', payload: { run }, at, key: `places.tell ${run} ${at.getTime()}` }
}
