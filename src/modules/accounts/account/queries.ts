import { sql } from 'kysely'
import { personOf } from '#platform/actor'
import type { Visit } from '#platform/web'

export interface Account {
  name: string
  email: string | null
  /** An address that is still to be confirmed. */
  wanted: { address: string; until: Date } | null
  secondFactor: boolean
  staff: boolean
  keys: number
  sessions: readonly Session[]
  passkeys: readonly Passkey[]
}

export interface Session {
  id: string
  agent: string | null
  since: Date
  until: Date
  here: boolean
}

export interface Passkey {
  id: string
  name: string | null
  since: Date
  used: Date | null
}

/** Everything about one's own account. */
export async function accountOf({ db, actor, now }: Visit): Promise<Account> {
  const id = personOf(actor)
  const self = await db
    .selectFrom('person')
    .leftJoin('email_change', (join) =>
      join.onRef('email_change.person_id', '=', 'person.id').on('email_change.expires_at', '>', now),
    )
    .where('person.id', '=', id)
    .select(['name', 'email', 'two_factor_enabled', 'email_change.address', 'email_change.expires_at as until'])
    .select(
      sql<number>`(select count(*)::int from api_token t where t.person_id = person.id
      and t.revoked_at is null and t.expires_at > ${now})`.as('keys'),
    )
    .executeTakeFirstOrThrow()
  const sessions = await db
    .selectFrom('sign_in_session')
    .where('person_id', '=', id)
    .where('expires_at', '>', now)
    .select(['id', 'user_agent as agent', 'created_at as since', 'expires_at as until'])
    .select(sql<boolean>`id is not distinct from ${actor.sessionId}::uuid`.as('here'))
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()
  const passkeys = await db
    .selectFrom('passkey')
    .where('person_id', '=', id)
    .select(['id', 'name', 'created_at as since', 'last_used_at as used'])
    .orderBy('created_at')
    .limit(100)
    .execute()
  return {
    name: self.name,
    email: self.email,
    wanted: self.address && self.until ? { address: self.address, until: self.until } : null,
    secondFactor: self.two_factor_enabled,
    staff: actor.rights.length > 0 || actor.owesSecondFactor,
    keys: self.keys,
    sessions,
    passkeys,
  }
}
