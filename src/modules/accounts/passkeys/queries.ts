import { personOf } from '#platform/actor'
import { fields, type Visit } from '#platform/web'
import type { Passkey } from '../account/queries.ts'

/** One of one's own passkeys. */
export async function passkeyOf({ db, actor }: Visit, id: string): Promise<Passkey | undefined> {
  if (!fields.id.safeParse(id).success) return undefined
  return db
    .selectFrom('passkey')
    .where('id', '=', id)
    .where('person_id', '=', personOf(actor))
    .select(['id', 'name', 'created_at as since', 'last_used_at as used'])
    .executeTakeFirst()
}
