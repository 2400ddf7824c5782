/** Forward-only SQL migrations, one transaction each, under a lock that lets one process migrate at a time. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { runMigrations as prepareQueue } from 'graphile-worker'
import { Client } from 'pg'

const lock = 4_042_024_001

/** A database that this version of Hearten cannot use; the message says why. */
export class WrongDatabase extends Error {
  override name = 'WrongDatabase'
}

/** Brings the database at `url` up to date; resolves to the names of the migrations that were run. */
export async function migrate(url: string, folder: string, tell: (line: string) => void = () => {}): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await refuseOldServer(client)
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query('set client_min_messages = warning')
    await client.query(
      `create table if not exists schema_migration (
        name text primary key, digest text not null, run_at timestamptz not null default now())`,
    )
    const wanted = await migrationsIn(folder)
    const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from schema_migration')
    const done = new Map(rows.map((row) => [row.name, row.digest]))
    refuseNewerDatabase(wanted, done)
    await prepareQueue({ connectionString: url })
    const ran: string[] = []
    for (const migration of wanted) {
      if (done.has(migration.name)) continue
      tell(`Migrating: ${migration.name}`)
      await runOne(client, migration)
      ran.push(migration.name)
    }
    return ran
  } finally {
    await client.end()
  }
}

interface Migration {
  name: string
  digest: string
  text: string
}

async function migrationsIn(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8')
      return { name, text, digest: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function refuseOldServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ v: number }>(`select current_setting('server_version_num')::int as v`)
  const version = rows[0]!.v
  if (version < 180_000) {
    throw new WrongDatabase(`Hearten needs PostgreSQL 18; this server is version ${Math.floor(version / 10_000)}.`)
  }
}

function refuseNewerDatabase(wanted: readonly Migration[], done: ReadonlyMap<string, string>): void {
  const known = new Map(wanted.map((migration) => [migration.name, migration.digest]))
  for (const [name, digest] of done) {
    if (!known.has(name)) {
      throw new WrongDatabase(
        `This database is newer than this version of Hearten: it has had ${name}. Install the newer version.`,
      )
    }
    if (known.get(name) !== digest) {
      throw new WrongDatabase(
        `The migration ${name} has changed since this database was migrated. Migrations are never edited.`,
      )
    }
  }
}

async function runOne(client: Client, { name, digest, text }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into schema_migration (name, digest) values ($1, $2)', [name, digest])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new WrongDatabase(`The migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
