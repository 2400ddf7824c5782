/** The built product for the journeys, started as anyone starts it, on a database of its own. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Starts it with its data in this folder; resolves when it is ready, with where it answers and how to stop it. */
export async function startServer(folder: string): Promise<{ address: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const server = spawn('bin/hearten', ['serve'], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_FOLDER: folder,
      LOG_LEVEL: 'warn',
      WRITES_PER_MINUTE: '100000',
      WRITES_PER_ADDRESS: '100000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  server.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const gone = new Promise<number | null>((resolve) => server.once('exit', resolve))
  const failed = gone.then((code) => Promise.reject(new Error(`The server ended with ${code}. ${said}`)))
  failed.catch(() => {})
  const address = `http://localhost:${port}`
  await Promise.race([failed, ready(address)])
  return {
    address,
    stop: async () => {
      server.kill('SIGTERM')
      await gone
    },
  }
}

async function ready(address: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await pause(100)
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address()
      probe.close(() => resolve(typeof at === 'object' && at ? at.port : 0))
    })
  })
