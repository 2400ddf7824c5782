/** Deciding and paying. A decision is what two people say alike; neither is the member, and neither leads the run. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Day } from '#core/days'
import { sayMoney } from '#core/money'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, mayDo, personOf, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { optionalMoney } from './fields.ts'
import type { State } from './kinds.ts'
import { tellStep } from './letters.ts'
import { leftFor, takeFrom } from './pot.ts'

/** Says what one would do. Where somebody else has said the same before, it is done; where they said otherwise, this takes its place. */
export const decideHelp = action({
  scope: 'help:write',
  does: 'Says whether help is given, and how much. What two people say alike is decided; where they differ, the later word stands until somebody says the same.',
  access: mayDo('help.decide'),
  fields: z.object({
    id: fields.id,
    answer: z.enum(['give', 'no'], { error: 'Choose yes or no' }).describe('give or no'),
    amount: optionalMoney.describe('How much is given, in pounds; without it all that was asked for'),
    why: fields
      .optionalText(500)
      .describe(
        'Why, in words that the member reads; needed where less is given than was asked, if nobody has said it yet',
      ),
  }),
  run: async (visit, { id, answer, amount, why }) => {
    const { db, actor, now } = visit
    const me = personOf(actor)
    const held = await holdRequest(visit, id)
    if (held.state !== 'asked' && held.state !== 'half decided') throw new Refusal('This is decided already.')
    const pence = answer === 'no' ? null : (amount ?? held.asked)
    if (pence !== null && pence > held.asked)
      throw new Invalid({ amount: `They asked for ${sayMoney(held.asked)}, and cannot be given more` })
    const alike = held.state === 'half decided' && held.firstBy !== me && held.firstPence === pence
    // who says the same need not give the reason again
    if (!alike && (pence === null || pence < held.asked) && why === '')
      throw new Invalid({ why: 'Say why, so that they understand it' })
    if (!alike) {
      await db
        .updateTable('help_request')
        .set({ state: 'half decided', first_by: me, first_at: now, first_pence: pence, first_why: why })
        .where('id', '=', id)
        .execute()
      await record(db, actor, 'help.half-decided', { request: id, person: held.person, run: held.run, pence })
      const differs = held.firstBy !== null && held.firstBy !== me
      return { request: id, academy: held.slug, outcome: differs ? ('differs' as const) : ('first' as const) }
    }
    const pot = pence ? await takeFrom(db, held.academy, held.startsOn, pence) : undefined
    if (pence && pot === undefined) throw new Refusal(await tooLittle(visit, held))
    await db
      .updateTable('help_request')
      .set({
        state: pence === null ? 'refused' : 'awarded',
        awarded_pence: pence ?? 0,
        pot_id: pot ?? null,
        decided_by: me,
        decided_at: now,
        decided_why: [...new Set([held.firstWhy, why])].filter(Boolean).join(' '),
      })
      .where('id', '=', id)
      .execute()
    const outcome = pence === null ? ('refused' as const) : ('awarded' as const)
    await record(db, actor, `help.${outcome}`, {
      request: id,
      person: held.person,
      run: held.run,
      academy: held.academy,
      first: held.firstBy,
      ...(pence === null ? {} : { pence, by: 'two people' }),
    })
    await tellStep(visit, outcome, id)
    return { request: id, academy: held.slug, outcome }
  },
})

async function tooLittle({ db }: Visit, { academy, startsOn }: Held): Promise<string> {
  const left = await leftFor(db, academy, startsOn)
  return left === undefined
    ? 'There is no pot for runs that begin on this day. Set money aside first.'
    : `The pot has ${sayMoney(left)} left, which is not enough. Give less, or put more into the pot.`
}

/** Notes that it was paid or arranged. */
export const payHelp = action({
  scope: 'help:write',
  does: 'Notes that help which was awarded is paid or arranged, and how. Nobody notes their own.',
  access: mayDo('help.decide'),
  fields: z.object({
    id: fields.id,
    reference: fields.text('Say how: the reference of the payment, or what is arranged and with whom', 200),
  }),
  run: async (visit, { id, reference }) => {
    const { db, actor, now } = visit
    const held = await holdRequest(visit, id)
    if (held.state === 'paid' || held.state === 'receipted') throw new Refusal('This is paid or arranged already.')
    if (held.state !== 'awarded') throw new Refusal('Nothing is awarded here, so there is nothing to pay.')
    await db
      .updateTable('help_request')
      .set({ state: 'paid', paid_by: personOf(actor), paid_at: now, paid_reference: reference })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'help.paid', { request: id, person: held.person, run: held.run, pence: held.awarded })
    await tellStep(visit, 'paid', id)
    return { request: id, academy: held.slug }
  },
})

interface Held {
  person: string
  state: State
  asked: number
  awarded: number
  run: string
  academy: string
  slug: string
  startsOn: Day
  firstBy: string | null
  firstPence: number | null
  firstWhy: string
}

/** Holds a request that this person may decide: not their own, nor one of a run that they lead. */
async function holdRequest({ db, actor }: Visit, id: string): Promise<Held> {
  const { rows } = await sql<Held>`
    select r.person_id as person, r.state, r.asked_pence as asked, r.awarded_pence as awarded, r.run_id as run, r.academy_id as academy,
      academy.slug, run.starts_on as "startsOn", r.first_by as "firstBy", r.first_pence as "firstPence", r.first_why as "firstWhy"
    from help_request r join run on run.id = r.run_id join academy on academy.id = r.academy_id
    where r.id = ${id} and r.person_id <> ${personOf(actor)} and ${academyWithin(actor, 'help.decide', 'r.academy_id')}
      and not exists (select from run_trainer t where t.run_id = r.run_id and t.person_id = ${actor.id})
    for update of r`.execute(db)
  if (!rows[0]) throw new Absent()
  return rows[0]
}
