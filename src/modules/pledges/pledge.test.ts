import { describe, expect } from 'vitest'
import { test, type Person, type World } from '../../../test/world.ts'
import { askForPlace } from '../places/index.ts'
import { changePledge, makePledge, reviewPledge, withdrawPledge } from './actions.ts'
import { askOnTheDay } from './jobs.ts'
import { pledgesOf } from './queries.ts'

const words = 'Get the bus stop on Outram Street moved back by Easter'
const reviewOn = '2027-03-02'
const pledgesIn = async ({ visit }: World, { id }: Person) => pledgesOf(await visit(), id)

describe('Writing a pledge', () => {
  test('whoever takes a first place is invited on the page, and writes it in a minute', async (world) => {
    const trainer = await world.person({ name: 'Ruth Osei', rights: [{ role: 'trainer' }] })
    const run = await world.run({ trainers: [trainer.id] })
    const member = await world.person()
    await member.does(askForPlace, { id: run })
    expect((await member.get(`/runs/${run}`)).body).toContain(`/me/pledges/new?run=${run}`)
    expect((await member.get(`/me/pledges/new?run=${run}`)).body).toContain(`value="${run}"`)
    const made = await member.post('/me/pledges', { commitment: words, reviewOn, run })
    expect([made.status, made.location]).toEqual([303, '/me/pledges'])
    expect(await pledgesIn(world, member)).toMatchObject([
      { commitment: words, reviewOn, run, state: 'open', mentor: 'Ruth Osei', madeOn: '2026-11-24' },
    ])
    expect((await member.get('/me/pledges')).body).toContain('with Ruth Osei on 2 March 2027')
    expect((await member.get(`/runs/${run}`)).body).not.toContain('/me/pledges/new')
  })

  test('sending it twice is sending it once', async (world) => {
    const member = await world.person()
    const first = await member.does(makePledge, { commitment: words, reviewOn })
    expect(await member.does(makePledge, { commitment: words, reviewOn })).toEqual(first)
    expect(await pledgesIn(world, member)).toHaveLength(1)
  })

  test('it is looked at in two weeks at the soonest and in a year at the latest; what was typed comes back', async (world) => {
    const member = await world.person()
    for (const day of ['2026-12-07', '2027-11-25', '2020-01-01'])
      await expect(member.does(makePledge, { commitment: words, reviewOn: day })).rejects.toThrow(
        'Choose a day from 8 December 2026 to 24 November 2027',
      )
    for (const day of ['2026-12-08', '2027-11-24'])
      expect(await member.does(makePledge, { commitment: `${words} ${day}`, reviewOn: day })).toHaveProperty('id')
    const refused = await member.post('/me/pledges', { commitment: words, reviewOn: 'soon' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain(words)
    expect(refused.body).toContain('Enter a date that exists')
    await expect(member.does(makePledge, { commitment: ' ', reviewOn })).rejects.toThrow('Write what you will change')
    await expect(member.does(makePledge, { commitment: 'x'.repeat(601), reviewOn })).rejects.toThrow('600 characters')
  })

  test('only members pledge, and a run they have no place on is not named', async (world) => {
    const contact = await world.person({ standing: 'contact' })
    await expect(contact.does(makePledge, { commitment: words, reviewOn })).rejects.toMatchObject({ name: 'Forbidden' })
    const member = await world.person()
    await member.does(makePledge, { commitment: words, reviewOn, run: await world.run() })
    expect(await pledgesIn(world, member)).toMatchObject([{ run: null }])
  })
})

describe('Changing and taking back', () => {
  test('a pledge is changed while it is open, by whoever made it and nobody else', async (world) => {
    const [member, other] = [await world.person(), await world.person()]
    const { id } = await member.does(makePledge, { commitment: words, reviewOn })
    await member.does(changePledge, { id, commitment: 'Two bus stops', reviewOn: '2027-04-01' })
    expect(await pledgesIn(world, member)).toMatchObject([{ commitment: 'Two bus stops', reviewOn: '2027-04-01' }])
    await expect(other.does(changePledge, { id, commitment: 'x', reviewOn })).rejects.toMatchObject({ name: 'Absent' })
    await expect(other.does(withdrawPledge, { id })).rejects.toMatchObject({ name: 'Absent' })
    for (const url of [`/pledges/${id}`, `/pledges/${id}/review`, `/pledges/${id}/withdrawal`])
      expect((await other.get(url)).status).toBe(404)
    await member.does(withdrawPledge, { id })
    await member.does(withdrawPledge, { id })
    await expect(member.does(changePledge, { id, commitment: 'x', reviewOn })).rejects.toThrow('no longer open')
    await expect(member.does(reviewPledge, { id, outcome: 'kept', learnt: 'x' })).rejects.toThrow('taken back')
  })
})

describe('Looking at it', () => {
  test('on its day the member and the trainer are written to, once; the letter to the trainer does not carry the pledge', async (world) => {
    const trainer = await world.person({ name: 'Ruth Osei' })
    const run = await world.run({ trainers: [trainer.id] })
    const member = await world.person({ name: 'Amina Farooq' })
    await member.does(askForPlace, { id: run })
    await member.does(makePledge, { commitment: words, reviewOn, run })
    await askOnTheDay(await world.visit(undefined, new Date('2027-03-01T08:00:00Z')))
    const letters = () =>
      world.db
        .selectFrom('mail')
        .where('kind', 'like', 'pledge-review%')
        .where('person_id', 'in', [member.id, trainer.id])
        .selectAll()
        .orderBy('kind')
        .execute()
    expect(await letters()).toEqual([])
    // the day itself was missed: the next one catches up
    for (const at of ['2027-03-03T08:00:00Z', '2027-03-04T08:00:00Z'])
      await askOnTheDay(await world.visit(undefined, new Date(at)))
    const [own, theirs, ...more] = await letters()
    expect(more).toEqual([])
    expect(own).toMatchObject({ person_id: member.id, kind: 'pledge-review' })
    expect(own!.body).toContain(words)
    expect(theirs).toMatchObject({ person_id: trainer.id, subject: 'A pledge to look at with Amina Farooq' })
    expect(theirs!.body).not.toContain('Outram')
  })

  test('the member says how it turned out, what they learnt and with whom', async (world) => {
    const trainer = await world.person({ name: 'Ruth Osei' })
    const run = await world.run({ trainers: [trainer.id] })
    const member = await world.person()
    await member.does(askForPlace, { id: run })
    const { id } = await member.does(makePledge, { commitment: words, reviewOn, run })
    expect((await member.get(`/pledges/${id}/review`)).body).toContain('Ruth Osei')
    const stranger = await world.person()
    const wrong = await member.post(`/pledges/${id}/review`, {
      outcome: 'kept',
      learnt: 'Ask first',
      mentor: stranger.id,
    })
    expect(wrong.status).toBe(422)
    await member.post(`/pledges/${id}/review`, { outcome: 'partly kept', learnt: 'Ask first', mentor: trainer.id })
    expect(await pledgesIn(world, member)).toMatchObject([
      { state: 'partly kept', learnt: 'Ask first', reviewedBy: 'Ruth Osei', reviewedOn: '2026-11-24' },
    ])
    await expect(member.does(reviewPledge, { id, outcome: 'kept', learnt: 'More' })).rejects.toThrow('already')
  })

  test('the run’s trainer and coordinators there or of the member’s area look at it; others find nothing', async (world) => {
    const region = await world.area({ kind: 'region', name: 'East Midlands' })
    const home = await world.area({ parent: region })
    const academy = await world.academy()
    const trainer = await world.person({ rights: [{ role: 'trainer', academy }] })
    const colleague = await world.person({ rights: [{ role: 'trainer', academy }] })
    const arranges = await world.person({ name: 'Joan Ellis', rights: [{ role: 'coordinator', academy }] })
    const regional = await world.person({ rights: [{ role: 'coordinator', area: region }] })
    const elsewhere = await world.person({ rights: [{ role: 'coordinator', academy: await world.academy() }] })
    const administrator = await world.person({ rights: [{ role: 'administrator' }] })
    const run = await world.run({ academy, trainers: [trainer.id] })
    const member = await world.person({ area: home })
    await member.does(askForPlace, { id: run })
    const { id } = await member.does(makePledge, { commitment: words, reviewOn, run })
    for (const who of [trainer, arranges, regional]) {
      expect((await who.get(`/pledges/${id}`)).status).toBe(200)
      expect((await who.get('/pledges?show=open')).body).toContain(words)
      expect((await who.get('/pledges')).body).not.toContain(words)
    }
    for (const who of [colleague, elsewhere]) {
      expect((await who.get(`/pledges/${id}`)).status).toBe(404)
      expect((await who.get('/pledges?show=open')).body).not.toContain(words)
      await expect(who.does(reviewPledge, { id, outcome: 'kept', learnt: 'x' })).rejects.toMatchObject({
        name: 'Absent',
      })
    }
    expect((await administrator.get(`/pledges/${id}`)).status).toBe(404)
    expect((await administrator.get('/pledges')).status).toBe(403)
    await expect(trainer.does(changePledge, { id, commitment: 'x', reviewOn })).rejects.toMatchObject({
      name: 'Absent',
    })
    await arranges.does(reviewPledge, { id, outcome: 'kept', learnt: 'Thirty neighbours came' })
    expect(await pledgesIn(world, member)).toMatchObject([{ state: 'kept', reviewedBy: 'Joan Ellis' }])
    expect((await arranges.get('/pledges.csv?show=reviewed')).body).toContain('Thirty neighbours came')
    expect(JSON.parse((await member.api('GET', '/api/me/pledges')).body)).toMatchObject({
      pledges: [{ state: 'kept' }],
    })
  })
})
