import { describe, expect } from 'vitest'
import { test } from '../../../test/world.ts'
import { askForPlace } from '../places/ask.ts'
import { askWithPlace, receiptHelp, withdrawHelp } from './ask.ts'
import { decideHelp, payHelp } from './decide.ts'
import { academyOf, letters, potsOf, requestOf } from '../../../test/help.ts'
import { changePot, makePot } from './pot.ts'

describe('Two people', () => {
  test('what two say alike is decided; where they differ, the later word stands until somebody says the same', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'childcare', amount: '60' })
    expect(await the.martin.does(decideHelp, { id, answer: 'give' })).toMatchObject({ outcome: 'first' })
    expect(await the.martin.does(decideHelp, { id, answer: 'give' })).toMatchObject({ outcome: 'first' }) // alone he never decides
    expect(
      await the.sheila.does(decideHelp, { id, answer: 'give', amount: '40', why: 'Two sessions, not three' }),
    ).toMatchObject({ outcome: 'differs' })
    expect(await potsOf(world, the.academy)).toMatchObject([{ awarded_pence: 0 }])
    expect(await the.martin.does(decideHelp, { id, answer: 'give', amount: '40.00', why: 'Agreed' })).toMatchObject({
      outcome: 'awarded',
    })
    expect(await requestOf(world, person, id)).toMatchObject({
      state: 'awarded',
      awarded_pence: 4000,
      first_by: the.sheila.id,
      decided_by: the.martin.id,
      decided_why: 'Two sessions, not three Agreed',
    })
    await expect(the.sheila.does(decideHelp, { id, answer: 'no', why: 'Late' })).rejects.toThrow('decided already')
  })

  test('a no needs two as well, and a reason', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'childcare' })
    await expect(the.martin.does(decideHelp, { id, answer: 'no' })).rejects.toThrow('Say why')
    await expect(the.martin.does(decideHelp, { id, answer: 'give', amount: '60.01' })).rejects.toThrow('more')
    await the.martin.does(decideHelp, { id, answer: 'no', why: 'The venue has a crèche' })
    await the.sheila.does(decideHelp, { id, answer: 'no' }) // who says the same need not say why again
    expect(await requestOf(world, person, id)).toMatchObject({
      state: 'refused',
      awarded_pence: 0,
      decided_why: 'The venue has a crèche',
    })
    expect((await letters(world, person)).at(-1)).toMatchObject({ kind: 'help-refused' })
    expect(await person.does(askWithPlace, { id: place, kind: 'childcare', amount: '20' })).toMatchObject({
      step: 'to decide',
    })
  })

  test('more than the pot has left cannot be given, and says what is left', async (world) => {
    const the = await academyOf(world, { pot: '50' })
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'childcare' })
    await the.martin.does(decideHelp, { id, answer: 'give' })
    await expect(the.sheila.does(decideHelp, { id, answer: 'give' })).rejects.toThrow('£50 left')
    expect(await requestOf(world, person, id)).toMatchObject({ state: 'half decided' })
  })

  test('nobody decides or pays their own, or that of a run they lead', async (world) => {
    const the = await academyOf(world)
    const { place } = await the.martin.does(askForPlace, { id: the.run })
    const { request: own } = await the.martin.does(askWithPlace, { id: place, kind: 'childcare' })
    await expect(the.martin.does(decideHelp, { id: own, answer: 'give' })).rejects.toMatchObject({ name: 'Absent' })
    const { person, place: hers } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: hers, kind: 'childcare' })
    await world.db.insertInto('run_trainer').values({ run_id: the.run, person_id: the.sheila.id }).execute()
    await expect(the.sheila.does(decideHelp, { id, answer: 'give' })).rejects.toMatchObject({ name: 'Absent' })
    expect((await the.sheila.get(`/help/${id}`)).status).toBe(404)
  })

  test('it is paid with a reference, once, and the member says that it came', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'travel', amount: '10' })
    await expect(person.does(receiptHelp, { id })).rejects.toThrow('not paid')
    await expect(the.martin.does(payHelp, { id, reference: ' ' })).rejects.toThrow('Say how')
    await the.martin.does(payHelp, { id, reference: 'BACS 17' })
    await expect(the.sheila.does(payHelp, { id, reference: 'BACS 18' })).rejects.toThrow('already')
    await expect(person.does(withdrawHelp, { id })).rejects.toThrow('paid or arranged already')
    await person.does(receiptHelp, { id, note: 'Thank you' })
    await person.does(receiptHelp, { id })
    expect(await requestOf(world, person, id)).toMatchObject({
      state: 'receipted',
      paid_by: the.martin.id,
      receipt_note: 'Thank you',
    })
    await expect(the.sheila.does(receiptHelp, { id })).rejects.toMatchObject({ name: 'Absent' })
  })
})

describe('Pots and rules', () => {
  test('a pot never holds less than is awarded, shares no day with another, and keeps the days it has paid for', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    await person.does(askWithPlace, { id: place, kind: 'travel', amount: '15' })
    const { id } = await world.db
      .selectFrom('help_pot')
      .where('academy_id', '=', the.academy)
      .select('id')
      .executeTakeFirstOrThrow()
    const said = { id, name: 'Spring', startsOn: '2027-01-01', endsOn: '2027-03-31' }
    await expect(the.martin.does(changePot, { ...said, amount: '14.99' })).rejects.toThrow('£15')
    await the.martin.does(changePot, { ...said, amount: '15' })
    await expect(the.martin.does(changePot, { ...said, amount: '15', startsOn: '2027-02-01' })).rejects.toThrow(
      'not shorter',
    )
    await expect(
      the.martin.does(makePot, {
        slug: the.slug,
        name: 'More',
        startsOn: '2027-03-31',
        endsOn: '2027-06-30',
        amount: '5',
      }),
    ).rejects.toThrow('has some of these days')
    await expect(
      the.martin.does(makePot, {
        slug: the.slug,
        name: 'Back',
        startsOn: '2027-06-30',
        endsOn: '2027-04-01',
        amount: '5',
      }),
    ).rejects.toThrow('before the first')
    await the.martin.does(makePot, {
      slug: the.slug,
      name: 'Summer',
      startsOn: '2027-04-01',
      endsOn: '2027-06-30',
      amount: '5',
    })
  })

  test('what is given at once cannot be above the most', async (world) => {
    const the = await academyOf(world)
    await expect(the.rule('travel', '10', '11')).rejects.toThrow('£10')
  })

  test('the pages work without JavaScript, from the form to the receipt', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    expect((await world.stranger().get('/help')).body).toContain('Up to £40; up to £15 at once')
    expect((await person.get(`/places/${place}/help`)).body).toContain('Trainers never see it')
    const wrong = await person.post(`/places/${place}/help`, { kind: 'travel', amount: '41' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('The most is £40')
    expect(await person.post(`/places/${place}/help`, { kind: 'travel', amount: '30', says: 'A taxi' })).toMatchObject({
      status: 303,
      location: '/me/help',
    })
    const mine = await person.get('/me/help')
    const [, id] = /\/help\/([\da-f-]{36})\/withdrawal/.exec(mine.body)!
    expect((await the.martin.get(`/academies/${the.slug}/help`)).body).toContain(`/help/${id}`)
    expect((await the.martin.get(`/help/${id}`)).body).toContain('A taxi')
    for (const who of [the.martin, the.sheila])
      expect((await who.post(`/help/${id}/decision`, { answer: 'give', amount: '', why: '' })).status).toBe(303)
    expect((await the.martin.post(`/help/${id}/payment`, { reference: 'BACS 3' })).status).toBe(303)
    expect((await person.get('/me/help')).body).toContain('Paid: £30')
    expect((await person.post(`/help/${id}/receipt`)).status).toBe(303)
    for (const url of ['rules/travel', 'pots/new', 'report'])
      expect((await the.martin.get(`/academies/${the.slug}/help/${url}`)).status, url).toBe(200)
    for (const url of ['rules/champagne', 'pots/none', 'pots/%00'])
      expect((await the.martin.get(`/academies/${the.slug}/help/${url}`)).status, url).toBe(404)
  })
})
