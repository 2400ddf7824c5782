/** Places given by round, as each of those has it whom it concerns: who applies, who opens a round, who doubts. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { fewKinds, type Person, personWith, problems, sayKind, signedIn, twoKinds } from './browser.ts'
import { cancels, dayFromToday, schedules } from './scheduling.ts'
import { commits, opensRound, ranks } from './drawing.ts'

const open = '/rounds/next-season'
const drawn = '/rounds/this-season'
const numbered = twoKinds.map((kind, index) => ({ ...kind, index }))

test.for(fewKinds)('a member ranks runs, is told what was wrong, changes them, and takes it back: %o', async (kind) => {
  const amina = await signedIn(kind, 'Amina Farooq')
  await amina.visits('/rounds')
  await amina.clicks('Next season in the East Midlands')
  await amina.clicks('Rank the runs')
  // with a script no two runs can have one number, so there it is sent empty
  if (!kind.javaScript) await ranks(amina, { 'Making policy together': 1, 'Video on a phone': 1 })
  await amina.presses('Send my application')
  expect(await problems(amina)).toContain(
    kind.javaScript ? 'Choose at least one run' : 'You gave number 1 to two runs. Give each its own.',
  )
  await ranks(amina, { 'Making policy together': 1, 'Video on a phone': 2, 'Being a spokesperson': 3 })
  await amina.presses('Send my application')
  expect(await amina.reads()).toContain('Your application is in')
  const pseudonym = /[\dA-Z]{4}(-[\dA-Z]{4}){4}/.exec(await amina.reads())![0]
  expect(await chosen(amina)).toEqual(['Making policy together', 'Video on a phone', 'Being a spokesperson'])

  if (kind.javaScript) await amina.page.getByRole('button', { name: 'Move Video on a phone up' }).click()
  else await ranks(amina, { 'Making policy together': 2, 'Video on a phone': 1 })
  await amina.presses('Save my changes')
  expect(await chosen(amina)).toEqual(['Video on a phone', 'Making policy together', 'Being a spokesperson'])
  await amina.visits('/me')
  expect(await amina.reads()).toContain('Your application is in. You can change it until')
  await amina.clicks(/^See my application/)

  await amina.clicks('ask for help to take part')
  await amina.page.getByLabel('Travel', { exact: true }).check()
  await amina.page.getByLabel(/^How much it costs/).fill('4000')
  await amina.presses('Ask')
  expect(await problems(amina)).toContain('The most is £40')
  await amina.page.getByLabel(/^How much it costs/).fill('8.50')
  await amina.presses('Ask')
  expect(await amina.reads()).toContain('It is decided as soon as you have a place')
  await amina.presses(/^Take it back.*Travel, £8\.50/)

  await amina.visits(`${open}/application`)
  await amina.presses('Take it back')
  expect(await amina.reads()).toContain('You are not in the draw')
  await ranks(amina, { 'Being a spokesperson': 1 })
  await amina.presses('Send my application')
  expect(await chosen(amina)).toEqual(['Being a spokesperson'])
  expect(await amina.reads()).toContain(pseudonym)
  await amina.presses('Take it back')
  await amina.visits(`${drawn}/application`)
  expect(await amina.reads()).toContain('You did not apply in this round')
  await amina.leaves()
})

test.for(twoKinds)('who applied in a drawn round reads what they got, and why: %o', async (kind) => {
  const joan = await signedIn(kind, 'Joan Whitaker')
  await joan.visits(drawn)
  await joan.clicks('What I got, and why')
  expect(await joan.reads()).toMatch(/You asked for three runs, and this time there was no place for you|were offered/)
  expect(await joan.reads()).toContain('What came of it')
  expect(await joan.reads()).toMatch(/Your pseudonym\s+[\dA-Z]{4}(-[\dA-Z]{4}){4}/)
  await joan.visits(`${drawn}/swaps`)
  await joan.leaves()
})

test.for(numbered)(
  'a coordinator opens a round with reserved seats, two officers commit, it is published and called off: %o',
  async ({ index, ...kind }) => {
    const [martin, naomi, desmond] = await Promise.all(
      ['Martin Hallam', 'Naomi Clarke', 'Desmond Alleyne'].map((name) => signedIn(kind, name)),
    )
    const { page } = martin!
    const run = await schedules(martin!, {
      course: 'Mentoring practice',
      day: dayFromToday(40 + index),
      time: '10:00',
      capacity: 9,
      byRound: true,
    })
    await opensRound(martin!, `A journey at ${sayKind(kind)}`, run)
    const round = new URL(page.url()).pathname.replace('/edit', '')

    const women = page.getByLabel(/^Women on organising courses/)
    await women.fill('10')
    await martin!.presses('Save the reserved seats')
    expect(await problems(martin!)).toMatch(/9/)
    await women.fill('3')
    await martin!.presses('Save the reserved seats')
    expect(await martin!.reads()).toContain('At least two officers must have committed')

    await martin!.clicks('Name officers')
    const who = page.getByLabel(/^Membership number or email address/)
    for (const [address, says] of [
      ['nobody@example.org', 'We know nobody with this number or address'],
      ['naomi.clarke@example.org', 'Naomi Clarke'],
      ['desmond.alleyne@example.org', 'Desmond Alleyne'],
    ] as const) {
      await who.fill(address)
      await martin!.presses('Name this officer')
      expect(await martin!.reads()).toContain(says)
    }
    await commits(naomi!, round, { words: 'plum tractor harbour' + index })
    await commits(desmond!, round, { digest: `${index}`.repeat(64) + '  -' })

    await martin!.visits(`${round}/edit`)
    await martin!.presses('Publish the round')
    expect(await martin!.reads()).toContain('Rank the runs')
    expect(await martin!.reads()).toMatch(/women\s+3 of 9/)
    expect(await martin!.reads()).toContain(`${index}`.repeat(64))
    await martin!.clicks('Rehearsal')
    expect(await martin!.reads()).toContain('There has been no rehearsal yet')
    await martin!.visits(`${open}/rehearsal`)
    expect(await martin!.reads()).toMatch(/Drawn \d+ times with made-up seeds/)

    await martin!.visits(round)
    await martin!.clicks('Cancel this round')
    await martin!.presses('Cancel the round')
    expect(await problems(martin!)).toContain('Say why it is cancelled')
    await page.getByLabel(/^Why is it cancelled/).fill('The journey is over')
    await martin!.presses('Cancel the round')
    expect(await martin!.reads()).toContain('The journey is over')
    await cancels(martin!, run)
    await Promise.all([martin!, naomi!, desmond!].map((person) => person.leaves()))
  },
)

test.for(twoKinds)('a stranger who doubts reads how a round was drawn: %o', async (kind) => {
  const stranger = await personWith(kind)
  await stranger.visits('/rounds')
  await stranger.clicks('This season in the East Midlands')
  const page = await stranger.reads()
  for (const words of [
    'Who got what',
    'hidden',
    'copper ladder seventeen owls drift sideways',
    'Roll',
    'Seed',
    'Result',
  ])
    expect(page).toContain(words)
  await stranger.page.getByText('Or with nothing but a hash tool').click()
  expect(await stranger.reads()).toContain("| openssl dgst -sha256 -hmac '")
  await stranger.visits('/rounds/wales-campaigning')
  expect(await stranger.reads()).toContain('Revealed, shown once all are')
  await stranger.clicks('How places are given, in full')
  await stranger.visits('/help')
  await stranger.visits('/equality')
  await stranger.leaves()
})

test('what a stranger downloads is computed again by the command, which names what was changed', async () => {
  const answer = await fetch(`${inject('address')}${drawn}/audit.json`)
  expect(answer.status).toBe(200)
  const audit = await answer.text()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-audit-'))
  try {
    const file = path.join(folder, 'this-season.json')
    await writeFile(file, audit)
    expect(await verifies(file)).toMatch(/^Yes\. The roll, the seed and what each of \d+ members got/)
    const begins = audit.indexOf('"choice":', audit.indexOf('"assignments"')) + '"choice":'.length
    const said = audit.slice(begins, begins + 1)
    await writeFile(
      file,
      audit.slice(0, begins) + (said === '2' ? '1' : '2') + audit.slice(begins + (said === 'n' ? 4 : 1)),
    )
    expect(await verifies(file)).toMatch(/^No\. .*one place\.\nresult\.assignments\[.*\]\.choice\n/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** The runs on a member's receipt, in their order. */
const chosen = ({ page }: Person): Promise<string[]> => page.locator('main dd > ol > li > a').allInnerTexts()

/** What the built command says of an audit file. */
const verifies = (file: string): Promise<string> =>
  new Promise((resolve) => {
    execFile('bin/hearten', ['allocation', 'verify', file], (_, said, wrong) => resolve(said + wrong))
  })
