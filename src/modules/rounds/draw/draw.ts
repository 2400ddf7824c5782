/** The draw: each step is one transaction that can be done again, so that it goes on where it was stopped. */
import type { Visit } from '#platform/web'
import { givePlaces } from '../../places/index.ts'
import { makeAudit, resultKept } from './audit-file.ts'
import { readBeacon } from './read-beacon.ts'
import { settleSeed } from './seed.ts'
import { tellRound } from './tell.ts'
import { record } from '#platform/record'

/** Draws a closed round as soon as its seed can be made: the audit file, an offer for each who got a place, a letter to everyone. */
export async function drawRound(visit: Visit, id: string): Promise<void> {
  await readBeacon(visit, id)
  if (!(await settleSeed(visit, id))) return
  await makeAudit(visit, id)
  await makeOffers(visit, id)
  await tellRound(visit, id)
}

/** Offers what the draw gave, run by run; then the round is drawn. */
async function makeOffers(visit: Visit, id: string): Promise<void> {
  const left = await visit.db
    .selectFrom('round_run')
    .where('round_id', '=', id)
    .where('offered_at', 'is', null)
    .select('run_id')
    .orderBy('run_id')
    .execute()
  if (left.length > 0) {
    const result = await resultKept(visit.db, id)
    const outcomes = new Map(result.runs.map((run) => [run.id, run]))
    for (const { run_id } of left) {
      const { held, waiting } = outcomes.get(run_id)!
      await visit.atomically((inside) => offerRun(inside, id, run_id, held, waiting))
    }
  }
  await visit.atomically(async ({ db, actor, now }) => {
    const drawn = await db
      .updateTable('round')
      .set({ state: 'drawn', drawn_at: now, draw_step: 'letters', draw_done: 0 })
      .where('id', '=', id)
      .where('state', '=', 'closed')
      .returning(['digest', 'applications'])
      .executeTakeFirst()
    if (drawn) await record(db, actor, 'round.drawn', { round: id, ...drawn })
  })
}

async function offerRun(
  visit: Visit,
  round: string,
  run: string,
  held: readonly string[],
  waiting: readonly string[],
): Promise<void> {
  const { db, now } = visit
  const own = await db
    .selectFrom('round_run')
    .innerJoin('round', 'round.id', 'round_run.round_id')
    .where('run_id', '=', run)
    .where('round_id', '=', round)
    .select(['round_run.offered_at', 'round.offer_days'])
    .forUpdate('round_run')
    .executeTakeFirstOrThrow()
  if (own.offered_at !== null) return
  await givePlaces(visit, { round, run, held, waiting, offerDays: own.offer_days })
  await db.updateTable('round_run').set({ offered_at: now }).where('run_id', '=', run).execute()
  await db
    .updateTable('round')
    .set((eb) => ({ draw_done: eb('draw_done', '+', 1) }))
    .where('id', '=', round)
    .execute()
}
