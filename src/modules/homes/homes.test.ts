import { expect } from 'vitest'
import { addDays } from '#core/days'
import { type Person, test, type World } from '../../../test/world.ts'

const today = '2026-11-24'
const queriesOf = (headers: Record<string, unknown>): number =>
  Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])

// in the product each visit also asks who is signed in and whether this is the demonstration
const own = 8 - 2

const place = (world: World, run: string, person: Person, state: string, more: object = {}) =>
  world.db
    .insertInto('place')
    .columns(['run_id', 'course_id', 'person_id', 'state', ...(Object.keys(more) as 'offer_until'[])])
    .expression(
      world.db
        .selectFrom('run')
        .where('id', '=', run)
        .select((eb) => [
          'id',
          'course_id',
          eb.val(person.id).as('p'),
          eb.val(state).as('s'),
          ...Object.values(more).map((value, n) => eb.val(value).as(`v${n}`)),
        ]),
    )
    .returning('id')
    .executeTakeFirstOrThrow()

const cameTo = async (world: World, run: string, person: Person): Promise<void> => {
  const sessions = await world.db.selectFrom('run_session').select('id').where('run_id', '=', run).execute()
  for (const { id } of sessions)
    await world.db
      .insertInto('attendance')
      .values({ session_id: id, person_id: person.id, mark: 'present', noted_by: person.id })
      .execute()
}

test('a stranger sees the front page: a promise, a question, figures, what starts soon and how it goes on', async (world) => {
  const region = await world.area({ kind: 'region', name: 'East Midlands' })
  const code = await world.area({ parent: region })
  await world.db.updateTable('area').set({ hex_q: 3, hex_r: 4 }).where('code', '=', code).execute()
  const { course } = await world.course({ title: 'Listening at the school gate' })
  await world.run({ course, startsOn: '2026-11-25' })
  const { status, body, headers } = await world.stranger().get('/')
  expect(status).toBe(200)
  expect(body).toContain('Learn to organise. Change the place you live.')
  expect(body).toMatch(/<form method="get" action="\/near"[^]*name="near"/)
  expect(body).toContain('Listening at the school gate')
  expect(body).toContain('Training across the country')
  for (const word of ['Listen', 'Learn', 'Do', 'Teach']) expect(body).toContain(`<h3>${word}</h3>`)
  expect(body).not.toContain('Starting soon near')
  expect(queriesOf(headers)).toBeLessThanOrEqual(own)
})

test('someone signed in sees the front page too, with what is near them', async (world) => {
  const member = await world.person({ area: await world.area({ name: 'Bolsover' }) })
  await world.run({ startsOn: '2026-12-01' })
  const { status, body, headers } = await member.get('/')
  expect(status).toBe(200)
  expect(body).toContain('Starting soon near Bolsover')
  expect(queriesOf(headers)).toBeLessThanOrEqual(own)
})

test('a stranger is sent to sign in from every home but the front page, and comes back to it', async (world) => {
  for (const path of ['/me', '/teaching', '/coordinating', '/administration']) {
    const { status, location } = await world.stranger().get(path)
    expect([path, status, location]).toEqual([path, 303, `/sign-in?next=${encodeURIComponent(path)}`])
  }
})

test('a member without a role has a home of their own and none of the others', async (world) => {
  const member = await world.person()
  expect((await member.get('/me')).status).toBe(200)
  for (const path of ['/teaching', '/coordinating', '/administration'])
    expect([path, (await member.get(path)).status]).toEqual([path, 403])
})

test('a new member is greeted, and is to find training near where they live', async (world) => {
  const member = await world.person({ name: 'Amina Farooq', area: await world.area({ name: 'Bolsover' }) })
  await world.run({ startsOn: '2026-12-01' })
  const { body, headers } = await member.get('/me')
  expect(body).toContain('Good afternoon, Amina')
  expect(body).toContain('Find training near Bolsover')
  expect(body).toContain('Starting soon near Bolsover')
  expect(body).toContain('Nothing yet')
  expect(queriesOf(headers)).toBeLessThanOrEqual(own)
})

test('an offer can be answered on the member’s home, before its deadline', async (world) => {
  const member = await world.person()
  const run = await world.run({ startsOn: '2027-01-14' })
  const { id } = await place(world, run, member, 'offered', { offer_until: new Date('2026-11-26T18:00:00Z') })
  const { body, headers } = await member.get('/me')
  expect(body).toContain('A place for you on Listening on the doorstep')
  expect(body).toContain('6 pm on Thursday 26 November')
  expect(body).toContain(`action="/places/${id}/acceptance"`)
  expect(body).toContain(`action="/places/${id}/refusal"`)
  expect(body).toContain('Answer by 6 pm, Thursday 26 November')
  expect(queriesOf(headers)).toBeLessThanOrEqual(own)
})

test('someone who waits sees how many asked before', async (world) => {
  const [first, second] = [await world.person(), await world.person()]
  const run = await world.run({ startsOn: '2027-01-14', capacity: 1 })
  await place(world, run, first, 'waiting')
  await place(world, run, second, 'waiting')
  expect((await first.get('/me')).body).toContain('You are next')
  expect((await second.get('/me')).body).toContain('One person asked before you')
})

test('a session today comes before everything but an offer; the pledge and the path stand beside it', async (world) => {
  const member = await world.person()
  const run = await world.run({ startsOn: today })
  await place(world, run, member, 'confirmed')
  await world.db
    .insertInto('pledge')
    .values({
      person_id: member.id,
      commitment: 'Get the bus stop moved back.',
      made_on: '2026-10-01',
      review_on: '2026-11-01',
    })
    .execute()
  const { body } = await member.get('/me')
  expect(body).toContain('Today: Listening on the doorstep')
  expect(body).toContain('7 to 9 pm')
  expect(body).toContain('“Get the bus stop moved back.”')
  expect(body).toContain('Written on 1 October 2026')
  expect(body).toContain('You have a place')
})

test('the path shows what is done, and leads on to a course that builds on it', async (world) => {
  const member = await world.person()
  const [first, second] = [await world.course({ title: 'Listening' }), await world.course({ title: 'Organising' })]
  await world.db.insertInto('course_prerequisite').values({ course_id: second.course, needs: first.course }).execute()
  const run = await world.run({ course: first.course, startsOn: '2026-09-01' })
  await place(world, run, member, 'confirmed')
  await cameTo(world, run, member)
  const { body } = await member.get('/me')
  expect(body).toContain('Finished on 8 September 2026')
  expect(body).toContain(`href="/courses/${second.slug}">Organising</a>`)
  expect(body).toContain('Write your pledge')
})

test('places of someone else, places given up and cancelled runs are not coming up', async (world) => {
  const [member, other] = [await world.person(), await world.person()]
  const of = async (title: string, state: 'published' | 'cancelled' = 'published') =>
    world.run({ course: (await world.course({ title })).course, startsOn: '2027-01-14', state })
  await place(world, await of('Somebody else’s'), other, 'confirmed')
  await place(world, await of('Given up'), member, 'withdrawn')
  await place(world, await of('Cancelled one', 'cancelled'), member, 'cancelled')
  const { body } = await member.get('/me')
  const coming = body.slice(body.indexOf('Coming up'), body.indexOf('All my places'))
  for (const title of ['Somebody else’s', 'Given up', 'Cancelled one']) expect(coming).not.toContain(title)
})

test('a home full of places still asks few questions', async (world) => {
  const member = await world.person()
  for (let n = 0; n < 8; n++) {
    const run = await world.run({ startsOn: addDays(today, 10 + n) })
    await place(world, run, member, n % 2 === 0 ? 'confirmed' : 'waiting')
  }
  const { headers, body } = await member.get('/me')
  expect(queriesOf(headers)).toBeLessThanOrEqual(own)
  expect(body.length).toBeLessThan(60_000)
})
