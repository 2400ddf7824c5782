import { describe, expect } from 'vitest'
import { publishRun } from '../runs/publish.ts'
import { test, type World } from '../../../test/world.ts'
import { tell } from './tell.ts'
import { endWish, wishesOf, wishFor } from './wish.ts'

const letters = ({ db }: World) =>
  db.selectFrom('mail').where('kind', '=', 'wish-run').select(['person_id', 'subject', 'body']).execute()

/** A course, an academy in the East Midlands, and areas at so many miles from its venue. */
async function country(world: World) {
  const region = await world.area({ kind: 'region', name: 'East Midlands' })
  const near = await world.area({ name: 'Ashfield', parent: region, lat: 53.1, lon: -1.25 })
  const far = await world.area({ name: 'Boston and Skegness', parent: region, lat: 53.1, lon: -0.1 })
  const academy = await world.academy({ area: region })
  const course = await world.course()
  const run = async (online = false, state: 'draft' | 'published' = 'published') => {
    const id = await world.run({ academy, course: course.course, online, state })
    if (online) return id
    const { venue_id } = await world.db
      .selectFrom('run')
      .where('id', '=', id)
      .select('venue_id')
      .executeTakeFirstOrThrow()
    await world.db
      .updateTable('venue')
      .set({ lat: 53.12, lon: -1.26, area_code: near })
      .where('id', '=', venue_id!)
      .execute()
    await world.db.updateTable('run').set({ area_code: near }).where('id', '=', id).execute()
    return id
  }
  return { region, near, far, academy, course, run }
}

describe('Wishing', () => {
  test('a member asks once; asking again changes nothing, and so does taking it back twice', async (world) => {
    const { course } = await country(world)
    const member = await world.person()
    expect(await member.does(wishFor, { slug: course.slug })).toMatchObject({ isNew: true, knowsHome: true })
    expect(await member.does(wishFor, { slug: course.slug })).toMatchObject({ isNew: false })
    const [wish, ...rest] = await wishesOf(world, member.id)
    expect(rest).toEqual([])
    await member.does(endWish, { id: wish!.id })
    await member.does(endWish, { id: wish!.id })
    expect(await wishesOf(world, member.id)).toEqual([])
    expect(await member.does(wishFor, { slug: course.slug })).toMatchObject({ isNew: true })
  })

  test('who is no member, a course that is not there and a course no longer given are refused', async (world) => {
    const { course } = await country(world)
    const member = await world.person()
    for (const slug of ['none-such', '\0', '../x', '%', 'É'.repeat(300)])
      await expect(member.does(wishFor, { slug })).rejects.toThrow()
    await expect((await world.person({ standing: 'contact' })).does(wishFor, { slug: course.slug })).rejects.toThrow()
    await expect(world.stranger().does(wishFor, { slug: course.slug })).rejects.toThrow()
    await world.db.updateTable('course').set({ retired_on: '2026-01-01' }).where('id', '=', course.course).execute()
    await expect(member.does(wishFor, { slug: course.slug })).rejects.toThrow('no longer given')
  })

  test('nobody takes back the wish of another', async (world) => {
    const { course } = await country(world)
    const [member, other] = [await world.person(), await world.person()]
    await member.does(wishFor, { slug: course.slug })
    const [wish] = await wishesOf(world, member.id)
    await expect(other.does(endWish, { id: wish!.id })).rejects.toMatchObject({ name: 'Absent' })
  })

  test('the course’s page has a button without JavaScript, and then says that one is on the list', async (world) => {
    const { course } = await country(world)
    const member = await world.person()
    expect((await member.get(`/courses/${course.slug}`)).body).toContain('Tell me when this runs near me')
    const sent = await member.post(`/courses/${course.slug}/wish`)
    expect(sent).toMatchObject({ status: 303, location: `/courses/${course.slug}` })
    const page = await member.get(`/courses/${course.slug}`)
    expect(page.body).toContain('/me/wishes')
    expect(page.body).not.toContain('Tell me when this runs near me')
    expect((await member.get('/me/wishes')).body).toContain('Listening on the doorstep')
    expect((await world.stranger().get(`/courses/${course.slug}`)).body).toContain(`/courses/${course.slug}/wish`)
    expect((await member.get('/courses/none-such/wish')).status).toBe(404)
  })
})

describe('Telling', () => {
  test('publishing a run writes once to each who wished within reach, and never to those further off', async (world) => {
    const { near, far, academy, course, run } = await country(world)
    const close = await world.person({ name: 'Amina Farooq', area: near })
    const off = await world.person({ area: far })
    for (const person of [close, off]) await person.does(wishFor, { slug: course.slug })
    const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
    const id = await run(false, 'draft')
    await world.work()
    expect(await letters(world)).toEqual([])
    await coordinator.does(publishRun, { id })
    await world.work()
    const [letter, ...rest] = await letters(world)
    expect(rest).toEqual([])
    expect(letter).toMatchObject({ person_id: close.id })
    expect(letter!.body).toContain(`/runs/${id}`)
    expect(letter!.body).toContain('Dear Amina,')
    expect(letter!.body).toContain('/me/wishes')
    await tell(await world.visit(), id)
    expect(await letters(world)).toHaveLength(1)
  })

  test('of a run online everyone who wished is told, also those whose home is not known', async (world) => {
    const { far, course, run } = await country(world)
    const people = [await world.person({ area: far }), await world.person({ area: null })]
    for (const person of people) await person.does(wishFor, { slug: course.slug })
    await tell(await world.visit(), await run(true))
    expect(new Set((await letters(world)).map(({ person_id }) => person_id))).toEqual(
      new Set(people.map(({ id }) => id)),
    )
  })

  test('who took the wish back, left the roll, has a place or leads the run is not written to', async (world) => {
    const { near, course, run } = await country(world)
    const people = await Promise.all(Array.from({ length: 4 }, () => world.person({ area: near })))
    const [back, left, placed, leads] = people as [(typeof people)[0], ...typeof people]
    for (const person of people) await person.does(wishFor, { slug: course.slug })
    await back.does(endWish, { id: (await wishesOf(world, back.id))[0]!.id })
    await world.db.updateTable('person').set({ standing: 'closed' }).where('id', '=', left!.id).execute()
    const other = await run(true)
    await world.db
      .insertInto('place')
      .values({ run_id: other, course_id: course.course, person_id: placed!.id, state: 'confirmed' })
      .execute()
    const id = await run()
    await world.db.insertInto('run_trainer').values({ run_id: id, person_id: leads!.id }).execute()
    await tell(await world.visit(), id)
    expect(await letters(world)).toEqual([])
  })

  test('a run that is cancelled, a draft or begun tells nobody', async (world) => {
    const { course, academy } = await country(world)
    const member = await world.person()
    await member.does(wishFor, { slug: course.slug })
    for (const wanted of [{ state: 'draft' }, { state: 'cancelled' }, { startsOn: '2026-11-20' }] as const)
      await tell(await world.visit(), await world.run({ academy, course: course.course, ...wanted }))
    expect(await letters(world)).toEqual([])
  })
})

describe('Demand', () => {
  test('a coordinator sees it by course and by constituency, of their own area alone', async (world) => {
    const { near, far, academy, course, run } = await country(world)
    const elsewhere = await world.area({ name: 'Leeds East' })
    for (const area of [near, near, far, elsewhere])
      await (await world.person({ area })).does(wishFor, { slug: course.slug })
    const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
    const id = await run()
    await world.db.updateTable('run').set({ taken: 5 }).where('id', '=', id).execute()
    const all = await coordinator.api('GET', '/api/wishes')
    expect(JSON.parse(all.body).courses).toEqual({
      rows: [{ slug: course.slug, title: 'Listening on the doorstep', asking: 3, areas: 2, runs: 1, free: 7 }],
      total: 1,
    })
    const one = JSON.parse((await coordinator.api('GET', `/api/wishes?course=${course.slug}`)).body)
    expect(one.areas.rows).toEqual([
      { code: near, name: 'Ashfield', asking: 2, runs: 1, free: 7 },
      { code: far, name: 'Boston and Skegness', asking: 1, runs: 0, free: 0 },
    ])
    const page = await coordinator.get('/wishes')
    expect(page.body).toContain(`/runs/new?course=${course.slug}`)
    expect(page.body).not.toContain('Leeds East')
    expect((await coordinator.get(`/wishes?course=${course.slug}&sort=-free`)).status).toBe(200)
    expect((await coordinator.get('/wishes?course=%00')).status).toBe(404)
    expect((await coordinator.get('/wishes.csv')).body).toContain('Ashfield')
    const form = await coordinator.get(`/runs/new?course=${course.slug}`)
    expect(form.body).toMatch(/<option value="[^"]+" selected>Listening on the doorstep/)
    expect((await (await world.person()).get('/wishes')).status).toBe(403)
  })

  test('who has a place by now is not counted any more', async (world) => {
    const { near, academy, course, run } = await country(world)
    const member = await world.person({ area: near })
    await member.does(wishFor, { slug: course.slug })
    const id = await run()
    await world.db
      .insertInto('place')
      .values({ run_id: id, course_id: course.course, person_id: member.id, state: 'confirmed' })
      .execute()
    const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
    expect(JSON.parse((await coordinator.api('GET', '/api/wishes')).body).courses.rows).toEqual([])
  })
})
