/** The audit file of a round: made once, kept as it was made, and read by whoever wants to compute the draw again. */
import { sql } from 'kysely'
import { type Allocation, type Applications, type Audit, auditLines, rollDigest } from '#engines/allocation/index.ts'
import { drawOnWorker } from '#engines/allocation/run-on-worker.ts'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { packed, unpacked } from '../closing/pack.ts'
import { seedParts } from './seed.ts'

/** Draws a round whose seed is settled, and keeps the audit file and what each member got. Done already, it changes nothing. */
export async function makeAudit(visit: Visit, id: string): Promise<void> {
  const kept = await visit.db.selectFrom('round_audit').where('round_id', '=', id).select('bytes').executeTakeFirst()
  if (kept) return
  const roll = await visit.db
    .selectFrom('round_roll')
    .where('round_id', '=', id)
    .select('body')
    .executeTakeFirstOrThrow()
  const applications = JSON.parse(await unpacked(roll.body)) as Applications
  const round = await visit.db.selectFrom('round').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  if (rollDigest(applications.members) !== round.roll_digest)
    throw new Error(`The roll of the round ${round.slug} is not the one whose digest was published`)
  const audit = await drawOnWorker(applications, await seedParts(visit.db, id))
  if (audit.input.seed !== round.seed) throw new Error(`The seed of the round ${round.slug} has changed`)
  const body = await packed(auditLines(audit))
  await visit.atomically(async ({ db, actor, now }) => {
    const added = await db
      .insertInto('round_audit')
      .values({ round_id: id, body, bytes: sizeOf(body), made_at: now })
      .onConflict((conflict) => conflict.column('round_id').doNothing())
      .returning('round_id')
      .executeTakeFirst()
    if (!added) return
    await keepOutcome(db, id, audit)
    await db
      .updateTable('round')
      .set({
        engine: audit.engine,
        digest: audit.result.digest,
        draw_step: 'offers',
        draw_done: 0,
        draw_total: audit.result.runs.length,
      })
      .where('id', '=', id)
      .execute()
    await db.deleteFrom('round_roll').where('round_id', '=', id).execute()
    await record(db, actor, 'round.result-made', { round: id, digest: audit.result.digest, engine: audit.engine })
  })
}

/** The audit file as text, or nothing where it is not made yet. */
export async function auditText(db: Db, id: string): Promise<string | undefined> {
  const kept = await db.selectFrom('round_audit').where('round_id', '=', id).select('body').executeTakeFirst()
  return kept && unpacked(kept.body)
}

/** What the draw gave, from the file that was kept. */
export async function resultKept(db: Db, id: string): Promise<Allocation> {
  const text = await auditText(db, id)
  if (text === undefined) throw new Error('This round has no audit file yet')
  return (JSON.parse(text) as Audit).result
}

// gzip writes how long the text was, in its last four bytes
const sizeOf = (body: Buffer): number => body.readUInt32LE(body.length - 4) & 0x7fffffff

const batch = 20_000

/** Writes beside each application what it got, and beside each run how far it went. */
async function keepOutcome(db: Db, id: string, { result }: Audit): Promise<void> {
  for (let at = 0; at < result.assignments.length; at += batch) {
    const some = result.assignments.slice(at, at + batch)
    await sql`update application set run_id = drawn.run, choice = drawn.choice, number = drawn.number
      from unnest(${some.map(({ member }) => member)}::text[], ${some.map(({ run }) => run)}::uuid[],
        ${some.map(({ choice }) => choice)}::int[], ${some.map(({ number }) => number)}::text[]) drawn (pseudonym, run, choice, number)
      where application.round_id = ${id} and application.pseudonym = drawn.pseudonym`.execute(db)
  }
  const lasts = result.runs.map(({ id: run, lastOpen, lastReserved }) => ({ run, lastOpen, lastReserved }))
  await sql`update round_run set last_open = nullif(drawn.it -> 'lastOpen', 'null'::jsonb), last_reserved = drawn.it -> 'lastReserved'
    from jsonb_array_elements(${JSON.stringify(lasts)}::jsonb) drawn (it)
    where round_run.round_id = ${id} and round_run.run_id = (drawn.it ->> 'run')::uuid`.execute(db)
}
