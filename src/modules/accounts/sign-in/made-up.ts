/** The made-up people that anyone can be while the demonstration lasts, and at no time after. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { isDemonstration, signInAs } from '#platform/sign-in'
import { action, anyone, fields } from '#platform/web'
import { next, welcome } from './actions.ts'
import type { MadeUp } from './pages.tsx'

const People = z.array(z.object({ person: z.uuid(), label: z.string(), who: z.string() }))

/** The people offered: none where this is not the demonstration. */
export async function madeUpPeople(db: Db): Promise<MadeUp[]> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'demonstration people')
    .where(isDemonstration)
    .executeTakeFirst()
  return People.catch([]).parse(row?.value ?? [])
}

/** Signs in as one of the made-up people. Whether this is the demonstration is asked now, and held until all is done. */
export const signInAsMadeUp = action({
  scope: 'sign-in:write',
  does: 'Signs in as one of the made-up people of the demonstration',
  access: anyone,
  fields: z.object({ person: fields.id, next }),
  run: async (visit, { person, next: wanted }) => {
    const { db, now, actor } = visit
    await sql`select value from setting where name = 'demonstration' for share`.execute(db)
    const known = (await madeUpPeople(db)).find((one) => one.person === person)
    if (!known) throw new Refusal('One can be a made-up person only in the demonstration.')
    const token = await signInAs(db, person, now, { demonstration: true })
    if (actor.sessionId) await db.deleteFrom('sign_in_session').where('id', '=', actor.sessionId).execute()
    return welcome(visit, { person, name: known.label, owes: false, token }, 'demonstration', wanted)
  },
})
