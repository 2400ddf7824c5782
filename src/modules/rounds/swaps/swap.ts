/** Swaps: a member says which run they would take instead of theirs, and is changed with the first who says the reverse. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, fields, personOf, signedIn, type Visit } from '#platform/web'
import { exchangePlaces } from '../../places/index.ts'

/** Says that one would take another run instead; if someone there wants yours, you change places at once. */
export const offerSwap = action({
  scope: 'places:write',
  does: 'Says which run of the round you would take instead of the one you have. If someone there wants yours, you change places at once; otherwise the first who wants it does so later. Nobody learns who the other is.',
  access: signedIn,
  fields: z.object({
    slug: z.string(),
    place: fields.id.describe('The place you have.'),
    run: fields.id.describe('The run you would take instead.'),
  }),
  run: async (visit, { slug, place, run }) => {
    const { db, now } = visit
    const mine = await heldPlace(visit, slug, place)
    await holdSwaps(db, mine.round)
    await wantable(visit, mine, run)
    for (const offer of await reverseOffers(db, { ...mine, wanted: run })) {
      const done = offer.place === null ? undefined : await exchangePlaces(visit, place, offer.place)
      if (done && !done.done && done.because === 'first') throw new Refusal(done.why)
      if (done?.done) {
        await settle(visit, offer.id, mine.application, offer.application)
        return { did: 'changed' as const, run }
      }
      // whoever offered it no longer can; the next one is asked
      await db.updateTable('swap').set({ state: 'void', ended_at: now }).where('id', '=', offer.id).execute()
    }
    const made = await db
      .insertInto('swap')
      .values({
        round_id: mine.round,
        from_application: mine.application,
        from_run: mine.run,
        to_run: run,
        offered_at: now,
      })
      .onConflict((on) =>
        on
          .columns(['from_application', 'to_run'])
          .where(sql<boolean>`state = 'offered'`)
          .doNothing(),
      )
      .returning('id')
      .executeTakeFirst()
    if (made)
      await record(db, visit.actor, 'swap.offered', { swap: made.id, round: mine.round, from: mine.run, to: run })
    return { did: 'offered' as const, run }
  },
})

/** Takes back what one said. */
export const withdrawSwap = action({
  scope: 'places:write',
  does: 'Takes back that you would change places, as long as it has not happened.',
  access: signedIn,
  fields: z.object({ slug: z.string(), id: fields.id }),
  run: async ({ db, actor, now }, { slug, id }) => {
    const person = personOf(actor)
    const swap = await db
      .selectFrom('swap')
      .innerJoin('application', 'application.id', 'swap.from_application')
      .innerJoin('round', 'round.id', 'swap.round_id')
      .where('swap.id', '=', id)
      .where('round.slug', '=', slug)
      .where('application.person_id', '=', person)
      .select(['swap.id', 'swap.round_id'])
      .executeTakeFirst()
    if (!swap) throw new Absent()
    await holdSwaps(db, swap.round_id)
    const gone = await db
      .updateTable('swap')
      .set({ state: 'withdrawn', ended_at: now })
      .where('id', '=', id)
      .where('state', '=', 'offered')
      .returning('id')
      .executeTakeFirst()
    const left = await db.selectFrom('swap').where('id', '=', id).select('state').executeTakeFirstOrThrow()
    if (left.state === 'done') throw new Refusal('Someone has taken you up on it: you have changed places already.')
    if (gone) await record(db, actor, 'swap.withdrawn', { swap: id, round: swap.round_id })
    return { id, state: left.state }
  },
})

interface MyHeld {
  round: string
  application: string
  run: string
}

/** A place of this person's that came of their application in a round that is drawn. */
async function heldPlace({ db, actor }: Visit, slug: string, place: string): Promise<MyHeld> {
  const found = await db
    .selectFrom('place')
    .innerJoin('application', 'application.id', 'place.application_id')
    .innerJoin('round', 'round.id', 'application.round_id')
    .where('place.id', '=', place)
    .where('place.person_id', '=', personOf(actor))
    .where('round.slug', '=', slug)
    .where('round.state', '=', 'drawn')
    .select(['round.id as round', 'application.id as application', 'place.run_id as run', 'place.state'])
    .executeTakeFirst()
  if (!found) throw new Absent()
  if (found.state !== 'confirmed' && found.state !== 'offered')
    throw new Refusal('You no longer have this place, so there is nothing to change.')
  return found
}

/** One at a time in a round: two who want the reverse of each other cannot both be too early to see it. */
const holdSwaps = (db: Db, round: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('swaps of ' || ${round}::text, 0))`.execute(db)

/** Refuses a run that cannot be wanted. */
async function wantable({ db, actor, now }: Visit, mine: MyHeld, run: string): Promise<void> {
  if (run === mine.run) throw new Invalid({ run: 'That is the run you have. Choose another.' })
  const { rows } = await sql<{ state: string; begun: boolean; leads: boolean }>`
    select run.state, coalesce((select min(s.starts_at) from run_session s where s.run_id = run.id), run.starts_on::timestamptz) <= ${now} as begun,
      exists (select from run_trainer led where led.run_id = run.id and led.person_id = ${actor.id}) as leads
    from round_run join run on run.id = round_run.run_id where round_run.round_id = ${mine.round} and run.id = ${run}`.execute(
    db,
  )
  const [wanted] = rows
  if (!wanted) throw new Invalid({ run: 'This run is not one of this round.' })
  if (wanted.state !== 'published') throw new Invalid({ run: 'This run has been cancelled.' })
  if (wanted.begun) throw new Invalid({ run: 'This run has begun.' })
  if (wanted.leads) throw new Invalid({ run: 'You are one of the trainers of this run.' })
}

interface Offer {
  id: string
  application: string
  /** The place they would give, if they still have it. */
  place: string | null
}

/** Who wants the reverse, the first who said so first. */
async function reverseOffers(db: Db, { application, run, wanted }: MyHeld & { wanted: string }): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    select swap.id, swap.from_application as application,
      (select place.id from place where place.application_id = swap.from_application and place.run_id = swap.from_run
        and place.state in ('offered', 'confirmed')) as place
    from swap where swap.state = 'offered' and swap.from_run = ${wanted} and swap.to_run = ${run} and swap.from_application <> ${application}
    order by swap.offered_at, swap.id limit 100`.execute(db)
  return rows
}

/** The swap is done; whatever else either of them had said is void, since they have another run now. */
async function settle({ db, actor, now }: Visit, id: string, mine: string, theirs: string): Promise<void> {
  const done = await db
    .updateTable('swap')
    .set({ state: 'done', to_application: mine, ended_at: now })
    .where('id', '=', id)
    .returning(['round_id', 'from_run', 'to_run'])
    .executeTakeFirstOrThrow()
  await db
    .updateTable('swap')
    .set({ state: 'void', ended_at: now })
    .where('from_application', 'in', [mine, theirs])
    .where('state', '=', 'offered')
    .execute()
  await record(db, actor, 'swap.done', { swap: id, round: done.round_id, from: done.from_run, to: done.to_run })
}
