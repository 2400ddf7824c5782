/** Writes src/platform/tables.ts and db/schema.sql's types from a freshly migrated database; `--check` only compares. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startDatabaseServer } from '../src/platform/embedded.ts'
import { migrate } from '../src/platform/migrate.ts'

const target = 'src/platform/tables.ts'
const folder = mkdtempSync(path.join(os.tmpdir(), 'hearten-types-'))
const server = await startDatabaseServer(path.join(folder, 'server'), { forTests: true })
try {
  await migrate(server.url, 'db/migrations')
  const fresh = path.join(folder, 'tables.ts')
  const words = ['--dialect', 'postgres', '--url', server.url, '--out-file', fresh, '--log-level', 'error']
  words.push(
    '--date-parser',
    'string',
    '--numeric-parser',
    'number',
    '--type-mapping',
    '{"int8":"number","ltree":"string"}',
  )
  words.push('--exclude-pattern', '(graphile_worker.*|schema_migration)')
  execFileSync('node_modules/.bin/kysely-codegen', words, { stdio: 'inherit' })
  const text = readFileSync(fresh, 'utf8')
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (text !== readFileSync(target, 'utf8')) {
    console.error(`${target} does not match the migrations. Run npm run db:types and commit what it writes.`)
    process.exitCode = 1
  }
} finally {
  await server.stop()
}
