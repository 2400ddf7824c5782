/** Correcting and erasing a person. Nothing that names them stays but what the record and the registers need, without a name. */
import { sql } from 'kysely'
import { z } from 'zod'
import { sayDate } from '#core/days'
import { Absent, Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { actAs } from '#platform/db'
import { post } from '#platform/mail'
import { record } from '#platform/record'
import { action, fields, mayDo, personOf, signedIn, type Visit } from '#platform/web'
import { areaWithin } from '#platform/within'

const sure = z
  .union([z.literal(true), z.enum(['yes', 'on', 'true'])], { error: 'Tick the box to show that you are sure' })
  .describe('yes: it cannot be undone')

/** Erases whoever asks. */
export const eraseMe = action({
  scope: 'me:erase',
  does: 'Erases you: what names you goes for good, you give up your places, and you are signed out',
  access: signedIn,
  fields: z.object({ sure }),
  run: (visit) => erase(visit, personOf(visit.actor), 'self'),
})

/** Erases someone who asked the data protection officer. */
export const erasePerson = action({
  scope: 'people:erase',
  does: 'Erases a person who asked for it: what names them goes for good, and they give up their places',
  access: mayDo('people.erase'),
  fields: z.object({ id: fields.id, sure }),
  run: async (visit, { id }) => {
    const { rows } =
      await sql`select from person where id = ${id} and ${areaWithin(visit.actor, 'people.erase', 'person.area_code')}`.execute(
        visit.db,
      )
    if (rows.length === 0) throw new Absent()
    return erase(visit, id, 'other')
  },
})

async function erase(visit: Visit, id: string, asked: 'self' | 'other'): Promise<{ id: string }> {
  const { db, actor, today } = visit
  const person = await db
    .selectFrom('person')
    .select(['membership_number', 'email', 'erased_on'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!person || person.erased_on !== null) throw new Absent()
  await refuseWhoIsNeeded(db, id, today)
  // recorded first, with ids alone: the seats they held are offered on by whoever follows this
  await record(db, actor, 'person.erased', { person: id, asked })
  await forgetWords(db, id, person)
  if (person.email !== null) await post(db, [lastLetter(visit, person.email)])
  // what someone needs is hidden from all but them, the data protection officer included
  await actAs(db, id)
  await sql`delete from access_need where person_id = ${id}`.execute(db)
  await sql`delete from equality_answer where person_id = ${id}`.execute(db)
  await sql`delete from application_trait where person_id = ${id}`.execute(db)
  await sql`update help_request set says = '', first_why = '', decided_why = '', receipt_note = null where person_id = ${id}`.execute(
    db,
  )
  await actAs(db, actor.id)
  await sql`
    update person set name = 'Someone who was erased', email = null, email_verified = false, image = null, postcode = null,
      area_code = null, joined_on = null, roll_marks = null, two_factor_enabled = false, standing = 'closed',
      closed_on = ${today}::date, erased_on = ${today}::date, updated_at = now(),
      membership_number = erased_number(membership_number)
    where id = ${id}`.execute(db)
  return { id }
}

/** The last letter belongs to nobody, so that it is forgotten as soon as it is sent: the address is kept no longer than that. */
const lastLetter = ({ frame, today }: Visit, address: string) => ({
  person: null,
  address,
  kind: 'erased',
  subject: `You have been erased from ${frame.organisation}`,
  body: `Hello,

What ${frame.organisation} held about you was erased on ${sayDate(today)}: your name, this address and where you live are gone. You gave up your places, and you were signed out.

What has to stay, such as the count of those who took part, no longer leads to you. This letter is the last one, and we forget this address once it is sent.

If you did not ask for this, tell whoever runs ${frame.organisation}. It cannot be undone, but you can join again.
`,
})

/** Whoever others rely on hands that over first; nobody is left without a trainer or an administrator unawares. */
async function refuseWhoIsNeeded(db: Db, id: string, today: string): Promise<void> {
  const { rows } = await sql<{ rights: boolean; leads: boolean }>`
    select exists (select from held_right where person_id = ${id} and (ends_on is null or ends_on >= ${today}::date)) as rights,
      exists (select from run_trainer t join run r on r.id = t.run_id
        where t.person_id = ${id} and r.state <> 'cancelled' and r.ends_on >= ${today}::date) as leads`.execute(db)
  const { rights, leads } = rows[0]!
  if (rights)
    throw new Refusal(
      'Whoever holds rights cannot be erased while they hold them. Ask an administrator to end them first.',
    )
  if (leads)
    throw new Refusal(
      'Whoever leads a run cannot be erased before someone else leads it. Ask its coordinator to change that first.',
    )
}

const goesWith = [
  'sign_in_session',
  'api_token',
  'calendar_key',
  'passkey',
  'second_factor',
  'email_change',
  'pledge',
  'wish',
] as const

async function forgetWords(
  db: Db,
  id: string,
  { membership_number: number, email }: { membership_number: string | null; email: string | null },
): Promise<void> {
  for (const table of goesWith) await sql`delete from ${sql.table(table)} where person_id = ${id}`.execute(db)
  await sql`delete from mail where person_id = ${id}`.execute(db)
  await sql`update place set ended_why = '' where person_id = ${id} and ended_why <> ''`.execute(db)
  if (email !== null)
    await sql`delete from verification where position(${email.toLowerCase()} in lower(value)) > 0`.execute(db)
  if (number !== null) await sql`delete from roll_row where membership_number = ${number}`.execute(db)
}
