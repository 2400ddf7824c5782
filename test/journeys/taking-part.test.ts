/** Measures, help and wishes: what one proposes and another approves, what two decide, and what a member asks to hear of. */
import { expect, test } from 'vitest'
import { personWith, problems, sayKind, signedIn, twoKinds } from './browser.ts'
import { makesCoordinator } from './drawing.ts'
import { cancels, dayFromToday, schedules } from './scheduling.ts'

const numbered = twoKinds.map((kind, index) => ({ ...kind, index }))

test.for(numbered)(
  'a measure is proposed by one, approved or refused by another, read by all, and ended: %o',
  async ({ index, ...kind }) => {
    const [yasmin, naomi] = await Promise.all(['Yasmin Rahman', 'Naomi Clarke'].map((name) => signedIn(kind, name)))
    const stranger = await personWith(kind)
    const name = `Carers at ${sayKind(kind)}`
    await yasmin!.visits('/measures')
    await yasmin!.clicks('Propose a measure')
    await yasmin!.clicks('Unpaid care')
    await yasmin!.presses('Propose it')
    expect(await problems(yasmin!)).toContain('Choose at least one answer')
    const { page } = yasmin!
    for (const [label, words] of [
      [/^Name/, name],
      [/^For whom/, 'those who care for someone'],
      [/^The figure that shows/, '8 of 100 places went to them, who are 15 of 100 members'],
      [/^Where the figure is from/, 'Who takes part'],
      [/^From which day/, dayFromToday(-20)],
      [/^What it should achieve/, 'As many of them come as of others'],
      [/^Why it asks no more/, 'Two seats of ten, for a year, after calls by phone had changed nothing'],
      [/^To be looked at again on/, dayFromToday(300)],
    ] as const)
      await page.getByLabel(label).fill(words)
    await page
      .getByRole('group', { name: /^Who counts/ })
      .getByRole('checkbox')
      .last()
      .check()
    await yasmin!.presses('Propose it')
    expect(await yasmin!.reads()).toContain('Someone else has to approve it')
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    const measure = new URL(page.url()).pathname
    await stranger.visits('/measures')
    expect(await stranger.reads()).not.toContain(name)

    await naomi!.visits('/measures')
    await naomi!.clicks(new RegExp(`^Read it and decide.*${name}`))
    if (index % 2 === 0) {
      await naomi!.presses('Approve')
      expect(await problems(naomi!)).toContain('Tick the box to show that you have read the evidence')
      await naomi!.page.getByLabel('I have read the evidence and the reasons').check()
      await naomi!.presses('Approve')
      await stranger.visits('/measures')
      await stranger.clicks(name)
      expect(await stranger.reads()).toContain('In force')
      expect(await stranger.reads()).not.toContain('Naomi Clarke')
      await yasmin!.visits(measure)
      await page.getByLabel('Why?').fill('The journey is over')
      await yasmin!.presses('End this measure')
      expect(await yasmin!.reads()).toContain('The measure has ended')
      await stranger.visits(measure)
      expect(await stranger.reads()).toContain('The journey is over')
    } else {
      await naomi!.presses('Refuse')
      expect(await problems(naomi!)).toContain('Say why, in a sentence')
      await naomi!.page.getByLabel('Why?').fill('Two years of figures are needed')
      await naomi!.presses('Refuse')
      await yasmin!.visits(measure)
      expect(await yasmin!.reads()).toContain('Two years of figures are needed')
      await stranger.visits('/measures')
      expect(await stranger.reads()).not.toContain(name)
    }
    await Promise.all([yasmin!, naomi!, stranger].map((person) => person.leaves()))
  },
)

test.for(numbered)(
  'a member asks for help with a place, two people decide, it is paid and has come: %o',
  async ({ index, ...kind }) => {
    const [amina, martin, second, naomi] = await Promise.all(
      ['Amina Farooq', 'Martin Hallam', 'Grace Okafor', 'Naomi Clarke'].map((name) => signedIn(kind, name)),
    )
    const endsRole = await makesCoordinator(naomi!, 'Grace Okafor', 'East Midlands academy')
    const run = await schedules(martin!, {
      course: 'Observing and giving feedback',
      day: dayFromToday(34 + index),
      time: '10:00',
      capacity: 5,
    })
    await amina!.visits(run)
    await amina!.presses(/^(Ask for a place|Change to this run)$/)
    await amina!.visits('/me/places')
    await amina!.clicks(/^Ask for money.*with Observing and giving feedback/)
    await amina!.presses('Ask')
    expect(await problems(amina!)).toContain('Choose what would help')
    await amina!.page.getByLabel('Interpreter', { exact: true }).check()
    await amina!.page.getByLabel(/^How much it costs/).fill('12')
    await amina!.page.getByLabel(/^What it is for/).fill(`BSL at ${sayKind(kind)}`)
    await amina!.presses('Ask')
    expect(await amina!.reads()).toContain('Two people decide, and we write to you')

    await martin!.visits('/academies/east-midlands/help?sort=-asked')
    await martin!.clicks('Amina Farooq')
    expect(await martin!.reads()).toContain(`BSL at ${sayKind(kind)}`)
    const request = new URL(martin!.page.url()).pathname
    await martin!.page.getByLabel('Yes, give it').check()
    await martin!.page.getByLabel(/^How much/).fill('10')
    await martin!.presses('Say so')
    expect(await problems(martin!)).toContain('Say why, so that they understand it')
    await martin!.page.getByLabel(/^Why/).fill('The rest is paid by the venue')
    await martin!.presses('Say so')
    await martin!.visits(request)
    expect(await martin!.reads()).toContain('A second person has still to say the same')
    await second!.visits(request)
    expect(await second!.reads()).toContain('Martin Hallam would give £10')
    await second!.presses('Say so')
    expect(await second!.reads()).toContain('Note that £10 is paid')
    await martin!.visits(request)
    await martin!.presses('It is paid')
    expect(await problems(martin!)).toContain('Say how')
    await martin!.page.getByLabel(/^How it was paid/).fill('BACS 1')
    await martin!.presses('It is paid')
    await amina!.visits('/me/help')
    expect(await amina!.reads()).toContain('The rest is paid by the venue')
    await amina!.presses(/^It has reached me/)
    expect(await amina!.reads()).toContain('You said it came')
    await martin!.visits('/academies/east-midlands/help/report')
    await cancels(martin!, run)
    await endsRole()
    await Promise.all([amina!, martin!, second!, naomi!].map((person) => person.leaves()))
  },
)

test.for(twoKinds)(
  'a member asks to be told of a course, the coordinator sees that someone does, and it ends: %o',
  async (kind) => {
    const [tomasz, martin] = await Promise.all(['Tomasz Kowalski', 'Martin Hallam'].map((name) => signedIn(kind, name)))
    await tomasz!.visits('/courses/becoming-a-trainer')
    await tomasz!.presses('Tell me when this runs near me')
    expect(await tomasz!.reads()).toContain('We tell you when Becoming a trainer runs near you or online')
    await martin!.visits('/coordinating')
    await martin!.clicks('Who wishes for which course')
    await martin!.clicks('Becoming a trainer')
    expect(await martin!.reads()).not.toContain('Tomasz')
    await tomasz!.visits('/me/wishes')
    await tomasz!.presses(/^Stop.*Becoming a trainer/)
    expect(await tomasz!.reads()).toContain('You get no more letters about this course')
    await Promise.all([tomasz!, martin!].map((person) => person.leaves()))
  },
)
