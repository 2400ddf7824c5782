/** The command line as an operator meets it: starting, faults in words, kill -9, another database, and the commands. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type DatabaseServer, startDatabaseServer } from '#platform/embedded'

let folder: string
let second: DatabaseServer

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-starting-'))
  second = await startDatabaseServer(path.join(folder, 'second'), { forTests: true })
})
afterAll(async () => {
  await second.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Ended {
  code: number | null
  out: string
  error: string
}

/** A command that is running, and how it ends. */
function running(words: string[], settings: Record<string, string> = {}) {
  const child = spawn('bin/hearten', words, {
    env: { ...process.env, LOG_LEVEL: 'silent', DEMONSTRATION: 'off', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, error] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, error })))
  return { child, ended, out: () => out }
}
const hearten = (words: string[], settings?: Record<string, string>): Promise<Ended> => running(words, settings).ended

/** Waits until the server at this port is ready, or fails after a minute. */
async function ready(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await pause(100)
  }
  throw new Error(`Nothing is ready at port ${port}`)
}

const oneSentence = ({ code, error }: Ended, like: RegExp) => {
  expect(code).toBe(1)
  expect(error.trim()).toMatch(like)
  expect(error).not.toMatch(/ {4}at |node:internal/)
}

test('a port in use, a wrong setting, a folder or a database that cannot be used: a clear sentence and an exit code', async () => {
  const taken = new URL(inject('address')).port
  const own = { DATABASE_URL: second.url }
  oneSentence(
    await hearten(['serve'], { ...own, PORT: taken, DATA_FOLDER: path.join(folder, 'port') }),
    /^Port \d+ is in use already/,
  )
  oneSentence(await hearten(['serve'], { PORT: 'eighty' }), /^PORT is wrong: .+ For example: PORT=3000/)
  oneSentence(
    await hearten(['serve'], { DATA_FOLDER: '/proc/hearten' }),
    /^The data folder \/proc\/hearten cannot be made/,
  )
  oneSentence(
    await hearten(['serve'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }),
    /^The database cannot be reached/,
  )
  oneSentence(await hearten(['import', 'members', 'no-such.csv'], own), /no-such\.csv/)
})

test('every command says what it takes', async () => {
  for (const words of [
    [],
    ['serve'],
    ['work'],
    ['migrate'],
    ['demo'],
    ['import', 'members'],
    ['import', 'areas'],
    ['import', 'postcodes'],
    ['export'],
    ['grant'],
    ['check'],
    ['allocate'],
    ['opinion'],
  ]) {
    const { code, out } = await hearten([...words, '--help'])
    expect([code, out.split('\n')[0]], words.join(' ')).toEqual([0, expect.stringContaining('Usage: hearten')])
  }
})

test('another PostgreSQL 18 is used through DATABASE_URL: migrated, served, told to stop, and left running', async () => {
  const settings = { DATABASE_URL: second.url, DATA_FOLDER: path.join(folder, 'elsewhere'), PORT: '34571' }
  expect((await hearten(['migrate'], settings)).code).toBe(0)
  expect((await hearten(['migrate'], settings)).out).toContain('up to date')
  const server = running(['serve'], settings)
  await ready(34571)
  expect((await fetch('http://localhost:34571/courses')).status).toBe(200)
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
  const client = new Client({ connectionString: second.url })
  await client.connect()
  expect((await client.query('select count(*)::int as n from area')).rows[0].n).toBeGreaterThan(650)
  await client.end()
})

test('the record is checked, everything is exported, and made-up people never join a database that holds some', async () => {
  const settings = { DATABASE_URL: second.url, DATA_FOLDER: path.join(folder, 'elsewhere') }
  const checked = await hearten(['check', 'record'], settings)
  expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('Nothing was altered or removed.')])
  const out = path.join(folder, 'export')
  expect((await hearten(['export', out], settings)).code).toBe(0)
  const files = await readdir(out)
  expect(files).toContain('person.csv')
  expect(
    files.filter((file) => /session|token|secret|two_factor/.test(file) && !file.startsWith('run_session')),
  ).toEqual([])
  expect(JSON.parse(await readFile(path.join(out, 'manifest.json'), 'utf8')).tables.length).toBeGreaterThan(15)
  oneSentence(await hearten(['export', out], settings), /is not empty/)
  const roll = path.join(folder, 'roll.csv')
  await writeFile(
    roll,
    'membership_number,name,email,postcode,joined_on,status\nA1,Amina Farooq,amina@example.org,NG17 1AA,2020-01-01,member\n',
  )
  expect((await hearten(['import', 'members', roll], settings)).code).toBe(0)
  oneSentence(await hearten(['demo', '--members', '100'], settings), /made-up people never mix with real ones/)
  const granted = await hearten(['grant', 'A1', 'administrator'], settings)
  expect([granted.code, granted.error]).toEqual([0, ''])
})

test('after kill -9 of the server and of its database the next start recovers', async () => {
  const settings = { DATA_FOLDER: path.join(folder, 'killed'), PORT: '34572' }
  const first = running(['serve'], settings)
  await ready(34572)
  first.child.kill('SIGKILL')
  await first.ended
  const second = running(['serve'], settings)
  await ready(34572)
  const database = await databasePid(path.join(folder, 'killed'))
  process.kill(database, 'SIGKILL')
  await pause(2_000)
  await ready(34572)
  second.child.kill('SIGTERM')
  expect((await second.ended).code).toBe(0)
})

/** The process id of the database server that keeps its data below this folder. */
async function databasePid(data: string): Promise<number> {
  const { url } = await startDatabaseServer(path.join(data, 'postgres')) // joins the one that runs
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
  await client.end()
  return Number((await readFile(path.join(rows[0]!.folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
}
