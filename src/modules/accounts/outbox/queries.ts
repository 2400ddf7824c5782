/** Letters that were written and never sent: to be read by anyone in the demonstration without a mail server, and nowhere else. */
import { type RawBuilder, sql } from 'kysely'
import { isDemonstration } from '#platform/sign-in'
import { fields, type Visit } from '#platform/web'

export interface Letter {
  id: string
  address: string
  subject: string
  body: string
  calendar: string | null
  madeAt: Date
  /** The letter written after this one, and the one before it. */
  newer: string | null
  older: string | null
}

export type LetterRow = Pick<Letter, 'id' | 'address' | 'subject' | 'madeAt'>

/** A page of letters, the newest first, and how many there are; nothing where there is no outbox. */
export async function lettersIn(
  { db, sendsMail }: Visit,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ letters: LetterRow[]; total: number } | undefined> {
  if (sendsMail) return undefined
  const { rows } = await sql<LetterRow & { total: number }>`
    select id, address, subject, made_at as "madeAt", (select count(*) from mail) as total
    from mail where ${isDemonstration} order by id desc limit ${limit} offset ${offset}`.execute(db)
  if (rows.length === 0 && !(await demonstration(db))) return undefined
  return { letters: rows, total: rows[0]?.total ?? 0 }
}

/** One letter, whole. */
export async function letterIn({ db, sendsMail }: Visit, id: string): Promise<Letter | undefined> {
  if (sendsMail || !fields.id.safeParse(id).success) return undefined
  const { rows } = await sql<Letter>`
    select id, address, subject, body, calendar, made_at as "madeAt",
      ${beside(sql`> m.id order by id`)} as newer, ${beside(sql`< m.id order by id desc`)} as older
    from mail m where id = ${id}::uuid and ${isDemonstration}`.execute(db)
  return rows[0]
}

const beside = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select id from mail where id ${which} limit 1)`

const demonstration = async (db: Visit['db']): Promise<boolean> =>
  (await sql<{ on: boolean }>`select ${isDemonstration} as on`.execute(db)).rows[0]?.on === true
