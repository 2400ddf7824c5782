/** Writes the list of kinds into the database, where pages and those who inspect it find it. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { kinds } from './kinds.ts'

/** Makes the rows of data_kind what the list says; doing it again changes nothing. */
export async function loadDataKinds(db: Db): Promise<void> {
  const rows = kinds.map(({ table, label, purpose, basis, special, keptFor }) => ({
    table_name: table,
    label,
    purpose,
    basis,
    special: special ?? null,
    kept_for: keptFor,
  }))
  await sql`
    with said as (select * from jsonb_populate_recordset(null::data_kind, ${JSON.stringify(rows)}::jsonb)),
    gone as (delete from data_kind where table_name not in (select table_name from said))
    insert into data_kind select * from said
    on conflict (table_name) do update set label = excluded.label, purpose = excluded.purpose, basis = excluded.basis,
      special = excluded.special, kept_for = excluded.kept_for`.execute(db)
}
