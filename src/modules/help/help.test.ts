import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { noon, type Person, test, type World } from '../../../test/world.ts'
import { askForPlace } from '../places/ask.ts'
import { withdrawPlace } from '../places/leave.ts'
import { askWithApplication, askWithPlace, receiptHelp, withdrawHelp } from './ask.ts'
import { decideHelp, payHelp } from './decide.ts'
import { changePot, makePot } from './pot.ts'
import { reportFrom } from './report.ts'
import { keepRule } from './rule.ts'
import { sweep } from './settle.ts'

/** An academy with a pot of £100, rules, two coordinators, a trainer, and a run. */
async function academyOf(world: World, { pot = '100', capacity = 3 } = {}) {
  const academy = await world.academy()
  const { slug } = await world.db
    .selectFrom('academy')
    .where('id', '=', academy)
    .select('slug')
    .executeTakeFirstOrThrow()
  const rights = [{ role: 'coordinator' as const, academy }]
  const [martin, sheila] = [await world.person({ name: 'Martin Hallam', rights }), await world.person({ rights })]
  const ruth = await world.person({ name: 'Ruth Osei', rights: [{ role: 'trainer', academy }] })
  const run = await world.run({ academy, capacity, trainers: [ruth.id] })
  if (pot !== '')
    await martin.does(makePot, { slug, name: 'Spring', startsOn: '2027-01-01', endsOn: '2027-03-31', amount: pot })
  const rule = (kind: string, most: string, byRule: string) =>
    martin.does(keepRule, { slug, kind, offered: 'yes', most, byRule })
  await rule('travel', '40', '15')
  await rule('childcare', '60', '')
  await rule('quiet-room', '', '')
  const placed = async (name = 'Amina Farooq') => {
    const person = await world.person({ name })
    const { place } = await person.does(askForPlace, { id: run })
    return { person, place }
  }
  return { academy, slug, martin, sheila, ruth, run, placed, rule }
}

/** A request as its member sees it, whoever acts. */
const requestOf = async ({ db }: World, person: Person, id: string) => {
  await sql`select set_config('hearten.person', ${person.id}, true)`.execute(db)
  return db.selectFrom('help_request').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
}
const potsOf = ({ db }: World, academy: string) =>
  db.selectFrom('help_pot').where('academy_id', '=', academy).select(['amount_pence', 'awarded_pence']).execute()
const letters = ({ db }: World, person: Person) =>
  db
    .selectFrom('mail')
    .where('person_id', '=', person.id)
    .where('kind', 'like', 'help-%')
    .orderBy('made_at')
    .orderBy('id')
    .select(['kind', 'body'])
    .execute()

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
    await the.sheila.does(decideHelp, { id, answer: 'no', why: 'The venue has a crèche' })
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

describe('Trainers', () => {
  test('see none of it: not by page, not through the API, not in the database', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, {
      id: place,
      kind: 'travel',
      amount: '12.34',
      says: 'Wheelchair taxi',
    })
    for (const url of [
      `/help/${id}`,
      `/academies/${the.slug}/help`,
      `/academies/${the.slug}/help/report`,
      `/places/${place}/help`,
      `/api/help/${id}`,
      `/api/academies/${the.slug}/help`,
    ]) {
      const seen = url.startsWith('/api') ? await the.ruth.api('GET', url) : await the.ruth.get(url)
      expect([403, 404], url).toContain(seen.status)
    }
    for (const url of [
      `/runs/${the.run}`,
      `/runs/${the.run}/people`,
      `/runs/${the.run}/people.csv`,
      '/teaching',
      '/help',
    ])
      expect((await the.ruth.get(url)).body, url).not.toMatch(/Wheelchair|12\.34/)
    const rows = async (as: string) => {
      await sql`set local role hearten_app`.execute(world.db)
      await sql`select set_config('hearten.person', ${as}, true)`.execute(world.db)
      return (await sql`select from help_request`.execute(world.db)).rows.length
    }
    expect(await rows(the.ruth.id)).toBe(0)
    expect(await rows(the.martin.id)).toBe(1)
    expect(await rows(person.id)).toBe(1)
    const elsewhere = await academyOf(world)
    expect(await rows(elsewhere.martin.id)).toBe(0)
    await sql`select set_config('hearten.person', ${the.ruth.id}, true)`.execute(world.db)
    expect((await sql`update help_request set says = 'x' returning 1`.execute(world.db)).rows).toEqual([])
  })

  test('a coordinator of another academy finds neither the request nor the pot', async (world) => {
    const the = await academyOf(world)
    const elsewhere = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'childcare' })
    const { id: pot } = await world.db
      .selectFrom('help_pot')
      .where('academy_id', '=', the.academy)
      .select('id')
      .executeTakeFirstOrThrow()
    expect((await elsewhere.martin.get(`/help/${id}`)).status).toBe(404)
    expect((await elsewhere.martin.get(`/academies/${the.slug}/help`)).status).toBe(404)
    await expect(elsewhere.martin.does(decideHelp, { id, answer: 'give' })).rejects.toMatchObject({ name: 'Absent' })
    const said = { name: 'Mine', startsOn: '2027-01-01', endsOn: '2027-03-31', amount: '1' }
    await expect(elsewhere.martin.does(changePot, { id: pot, ...said })).rejects.toMatchObject({ name: 'Absent' })
    await expect(elsewhere.martin.does(keepRule, { slug: the.slug, kind: 'travel', most: '1' })).rejects.toMatchObject({
      name: 'Absent',
    })
  })

  test('that someone read it goes on the member’s record once a day', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request: id } = await person.does(askWithPlace, { id: place, kind: 'childcare' })
    await the.martin.get(`/academies/${the.slug}/help`)
    await the.martin.get(`/help/${id}`)
    const seen = await world.db.selectFrom('happening').where('what', '=', 'help.seen').selectAll().execute()
    expect(seen.filter(({ about }) => (about as { person: string }).person === person.id)).toHaveLength(1)
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

describe('The report', () => {
  test('hides small numbers and their money, and the money of all where one is hidden', async () => {
    const row = { refused: 20, waits: 30 }
    const { table, money, allMoney } = reportFrom([
      { kind: 'travel', given: 40, pence: 41_234, ...row },
      { kind: 'childcare', given: 3, pence: 6000, ...row },
    ])
    expect(table.groups.find(({ name }) => name === 'Childcare')!.counts[0]).toMatchObject({ count: null })
    expect(money[1]).toBeNull()
    expect(allMoney).toBeNull()
  })

  test('counts by kind, at one academy and at all, what was asked for in whole months', async (world) => {
    const the = await academyOf(world)
    const { person, place } = await the.placed()
    const { request } = await person.does(askWithPlace, { id: place, kind: 'travel', amount: '15' })
    const counts = async (academy: string | null) =>
      (
        await sql<{ kind: string }>`select * from help_counts('2026-11-01', '2026-12-01', ${academy}::uuid)`.execute(
          world.db,
        )
      ).rows.filter(({ kind }) => kind === 'travel')
    expect(await counts(the.academy)).toEqual([{ kind: 'travel', given: 1, refused: 0, waits: 0, pence: 1500 }])
    expect(await counts(await world.academy())).toEqual([])
    await person.does(withdrawHelp, { id: request })
    expect(await counts(the.academy)).toEqual([])
  })
})

async function roundOf({ db }: World, academy: string, run: string): Promise<string> {
  const { id } = await db
    .insertInto('round')
    .values({
      slug: `round-${run.slice(-12)}`,
      name: 'Spring 2027',
      academy_id: academy,
      opens_at: new Date('2026-11-01'),
      closes_at: new Date('2026-12-01'),
      reveal_until: new Date('2026-12-02'),
      state: 'published',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('round_run').values({ run_id: run, round_id: id }).execute()
  return id
}

const applicationOf = async ({ db }: World, round: string, person: Person, runs: string[]): Promise<string> =>
  (
    await db
      .insertInto('application')
      .values({
        round_id: round,
        person_id: person.id,
        pseudonym: person.id,
        choices: runs,
        submitted_at: noon,
        changed_at: noon,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id

async function placeOf(
  { db }: World,
  run: string,
  person: Person,
  application: string,
  state: string,
): Promise<string> {
  const { course_id } = await db.selectFrom('run').where('id', '=', run).select('course_id').executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('place')
    .values({ run_id: run, course_id, person_id: person.id, application_id: application, state })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
