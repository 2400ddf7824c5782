/** What every page promises, looked at once for each way it is laid out: no axe violation in either scheme, nothing wider than the window. */
import type { AxeResults, RunOptions } from 'axe-core'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { type Kind, sayKind } from './browser.ts'

declare global {
  interface Window {
    axe: { run: (on: Document, options: RunOptions) => Promise<AxeResults> }
  }
}

/** Holds the page that is open against what every page promises. */
export async function lookAt(page: Page, kind: Kind): Promise<void> {
  const where = new URL(page.url()).pathname
  const { title, over, structure } = await page.evaluate(seen)
  expect(title, `${where} has no title`).not.toBe('')
  expect(over, `${where} scrolls sideways at ${sayKind(kind)}`).toBeLessThanOrEqual(0)
  const like = where.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, ':id')
  if (await isFirst([kind.width, like, title, structure].join('\n'))) await holdAgainstAxe(page, kind, where)
}

/** Whether no journey has met such a page yet, at this width: pages that are built alike are held against axe once. */
const isFirst = (what: string): Promise<boolean> => {
  const file = path.join(inject('looked'), createHash('sha256').update(what).digest('hex'))
  return writeFile(file, what, { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

/** In the browser: what a page is called, by how much it is wider than the window, and how it is built, whatever its words. */
function seen(): { title: string; over: number; structure: string } {
  const says = /^(class|role|type|lang|aria-(?!label|describedby|controls|owns).*)$/
  const drawn = (element: Element): string => {
    const attributes = [...element.attributes].map(({ name, value }) => (says.test(name) ? `${name}=${value}` : name))
    const inside = [...element.childNodes].map((node) =>
      node instanceof Element ? drawn(node) : node instanceof Text && node.data.trim() !== '' ? 'words' : '',
    )
    // the second of two rows that are built alike tells nothing new
    return `<${[element.localName, ...attributes].join(' ')}>${[...new Set(inside)].join('')}</>`
  }
  const root = document.documentElement
  return { title: document.title, over: root.scrollWidth - root.clientWidth, structure: drawn(root) }
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
// where scripts are off no timer comes due, so that axe's own pauses must not be timers
const axe = `(() => {
  const later = window.setTimeout
  const setTimeout = (act, after = 0) => (after > 100 ? later(act, after) : void Promise.resolve().then(act))
  ${source}
})()`

const everyRule: RunOptions = { resultTypes: ['violations'], preload: { assets: ['media'] } }
/** The rules that look at colours; all others find in one scheme what they find in the other, if the layout is the same. */
const ofColour: RunOptions = {
  ...everyRule,
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}

/** Every rule in the scheme that the page has, and in the other one those that can find something else there. */
async function holdAgainstAxe(page: Page, kind: Kind, where: string): Promise<void> {
  await page.evaluate(axe)
  const found = [...(await violations(page, everyRule, kind))]
  const layout = await page.evaluate(laidOut)
  const other = { ...kind, dark: !kind.dark }
  await page.emulateMedia({ colorScheme: other.dark ? 'dark' : 'light' })
  const same = (await page.evaluate(laidOut)) === layout
  found.push(...(await violations(page, same ? ofColour : everyRule, other)))
  await page.emulateMedia({ colorScheme: kind.dark ? 'dark' : 'light' })
  expect(found, `axe on ${where}`).toEqual([])
}

async function violations(page: Page, options: RunOptions, kind: Kind): Promise<string[]> {
  const found = await page.evaluate(async (options) => {
    const { violations } = await window.axe.run(document, options)
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, failureSummary }) => [id, target.join(' '), html.slice(0, 160), failureSummary ?? '']),
    )
  }, options)
  return found.map(
    ([id, target, html, why]) => `${sayKind(kind)}: ${id} at ${target} ${html} ${why!.replaceAll(/\s+/g, ' ')}`,
  )
}

/** In the browser: where everything stands. */
const laidOut = (): string =>
  [...document.querySelectorAll('*')]
    .map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x, y, width, height].join(' ')
    })
    .join(';')
