/** What every import has in common: what is asked, how it tells how far it is, and where refused rows go. */
import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { stringify } from 'csv-stringify/sync'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import { Refusal } from '#core/refusal'
import { openDb, openPool, type Tables } from './db.ts'

/** What an import is asked to do. */
export interface ImportAsked {
  /** The address of the database, as its owner: an import makes tables of its own and may take long. */
  url: string
  file: string
  /** Reads and checks everything, and changes nothing. */
  dryRun?: boolean | undefined
  /** Goes on where the import would otherwise stop and ask, as when very many would be closed. */
  force?: boolean | undefined
  /** Where refused rows go, as CSV with their line and the reason. The file is made only if there are any. */
  rejects?: string | undefined
  /** Is told how far it is, some times a second. */
  tell?: ((progress: ImportProgress) => void) | undefined
}

export interface ImportProgress {
  /** In words, for a person: "Reading". */
  stage: string
  rows: number
  /** How much of the whole is done, in bytes of the file while reading, else in rows. */
  done: number
  whole: number
}

export interface ImportDatabase {
  pool: Pool
  db: Kysely<Tables>
}

/** Works on the database as its owner, alone among imports of its kind. */
export async function withImport<Done>(
  url: string,
  lock: number,
  work: (database: ImportDatabase) => Promise<Done>,
): Promise<Done> {
  const pool = openPool(url, { size: 4, asOwner: true })
  // a table that grows from nothing to half a million rows needs a new plan each time
  pool.on('connect', (client) => void client.query(`set plan_cache_mode = force_custom_plan`).catch(() => {}))
  const guard = await pool.connect()
  try {
    const { rows } = await guard.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [lock])
    if (!rows[0]?.alone) throw new Refusal('Another import of this kind is going on. Wait until it has ended.')
    return await work({ pool, db: openDb(pool) })
  } finally {
    guard.release(true) // closing the connection gives the lock back
    await pool.end()
  }
}

/** The refused rows, written beside the import as they come, for its owner's eyes alone. */
export class Rejects {
  count = 0
  private stream: WriteStream | undefined
  private readonly path: string | undefined
  private readonly header: readonly string[]

  constructor(path: string | undefined, header: readonly string[]) {
    this.path = path
    this.header = header
  }

  /** Writes a refused row; safe to open in a spreadsheet. */
  async add(line: number, reason: string, cells: readonly string[] = []): Promise<void> {
    this.count++
    if (this.path === undefined) return
    if (!this.stream) {
      this.stream = createWriteStream(this.path, { mode: 0o600 })
      await once(this.stream, 'open')
      this.stream.write(stringify([['line', 'reason', ...this.header]], { bom: true }))
    }
    if (!this.stream.write(stringify([[line, reason, ...cells]], { escape_formulas: true })))
      await once(this.stream, 'drain')
  }

  async close(): Promise<void> {
    if (!this.stream) return
    this.stream.end()
    await once(this.stream, 'close')
  }
}
