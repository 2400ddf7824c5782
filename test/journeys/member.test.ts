/** A member from first visit to a place and back, in every kind of browser. */
import { expect, test } from 'vitest'
import { kinds, personWith } from './browser.ts'

test.for(kinds)('a new member finds training near them, gets a place, sees it, and gives it up: %o', async (kind) => {
  const them = await personWith(kind)
  await them.visits('/')
  await them.page.getByLabel('Your postcode').fill('ng17 1aa')
  await them.presses('Find training')
  await them.page.getByLabel('Your constituency').selectOption({ label: 'Ashfield' })
  await them.presses('Find training')
  expect(await them.reads()).toMatch(/\d+ courses.*nearest/is)

  await them.signsInAs('Tomasz Kowalski')
  await them.visits('/courses?q=talking+politics')
  await them.clicks('Talking politics with people you know')
  const run = them.page.locator('main ul.runs li', { hasNotText: 'Full' }).locator('a[href^="/runs/"]').first()
  await them.visits((await run.getAttribute('href'))!)
  await them.page.getByLabel(/What would help you/).fill('A seat near the door')
  await them.presses('Ask for a place')
  expect(await them.reads()).toContain('You have a place')

  await them.visits('/me')
  expect(await them.reads()).toContain('Talking politics with people you know')
  await them.visits('/me/places')
  await them.clicks('Talking politics with people you know')
  await them.clicks('I cannot come')
  await them.presses('Give up my place')
  expect(await them.page.locator('body').innerText()).not.toContain('There is a problem')
  await them.leaves()
})
