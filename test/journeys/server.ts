/** Before the journeys: the built product, started as anyone starts it, on a database of its own; after them it is gone. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import { findChromium } from '../chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    address: string
    chromium: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide(
    'chromium',
    findChromium((line) => console.log(line)),
  )
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-journeys-'))
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
  const ended = new Promise<never>((_, reject) =>
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}. ${said}`))),
  )
  ended.catch(() => {})
  const address = `http://localhost:${port}`
  await Promise.race([ended, ready(address)])
  project.provide('address', address)
  return async () => {
    const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    server.kill('SIGTERM')
    await gone
    await rm(folder, { recursive: true, force: true })
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
