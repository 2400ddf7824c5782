/** Before the journeys: one server and one browser for all of them, and a list of the pages looked at; after them all is gone. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { findChromium } from '../chromium.ts'
import { startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server answers. */
    address: string
    /** Where the browser is to be had. */
    browser: string
    /** The folder with a file for each page that was looked at. */
    looked: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium((line) => console.log(line))
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-journeys-'))
  const looked = path.join(folder, 'looked')
  await mkdir(looked)
  const [server, browser] = await Promise.all([
    startServer(path.join(folder, 'data')),
    chromium.launchServer({
      executablePath,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    }),
  ])
  project.provide('address', server.address)
  project.provide('browser', browser.wsEndpoint())
  project.provide('looked', looked)
  project.onTestsRerun(async () => {
    await rm(looked, { recursive: true })
    await mkdir(looked)
  })
  return async () => {
    await Promise.all([browser.close(), server.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}
