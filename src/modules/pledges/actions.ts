/** What people do with pledges: write one, change it, take it back, and look at what came of it. */
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, members, personOf, signedIn, type Visit } from '#platform/web'
import { checkReview, pledgeFields, reviewFields } from './pledge.ts'
import { mentorsOf, seenBy } from './queries.ts'

const mostOpen = 20

/** Writes a pledge. Writing the same one again gives the same pledge, so that sending it twice is safe. */
export const makePledge = action({
  scope: 'pledges:write',
  does: 'Writes down what you will change where you live, and the day on which it is looked at with you.',
  access: members,
  fields: z.object({
    ...pledgeFields,
    run: z
      .union([z.literal(''), fields.id])
      .default('')
      .describe('The run it comes from, if any.'),
  }),
  run: async (visit, { commitment, reviewOn, run }) => {
    const { db, actor, today } = visit
    const person = personOf(actor)
    checkReview(reviewOn, today)
    // one person writes one pledge at a time, so that the same cannot be written twice at once
    await db.selectFrom('person').where('id', '=', person).select('id').forNoKeyUpdate().execute()
    const open = await db
      .selectFrom('pledge')
      .where('person_id', '=', person)
      .where('state', '=', 'open')
      .select(['id', 'commitment', 'review_on'])
      .execute()
    const same = open.find((one) => one.commitment === commitment && one.review_on === reviewOn)
    if (same) return { id: same.id }
    if (open.length >= mostOpen)
      throw new Refusal(`You have ${mostOpen} open pledges. Look at one of them first, or take one back.`)
    const of = await runOf(visit, person, run)
    const { id } = await db
      .insertInto('pledge')
      .values({ person_id: person, run_id: of, commitment, made_on: today, review_on: reviewOn })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(db, actor, 'pledge.made', { pledge: id, person, run: of, reviewOn })
    return { id }
  },
})

/** The run a pledge comes from: the one said, if they have a place there, or else the one they took last. */
async function runOf({ db }: Visit, person: string, said: string): Promise<string | null> {
  const places = db
    .selectFrom('place')
    .where('person_id', '=', person)
    .where('state', 'in', ['confirmed', 'offered', 'waiting'])
    .select('run_id')
  const row = await (said === '' ? places.where('state', '=', 'confirmed') : places.where('run_id', '=', said))
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.run_id ?? null
}

/** Changes a pledge while it is open. */
export const changePledge = action({
  scope: 'pledges:write',
  does: 'Changes a pledge of yours while it is open.',
  access: signedIn,
  fields: z.object({ id: fields.id, ...pledgeFields }),
  run: async (visit, { id, commitment, reviewOn }) => {
    const { db, actor, today } = visit
    const pledge = await holdOwn(visit, id)
    if (pledge.state !== 'open') throw new Refusal('This pledge is no longer open, so it cannot be changed.')
    checkReview(reviewOn, today, pledge.review_on)
    if (pledge.commitment === commitment && pledge.review_on === reviewOn) return { id }
    await db
      .updateTable('pledge')
      .set({ commitment, review_on: reviewOn, ...(reviewOn === pledge.review_on ? {} : { asked_at: null }) })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'pledge.changed', { pledge: id, person: pledge.person_id, reviewOn })
    return { id }
  },
})

/** Takes back a pledge. It stays on the person's own list, as taken back. */
export const withdrawPledge = action({
  scope: 'pledges:write',
  does: 'Takes back a pledge of yours while it is open.',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async (visit, { id }) => {
    const pledge = await holdOwn(visit, id)
    if (pledge.state === 'withdrawn') return { id }
    if (pledge.state !== 'open') throw new Refusal('This pledge has been looked at, so it cannot be taken back.')
    await visit.db.updateTable('pledge').set({ state: 'withdrawn' }).where('id', '=', id).execute()
    await record(visit.db, visit.actor, 'pledge.withdrawn', { pledge: id, person: pledge.person_id })
    return { id }
  },
})

/** Notes what came of a pledge: by the member, or by a trainer or coordinator who looks at it with them. */
export const reviewPledge = action({
  scope: 'pledges:write',
  does: 'Notes what came of a pledge and what was learnt: of your own, or of a member whose pledges you look at.',
  access: signedIn,
  fields: reviewFields,
  run: async (visit, { id, outcome, learnt, mentor }) => {
    const { db, actor, today } = visit
    const pledge = await db
      .selectFrom('pledge')
      .innerJoin('person', 'person.id', 'pledge.person_id')
      .leftJoin('run', 'run.id', 'pledge.run_id')
      .where('pledge.id', '=', id)
      .where((eb) => eb.or([eb('pledge.person_id', '=', personOf(actor)), seenBy(actor)]))
      .select(['pledge.person_id', 'pledge.run_id', 'pledge.state', 'pledge.learnt'])
      .forNoKeyUpdate('pledge')
      .executeTakeFirst()
    if (!pledge) throw new Absent()
    if (pledge.state === outcome && pledge.learnt === learnt) return { id, own: pledge.person_id === actor.id }
    if (pledge.state !== 'open') throw new Refusal('This pledge has been looked at already, or was taken back.')
    const own = pledge.person_id === actor.id
    const by = own ? mentor || null : actor.id
    if (own && by !== null && !(await mentorsOf(db, pledge.run_id)).some((one) => one.id === by))
      throw new Invalid({ mentor: 'Choose one of the trainers of the run, or nobody' })
    await db
      .updateTable('pledge')
      .set({ state: outcome, learnt, reviewed_on: today, reviewed_by: by })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'pledge.reviewed', { pledge: id, person: pledge.person_id, outcome })
    return { id, own }
  },
})

async function holdOwn({ db, actor }: Visit, id: string) {
  const pledge = await db
    .selectFrom('pledge')
    .where('id', '=', id)
    .where('person_id', '=', personOf(actor))
    .select(['person_id', 'state', 'commitment', 'review_on'])
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!pledge) throw new Absent()
  return pledge
}
