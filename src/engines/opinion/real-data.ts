/** Test material: real conversations that lie beside the project, never in it. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'

/** Where a file of real opinion data would be. */
export const realFile = (name: string): string =>
  fileURLToPath(new URL(`../../../../shared/data/opinion/${name}`, import.meta.url))

/** A test on a real file; where the file is absent, it is skipped under a title that names it. */
export function testWithReal(name: string, title: string, check: () => void | Promise<void>): void {
  if (existsSync(realFile(name))) test(title, check)
  else test.skip(`${title} (skipped: ../shared/data/opinion/${name} is missing)`, check)
}

/** A real file as text. */
export const readReal = (name: string): string => readFileSync(realFile(name), 'utf8')
