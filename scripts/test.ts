/** `npm test`: format, lint, types, tests, build and browser journeys, one after another; closes with how many passed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

interface Count {
  passed: number
  failed: number
  skipped: number
}

const bin = (name: string): string => path.join('node_modules/.bin', name)
const folder = mkdtempSync(path.join(os.tmpdir(), 'hearten-results-'))
const total: Count = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

const code = ['src', 'test', 'bench', 'scripts']
step('format', bin('oxfmt'), ['--check', ...code])
step('lint', bin('oxlint'), ['--type-aware', ...code])
step('types', bin('tsc'), ['--noEmit', '-p', '.'])
step('table types match the migrations', bin('node'), ['scripts/types.ts', '--check'])
tests('rules and database', [])
step('build', bin('node'), ['scripts/build.ts'])
tests('browser journeys', ['--config', 'vitest.journeys.config.ts'])
rmSync(folder, { recursive: true, force: true })

for (const failure of failures) console.log(`Failed: ${failure}`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed === 0 ? 0 : 1

/** One check: it passes, or it fails and says why; the others are made all the same. */
function step(name: string, program: string, words: string[]): void {
  console.log(`\n— ${name}`)
  const began = performance.now()
  const passed = spawnSync(program, words, { stdio: 'inherit' }).status === 0
  total[passed ? 'passed' : 'failed']++
  if (!passed) failures.push(name)
  console.log(`${name}: ${passed ? 'passed' : 'failed'} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

/** A run of the test runner; each of its tests counts. */
function tests(name: string, words: string[]): void {
  console.log(`\n— ${name}`)
  const results = path.join(folder, `${words.length}.json`)
  const { status } = spawnSync(
    bin('vitest'),
    ['run', ...words, '--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
    {
      stdio: 'inherit',
    },
  )
  const count = counted(results)
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  if (status !== 0 && count.failed === 0) total.failed++
  if (status !== 0) failures.push(name)
}

function counted(file: string): Count {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
    return {
      passed: read['numPassedTests'] ?? 0,
      failed: read['numFailedTests'] ?? 0,
      skipped: (read['numPendingTests'] ?? 0) + (read['numTodoTests'] ?? 0),
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
