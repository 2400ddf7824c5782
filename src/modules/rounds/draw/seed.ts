/** The seed of a closed round: settled once, when everything it is made of is there. */
import { type SeedParts, seedFrom } from '#engines/allocation/index.ts'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { beaconNetwork } from './beacon.ts'

/**
 * Settles the seed of a closed round, or says that it cannot be yet. It is there when every officer has revealed, or the time
 * for it has passed and at least one has; or when the beacon has spoken. From then on nothing that it is made of changes.
 */
export const settleSeed = (visit: Visit, id: string): Promise<boolean> =>
  visit.atomically(async ({ db, actor, now }) => {
    const round = await db.selectFrom('round').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (round?.state !== 'closed') return round?.state === 'drawn'
    if (round.seed !== null) return true
    const parts = await seedParts(db, id)
    const complete = 'beacon' in parts || parts.nonces.every(({ nonce }) => nonce !== null)
    const some = 'beacon' in parts || parts.nonces.some(({ nonce }) => nonce !== null)
    if ('beacon' in parts ? parts.beacon.randomness === '' : !(some && (complete || now >= round.reveal_until)))
      return false
    const seed = seedFrom(round.roll_digest!, parts)
    await db.updateTable('round').set({ seed, draw_step: 'drawing' }).where('id', '=', id).execute()
    await record(db, actor, 'round.seed-made', { round: id, seed, from: parts })
    return true
  })

/** What the seed of a round is made of, as it goes into the audit file. */
export async function seedParts(db: Db, id: string): Promise<SeedParts> {
  const round = await db
    .selectFrom('round')
    .where('id', '=', id)
    .select(['seed_from', 'beacon_round', 'beacon_randomness', 'beacon_signature'])
    .executeTakeFirstOrThrow()
  if (round.seed_from === 'beacon')
    return {
      beacon: {
        network: beaconNetwork,
        round: round.beacon_round!,
        randomness: round.beacon_randomness ?? '',
        ...(round.beacon_signature === null ? {} : { signature: round.beacon_signature }),
      },
    }
  const nonces = await db
    .selectFrom('round_officer')
    .where('round_id', '=', id)
    .where('digest', 'is not', null)
    .select(['digest', 'nonce'])
    .orderBy('digest')
    .execute()
  return { nonces: nonces.map(({ digest, nonce }) => ({ digest: digest!, nonce })) }
}
