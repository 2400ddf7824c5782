import { personOf } from '#platform/actor'
import type { Visit } from '#platform/web'

export interface Key {
  id: string
  name: string
  scopes: readonly string[]
  made: Date
  until: Date
}

/** One's own keys that still work, the newest first. */
export const keysOf = ({ db, actor, now }: Visit): Promise<Key[]> =>
  db
    .selectFrom('api_token')
    .where('person_id', '=', personOf(actor))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .select(['id', 'name', 'scopes', 'created_at as made', 'expires_at as until'])
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()
