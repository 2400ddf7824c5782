/** What a page may weigh, how soon it must stand still, and that a keyboard gets everywhere: the budgets of every page. */
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { kinds, type Person, personWith } from './browser.ts'

const narrow = kinds.find(({ width, dark, javaScript }) => width === 320 && !dark && javaScript)!

const people: Record<string, readonly string[]> = {
  '': ['/', '/courses', '/courses/listening-on-the-doorstep', '/academies', '/sign-in'],
  'Amina Farooq': ['/me', '/me/places', '/me/pledges', '/me/calendar', '/account'],
  'Ruth Osei': ['/teaching'],
  'Martin Hallam': ['/coordinating', '/runs', '/runs/new'],
  'Naomi Clarke': ['/administration', '/administration/rights', '/administration/record'],
}
/** The pages that have an island. */
const withIsland = new Set(['/sign-in', '/account'])

test.for(Object.entries(people))(
  'pages of %s are light: no script without an island, and little of it',
  async ([who, paths]) => {
    const person = await signedIn(who)
    for (const path of paths) {
      const answer = (await person.page.goto(path))!
      const html = await answer.body()
      expect(gzipSync(html).byteLength, `HTML of ${path}`).toBeLessThanOrEqual(20_000)
      const scripts = [...html.toString().matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src]) => src!)
      if (!withIsland.has(path)) expect(html.toString(), path).not.toContain('<script')
      else expect(await packed(scripts), `scripts of ${path}`).toBeLessThanOrEqual(30_000)
      const css = [...html.toString().matchAll(/<link rel="stylesheet" href="(\/assets\/[^"]+)"/g)].map(
        ([, href]) => href!,
      )
      expect(css.length, path).toBeGreaterThan(0)
      expect(await packed(css), `CSS of ${path}`).toBeLessThanOrEqual(20_000)
    }
    await person.leaves()
  },
)

test.for(Object.entries(people))('pages of %s stand still on a slow phone', async ([who, paths]) => {
  for (const path of paths.slice(0, 3)) {
    const person = await signedIn(who)
    await slowDown(person.page)
    await person.page.goto(path, { waitUntil: 'load' })
    expect(await shiftOf(person.page), `${path} shifts`).toBeLessThanOrEqual(0.02)
    await person.leaves()
  }
})

test('a keyboard skips to the content, sees where it is, and is taken to what is wrong with a form', async () => {
  for (const kind of kinds.filter(({ dark }) => !dark)) {
    const member = await personWith(kind)
    await member.visits('/courses')
    await member.page.keyboard.press('Tab')
    const skip = member.page.locator('a.skip')
    expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true)
    await expectSeen(member.page)
    await member.page.keyboard.press('Enter')
    expect(new URL(member.page.url()).hash).toBe('#main')
    expect(await member.page.locator('main').evaluate((main) => main === document.activeElement)).toBe(true)
    for (let n = 0; n < 12; n++) {
      await member.page.keyboard.press('Tab')
      await expectSeen(member.page)
    }

    await member.signsInAs('Naomi Clarke')
    await member.visits('/administration/rights/new')
    await member.presses('Grant the role')
    const summary = member.page.locator('#problems')
    expect(await summary.evaluate((box) => box === document.activeElement)).toBe(true)
    expect(await member.page.title()).toMatch(/^Problem: /)
    const first = summary.getByRole('link').first()
    const field = (await first.getAttribute('href'))!.slice(1)
    await first.press('Enter')
    expect(await member.page.evaluate(() => document.activeElement?.id)).toBe(field)
    await member.leaves()
  }
})

async function signedIn(who: string): Promise<Person> {
  const person = await personWith(narrow)
  if (who === '') return person
  await person.page.goto('/sign-in')
  await person.page.getByRole('button', { name: who }).first().click()
  await person.page.waitForURL((url) => url.pathname !== '/sign-in')
  return person
}

/** What these assets weigh as they are sent to a browser that takes brotli. */
async function packed(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await readFile(`dist${path}.br`)).byteLength))
  return sizes.reduce((total, size) => total + size, 0)
}

/** Slow 4G, as Lighthouse has it, a processor a quarter as fast, and nothing kept from before. */
async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1_638 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

/** By how much the page has shifted since it was opened. */
const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let shift = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
            if (!entry.hadRecentInput) shift += entry.value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(shift), 600)
      }),
  )

/** Whatever has the keyboard is in view and drawn as such. */
async function expectSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const at = document.activeElement!
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
    const { width, height, bottom, top } = at.getBoundingClientRect()
    return {
      what: at.outerHTML.slice(0, 80),
      drawn: (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
      inView: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
    }
  })
  expect(seen).toEqual({ what: seen.what, drawn: true, inView: true })
}
