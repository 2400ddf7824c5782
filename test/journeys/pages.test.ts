/** Every page that someone has, in every kind of browser: no axe violation, nothing wider than the window, no other host. */
import { describe, expect, inject, test } from 'vitest'
import { kinds, type Person, personWith, sayKind } from './browser.ts'

const stranger = [
  '/',
  '/courses',
  '/courses?q=listning',
  '/courses/listening-on-the-doorstep',
  '/sign-in',
  '/nothing-here',
]
const country = ['/map', '/map/table', '/areas/E14000535']
const theirs: Record<string, readonly string[]> = {
  'Amina Farooq': [
    '/me',
    '/me/places',
    '/courses?near=NG17+1AA',
    '/me/data',
    '/me/data/correction',
    '/me/data/erasure',
  ],
  'Dylan Rees': ['/me'],
  'Grace Okafor': ['/me', '/me/places'],
  'Ruth Osei': ['/teaching'],
  'Naomi Clarke': ['/administration/people?q=farook', '/administration/imports'],
  'Desmond Alleyne': ['/administration/people', '/administration/people?q=farook&area=Ashfield'],
}

describe.for(kinds)('at %o', (kind) => {
  test(`a stranger reads on at ${sayKind(kind)}`, async () => {
    const them = await personWith(kind)
    for (const path of stranger) await them.visits(path)
    const run = await firstRun(them)
    await them.visits(run)
    expect(await them.reads()).toContain('Sign in')
    await them.leaves()
  })

  test(`a stranger looks at the map at ${sayKind(kind)}`, async () => {
    const them = await personWith(kind)
    for (const path of country) await them.visits(path)
    await them.leaves()
  })

  test.for(Object.entries(theirs))('%s has pages that work', async ([who, paths]) => {
    const them = await personWith(kind)
    await them.signsInAs(who)
    for (const path of paths) await them.visits(path)
    expect(await them.page.locator('header .me').innerText()).toContain(who)
    await them.leaves()
  })
})

async function firstRun(them: Person): Promise<string> {
  await them.visits('/courses/listening-on-the-doorstep')
  return (await them.page.locator('a[href^="/runs/"]').first().getAttribute('href'))!
}

test('a page without an island carries no script, and everything is small', async () => {
  for (const path of ['/', '/courses', '/courses/listening-on-the-doorstep', '/map', '/map/table', '/sign-in']) {
    const html = await (await fetch(`${inject('address')}${path}`)).text()
    if (path !== '/sign-in') expect(html, path).not.toContain('<script')
    expect(html, path).not.toMatch(/ style="| on[a-z]+="/)
    const packed = await fetch(`${inject('address')}${path}`, { headers: { 'accept-encoding': 'br' } })
    expect(packed.headers.get('content-encoding'), path).toBe('br')
  }
  const css = /href="(\/assets\/app-[^"]+\.css)"/.exec(await (await fetch(inject('address'))).text())![1]!
  const { readFile } = await import('node:fs/promises')
  expect((await readFile(`dist${css}.br`)).byteLength).toBeLessThanOrEqual(20_000)
})
