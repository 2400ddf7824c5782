/** Calling a round off before it is drawn. */
import { z } from 'zod'
import { Invalid, Refusal } from '#core/refusal'
import { enqueue } from '#platform/jobs'
import { record } from '#platform/record'
import { action, fields } from '#platform/web'
import { slugField } from './fields.ts'
import { holdRound, opens } from './open.ts'

/** Cancels a round and says why; everyone who applied is told, and its runs can be given in another. A draft is thrown away. */
export const cancelRound = action({
  scope: 'rounds:write',
  does: 'Cancels a round that is not drawn yet, and says why. Everyone who applied is told. A draft is thrown away.',
  access: opens,
  fields: z.object({ slug: slugField, why: fields.optionalText(500).describe('Why; everyone who applied reads it') }),
  run: async (visit, { slug, why }) => {
    const { db, actor, now } = visit
    const round = await holdRound(visit, slug)
    if (round.state === 'cancelled') throw new Refusal('This round is cancelled already.')
    if (round.state === 'drawn' || round.draw_step !== null)
      throw new Refusal('This round has been drawn, so it stands. You can cancel its runs one by one.')
    if (round.state === 'draft') {
      await db.deleteFrom('round').where('id', '=', round.id).execute()
      await record(db, actor, 'round.discarded', { round: round.id })
      return { slug, discarded: true }
    }
    if (why === '') throw new Invalid({ why: 'Say why it is cancelled' })
    await db
      .updateTable('round')
      .set({ state: 'cancelled', cancelled_at: now, cancelled_why: why })
      .where('id', '=', round.id)
      .execute()
    await db.deleteFrom('round_run').where('round_id', '=', round.id).execute()
    await db.deleteFrom('round_roll').where('round_id', '=', round.id).execute()
    await record(db, actor, 'round.cancelled', { round: round.id, why })
    await enqueue(db, 'rounds.tell', { round: round.id }, { key: `rounds.tell ${round.id}` })
    return { slug, discarded: false }
  },
})
