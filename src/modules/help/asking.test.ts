import { describe, expect } from 'vitest'
import { noon, test } from '../../../test/world.ts'
import { withdrawPlace } from '../places/leave.ts'
import { askWithApplication, askWithPlace, withdrawHelp } from './ask.ts'
import { payHelp } from './decide.ts'
import { academyOf, applicationOf, letters, placeOf, potsOf, requestOf, roundOf } from '../../../test/help.ts'
import { sweep } from './settle.ts'

describe('By the rule', () => {
  test('who has a place and asks for no more than the rule gives is given it at once, from the pot', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request, step } = await person.does(askWithPlace, {
      id: place,
      kind: 'travel',
      amount: '12.50',
      says: 'The bus',
    })
    expect(step).toBe('awarded')
    expect(await requestOf(world, person, request)).toMatchObject({
      state: 'awarded',
      awarded_pence: 1250,
      run_id: the.run,
    })
    expect(await potsOf(world, the.academy)).toEqual([{ amount_pence: 10_000, awarded_pence: 1250 }])
    const [letter] = await letters(world, person)
    expect(letter).toMatchObject({ kind: 'help-awarded' })
    expect(letter!.body).not.toMatch(/travel|bus|12\.50/i)
  })

  test('what costs nothing needs no pot', async (world) => {
    const the = await academyOf(world, { pot: '' })
    const { person, place } = await the.placed()
    expect(await person.does(askWithPlace, { id: place, kind: 'quiet room' })).toMatchObject({ step: 'awarded' })
  })

  test('above the rule, or with too little in the pot, two people decide', async (world) => {
    const the = await academyOf(world, { pot: '10' })
    const { person, place } = await the.placed()
    const { step } = await person.does(askWithPlace, { id: place, kind: 'travel', amount: '15' })
    expect(step).toBe('to decide')
    expect(await person.does(askWithPlace, { id: place, kind: 'childcare' })).toMatchObject({ step: 'to decide' })
    expect(await potsOf(world, the.academy)).toEqual([{ amount_pence: 1000, awarded_pence: 0 }])
  })

  test('who waits for a place waits with the request too; with the place it is given', async (world) => {
    const the = await academyOf(world, { capacity: 1 })
    const first = await the.placed('Joan Whitaker')
    const { person, place } = await the.placed()
    const { request, step } = await person.does(askWithPlace, { id: place, kind: 'travel', amount: '15' })
    expect(step).toBe('waits')
    await first.person.does(withdrawPlace, { id: first.place })
    await world.work()
    expect(await requestOf(world, person, request)).toMatchObject({ state: 'asked', run_id: null })
    const { acceptPlace } = await import('../places/accept.ts')
    await person.does(acceptPlace, { id: place })
    await sweep(await world.visit())
    expect(await requestOf(world, person, request)).toMatchObject({ state: 'awarded', awarded_pence: 1500 })
    expect((await letters(world, person)).map(({ kind }) => kind)).toEqual(['help-waits', 'help-awarded'])
    await sweep(await world.visit())
    expect(await letters(world, person)).toHaveLength(2)
  })

  test('giving up the place gives the money back to the pot; giving up the request does too; what is paid stays paid', async (world) => {
    const the = await academyOf(world)
    const [one, two, three] = [await the.placed('One'), await the.placed('Two'), await the.placed('Three')]
    const ids = []
    for (const { person, place } of [one, two, three])
      ids.push((await person.does(askWithPlace, { id: place, kind: 'travel', amount: '15' })).request)
    expect(await potsOf(world, the.academy)).toMatchObject([{ awarded_pence: 4500 }])
    await the.martin.does(payHelp, { id: ids[2], reference: 'BACS 17' })
    await one.person.does(withdrawPlace, { id: one.place })
    await two.person.does(withdrawHelp, { id: ids[1] })
    await two.person.does(withdrawHelp, { id: ids[1] })
    await three.person.does(withdrawPlace, { id: three.place })
    await world.work()
    await sweep(await world.visit())
    expect(await potsOf(world, the.academy)).toMatchObject([{ awarded_pence: 1500 }])
    expect(await requestOf(world, one.person, ids[0]!)).toMatchObject({ state: 'ended', awarded_pence: 0 })
    expect(await requestOf(world, three.person, ids[2]!)).toMatchObject({ state: 'paid', awarded_pence: 1500 })
    expect((await letters(world, one.person)).map(({ kind }) => kind)).toEqual(['help-awarded', 'help-ended'])
  })

  test('a run that is cancelled gives all of it back', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    await person.does(askWithPlace, { id: place, kind: 'travel', amount: '15' })
    const { cancelRun } = await import('../runs/cancel.ts')
    await the.martin.does(cancelRun, { id: the.run, why: 'The hall has flooded' })
    await world.work()
    expect(await potsOf(world, the.academy)).toMatchObject([{ awarded_pence: 0 }])
  })
})

describe('Asking', () => {
  test('only for one’s own place that is not over, what is offered, once, and no more than the most', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const ask = (said: object) => person.does(askWithPlace, { id: place, kind: 'travel', ...said })
    await expect(ask({ amount: '40.01' })).rejects.toThrow('£40')
    await expect(ask({ amount: '0' })).rejects.toThrow()
    for (const amount of ['-1', '1e3', 'lots', '9'.repeat(50), '\0'])
      await expect(ask({ amount })).rejects.toThrow('in pounds')
    await expect(ask({ kind: 'interpreter' })).rejects.toThrow('does not help with this')
    await expect(ask({ kind: 'champagne' })).rejects.toThrow()
    await expect(person.does(askWithPlace, { id: place, kind: 'quiet room', amount: '5' })).rejects.toThrow('not paid')
    await ask({ amount: '5' })
    await expect(ask({ amount: '6' })).rejects.toThrow('already')
    const other = await world.person()
    await expect(other.does(askWithPlace, { id: place, kind: 'travel' })).rejects.toMatchObject({ name: 'Absent' })
    await person.does(withdrawPlace, { id: place })
    await expect(ask({ kind: 'childcare' })).rejects.toMatchObject({ name: 'Absent' })
  })

  test('without an amount it counts as the most that the rule gives', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request } = await person.does(askWithPlace, { id: place, kind: 'childcare' })
    expect(await requestOf(world, person, request)).toMatchObject({ asked_pence: 6000 })
  })

  test('with an application it waits for the draw, moves with the place, and ends where there is none', async (world) => {
    const the = await academyOf(world)
    const person = await world.person()
    const round = await roundOf(world, the.academy, the.run)
    const application = await applicationOf(world, round, person, [the.run])
    expect((await person.get('/me/help')).body).toContain(`/applications/${application}/help`)
    expect((await person.get(`/applications/${application}/help`)).body).toContain('no part in the draw')
    const { request, step } = await person.does(askWithApplication, { id: application, kind: 'travel', amount: '15' })
    expect(step).toBe('waits')
    await sweep(await world.visit())
    expect(await requestOf(world, person, request)).toMatchObject({ state: 'asked', run_id: null })
    expect((await the.martin.api('GET', `/api/help/${request}`)).status).toBe(404) // nobody sees it before there is a place
    // the draw gives a place at another academy, which has its own rules and no pot
    const elsewhere = await academyOf(world, { pot: '' })
    const place = await placeOf(world, elsewhere.run, person, application, 'confirmed')
    await sweep(await world.visit())
    expect(await requestOf(world, person, request)).toMatchObject({
      state: 'asked',
      run_id: elsewhere.run,
      academy_id: elsewhere.academy,
    })
    // a better offer, accepted, gives that place up for one here
    await world.db.updateTable('place').set({ state: 'withdrawn' }).where('id', '=', place).execute()
    const better = await placeOf(world, the.run, person, application, 'confirmed')
    await sweep(await world.visit())
    expect(await requestOf(world, person, request)).toMatchObject({
      state: 'awarded',
      run_id: the.run,
      awarded_pence: 1500,
    })
    // given up for a turn elsewhere, it waits again; with nothing left after the draw it ends
    await world.db.updateTable('place').set({ state: 'withdrawn' }).where('id', '=', better).execute()
    await world.db.updateTable('place').set({ state: 'waiting' }).where('id', '=', place).execute()
    await sweep(await world.visit())
    expect(await requestOf(world, person, request)).toMatchObject({ state: 'asked', run_id: null })
    expect(await potsOf(world, the.academy)).toMatchObject([{ awarded_pence: 0 }])
    await world.db.updateTable('place').set({ state: 'lapsed' }).where('id', '=', place).execute()
    await world.db.updateTable('application').set({ withdrawn_at: noon }).where('id', '=', application).execute()
    await sweep(await world.visit())
    expect(await requestOf(world, person, request)).toMatchObject({ state: 'ended' })
    await expect(person.does(askWithApplication, { id: application, kind: 'childcare' })).rejects.toMatchObject({
      name: 'Absent',
    })
  })
})
