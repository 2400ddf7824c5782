/** The built product as a process of its own, for what is measured or killed from outside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

export interface Served {
  address: string
  pid: number
  /** Ends it as an operator does. */
  stop: () => Promise<void>
  /** Ends it as a power cut does. */
  kill: () => Promise<void>
}

const program = path.resolve('dist/main.js')

/** Starts `hearten serve` on a database and waits until it is ready. */
export async function serveProduct(
  databaseUrl: string,
  { port, ...settings }: { port?: number; [name: string]: string | number | undefined } = {},
): Promise<Served> {
  const at = port ?? (await freePort())
  const child = spawn(process.execPath, ['--enable-source-maps', program, 'serve'], {
    env: {
      ...process.env,
      PORT: String(at),
      DATABASE_URL: databaseUrl,
      DEMONSTRATION: 'off',
      LOG_LEVEL: 'error',
      SECRET: 'a secret for measurements, of good length',
      WRITES_PER_MINUTE: '1000000',
      WRITES_PER_ADDRESS: '10000000',
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const address = `http://localhost:${at}`
  await ready(address, child)
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill(signal)
    })
  return { address, pid: child.pid!, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

/** Runs another command of the built product on a database, and waits for its end. */
export function command(words: readonly string[], databaseUrl: string): Promise<void> {
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve, reject) =>
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`hearten ${words.join(' ')} ended with ${code}`)),
    ),
  )
}

/** The process of the database server at this address. */
export async function databasePid(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
  await client.end()
  return Number((await readFile(path.join(rows[0]!.folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
}

/** A port that nothing listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address()
      probe.close(() => resolve(typeof at === 'object' && at ? at.port : 0))
    })
  })

async function ready(address: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}. Is it built? npm run build`)
    const answer = await fetch(`${address}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await pause(50)
  }
  throw new Error('The server was not ready within a minute')
}
