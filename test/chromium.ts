/** Finds the machine's Chromium for the browser tests, or installs one. */
import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

/** The path of a Chromium that runs; installs Debian's as root, and otherwise Playwright's own. */
export function findChromium(tell: (line: string) => void = () => {}): string {
  return found() ?? installed(tell)
}

function found(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, and nothing is there.`)
    return named
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  // the shell is the same browser without a window, and half the work for the machine
  const files = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => path.join(folder, name)),
  )
  return files.find(runs)
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function installed(tell: (line: string) => void): string {
  tell('No Chromium is here yet: installing one')
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    execFileSync('apt-get', ['update', '-qq'], quiet)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'], quiet)
  } else
    execFileSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { stdio: 'inherit' })
  const chromium = found() ?? playwrightsOwn()
  if (chromium === undefined) throw new Error('Chromium could not be installed. Install it, or set CHROMIUM_PATH.')
  return chromium
}

function playwrightsOwn(): string | undefined {
  const words = [
    '-e',
    "import('playwright-core').then(({ chromium }) => process.stdout.write(chromium.executablePath()))",
  ]
  const file = execFileSync(process.execPath, words, { encoding: 'utf8' })
  return existsSync(file) ? file : undefined
}
