/** The pots: an academy's money for help with runs that begin within a period. What is awarded never passes what is there. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Day } from '#core/days'
import { sayMoney } from '#core/money'
import { Absent, Invalid, Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, fields, mayDo } from '#platform/web'
import { academyWithin } from '#platform/within'
import { money } from './fields.ts'

export interface Pot {
  id: string
  name: string
  startsOn: Day
  endsOn: Day
  amount: number
  awarded: number
}

const potFields = {
  name: fields.text('Give it a name, like Spring 2027', 80).describe('Its name'),
  startsOn: fields.day('Enter the first day').describe('It helps with runs that begin on this day or after'),
  endsOn: fields.day('Enter the last day').describe('It helps with runs that begin on this day or before'),
  amount: money.describe('How much money is in it, in pounds, such as 1500 or 12.50'),
}

/** Sets money aside. */
export const makePot = action({
  scope: 'help:write',
  does: 'Sets an academy’s money aside to help members take part in the runs that begin within a period.',
  access: mayDo('help.decide'),
  fields: z.object({ slug: fields.text('Say which academy', 200), ...potFields }),
  run: async ({ db, actor, now }, { slug, name, startsOn, endsOn, amount }) => {
    const academy = await db
      .selectFrom('academy')
      .where('slug', '=', slug)
      .where(academyWithin(actor, 'help.decide', 'academy.id'))
      .select('id')
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (!academy) throw new Absent()
    await refuseOverlap(db, academy.id, startsOn, endsOn)
    const { id } = await db
      .insertInto('help_pot')
      .values({
        academy_id: academy.id,
        name,
        starts_on: startsOn,
        ends_on: endsOn,
        amount_pence: amount,
        made_by: actor.kind === 'person' ? actor.id : null,
        made_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(db, actor, 'pot.made', { pot: id, academy: academy.id, pence: amount, startsOn, endsOn })
    return { pot: id, slug }
  },
})

/** Changes a pot: never to less than is awarded, nor away from a run that it was awarded for. */
export const changePot = action({
  scope: 'help:write',
  does: 'Changes a pot’s name, period or money. It can never hold less than is awarded from it.',
  access: mayDo('help.decide'),
  fields: z.object({ id: fields.id, ...potFields }),
  run: async ({ db, actor }, { id, name, startsOn, endsOn, amount }) => {
    const found = await db
      .selectFrom('help_pot')
      .where('id', '=', id)
      .where(academyWithin(actor, 'help.decide', 'help_pot.academy_id'))
      .select('academy_id')
      .executeTakeFirst()
    if (!found) throw new Absent()
    const { slug } = await db
      .selectFrom('academy')
      .where('id', '=', found.academy_id)
      .select('slug')
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    await refuseOverlap(db, found.academy_id, startsOn, endsOn, id)
    const pot = await db.selectFrom('help_pot').where('id', '=', id).selectAll().forUpdate().executeTakeFirstOrThrow()
    if (amount < pot.awarded_pence)
      throw new Invalid({
        amount: `${sayMoney(pot.awarded_pence)} is awarded from it already, so it cannot hold less`,
      })
    if (pot.awarded_pence > 0 && (startsOn > pot.starts_on || endsOn < pot.ends_on))
      throw new Refusal('Money is awarded from it already, so its period can be made longer, but not shorter.')
    await db
      .updateTable('help_pot')
      .set({ name, starts_on: startsOn, ends_on: endsOn, amount_pence: amount })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'pot.changed', { pot: id, was: pot.amount_pence, pence: amount, startsOn, endsOn })
    return { pot: id, slug }
  },
})

/** Two pots for one day would leave it open which of them pays. The academy must be held. */
async function refuseOverlap(db: Db, academy: string, startsOn: Day, endsOn: Day, but?: string): Promise<void> {
  if (endsOn < startsOn) throw new Invalid({ endsOn: 'The last day cannot be before the first' })
  let query = db
    .selectFrom('help_pot')
    .where('academy_id', '=', academy)
    .where('starts_on', '<=', endsOn)
    .where('ends_on', '>=', startsOn)
  if (but !== undefined) query = query.where('id', '<>', but)
  const other = await query.select('name').executeTakeFirst()
  if (other) throw new Invalid({ startsOn: `The pot ${other.name} has some of these days already` })
}

/**
 * Takes money from the pot for a run that begins on this day; resolves to the pot, or nothing where there is none or it
 * has too little left. One statement, which waits for whoever takes from the same pot, and then looks again.
 */
export async function takeFrom(db: Db, academy: string, startsOn: Day, pence: number): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update help_pot set awarded_pence = awarded_pence + ${pence}
    where academy_id = ${academy} and starts_on <= ${startsOn}::date and ends_on >= ${startsOn}::date
      and awarded_pence + ${pence} <= amount_pence
    returning id`.execute(db)
  return rows[0]?.id
}

/** Gives money back to the pot that it came from. */
export const giveBack = async (db: Db, pot: string | null, pence: number): Promise<void> => {
  if (pot !== null && pence > 0)
    await sql`update help_pot set awarded_pence = awarded_pence - ${pence} where id = ${pot}`.execute(db)
}

/** How much is left for a run that begins on this day; nothing where there is no pot. */
export const leftFor = async (db: Db, academy: string, startsOn: Day): Promise<number | undefined> =>
  (
    await db
      .selectFrom('help_pot')
      .where('academy_id', '=', academy)
      .where('starts_on', '<=', startsOn)
      .where('ends_on', '>=', startsOn)
      .select(sql<number>`amount_pence - awarded_pence`.as('left'))
      .executeTakeFirst()
  )?.left
