/** A trainer's evening, in every kind of browser: today's session, who came, who did not, and what is put right later. */
import { expect, test } from 'vitest'
import { fewKinds, type Person, personWith, sayKind } from './browser.ts'
import { cancels, dayFromToday, schedules } from './scheduling.ts'

const course = 'Observing and giving feedback'
const members = ['Tomasz Kowalski', 'Joan Whitaker', 'Amina Farooq']
const latest = '23:15'

test.for(fewKinds)('a trainer takes tonight’s register, closes it, and corrects it: %o', async (kind, { skip }) => {
  skip(clock() > '23:10', 'No session can begin today any more, so there is no evening to lead')
  const martin = await signedIn('Martin Hallam')
  const run = await schedules(martin, {
    course,
    day: dayFromToday(0),
    time: latest,
    capacity: 6,
    lasts: '30 minutes',
    trainer: 'Ruth Osei',
  })
  for (const name of members) {
    const member = await signedIn(name)
    await member.visits(run)
    // whoever holds a place on another run of the course, as the demonstration may have it, changes to this one
    await member.presses(/^(Ask for a place|Change to this run)$/)
    await member.leaves()
  }

  const ruth = await signedIn('Ruth Osei')
  await ruth.visits('/teaching')
  expect(await ruth.reads()).toContain(`Today: ${course}`)
  await ruth.visits(run)
  // tonight's session has not begun yet, wherever this runs in the day
  await ruth.clicks(/^(To come|Open)/)
  const register = new URL(ruth.page.url()).pathname
  expect(await ruth.reads()).toContain('Register')

  await ruth.presses('Save and close the register')
  expect(await ruth.reads()).toContain('before you close the register')
  await mark(ruth, 'Tomasz Kowalski', 'Apologies')
  await ruth.presses(/^Everyone (else )?was present$/)
  expect(await marked(ruth, 'Joan Whitaker', 'Present')).toBe(true)
  expect(await marked(ruth, 'Tomasz Kowalski', 'Apologies')).toBe(true)

  const guest = `Guest at ${sayKind(kind)}`
  await ruth.page.getByLabel(/^Name/).fill(guest)
  await ruth.presses('Add them')
  expect(await ruth.reads()).toContain('Enter their email address')
  await ruth.page.getByLabel(/^Email address/).fill(`${guest.replaceAll(/\W+/g, '-')}@example.org`)
  await ruth.presses('Add them')
  expect(await marked(ruth, guest, 'Present')).toBe(true)

  await ruth.visits(register)
  await ruth.presses('Save and close the register')
  await ruth.visits(register)
  expect(await ruth.reads()).toContain('Closed by Ruth Osei')

  await mark(ruth, 'Joan Whitaker', 'Late')
  await ruth.presses('Save the correction')
  expect(await ruth.reads()).toContain('Say why you correct the register')
  await ruth.page.getByLabel(/^Why you correct it/).fill('Came in after the break')
  await ruth.presses('Save the correction')
  await ruth.visits(register)
  expect(await marked(ruth, 'Joan Whitaker', 'Late')).toBe(true)
  expect(await ruth.reads()).toContain('Came in after the break')

  await ruth.clicks('A sheet to print')
  for (const name of [...members, guest]) expect(await ruth.reads()).toContain(name)
  await cancels(martin, run)
  await Promise.all([ruth.leaves(), martin.leaves()])

  async function signedIn(name: string): Promise<Person> {
    const person = await personWith(kind)
    await person.signsInAs(name)
    return person
  }
})

const row = ({ page }: Person, name: string) => page.locator('fieldset.marks', { hasText: name })
const mark = (trainer: Person, name: string, as: string) => row(trainer, name).getByLabel(as, { exact: true }).check()
const marked = (trainer: Person, name: string, as: string) =>
  row(trainer, name).getByLabel(as, { exact: true }).isChecked()

/** What London's clocks show, like 19:05. */
const clock = (): string => new Date().toLocaleTimeString('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' })
