import { personOf } from '#platform/actor'
import type { Visit } from '#platform/web'

/** One's own address. */
export const addressOf = ({ db, actor }: Visit): Promise<{ email: string | null } | undefined> =>
  db.selectFrom('person').select('email').where('id', '=', personOf(actor)).executeTakeFirst()
