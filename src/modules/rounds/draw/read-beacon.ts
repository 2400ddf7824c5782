/** Getting the beacon of a round: from the network, or pasted by anyone, since it is verified either way. */
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { enqueue } from '#platform/jobs'
import { record } from '#platform/record'
import { action, fields, signedIn, type Visit } from '#platform/web'
import { slugField } from '../opening/fields.ts'
import { isOfBeacon, randomnessIn, timeOfBeacon } from './beacon.ts'

/** Gives a closed round the signature of the beacon that was announced for it; a verified one starts the draw. */
export const giveBeacon = action({
  scope: 'rounds:write',
  does: 'Gives a closed round the signature of the public beacon that was announced for it. It is verified, and starts the draw.',
  access: signedIn,
  fields: z.object({
    slug: slugField,
    signature: fields.text('Paste the signature of the beacon', 200).describe('96 hexadecimal digits'),
  }),
  run: async (visit, { slug, signature }) => {
    const { db } = visit
    const round = await db
      .selectFrom('round')
      .where('slug', '=', slug)
      .where('state', '<>', 'draft')
      .select(['id', 'state', 'beacon_round'])
      .forUpdate()
      .executeTakeFirst()
    if (!round) throw new Absent()
    if (round.beacon_round === null) throw new Refusal('This round does not use the beacon, or is not closed yet.')
    if (round.state === 'drawn') return { slug }
    if (round.state !== 'closed') throw new Refusal('This round is not waiting for the beacon.')
    const said = signature.toLowerCase()
    if (!isOfBeacon(round.beacon_round, said))
      throw new Invalid({ signature: `This is not the beacon’s signature for its round ${round.beacon_round}` })
    await keep(visit, round.id, said)
    await enqueue(db, 'rounds.draw', { round: round.id }, { key: `rounds.draw ${round.id}` })
    return { slug }
  },
})

/** Reads the beacon of a closed round from the network, where one is set and it has spoken. What is wrong is left for later. */
export async function readBeacon(visit: Visit, id: string): Promise<void> {
  const round = await visit.db
    .selectFrom('round')
    .where('id', '=', id)
    .where('state', '=', 'closed')
    .where('beacon_round', 'is not', null)
    .where('beacon_signature', 'is', null)
    .select('beacon_round')
    .executeTakeFirst()
  if (!round || !visit.beaconUrl || visit.now < timeOfBeacon(round.beacon_round!)) return
  const signature = await ask(visit.beaconUrl, round.beacon_round!)
  if (signature === undefined || !isOfBeacon(round.beacon_round!, signature)) return
  await visit.atomically((inside) => keep(inside, id, signature))
}

async function keep({ db, actor }: Visit, id: string, signature: string): Promise<void> {
  const kept = await db
    .updateTable('round')
    .set({ beacon_signature: signature, beacon_randomness: randomnessIn(signature) })
    .where('id', '=', id)
    .where('state', '=', 'closed')
    .where('beacon_signature', 'is', null)
    .returning('beacon_round')
    .executeTakeFirst()
  if (kept) await record(db, actor, 'round.beacon-read', { round: id, beaconRound: kept.beacon_round, signature })
}

const longestAnswer = 4000

/** The signature that the network gives for a round; nothing where it cannot be had. */
async function ask(url: string, round: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/public/${round}`, { signal: AbortSignal.timeout(10_000) })
    const text = (await answer.text()).slice(0, longestAnswer)
    const { signature } = JSON.parse(text) as { signature?: unknown }
    return typeof signature === 'string' ? signature.toLowerCase() : undefined
  } catch {
    return undefined
  }
}
