import { describe, expect, test as plainly } from 'vitest'
import { sql } from 'kysely'
import { actorById } from '#platform/actor'
import { perform, visitOf } from '#platform/web'
import { ownDatabase } from '../../../../test/own-database.ts'
import { noon, test, type Person, type World } from '../../../../test/world.ts'
import { loadBuiltInAreas } from '../../areas/index.ts'
import { syncQuestions } from '../questions/sync.ts'
import { approveMeasure, endMeasure, proposeMeasure, refuseMeasure } from './actions.ts'
import { remindOfReviews } from './jobs.ts'
import { standingOf } from './measure.ts'
import { findMeasure, measuresInForce } from './queries.ts'

const words = {
  name: 'Women in organising',
  who: 'women',
  question: 'sex',
  answers: ['female'],
  evidence: '31 of 100 places went to women, who are 47 of 100 members',
  evidenceSource: 'Who takes part, Hearten',
  evidenceOn: '2026-11-01',
  aim: 'As large a part of places as of members',
  proportionate: 'A third of the seats of a run at most, for a year',
  reviewOn: '2027-11-24',
}
const eastMidlands = 'E12000004'
const london = 'E12000007'

async function keepers(world: World): Promise<[Person, Person]> {
  await loadBuiltInAreas(world.db)
  await syncQuestions(world.db, 'content/equality', '2026-11-24')
  const lead = await world.person({ name: 'Yasmin Rahman', rights: [{ role: 'equality lead' }] })
  return [lead, await world.person({ name: 'Naomi Clarke', rights: [{ role: 'administrator' }] })]
}

const lettersTo = ({ db }: World, { id }: Person) =>
  db.selectFrom('mail').where('person_id', '=', id).select(['kind', 'subject', 'body']).orderBy('made_at').execute()
const forced = async ({ db }: World, day: string, areas?: string[]) =>
  (await measuresInForce(db, day, areas)).map(({ trait }) => trait)

describe('proposing', () => {
  test('a measure reserves nothing until someone else has approved it, and they are written to', async (world) => {
    const [lead, other] = await keepers(world)
    const sent = await lead.post('/measures', { ...words, area: '' })
    expect(sent.status).toBe(303)
    const id = sent.location!.split('/').at(-1)!
    expect(await forced(world, '2026-11-24')).toEqual([])
    expect((await lettersTo(world, other)).map(({ subject }) => subject)).toEqual([
      'To approve or refuse: Women in organising',
    ])
    expect(await lettersTo(world, lead)).toEqual([])
    await expect(lead.does(approveMeasure, { id, sure: 'yes' })).rejects.toThrow('someone else has to approve it')
    // the database's own check stands behind it
    await sql`savepoint own`.execute(world.db)
    await expect(
      sql`update measure set approved_by = proposed_by, approved_at = now() where id = ${id}`.execute(world.db),
    ).rejects.toThrow('measure_check')
    await sql`rollback to savepoint own`.execute(world.db)
    expect((await other.post(`/measures/${id}/approval`)).status).toBe(422)
    expect((await other.post(`/measures/${id}/approval`, { sure: 'yes' })).status).toBe(303)
    expect(await forced(world, '2026-11-24')).toEqual(['women-in-organising'])
    expect((await lettersTo(world, lead)).map(({ kind }) => kind)).toEqual(['measure-approved'])
    const happened = await world.db
      .selectFrom('happening')
      .where('what', 'like', 'measure.%')
      .where(sql<string>`about ->> 'measure'`, '=', id)
      .select('what')
      .orderBy('id')
      .execute()
    expect(happened.map(({ what }) => what)).toEqual(['measure.proposed', 'measure.approved'])
  })

  test('needs a figure with its source, from a day that has been, and a review within two years', async (world) => {
    const [lead] = await keepers(world)
    const refused = (said: object) =>
      lead.does(proposeMeasure, { ...words, ...said }).then(
        () => 'proposed',
        (error: Error) => error.message,
      )
    expect(await refused({ evidence: 'Everyone knows it' })).toContain('Give a figure')
    expect(await refused({ evidenceSource: ' ' })).toContain('where the figure is from')
    expect(await refused({ evidenceOn: '2026-11-25' })).toContain('cannot be from a day to come')
    expect(await refused({ reviewOn: '2026-11-24' })).toContain('two years at most')
    expect(await refused({ reviewOn: '2028-11-24' })).toContain('23 November 2028')
    expect(await refused({ reviewOn: '2028-11-23' })).toBe('proposed')
    expect(await refused({ evidenceOn: '2026-11-24' })).toBe('proposed')
    expect(await refused({ aim: '' })).toContain('what it should achieve')
    expect(await refused({ proportionate: '' })).toContain('no more of others')
    expect(await refused({ question: 'shoe-size' })).toContain('Choose one of the questions')
    expect(await refused({ answers: [] })).toContain('at least one answer')
    expect(await refused({ answers: ['prefer-not-to-say'] })).toContain('would rather not say')
    expect(await refused({ answers: ['hindu'] })).toContain('Choose from these answers')
    expect(await refused({ answers: ['female', 'male'] })).toContain('Everyone who answers would count')
    expect(await refused({ area: 'X1' })).toContain('Choose one of these areas')
    const traits = (await world.db.selectFrom('measure').select('trait').orderBy('trait').execute()).map(
      ({ trait }) => trait,
    )
    expect(traits).toEqual(['women-in-organising', 'women-in-organising-2'])
  })

  test('no field keeps anyone out: writing “only women may apply” leaves a reserve that goes to anyone when it is not taken', async (world) => {
    const [lead, other] = await keepers(world)
    const { id } = await lead.does(proposeMeasure, { ...words, only: true, aim: 'Only women may apply' })
    await other.does(approveMeasure, { id, sure: true })
    const { rows } = await sql<{ column_name: string }>`
      select column_name from information_schema.columns where table_name in ('measure', 'round_reserve')`.execute(
      world.db,
    )
    expect(rows.filter(({ column_name: name }) => /only|exclu|hard|must|require/.test(name))).toEqual([])
    expect((await world.stranger().get('/measures')).body).toContain('“Only these people may apply” cannot be said')
  })

  test('is for those who keep measures, where they keep them', async (world) => {
    const [lead] = await keepers(world)
    for (const role of ['coordinator', 'trainer', 'organiser', 'data protection officer'] as const)
      await expect((await world.person({ rights: [{ role }] })).does(proposeMeasure, words)).rejects.toMatchObject({
        name: 'Forbidden',
      })
    const local = await world.person({ rights: [{ role: 'equality lead', area: eastMidlands }] })
    const elsewhere = await world.person({ rights: [{ role: 'equality lead', area: london }] })
    const beside = await world.person({ rights: [{ role: 'equality lead', area: eastMidlands }] })
    await expect(local.does(proposeMeasure, words)).rejects.toThrow('Choose an area')
    await expect(local.does(proposeMeasure, { ...words, area: london })).rejects.toThrow('Choose one of these areas')
    const { id } = await local.does(proposeMeasure, { ...words, area: eastMidlands })
    expect((await elsewhere.get(`/measures/${id}`)).status).toBe(404)
    await expect(elsewhere.does(approveMeasure, { id, sure: true })).rejects.toMatchObject({ name: 'Absent' })
    expect(await lettersTo(world, elsewhere)).toEqual([])
    expect((await lettersTo(world, beside)).length + (await lettersTo(world, lead)).length).toBe(2)
    await beside.does(approveMeasure, { id, sure: true })
    expect(await forced(world, '2026-11-24')).toHaveLength(1)
    expect(await forced(world, '2026-11-24', [eastMidlands])).toHaveLength(1)
    expect(await forced(world, '2026-11-24', ['E14000546', eastMidlands].slice(1))).toHaveLength(1)
    expect(await forced(world, '2026-11-24', [eastMidlands, london])).toEqual([])
    // what stands everywhere is no business of a local lead
    const { id: wide } = await lead.does(proposeMeasure, words)
    await expect(local.does(approveMeasure, { id: wide, sure: true })).rejects.toMatchObject({ name: 'Absent' })
  })
})

describe('deciding', () => {
  test('a proposal is decided on once, and what was approved cannot be rewritten', async (world) => {
    const [lead, other] = await keepers(world)
    const { id } = await lead.does(proposeMeasure, words)
    await expect(other.does(refuseMeasure, { id, why: '' })).rejects.toThrow('Say why')
    await other.does(refuseMeasure, { id, why: 'The figure is of one run' })
    expect((await lettersTo(world, lead)).at(-1)!.body).toContain('The figure is of one run')
    await expect(other.does(approveMeasure, { id, sure: true })).rejects.toThrow('decided on already')
    await expect(other.does(refuseMeasure, { id, why: 'again' })).rejects.toThrow('decided on already')
    const { id: second } = await lead.does(proposeMeasure, words)
    await other.does(approveMeasure, { id: second, sure: true })
    await expect(other.does(approveMeasure, { id: second, sure: true })).rejects.toThrow('decided on already')
    for (const change of [
      "evidence = 'x'",
      "answers = '{male}'",
      "review_on = '2028-01-01'",
      'proposed_by = approved_by',
    ]) {
      await sql`savepoint rewriting`.execute(world.db)
      await sql`set local role hearten_app`.execute(world.db)
      await expect(sql.raw(`update measure set ${change} where id = '${second}'`).execute(world.db)).rejects.toThrow(
        'permission denied',
      )
      await sql`rollback to savepoint rewriting`.execute(world.db)
    }
  })

  test('whoever proposed one can take it back', async (world) => {
    const [lead] = await keepers(world)
    const { id } = await lead.does(proposeMeasure, words)
    expect((await lead.post(`/measures/${id}/refusal`, { why: 'A better figure is coming' })).status).toBe(303)
    expect(await lettersTo(world, lead)).toEqual([])
    expect(await forced(world, '2026-11-24')).toEqual([])
  })

  test('one whose review is due by now cannot be approved', async (world) => {
    const [lead, other] = await keepers(world)
    const { id } = await lead.does(proposeMeasure, { ...words, reviewOn: '2026-11-25' })
    const later = await world.visit(other.id, new Date('2026-11-25T00:00:00Z'))
    await expect(perform(approveMeasure, later, { id, sure: true })).rejects.toThrow('review is due already')
  })
})

describe('being in force', () => {
  test('lasts through the review day and not a day longer; the database and the page say the same', async (world) => {
    const [lead, other] = await keepers(world)
    const { id } = await lead.does(proposeMeasure, words)
    await other.does(approveMeasure, { id, sure: true })
    expect(await forced(world, '2027-11-24')).toHaveLength(1)
    expect(await forced(world, '2027-11-25')).toEqual([])
    const found = (await findMeasure(await world.visit(), id))!
    expect(standingOf(found, '2027-11-24')).toBe('in force')
    expect(standingOf(found, '2027-11-25')).toBe('expired')
  })

  test('ends on the day it is ended, with the reason', async (world) => {
    const [lead, other] = await keepers(world)
    const { id } = await lead.does(proposeMeasure, words)
    await expect(lead.does(endMeasure, { id, why: 'x' })).rejects.toThrow('in force')
    await other.does(approveMeasure, { id, sure: true })
    await lead.does(endMeasure, { id, why: 'As many women come as men' })
    expect(await lead.does(endMeasure, { id, why: 'again' })).toEqual({ id })
    expect(await forced(world, '2026-11-24')).toEqual([])
    expect(await forced(world, '2026-11-23')).toHaveLength(1)
    expect((await world.stranger().get(`/measures/${id}`)).body).toContain('As many women come as men')
  })

  test('a month before the review those who decide are written to, once, even if a day was missed', async (world) => {
    const [lead, other] = await keepers(world)
    const { id } = await lead.does(proposeMeasure, words)
    await other.does(approveMeasure, { id, sure: true })
    const reminders = async () => (await lettersTo(world, lead)).filter(({ kind }) => kind === 'measure-review').length
    for (const [day, count] of [
      ['2027-10-24', 0],
      ['2027-10-26', 1],
      ['2027-10-27', 1],
    ] as const) {
      await remindOfReviews(await world.visit(undefined, new Date(`${day}T08:00:00Z`)))
      expect(await reminders()).toBe(count)
    }
    expect((await lettersTo(world, other)).map(({ kind }) => kind)).toContain('measure-review')
  })
})

test('everyone reads what is in force and why; proposals and who decided are not for strangers', async (world) => {
  const [lead, other] = await keepers(world)
  const { id } = await lead.does(proposeMeasure, words)
  expect((await world.stranger().get(`/measures/${id}`)).status).toBe(404)
  expect((await world.stranger().get('/measures')).body).not.toContain('Women in organising')
  expect((await other.get(`/measures/${id}`)).body).toContain('I have read the evidence')
  await other.does(approveMeasure, { id, sure: true })
  const page = await world.stranger().get(`/measures/${id}`)
  expect(page.body).toContain('31 of 100 places went to women')
  expect(page.body).toContain('Female')
  expect(page.body).not.toContain('Naomi Clarke')
  expect(Number(/db;desc="(\d+)"/.exec(String(page.headers['server-timing']))?.[1])).toBeLessThanOrEqual(7)
  expect((await (await world.person()).get(`/measures/${id}`)).body).toContain('Naomi Clarke')
  const { body } = await world.stranger().api('GET', '/api/measures')
  expect(JSON.parse(body)).toMatchObject({ measures: [{ standing: 'in force', trait: 'women-in-organising' }] })
  expect(body).not.toContain('Yasmin')
  expect((await lead.get('/measures/new')).body).toContain('/measures/new?question=ethnic-group')
  expect((await lead.get('/measures/new?question=ethnic-group')).body).toContain('Bangladeshi (Asian or Asian British)')
})

plainly(
  'of two who decide at once, one decides',
  async () => {
    const own = await ownDatabase()
    try {
      await loadBuiltInAreas(own.db)
      await syncQuestions(own.db, 'content/equality', '2026-11-24')
      const actors = []
      for (const [n, role] of (['equality lead', 'administrator', 'equality lead'] as const).entries()) {
        const id = `00000000-0000-4000-8000-00000000000${n + 1}`
        await own.db
          .insertInto('person')
          .values({ id, name: `Someone ${n}`, standing: 'member' })
          .execute()
        await own.db.insertInto('held_right').values({ person_id: id, role, starts_on: '2020-01-01' }).execute()
        actors.push(await actorById(own.db, id, '2026-11-24'))
      }
      const [lead, one, other] = actors.map((actor) => visitOf({ db: own.db, actor, now: noon }))
      const { id } = await perform(proposeMeasure, lead!, words)
      const done = await Promise.allSettled([
        perform(approveMeasure, one!, { id, sure: true }),
        perform(refuseMeasure, other!, { id, why: 'no' }),
        perform(approveMeasure, other!, { id, sure: true }),
      ])
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const result of done)
        if (result.status === 'rejected') expect(String(result.reason)).toContain('decided on already')
    } finally {
      await own.drop()
    }
  },
  60_000,
)
