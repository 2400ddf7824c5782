/** Sessions: begun for a person in a browser, looked up by the hash of their token, and ended one by one or all at once. */
import { type RawBuilder, sql } from 'kysely'
import { type Day, dayOf } from '#core/days'
import { unguessable } from '#core/random'
import { hashOf } from '../actor.ts'
import type { Db } from '../db.ts'
import { cookieNames, tokenIn } from '../web/server.ts'
import type { Visit } from '../web/visit.ts'
import { cookieIn } from './cookie.ts'

/** How long a session lasts at most. One of staff lasts half a day. */
export const sessionDays = 30

/** Someone who has just signed in. */
export interface SignedIn {
  person: string
  name: string
  /** Whether a second factor must still be shown in this browser. */
  owes: boolean
  /** What the browser's cookie is to hold. It is kept nowhere here. */
  token: string
}

/** Signs in as a person without asking them anything, for the demonstration and the tests: the value of the session's cookie. */
export async function signInAs(db: Db, person: string, now: Date, { demonstration = false } = {}): Promise<string> {
  const token = unguessable()
  await db
    .insertInto('sign_in_session')
    .values({
      token: hashOf(token),
      person_id: person,
      created_at: now,
      updated_at: now,
      expires_at: endsAt(sql`${person}::uuid`, now),
      demonstration,
    })
    .execute()
  return token
}

/** Settles a session that has just been begun: when it ends, which it takes the place of, and what is still owed. */
export async function settle({ db, now, today, from, actor }: Visit, token: string): Promise<SignedIn | undefined> {
  const { rows } = await sql<{ person: string; name: string; owes: boolean; standing: string; staff: boolean }>`
    with mine as (update sign_in_session s set expires_at = ${endsAt(sql`s.person_id`, now)}, user_agent = ${from.agent}
      where token = ${hashOf(token)} returning person_id)
    select p.id as person, p.name, p.standing, staff, (staff or p.two_factor_enabled) and not ${isDemonstration} as owes
    from mine join person p on p.id = mine.person_id, lateral (select ${staffOn(sql`p.id`, today)} as staff) held`.execute(
    db,
  )
  if (actor.sessionId) await db.deleteFrom('sign_in_session').where('id', '=', actor.sessionId).execute()
  const [found] = rows
  if (!found || (found.standing === 'closed' && !found.staff)) return undefined
  return { person: found.person, name: found.name, owes: found.owes, token }
}

/** True while the demonstration lasts. Read from the database each time, since a roll that is imported ends it. */
export const isDemonstration = sql<boolean>`coalesce((select value = 'true' from setting where name = 'demonstration'), false)`

/** When a session of this person that begins now ends: sooner for whoever holds a right. */
export const endsAt = (person: RawBuilder<unknown>, now: Date): RawBuilder<Date> =>
  sql<Date>`${now}::timestamptz + case when ${staffOn(person, dayOf(now))} then interval '12 hours' else interval '30 days' end`

/** Whether this person holds any right on this day. */
const staffOn = (person: RawBuilder<unknown>, today: Day): RawBuilder<boolean> =>
  sql<boolean>`exists (select from held_right h where h.person_id = ${person}
    and h.starts_on <= ${today}::date and (h.ends_on is null or h.ends_on >= ${today}::date))`

/** The cookies that put a session into the browser that asked. */
export const cookiesFor = (address: string, token: string): string[] => [
  cookie(cookieNames(address), token, sessionDays * 86_400),
]

/** The cookies that take a session out of a browser. */
export const cookiesAway = (address: string): string[] => [cookie(cookieNames(address), '', 0)]

const cookie = ({ session, secure }: { session: string; secure: boolean }, value: string, seconds: number): string =>
  `${session}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`

/** The session token that this browser sent. */
export const tokenOf = (visit: Visit): string | undefined =>
  tokenIn(cookieIn(visit, cookieNames(visit.address).session))
