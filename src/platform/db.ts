/** The database: typed queries by Kysely over `pg`, each statement prepared once per connection. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { Pool, type PoolClient, types } from 'pg'
import type { DB as Tables } from './tables.ts'

export type { Tables }
export type Db = Kysely<Tables> | Transaction<Tables>

// Whole numbers from count() fit in a JavaScript number; a day stays a day.
types.setTypeParser(types.builtins.INT8, Number)
types.setTypeParser(types.builtins.NUMERIC, Number)
types.setTypeParser(types.builtins.DATE, (text) => text)

/** Counts the queries made inside it: for the budget of each page. */
export const queryCount = new AsyncLocalStorage<{ made: number; texts?: string[] }>()

const names = new Map<string, string>()
const nameOf = (text: string): string => {
  let name = names.get(text)
  if (name === undefined) names.set(text, (name = createHash('sha1').update(text).digest('base64url')))
  return name
}

/** Gives every statement a name, so that PostgreSQL parses and plans it once. */
const preparing = (client: PoolClient) => ({
  query: (text: string, values?: readonly unknown[]) => {
    const count = queryCount.getStore()
    if (count) {
      count.made++
      count.texts?.push(text)
    }
    return values?.length ? client.query({ name: nameOf(text), text, values: [...values] }) : client.query(text)
  },
  release: () => client.release(),
})

/** Typed queries over a pool. */
export const openDb = (pool: Pool): Kysely<Tables> =>
  new Kysely({
    dialect: new PostgresDialect({
      pool: { connect: async () => preparing(await pool.connect()), end: () => pool.end() } as never,
    }),
  })

/** A pool that works as the server's own role, which owns no table, so that row-level security binds it. */
export function openPool(url: string, { size = 20, statementSeconds = 15, asOwner = false } = {}): Pool {
  const pool = new Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: 'hearten',
    ...(asOwner
      ? {}
      : { options: `-c role=hearten_app -c statement_timeout=${statementSeconds}s -c timezone=Europe/London` }),
  })
  pool.on('error', () => {}) // a connection that dies idle is replaced at its next use
  // one that dies between two queries of a transaction fails the next of them, not the whole process
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Sets who is acting for row-level security, until the transaction ends. */
export const actAs = (db: Db, personId: string): Promise<unknown> =>
  sql`select set_config('hearten.person', ${personId}, true)`.execute(db)
