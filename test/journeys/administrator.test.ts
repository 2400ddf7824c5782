/** An administrator grants a right and ends it, in every kind of browser; who holds it has it at once, and no longer. */
import { expect, test } from 'vitest'
import { kinds, personWith } from './browser.ts'

test.for(kinds)('a right holds from the moment it is granted to the moment it is ended: %o', async (kind) => {
  const [naomi, dylan] = await Promise.all([personWith(kind), personWith(kind)])
  await Promise.all([naomi.signsInAs('Naomi Clarke'), dylan.signsInAs('Dylan Rees')])
  await dylan.visits('/runs/new')
  expect(await dylan.reads()).not.toContain('Schedule a run')
  await dylan.visits('/account')
  const address = /\S+@\S+\.\w+/.exec(await dylan.reads())![0]

  await naomi.visits('/administration')
  await naomi.visits('/administration/rights')
  await naomi.clicks('Grant a role')
  await naomi.page.getByLabel('Who', { exact: true }).fill(address)
  await naomi.page.getByLabel('Role', { exact: true }).selectOption({ label: 'Coordinator' })
  await naomi.presses('Grant the role')
  expect(await naomi.page.locator('#problems').innerText()).toContain('Choose where the role holds')
  expect(await naomi.page.getByLabel('Who', { exact: true }).inputValue()).toBe(address)
  await naomi.page.getByLabel('At one academy').check()
  await naomi.page.getByLabel('Academy', { exact: true }).selectOption({ label: 'Scotland academy' })
  await naomi.presses('Grant the role')

  await dylan.visits('/runs/new')
  expect(await dylan.reads()).toContain('Schedule a run')
  await dylan.visits('/administration/rights')
  expect(await dylan.reads()).not.toContain('Grant a role')

  await naomi.visits('/administration/rights?name=Dylan+Rees')
  await naomi.clicks('Dylan Rees')
  await naomi.presses('End this role')
  await dylan.visits('/runs/new')
  expect(await dylan.reads()).not.toContain('Schedule a run')
  await naomi.visits('/administration/rights?name=Dylan+Rees')
  expect(await naomi.reads()).toContain('Nobody holds such a role')
  await naomi.visits('/administration/record')
  expect(await naomi.reads()).toMatch(/right/i)
  await Promise.all([naomi.leaves(), dylan.leaves()])
})
