/** A coordinator from nothing to a full run, and what its members see of it, narrow and wide, light and dark, with and without JavaScript. */
import { expect, test } from 'vitest'
import { fewKinds, type Person, personWith } from './browser.ts'
import { cancels, dayFromToday, schedules } from './scheduling.ts'

const course = 'Mentoring practice'

test.for(fewKinds.map((kind, index) => ({ ...kind, index })))(
  'a coordinator schedules a run, it fills, the waiting list moves, it gets more places, and it is cancelled: %o',
  async ({ index, ...kind }) => {
    const [martin, tomasz, joan, amina] = await Promise.all([
      signedIn('Martin Hallam'),
      signedIn('Tomasz Kowalski'),
      signedIn('Joan Whitaker'),
      signedIn('Amina Farooq'),
    ])
    const run = await schedules(martin, {
      course,
      day: dayFromToday(70 + index),
      time: '10:00',
      capacity: 1,
      draftFirst: index % 2 === 0,
    })

    expect(await asks(tomasz, run)).toContain('You have a place')
    expect(await asks(joan, run)).toContain('You are next')
    expect(await asks(amina, run)).toContain('One person asked before you')
    await martin.visits(`${run}/people`)
    expect(await martin.reads()).toMatch(/1\s+of 1 places taken\s+2\s+waiting/)

    await tomasz.visits(run)
    await tomasz.clicks('I cannot come')
    await tomasz.presses('Give up my place')
    await joan.visits(run)
    expect(await joan.reads()).toContain('A place is yours if you want it')
    await joan.presses(/^Take the place/)
    await joan.visits(run)
    expect(await joan.reads()).toContain('You have a place')

    await setsPlaces(martin, run, '0')
    expect(await martin.page.locator('#problems').innerText()).toContain('Enter 1 or more')
    await setsPlaces(martin, run, '2')
    expect(await martin.reads()).toContain('There are 2 places instead of 1.')
    await martin.presses('Save the changes')
    await amina.visits(run)
    expect(await amina.reads()).toContain('A place is yours if you want it')
    await amina.presses(/^Take the place/)
    await martin.visits(`${run}/people`)
    expect(await martin.reads()).toMatch(/2\s+of 2 places taken\s+0\s+waiting/)

    await cancels(martin, run)
    await amina.visits(run)
    expect(await amina.reads()).toContain('The journey is over')
    await Promise.all([martin, tomasz, joan, amina].map((person) => person.leaves()))

    async function signedIn(name: string): Promise<Person> {
      const person = await personWith(kind)
      await person.signsInAs(name)
      return person
    }
  },
)

async function asks(member: Person, run: string): Promise<string> {
  await member.visits(run)
  await member.presses(/^(Ask for a place|Join the waiting list)$/)
  await member.visits(run)
  return member.reads()
}

async function setsPlaces(coordinator: Person, run: string, places: string): Promise<void> {
  await coordinator.visits(`${run}/edit`)
  await coordinator.page.getByLabel(/^Places/).fill(places)
  await coordinator.presses('Check the changes')
}
