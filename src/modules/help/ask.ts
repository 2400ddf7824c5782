/** A member's own: asking for help, taking it back, saying that it has come. */
import { z } from 'zod'
import { sayMoney } from '#core/money'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, members, personOf, signedIn, type Visit } from '#platform/web'
import { optionalMoney } from './fields.ts'
import { type Kind, kinds, type State } from './kinds.ts'
import { tellStep } from './letters.ts'
import { giveBack } from './pot.ts'
import { applicationFor, type For, placeFor } from './for.ts'
import { rulesOf } from './rule.ts'
import { settle } from './settle.ts'

const asking = {
  id: fields.id,
  kind: z.enum(kinds, { error: 'Choose what would help' }).describe('What would help'),
  amount: optionalMoney.describe('How much, in pounds; without it as much as the rule gives at most'),
  says: fields
    .optionalText(500)
    .describe('What it is for. Only you and those who decide see this, once you have a place.'),
}

/** Asks for help with a place one has, is offered or waits for. */
export const askWithPlace = action({
  scope: 'help:ask',
  does: 'Asks for help to take part with a place that you have or wait for. It is decided once you have it. Trainers never see it.',
  access: members,
  fields: z.object(asking),
  run: async (visit, said) => {
    const place = await placeFor(visit, said.id)
    if (!place) throw new Absent()
    return ask(visit, { ...place, columns: { place_id: said.id } }, said)
  },
})

/** Asks for help with an application: it waits for a place. */
export const askWithApplication = action({
  scope: 'help:ask',
  does: 'Asks for help to take part with an application. It is decided once you have a place, and has no part in the draw. Trainers never see it.',
  access: members,
  fields: z.object(asking),
  run: async (visit, said) => {
    const application = await applicationFor(visit, said.id)
    if (!application) throw new Absent()
    return ask(visit, { ...application, columns: { application_id: said.id } }, said)
  },
})

type Asked = { kind: Kind; amount: number | null; says: string }

async function ask(
  visit: Visit,
  from: For & { columns: { place_id: string } | { application_id: string } },
  { kind, amount, says }: Asked,
) {
  const { db, actor, now } = visit
  const person = personOf(actor)
  const rule = (await rulesOf(db, from.academy.id)).find((one) => one.kind === kind)
  if (!rule) throw new Invalid({ kind: `${from.academy.name} does not help with this. Write to them all the same` })
  if (amount !== null && amount > rule.most)
    throw new Invalid({
      amount: rule.most === 0 ? 'Leave this empty: it is arranged, not paid' : `The most is ${sayMoney(rule.most)}`,
    })
  if (amount === 0 && rule.most > 0) throw new Invalid({ amount: 'Enter how much it costs, or leave it empty' })
  const made = await db
    .insertInto('help_request')
    .values({
      ...from.columns,
      person_id: person,
      academy_id: from.academy.id,
      kind,
      says,
      asked_pence: amount ?? rule.most,
      asked_at: now,
    })
    .onConflict((there) => there.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw new Refusal('You have asked for this already. Take that back first, if you want to ask differently.')
  await record(db, actor, 'help.asked', { request: made.id, person, academy: from.academy.id, ...from.columns })
  const step = (await settle(visit, made.id)) ?? 'waits'
  await tellStep(visit, step, made.id)
  return { request: made.id, step }
}

/** Takes back what one asked for; what was awarded and not paid goes back to the pot. */
export const withdrawHelp = action({
  scope: 'help:ask',
  does: 'Takes back what you asked for. What was awarded and not paid yet goes to someone else.',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async (visit, { id }) => {
    const { db, actor, now } = visit
    const held = await ownRequest(visit, id)
    if (held.state === 'withdrawn' || held.state === 'ended') return { request: id }
    if (held.state === 'refused') throw new Refusal('This is decided already, so there is nothing to take back.')
    if (held.state === 'paid' || held.state === 'receipted')
      throw new Refusal('This is paid or arranged already. Write to the academy if you do not need it any more.')
    await giveBack(db, held.pot_id, held.awarded_pence)
    await db
      .updateTable('help_request')
      .set({ state: 'withdrawn', ended_at: now, awarded_pence: 0, pot_id: null })
      .where('id', '=', id)
      .execute()
    const about = { request: id, person: held.person_id, was: held.state, pence: held.awarded_pence }
    await record(db, actor, 'help.withdrawn', about)
    await tellStep(visit, 'withdrawn', id)
    return { request: id }
  },
})

/** Says that it has come. */
export const receiptHelp = action({
  scope: 'help:ask',
  does: 'Says that the help has reached you, so that the academy can account for it.',
  access: signedIn,
  fields: z.object({ id: fields.id, note: fields.optionalText(300).describe('Anything about it that matters') }),
  run: async (visit, { id, note }) => {
    const { db, actor, now } = visit
    const held = await ownRequest(visit, id)
    if (held.state === 'receipted') return { request: id }
    if (held.state !== 'paid') throw new Refusal('This is not paid or arranged yet, so it cannot have reached you.')
    await db
      .updateTable('help_request')
      .set({ state: 'receipted', receipted_at: now, receipt_note: note })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'help.receipted', { request: id, person: held.person_id, pence: held.awarded_pence })
    return { request: id }
  },
})

async function ownRequest({ db, actor }: Visit, id: string) {
  const held = await db
    .selectFrom('help_request')
    .where('id', '=', id)
    .where('person_id', '=', personOf(actor))
    .select(['state', 'pot_id', 'awarded_pence', 'person_id'])
    .forUpdate()
    .executeTakeFirst()
  if (!held) throw new Absent()
  return { ...held, state: held.state as State }
}
