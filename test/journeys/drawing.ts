/** What members, coordinators and officers do with a round, as journeys need it. */
import { expect } from 'vitest'
import { type Person, problems } from './browser.ts'
import { dayFromToday } from './scheduling.ts'

/** Numbers runs on the page of an application, by their titles. */
export async function ranks({ page }: Person, numbers: Record<string, number>): Promise<void> {
  for (const [title, number] of Object.entries(numbers))
    await page.getByLabel(`My choice for ${title},`).selectOption(String(number))
}

/** Opens a round over a run, after one rule that cannot be; it stays a draft, on the page where it is prepared. */
export async function opensRound(coordinator: Person, name: string, run: string): Promise<void> {
  const { page } = coordinator
  await coordinator.visits('/coordinating')
  await coordinator.clicks('Rounds, in which places are drawn')
  await coordinator.clicks('Open a round')
  await page.getByLabel(/^Name/).fill(name)
  await page.getByLabel('Opens on').fill(dayFromToday(0))
  await page.getByLabel('At', { exact: true }).first().fill('00:00')
  await page.getByLabel('Closes on').fill(dayFromToday(14))
  await page.getByLabel('First, those who').selectOption('no place before')
  await page.getByLabel('Second, those who').selectOption('no place before')
  await page.getByLabel('Days to answer an offer').fill('3')
  await coordinator.presses('Save as a draft')
  expect(await problems(coordinator)).toContain('Choose each fact once')
  await page.getByLabel('Second, those who').selectOption('holds a pledge')
  await coordinator.presses('Save as a draft')
  await page.locator(`input[name="runs"][value="${run.replace('/runs/', '')}"]`).check()
  await coordinator.presses('Save the runs')
}

/** As an officer, commits to a secret in words or by its digest; words that could be guessed are refused first. */
export async function commits(officer: Person, round: string, secret: { words: string } | { digest: string }) {
  const { page } = officer
  await officer.visits(`${round}/officers`)
  if ('words' in secret) {
    await page.getByLabel(/^Or the secret itself/).fill('short')
    await officer.presses('Commit to my secret')
    expect(await problems(officer)).toContain('Use at least 20 characters')
    await page.getByLabel(/^Or the secret itself/).fill(secret.words)
  } else await page.getByLabel(/^The SHA-256 of your secret/).fill(secret.digest)
  await officer.presses('Commit to my secret')
  expect(await officer.reads()).toContain('You have committed to a secret')
}

/** As an administrator, makes someone a coordinator; what it answers ends that again. */
export async function makesCoordinator(administrator: Person, name: string, academy: string) {
  const { page } = administrator
  await administrator.visits('/administration/rights/new')
  await page.getByLabel('Who', { exact: true }).fill(`${name.toLowerCase().replace(' ', '.')}@example.org`)
  await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Coordinator' })
  await page.getByLabel('At one academy').check()
  await page.getByLabel('Academy', { exact: true }).selectOption({ label: academy })
  await administrator.presses('Grant the role')
  return async () => {
    await administrator.visits(`/administration/rights?name=${encodeURIComponent(name)}`)
    await administrator.clicks(name)
    await administrator.presses('End this role')
  }
}
