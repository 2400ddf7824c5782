/** A contact: someone who is not on the roll, and is known because they came. */
import { sql } from 'kysely'
import type { Actor } from '#platform/actor'
import type { Db } from '#platform/db'
import { record } from '#platform/record'

/** The person with this address, or a new contact; inside a transaction. Their standing and name are left as they are if they are known. */
export async function contactBy(
  db: Db,
  actor: Actor,
  { name, email }: { name: string; email: string },
): Promise<{ id: string; name: string }> {
  const { rows } = await sql<{ id: string; name: string; fresh: boolean }>`
    insert into person (name, email, standing) values (${name}, ${email}, 'contact')
    on conflict (lower(email)) where email is not null do update set email = person.email
    returning id, name, xmax = 0 as fresh`.execute(db)
  const { fresh, ...person } = rows[0]!
  if (fresh) await record(db, actor, 'person.added', { person: person.id, standing: 'contact' })
  return person
}
