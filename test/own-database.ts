/** A database of a test's own, migrated and empty, for what commits: imports, and people acting at the same time. */
import type { Kysely } from 'kysely'
import path from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { openDb, openPool, type Tables } from '#platform/db'
import { migrate } from '#platform/migrate'

export interface OwnDatabase {
  /** Its address, as its owner. */
  url: string
  /** Queries as the server's own role. */
  db: Kysely<Tables>
  /** Does as the owner what the server may not: truncate. */
  asOwner: (statement: string) => Promise<void>
  drop: () => Promise<void>
}

let made = 0

/** Makes one on the tests' server; drop it when the tests are done. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const server = inject('databaseUrl')
  const name = `own_${process.pid}_${made++}`
  await once(server, `create database ${name}`)
  const address = new URL(server)
  address.pathname = `/${name}`
  await migrate(address.href, path.resolve('db/migrations'))
  const db = openDb(openPool(address.href, { size: 4 }))
  return {
    url: address.href,
    db,
    asOwner: (statement) => once(address.href, statement),
    drop: async () => {
      await db.destroy()
      await once(server, `drop database ${name} with (force)`)
    },
  }
}

async function once(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
