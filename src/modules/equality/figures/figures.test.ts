import { describe, expect } from 'vitest'
import { sql } from 'kysely'
import { test, type World } from '../../../../test/world.ts'
import { actAs } from '#platform/db'
import { loadBuiltInAreas } from '../../areas/index.ts'
import { syncQuestions } from '../questions/sync.ts'
import { countFigures, counting } from './count.ts'
import { figuresUnder, publishCounts } from './publishing.ts'

const eastMidlands = 'E12000004'
const night = new Date('2026-11-25T02:40:00Z')

interface Group {
  region?: string
  people: number
  sex?: 'female' | 'male' | 'prefer-not-to-say'
  stage?: 'none' | 'place' | 'finished'
}

/** Members by region, answer and how far they took part. */
async function population({ db, run }: World, groups: readonly Group[], answeredAt = '2026-11-20'): Promise<string[]> {
  await loadBuiltInAreas(db)
  await syncQuestions(db, 'content/equality', '2026-11-01')
  const over = await run({ startsOn: '2026-09-03' })
  const ids: string[] = []
  for (const { region = eastMidlands, people, sex, stage = 'none' } of groups) {
    const { rows } = await sql<{ id: string }>`
      insert into person (id, name, standing, area_code, joined_on)
      select gen_random_uuid(), 'Someone', 'member', (select code from area where region = ${region} and kind = 'constituency' limit 1), '2024-01-01'
      from generate_series(1, ${people}) returning id`.execute(db)
    const mine = rows.map(({ id }) => id)
    ids.push(...mine)
    // as the owner, who alone may write for others
    await sql`set local role none`.execute(db)
    if (sex)
      await sql`insert into equality_answer (person_id, question, answers, set_id, answered_at)
        select id, 'sex', array[${sex}::text], (select id from equality_set where nation = 'E92000001'), ${answeredAt}::timestamptz
        from unnest(${mine}::uuid[]) id`.execute(db)
    await sql`set local role hearten_app`.execute(db)
    if (stage === 'none') continue
    await sql`insert into place (run_id, course_id, person_id, state, asked_at, confirmed_at)
      select run.id, run.course_id, p, 'confirmed', '2026-08-01', '2026-08-01'
      from run, unnest(${mine}::uuid[]) p where run.id = ${over}`.execute(db)
    if (stage === 'finished')
      await sql`insert into attendance (session_id, person_id, mark, noted_at, noted_by)
        select s.id, p, 'present', '2026-09-03', p from unnest(${mine}::uuid[]) p, run_session s where s.run_id = ${over} and s.number = 1`.execute(
        db,
      )
  }
  return ids
}

const sexIn = async ({ db }: World) => (await figuresUnder(db, 'equality/sex'))[0]

describe('figures', () => {
  test('tell who takes part, by how far and by region: rounded, with what is small hidden', async (world) => {
    await population(world, [
      { people: 62, sex: 'female' },
      { people: 41, sex: 'male' },
      { people: 33, sex: 'female', stage: 'place', region: 'E12000007' },
      { people: 54, sex: 'male', stage: 'place', region: 'E12000007' },
      { people: 20, sex: 'female', stage: 'finished', region: 'E12000007' },
      { people: 3, sex: 'female', stage: 'finished' },
      { people: 30, sex: 'male', stage: 'finished' },
      { people: 88 },
    ])
    await countFigures(world.db, night)
    const { table } = (await sexIn(world))!
    expect(table.answers).toEqual(['Female', 'Male'])
    expect(table.groups.map(({ name }) => name)).toEqual([
      'No place so far',
      'A place, none finished',
      'Finished a course',
    ])
    expect(table.also!.map(({ name }) => name)).toEqual(['East Midlands', 'London'])
    expect(table.groups[0]).toMatchObject({ asked: { count: 190 }, answered: { count: 105 } })
    expect(table.total!.counts.map(({ percent }) => percent)).toEqual([49, 51])
    const all = JSON.stringify(table)
    for (const figure of all.matchAll(/"count":(\d+)/g)) expect(Number(figure[1]) % 5).toBe(0)
    const member = await world.person()
    const page = await member.get('/equality')
    expect(page.body).toContain('members answered')
    expect(Number(/db;desc="(\d+)"/.exec(String(page.headers['server-timing']))?.[1])).toBeLessThanOrEqual(7)
    const one = (await member.get('/equality/sex')).body
    for (const words of ['Finished a course', 'London', 'How to read these figures']) expect(one).toContain(words)
    const csv = (await member.get('/equality.csv')).body
    expect(csv).toContain('sex,region,London,Answered,')
  })

  test('come from counts alone: the same for a member, an equality lead and an administrator, and nothing for a stranger', async (world) => {
    await population(world, [
      { people: 62, sex: 'female' },
      { people: 41, sex: 'male' },
    ])
    await countFigures(world.db, night)
    const seen = new Set<string>()
    for (const rights of [[], [{ role: 'equality lead' as const }], [{ role: 'administrator' as const }]])
      seen.add((await (await world.person({ rights })).api('GET', '/api/equality')).body)
    expect(seen.size).toBe(1)
    expect((await world.stranger().api('GET', '/api/equality')).status).toBe(401)
    const page = await world.stranger().get('/equality')
    expect(page.status).toBe(200)
    expect(page.body).toContain('What is your ethnic group?')
    expect(page.body).toContain('The figures are for members')
    expect((await world.stranger().get('/equality/sex')).status).toBe(303)
    const partner = await world.person({ standing: 'contact', rights: [{ role: 'partner' }] })
    expect((await partner.get('/equality.csv')).status).toBe(403)
  })

  test('are not made anew for fewer than ten, so that nobody is told from the difference of two nights', async (world) => {
    await population(world, [
      { people: 42, sex: 'female' },
      { people: 42, sex: 'male' },
    ])
    await countFigures(world.db, night)
    const before = await sexIn(world)
    const late = '2026-11-25T12:00:00Z'
    await population(world, [{ people: 9, sex: 'female' }], late)
    await countFigures(world.db, new Date('2026-11-26T02:40:00Z'))
    expect(await sexIn(world)).toEqual(before)
    await population(world, [{ people: 1, sex: 'male' }], late)
    await countFigures(world.db, new Date('2026-11-27T02:40:00Z'))
    expect((await sexIn(world))!.countedAt).toEqual(new Date('2026-11-27T02:40:00Z'))
    expect((await sexIn(world))!.table.total!.answered.count).toBe(95)
  })

  test('there are none while fewer than fifty answered', async (world) => {
    await population(world, [{ people: 49, sex: 'female' }, { people: 100 }])
    await counting.run(await world.visit(), {})
    expect(await sexIn(world)).toBeUndefined()
    expect((await (await world.person()).get('/equality')).body).toContain('No figures yet')
  })

  test('what is kept of a count is what was published: no small number lies in the database', async (world) => {
    await population(world, [
      { people: 46, sex: 'female' },
      { people: 57, sex: 'male' },
      { people: 7, sex: 'prefer-not-to-say' },
    ])
    await countFigures(world.db, night)
    const { rows } = await sql<{ body: string }>`select body::text from equality_figure`.execute(world.db)
    for (const { body } of rows)
      for (const [, count] of body.matchAll(/"count": (\d+)/g)) {
        expect(Number(count)).toBeGreaterThanOrEqual(10)
        expect(Number(count) % 5).toBe(0)
      }
    expect(JSON.stringify(rows)).toContain('either')
  })

  test('the server’s own role gets counts and never a row of a person', async (world) => {
    await population(world, [{ people: 12, sex: 'female' }])
    await sql`set local role hearten_app`.execute(world.db)
    await actAs(world.db, '00000000-0000-0000-0000-000000000000')
    const { rows } = await sql<{ people: number }>`select * from equality_counts('2026-11-24')`.execute(world.db)
    expect(rows).toContainEqual(expect.objectContaining({ question: 'sex', answer: 'female', people: 12 }))
    expect(Object.keys(rows[0]!).sort()).toEqual(['answer', 'people', 'question', 'region', 'stage'])
    expect((await sql`select from equality_answer`.execute(world.db)).rows).toEqual([])
  })
})

test('other parts publish through the same door', async ({ db }) => {
  const counts = { answers: ['travel', 'childcare'], groups: [{ name: 'All', counts: [34, 4] }] }
  const publish = (changed: number, now = night) =>
    publishCounts(db, { name: 'help/kinds', counts, now, changed: () => changed })
  expect(await publish(9)).toBeUndefined()
  expect((await publish(10))!.table.groups[0]!.counts[1]).toMatchObject({ count: null, hidden: 'few' })
  expect((await publish(3, new Date('2026-12-25T02:40:00Z')))!.countedAt).toEqual(night)
  expect((await figuresUnder(db, 'help/')).map(({ name }) => name)).toEqual(['help/kinds'])
})
