/** Addresses that members confirmed themselves, and that the roll has now replaced by newer ones: reported, and told to each. */
import { sql } from 'kysely'
import { hearten } from '#platform/actor'
import type { Db } from '#platform/db'
import { post } from '#platform/mail'
import { recordEach } from '#platform/record'

/** Whose address was replaced, and the one they had. */
export interface Replaced {
  person: string
  address: string
}

/** Puts it on the record, and writes to the address that is no longer used. */
export async function tellReplaced(db: Db, importId: string, replaced: readonly Replaced[]): Promise<void> {
  if (replaced.length === 0) return
  await recordEach(
    db,
    hearten,
    'member.address-replaced',
    replaced.map(({ person }) => ({ person, import: importId })),
  )
  await post(
    db,
    replaced.map((one) => ({
      ...one,
      kind: 'address-replaced',
      subject: 'The membership roll has a new address for you',
      body,
    })),
  )
}

const body = `Hello,

You once told us to write to you at this address. The membership roll now has another one for you, and we use that one from now on, because it is the newer.

If it is right, there is nothing to do. If it is not, tell your membership office, and sign in with the new address or ask whoever runs this programme for help.
`

/** What whoever ran the import should know of it; nothing where there was none. */
export async function noteOfReplaced(db: Db, importId: string): Promise<string | undefined> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from happening where what = 'member.address-replaced' and about ->> 'import' = ${importId}
      and at >= (select started_at from roll_import where id = ${importId})`.execute(db)
  const { n } = rows[0]!
  if (n === 0) return undefined
  const who = n === 1 ? 'One member had' : `${n.toLocaleString('en-GB')} members had`
  return `${who} changed their email address in their account, and the roll has a newer one since. The roll's is used, and they were told of it at the address they had given.`
}
