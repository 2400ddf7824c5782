/** Limits on what guards a secret, counted in the database, so that they hold across processes. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db.ts'

export interface Limit {
  most: number
  minutes: number
}

/** Letters with a link: to one address, and asked for from one place. A hall full of members may share a place. */
export const linksToAddress: Limit = { most: 5, minutes: 60 }
export const linksFromPlace: Limit = { most: 60, minutes: 60 }
/** Links and passkeys tried from one place. Neither can be guessed: this only keeps machines from trying. */
export const signInsFromPlace: Limit = { most: 120, minutes: 60 }
/** Codes of a second factor tried for one person. */
export const codesForPerson: Limit = { most: 5, minutes: 10 }

/**
 * Counts a try, and tells whether it is still within the limit. Those who try at once wait for one another here, so that
 * nobody gets more tries by being quick. The count stays only if the transaction does: return a refusal, do not throw it.
 */
export async function withinLimit(db: Db, what: string, { most, minutes }: Limit, now: Date): Promise<boolean> {
  const key = createHash('sha256').update(what).digest('base64url')
  const { rows } = await sql<{ tries: number }>`
    insert into sign_in_try as t (key, began_at, tries) values (${key}, ${now}, 1)
    on conflict (key) do update set
      tries = case when t.began_at <= ${now}::timestamptz - make_interval(mins => ${minutes}) then 1 else t.tries + 1 end,
      began_at = case when t.began_at <= ${now}::timestamptz - make_interval(mins => ${minutes}) then ${now} else t.began_at end
    returning tries`.execute(db)
  return rows[0]!.tries <= most
}

/** Where a request comes from, for counting: one address, or the network of a home where the address is of the longer kind. */
export function placeOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip
  const [head = '', tail] = ip.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const groups =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after]
  return groups
    .slice(0, 4)
    .map((group) => String(group).replace(/^0+(?=.)/, ''))
    .join(':')
}
