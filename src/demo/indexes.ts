/** Indexes set aside while very many rows are copied, and built again in one go, which is far quicker. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'

/** Drops the indexes of these tables that only serve to find rows; resolves to how to bring them back. Needs a transaction. */
export async function setIndexesAside(db: Db, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select format('%I.%I', n.nspname, c.relname) as name, pg_get_indexdef(c.oid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where i.indrelid = any(${tables}::text[]::regclass[]::oid[]) and not i.indisunique order by name`.execute(db)
  for (const { name } of rows) await sql.raw(`drop index ${name}`).execute(db)
  return async () => {
    await sql`set local maintenance_work_mem = '256MB'`.execute(db)
    for (const { definition } of rows) await sql.raw(definition).execute(db)
  }
}
