/** `hearten export`: everything that is held, as CSV files that any program reads. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { withProduct } from './opening.ts'
import { progress } from './progress.ts'
import { Unusable } from './stopping.ts'

/** What nobody may take away: it lets its holder act as someone else. */
const secret = new Set([
  'sign_in_session',
  'verification',
  'account',
  'passkey',
  'two_factor',
  'api_token',
  'calendar_key',
  'schema_migration',
])

/** Writes each table as it was at one moment, and a manifest with rows and digests. */
export const exportAll = (folder: string): Promise<void> =>
  withProduct(async ({ ownerUrl, clock }) => {
    await emptyFolder(folder)
    const client = new Client({ connectionString: ownerUrl })
    await client.connect()
    const { tell, end } = progress()
    try {
      await client.query('begin transaction isolation level repeatable read read only')
      const tables = await tablesOf(client)
      const written: object[] = []
      for (const [index, table] of tables.entries()) {
        tell({ label: 'Tables', done: index, total: tables.length })
        written.push({ table, ...(await writeTable(client, table, path.join(folder, `${table}.csv`))) })
      }
      const manifest = { written: clock().toISOString(), leftOut: [...secret].sort(), tables: written }
      await writeFile(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
      tell({ label: 'Tables', done: tables.length, total: tables.length })
      end()
      console.log(
        `${tables.length} tables are written to ${folder}. The files hold personal data: keep them safe, and delete them after use.`,
      )
    } finally {
      await client.end()
    }
  })

async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0) throw new Unusable(`${folder} is not empty. Name a new folder.`)
}

async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  return rows.map(({ name }) => name).filter((name) => !secret.has(name))
}

async function writeTable(client: Client, table: string, file: string): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  const copy = client.query(
    copyTo(`copy (select * from ${client.escapeIdentifier(table)}) to stdout with (format csv, header)`),
  )
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(copy, hashing, createWriteStream(file, { mode: 0o600 }))
  return { rows: copy.rowCount, sha256: hash.digest('hex') }
}
