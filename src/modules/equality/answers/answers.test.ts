import { describe, expect } from 'vitest'
import { sql } from 'kysely'
import { test, type Person, type World } from '../../../../test/world.ts'
import { actAs } from '#platform/db'
import { takeAway } from '../../people/data/held.ts'
import { loadBuiltInAreas } from '../../areas/index.ts'
import { counting } from '../figures/count.ts'
import { syncQuestions } from '../questions/sync.ts'
import { answerQuestions, forgetAnswer, forgetAnswers } from './actions.ts'

/** A member of a nation with the questions that come with Hearten. */
async function asked(world: World, nation = 'E92000001'): Promise<Person> {
  await loadBuiltInAreas(world.db)
  await syncQuestions(world.db, 'content/equality', '2026-11-24')
  return world.person({ area: await world.area({ parent: nation }) })
}

const kept = async ({ db }: World, { id }: Person) => {
  await actAs(db, id)
  const { rows } = await sql<{ question: string; answers: string[] }>`
    select question, answers from equality_answer where person_id = ${id} order by question`.execute(db)
  return Object.fromEntries(rows.map(({ question, answers }) => [question, answers]))
}

const queriesOf = (headers: Record<string, unknown>): number =>
  Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])

describe('answering', () => {
  test('takes a form and a button; what is left out stays open, and a part is kept with its whole', async (world) => {
    const member = await asked(world)
    const form = await member.get('/me/equality/questions')
    expect(form.body).toContain('What is your ethnic group?')
    expect(form.body).toContain('Prefer not to say')
    expect(queriesOf(form.headers)).toBeLessThanOrEqual(7)
    const sent = await member.post('/me/equality/questions', {
      nation: 'E92000001',
      'answers.sex': 'female',
      'answers.ethnic-group': 'pakistani',
      'answers.religion': '',
    })
    expect([sent.status, sent.location]).toEqual([303, '/me/equality#answers'])
    expect(await kept(world, member)).toEqual({ sex: ['female'], 'ethnic-group': ['asian', 'pakistani'] })
    const page = await member.get('/me/equality')
    expect(page.body).toContain('Pakistani')
    expect(page.body).toContain('only you')
    expect(queriesOf(page.headers)).toBeLessThanOrEqual(7)
  })

  test('again changes what is named, empties what is emptied, and leaves the rest', async (world) => {
    const member = await asked(world)
    await member.does(answerQuestions, { answers: { sex: 'female', age: '25-to-34', religion: 'hindu' } })
    const done = await member.does(answerQuestions, { answers: { sex: 'male', religion: '' } })
    expect(done).toEqual({ answered: 2 })
    expect(await kept(world, member)).toEqual({ sex: ['male'], age: ['25-to-34'] })
    expect(await member.does(answerQuestions, { answers: { age: null } })).toEqual({ answered: 1 })
  })

  test('a question that only follows another falls away with it', async (world) => {
    const member = await asked(world)
    await member.does(answerQuestions, { answers: { disability: 'yes', 'disability-effect': 'a-lot' } })
    expect(await kept(world, member)).toHaveProperty('disability-effect')
    await member.does(answerQuestions, { answers: { disability: 'no', 'disability-effect': 'a-lot' } })
    expect(await kept(world, member)).toEqual({ disability: ['no'] })
    await member.does(answerQuestions, { answers: { 'disability-effect': 'a-lot' } })
    expect(await kept(world, member)).toEqual({ disability: ['no'] })
  })

  test('what is no answer is refused, all of it, and nothing is kept', async (world) => {
    const member = await asked(world)
    const wrong = await member.post('/me/equality/questions', { 'answers.sex': 'female', 'answers.age': 'x' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('Choose one of the answers')
    for (const answers of [{ nonsense: 'x' }, { sex: 'female', constructor: 'x' }])
      await expect(member.does(answerQuestions, { answers })).rejects.toThrow('not asked')
    for (const answers of [[], 'x', null, { sex: 1 }, { sex: ['female'] }, { sex: 'x'.repeat(61) }])
      await expect(member.does(answerQuestions, { answers })).rejects.toMatchObject({ name: 'Invalid' })
    // a group is a heading, not an answer
    await expect(member.does(answerQuestions, { answers: { 'ethnic-group': 'asian' } })).rejects.toThrow('Choose one')
    expect(await kept(world, member)).toEqual({})
  })

  test('whoever lives in Scotland is asked as in Scotland, and another nation’s questions stay theirs once answered', async (world) => {
    const member = await asked(world, 'S92000003')
    expect((await member.get('/me/equality/questions')).body).toContain('Showman or Showwoman')
    await member.does(answerQuestions, { nation: 'E92000001', answers: { 'ethnic-group': 'white-british' } })
    expect((await member.get('/me/equality/questions')).body).toContain('the questions for England')
    expect((await member.get('/me/equality/questions?nation=S92000003')).body).toContain('Showman or Showwoman')
    expect((await member.get('/me/equality')).body).toContain('English, Welsh, Scottish, Northern Irish or British')
  })

  test('is for members; each answer can be deleted, with what was asked because of it', async (world) => {
    const member = await asked(world)
    const contact = await world.person({ standing: 'contact' })
    await expect(contact.does(answerQuestions, { answers: { sex: 'male' } })).rejects.toMatchObject({
      name: 'Forbidden',
    })
    await member.does(answerQuestions, { answers: { sex: 'female', disability: 'yes', 'disability-effect': 'a-lot' } })
    expect(await member.does(forgetAnswer, { question: 'disability' })).toEqual({ answered: 1 })
    expect(await member.does(forgetAnswer, { question: 'disability' })).toEqual({ answered: 1 })
    expect((await member.post('/me/equality/sex/deletion')).status).toBe(303)
    expect(await kept(world, member)).toEqual({})
  })

  test('ends a month after someone left: their answers go', async (world) => {
    const member = await asked(world)
    await member.does(answerQuestions, { answers: { sex: 'female' } })
    const close = (day: string) =>
      world.db.updateTable('person').set({ standing: 'closed', closed_on: day }).where('id', '=', member.id).execute()
    await close('2026-10-25')
    await counting.run(await world.visit(), {})
    expect(await kept(world, member)).toEqual({ sex: ['female'] })
    await close('2026-10-24')
    await counting.run(await world.visit(), {})
    expect(await kept(world, member)).toEqual({})
  })
})

describe('who sees answers', () => {
  test('nobody else: not a coordinator, trainer, administrator or equality lead, on no page; and not by SQL', async (world) => {
    const member = await asked(world)
    await member.does(answerQuestions, { answers: { 'sexual-orientation': 'bisexual', religion: 'sikh' } })
    for (const role of [
      'coordinator',
      'trainer',
      'administrator',
      'data protection officer',
      'equality lead',
    ] as const) {
      const staff = await world.person({ rights: [{ role }] })
      for (const url of [
        '/me/equality',
        '/api/me/equality',
        '/equality',
        '/api/equality',
        '/equality.csv',
        '/measures',
        `/administration/people/${member.id}`,
      ])
        expect((await staff.get(url)).body.includes('bisexual') && url !== '/api/me/equality').toBe(false)
      expect(JSON.parse((await staff.api('GET', '/api/me/equality')).body)).toMatchObject({ answers: {} })
      // the server's own role, acting as them
      await sql`savepoint as_staff`.execute(world.db)
      await sql`set local role hearten_app`.execute(world.db)
      await actAs(world.db, staff.id)
      const seen = async (query: string) => (await sql.raw(query).execute(world.db)).rows.length
      expect(await seen(`select from equality_answer`)).toBe(0)
      expect(await seen(`select from equality_answer where person_id = '${member.id}'`)).toBe(0)
      expect(await seen(`update equality_answer set answers = '{x}' returning 1`)).toBe(0)
      expect(await seen(`delete from equality_answer returning 1`)).toBe(0)
      await sql`savepoint writing`.execute(world.db)
      await expect(
        sql`insert into equality_answer (person_id, question, answers, set_id, answered_at)
          select ${member.id}::uuid, 'sex', '{male}', id, now() from equality_set limit 1`.execute(world.db),
      ).rejects.toThrow('row-level security')
      await sql`rollback to savepoint writing`.execute(world.db)
      await actAs(world.db, '00000000-0000-0000-0000-000000000000')
      expect(await seen(`select from equality_answer`)).toBe(0)
      await sql`rollback to savepoint as_staff`.execute(world.db)
    }
    expect(await kept(world, member)).toEqual({ religion: ['sikh'], 'sexual-orientation': ['bisexual'] })
  })

  test('the record says that someone answered or took back, never what', async (world) => {
    const member = await asked(world)
    await member.does(answerQuestions, { answers: { religion: 'sikh' } })
    await member.does(answerQuestions, { answers: { religion: 'sikh' } })
    await member.does(forgetAnswers, {})
    await member.does(forgetAnswers, {})
    const said = await world.db
      .selectFrom('happening')
      .where('actor_id', '=', member.id)
      .select(['what', 'about'])
      .orderBy('id')
      .execute()
    expect(said).toEqual([
      { what: 'equality.answered', about: { person: member.id } },
      { what: 'equality.answers-taken-back', about: { person: member.id } },
    ])
  })

  test('their own export holds them, and erasing takes them', async (world) => {
    const member = await asked(world)
    await member.does(answerQuestions, { answers: { religion: 'sikh' } })
    const held = await takeAway(await world.visit(member.id))
    expect(JSON.stringify(held.kinds.find(({ table }) => table === 'equality_answer')?.rows)).toContain('sikh')
    await member.post('/me/data/erasure', { sure: 'yes' })
    expect(await kept(world, member)).toEqual({})
  })
})

test('a program answers and deletes with the same rules', async (world) => {
  const member = await asked(world)
  expect((await member.api('PUT', '/api/me/equality', { answers: { sex: 'female', age: 'under-25' } })).status).toBe(
    200,
  )
  const mine = JSON.parse((await member.api('GET', '/api/me/equality')).body) as {
    answers: object
    questions: object[]
  }
  expect(mine.answers).toEqual({ sex: ['female'], age: ['under-25'] })
  expect(mine.questions.length).toBeGreaterThan(9)
  expect((await member.api('DELETE', '/api/me/equality/sex')).body).toBe('{"answered":1}')
  expect((await member.api('DELETE', '/api/me/equality')).body).toBe('{"answered":0}')
  expect((await world.stranger().api('GET', '/api/me/equality')).status).toBe(401)
})
