/** Cancelling a run, and throwing away a draft that nobody has been told of. */
import { sql } from 'kysely'
import { z } from 'zod'
import { dayOf, sayDate } from '#core/days'
import { Invalid, Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, fields, mayDo } from '#platform/web'
import { holdRun } from './hold.ts'

/** Cancels a published run and says why; everyone with a place, everyone waiting and its trainers are told. A draft is thrown away. */
export const cancelRun = action({
  scope: 'runs:write',
  does: 'Cancels a run and says why. Everyone with a place, everyone waiting and its trainers are told. A draft is thrown away.',
  access: mayDo('runs.schedule'),
  fields: z.object({ id: fields.id, why: fields.optionalText(500).describe('Why; everyone who is told reads it') }),
  run: async (visit, { id, why }) => {
    const { db, actor, now, today } = visit
    const run = await holdRun(visit, id)
    if (run.state === 'cancelled') throw new Refusal(`This run was cancelled on ${sayDate(dayOf(run.cancelled_at!))}.`)
    if (run.state === 'draft') {
      const round = await roundOf(db, id)
      if (round) throw new Refusal(`This run is in the round ${round.name}. Take it out of the round first.`)
      await db.deleteFrom('run').where('id', '=', id).execute()
      await record(db, actor, 'run.discarded', { run: id })
      return { run: id, discarded: true }
    }
    if (run.ends_on < today) throw new Refusal('This run is over, so it can no longer be cancelled.')
    if (why === '') throw new Invalid({ why: 'Say why it is cancelled' })
    await db
      .updateTable('run')
      .set({
        state: 'cancelled',
        cancelled_at: now,
        cancelled_why: why,
        changed_at: now,
        sequence: sql<number>`sequence + 1`,
      })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'run.cancelled', { run: id, why })
    return { run: id, discarded: false }
  },
})

/** The round that gives a run's places, if one does. */
export const roundOf = (db: Db, run: string) =>
  db
    .selectFrom('round_run')
    .innerJoin('round', 'round.id', 'round_run.round_id')
    .where('round_run.run_id', '=', run)
    .select(['round.name', 'round.state', 'round_run.capacity'])
    .executeTakeFirst()

/** How many people a change or the cancelling of a run concerns. */
export interface Affected {
  /** Offered and confirmed. */
  places: number
  waiting: number
  trainers: number
}

/** How many people would be told. */
export async function affectedBy(db: Db, run: string): Promise<Affected> {
  const { rows } = await sql<Affected>`select
    (select count(*)::int from place where run_id = ${run} and state in ('offered', 'confirmed')) as places,
    (select count(*)::int from place where run_id = ${run} and state = 'waiting') as waiting,
    (select count(*)::int from run_trainer where run_id = ${run}) as trainers`.execute(db)
  return rows[0]!
}
