import { describe, expect } from 'vitest'
import { queryCount } from '#platform/db'
import { test, type World } from '../../../test/world.ts'
import { acceptPlace } from './accept.ts'
import { askForPlace } from './ask.ts'
import { sweep } from './jobs.ts'
import { withdrawPlace } from './leave.ts'
import { placesOf } from './mine.ts'
import { tellRun } from './tell.ts'

const placeOf = ({ db }: World, person: { id: string }, run: string) =>
  db
    .selectFrom('place')
    .where('person_id', '=', person.id)
    .where('run_id', '=', run)
    .orderBy('turn', 'desc')
    .selectAll()
    .executeTakeFirstOrThrow()
const lettersTo = ({ db }: World, person: { id: string }) =>
  db.selectFrom('mail').where('person_id', '=', person.id).selectAll().orderBy('id').execute()

describe('The page of a run', () => {
  test('says what one will be able to do, when and where; a stranger is shown how to sign in and come back', async (world) => {
    const run = await world.run({ online: false })
    const { status, body } = await world.stranger().get(`/runs/${run}`)
    expect(status).toBe(200)
    expect(body).toContain('You will be able to')
    expect(body).toContain('open a conversation with anyone')
    expect(body).toContain('Thu 14 Jan 2027, 7 to 9 pm')
    expect(body).toContain('Sutton Community Academy')
    expect(body).toContain(`/sign-in?next=/runs/${run}`)
    expect(body).not.toContain('<form')
  })

  test('a plain form gives a place, and the page then says so; the link for joining is only for those who have one', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = [await world.person(), await world.person()]
    expect((await first.get(`/runs/${run}`)).body).toContain('Ask for a place')
    const asked = await first.post(`/runs/${run}/place`, { needs: '' })
    expect([asked.status, asked.location]).toEqual([303, `/runs/${run}`])
    const seen = (await first.get(`/runs/${run}`)).body
    expect(seen).toContain('You have a place')
    expect(seen).toContain('https://meet.example.org/room')
    expect(seen).toContain(`/me/pledges/new?run=${run}`)
    const before = (await second.get(`/runs/${run}`)).body
    expect(before).toContain('Join the waiting list')
    expect(before).not.toContain('https://meet.example.org/room')
    await second.post(`/runs/${run}/place`)
    expect((await second.get(`/runs/${run}`)).body).toContain('You are next')
  })

  test('an offer shows its end, and yes and no are one tap each', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = [await world.person(), await world.person()]
    for (const member of [first, second]) await member.does(askForPlace, { id: run })
    await first.does(withdrawPlace, { id: (await placeOf(world, first, run)).id })
    const offer = await placeOf(world, second, run)
    const page = (await second.get(`/runs/${run}`)).body
    expect(page).toContain('Friday 27 November, noon')
    expect(page).toContain(`/places/${offer.id}/acceptance`)
    expect((await second.post(`/places/${offer.id}/refusal`)).location).toBe('/me/places')
    const after = await second.post(`/places/${offer.id}/acceptance`)
    expect(after.status).toBe(422)
    expect(after.body).toContain('This offer is over')
  })

  test('whoever is too late, not a member, or asks for a cancelled run is told why', async (world) => {
    const member = await world.person()
    const contact = await world.person({ standing: 'contact' })
    const [begun, off, ahead] = [
      await world.run({ startsOn: '2026-11-20' }),
      await world.run({ state: 'cancelled' }),
      await world.run(),
    ]
    expect((await member.get(`/runs/${begun}`)).body).toContain('It is too late to ask')
    expect((await member.get(`/runs/${off}`)).body).toContain('This run has been cancelled')
    expect((await contact.get(`/runs/${ahead}`)).body).toContain('Places are for members')
    expect((await contact.post(`/runs/${ahead}/place`)).status).toBe(403)
    const late = await member.post(`/runs/${begun}/place`, { needs: 'A lift' })
    expect(late.status).toBe(422)
    expect(late.body).toContain('too late')
  })

  test('what was typed is not lost when asking is refused', async (world) => {
    const member = await world.person()
    const refused = await member.post(`/runs/${await world.run()}/place`, { needs: 'x'.repeat(501) })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Use 500 characters or fewer')
    expect(refused.body).toContain('x'.repeat(501))
  })

  test('a draft and what does not exist are not there', async (world) => {
    const member = await world.person()
    expect((await member.get(`/runs/${await world.run({ state: 'draft' })}`)).status).toBe(404)
    expect((await member.get(`/runs/${crypto.randomUUID()}`)).status).toBe(404)
    expect((await member.api('POST', '/api/runs/nonsense/place', {})).status).toBe(422)
    expect((await member.get('/runs/nonsense')).status).toBeGreaterThanOrEqual(400)
  })

  test('courses that usually come first are named, and keep nobody out', async (world) => {
    const [first, then] = [await world.course({ title: 'Talking to anyone' }), await world.course()]
    await world.db.insertInto('course_prerequisite').values({ course_id: then.course, needs: first.course }).execute()
    const run = await world.run({ course: then.course })
    const member = await world.person()
    expect((await member.get(`/runs/${run}`)).body).toContain('Talking to anyone')
    expect(await member.does(askForPlace, { id: run })).toMatchObject({ standing: 'confirmed' })
  })
})

describe('My places', () => {
  test('shows what is coming, offered, waited for and past, and nobody else’s', async (world) => {
    const member = await world.person()
    const other = await world.person()
    const [coming, full] = [await world.run(), await world.run({ capacity: 1 })]
    await other.does(askForPlace, { id: full })
    await member.does(askForPlace, { id: coming })
    await member.does(askForPlace, { id: full })
    const page = (await member.get('/me/places')).body
    expect(page).toContain('Coming')
    expect(page).toContain('Waiting')
    expect((await other.get('/me/places')).body).not.toContain(`/runs/${coming}`)
    expect((await world.stranger().get('/me/places')).location).toContain('/sign-in')
    const read = JSON.parse((await member.api('GET', '/api/me/places')).body) as { places: { state: string }[] }
    expect(read.places.map(({ state }) => state)).toEqual(['confirmed', 'waiting'])
  })

  test('giving up is asked about first, on a page of its own', async (world) => {
    const run = await world.run()
    const member = await world.person()
    await member.does(askForPlace, { id: run })
    const { id } = await placeOf(world, member, run)
    expect((await member.get(`/places/${id}/withdrawal`)).body).toContain('cannot be undone')
    expect((await (await world.person()).get(`/places/${id}/withdrawal`)).status).toBe(404)
    expect((await member.post(`/places/${id}/withdrawal`)).location).toBe('/me/places')
    expect((await member.get(`/places/${id}/withdrawal`)).status).toBe(404)
  })
})

describe('Letters about places', () => {
  test('each change is told once: a place with its calendar, a wait with how many are before, an offer with its end', async (world) => {
    const run = await world.run({ capacity: 1 })
    const [first, second] = [await world.person(), await world.person({ name: 'Bela Kovacs' })]
    for (const member of [first, second]) await member.does(askForPlace, { id: run })
    await tellRun(await world.visit(), run)
    await tellRun(await world.visit(), run)
    const [place] = await lettersTo(world, first)
    expect(await lettersTo(world, first)).toHaveLength(1)
    expect(place).toMatchObject({ kind: 'place-confirmed' })
    expect(place!.calendar).toContain('BEGIN:VEVENT')
    expect(place!.body).toContain('This is your first place')
    expect(place!.body).toContain('https://meet.example.org/room')
    const [wait] = await lettersTo(world, second)
    expect(wait).toMatchObject({ kind: 'place-waiting', calendar: null })
    expect(wait!.body).toContain('Dear Bela,')
    expect(wait!.body).toContain('You are next')
    await first.does(withdrawPlace, { id: (await placeOf(world, first, run)).id })
    await tellRun(await world.visit(), run)
    const offered = (await lettersTo(world, second)).at(-1)!
    expect(offered).toMatchObject({ kind: 'place-offered' })
    expect(offered.body).toContain('Friday 27 November, noon')
    expect((await lettersTo(world, first)).at(-1)).toMatchObject({ kind: 'place-given-up' })
    await second.does(acceptPlace, { id: (await placeOf(world, second, run)).id })
    await tellRun(await world.visit(), run)
    expect((await lettersTo(world, second)).at(-1)).toMatchObject({ kind: 'place-confirmed' })
  })

  test('many who ask within seconds share one job, and one that was lost is made good by the sweep', async (world) => {
    const run = await world.run({ capacity: 2 })
    const members = [await world.person(), await world.person(), await world.person()]
    for (const member of members) await member.does(askForPlace, { id: run })
    const of = () => world.db.selectFrom('run').where('id', '=', run).select('tell_at').executeTakeFirstOrThrow()
    expect((await of()).tell_at).toEqual(new Date('2026-11-24T12:00:05Z'))
    await sweep(await world.visit(undefined, new Date('2026-11-24T12:20:00Z')))
    expect((await of()).tell_at).toBeNull()
    await tellRun(await world.visit(), run)
    for (const member of members) expect(await lettersTo(world, member)).toHaveLength(1)
    await (await world.person()).does(askForPlace, { id: run })
    expect((await of()).tell_at).not.toBeNull()
  })

  test('two days before it begins, those with a place are reminded, once', async (world) => {
    const run = await world.run({ startsOn: '2026-11-26', online: false })
    const member = await world.person()
    await member.does(askForPlace, { id: run })
    await tellRun(await world.visit(), run)
    const { remindRun } = await import('./tell.ts')
    await remindRun(await world.visit(), run)
    await remindRun(await world.visit(), run)
    const letters = (await lettersTo(world, member)).filter(({ kind }) => kind === 'place-reminder')
    expect(letters).toHaveLength(1)
    expect(letters[0]!.body).toContain('Step-free')
    expect(letters[0]!.body).toContain('Thursday 26 November, 7 to 9 pm')
  })

  test('no letter carries what someone needs', async (world) => {
    const academy = await world.academy()
    const run = await world.run({ academy })
    const member = await world.person()
    const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
    await member.does(askForPlace, { id: run, needs: 'My knee is bad' })
    const { id } = await placeOf(world, member, run)
    expect((await coordinator.post(`/places/${id}/arrangement`, { note: 'A chair by the door' })).status).toBe(303)
    await tellRun(await world.visit(), run)
    const letters = await lettersTo(world, member)
    expect(letters.map(({ kind }) => kind).sort()).toEqual(['need-arranged', 'place-confirmed'])
    for (const { body } of letters) expect(body).not.toMatch(/knee|chair/)
  })
})

describe('What would help someone to take part', () => {
  test('is seen by them and by those who arrange it, and by nobody else', async (world) => {
    const region = await world.area({ kind: 'region', name: 'East Midlands' })
    const academy = await world.academy({ area: region })
    const trainer = await world.person({ rights: [{ role: 'trainer', academy }] })
    const run = await world.run({ academy, trainers: [trainer.id] })
    const member = await world.person()
    await member.does(askForPlace, { id: run, needs: 'A seat near the door' })
    const { id } = await placeOf(world, member, run)

    const own = await world.person({ rights: [{ role: 'coordinator', academy }] })
    const regional = await world.person({ rights: [{ role: 'coordinator', area: region }] })
    const other = await world.person({ rights: [{ role: 'coordinator', academy: await world.academy() }] })
    const ended = await world.person({ rights: [{ role: 'coordinator', academy, ends: '2026-01-01' }] })
    const sees = async (person: { get: (url: string) => Promise<{ body: string }> }, url: string) =>
      (await person.get(url)).body.includes('A seat near the door')

    expect(await sees(member, '/me/places')).toBe(true)
    expect(await sees(member, `/places/${id}/needs`)).toBe(true)
    for (const who of [own, regional]) {
      expect(await sees(who, '/access-needs')).toBe(true)
      expect(await sees(who, `/places/${id}/arrangement`)).toBe(true)
    }
    for (const who of [other, ended, trainer, await world.person()]) {
      for (const url of ['/access-needs', `/places/${id}/arrangement`, `/places/${id}/needs`, `/runs/${run}/people`])
        expect(await sees(who, url)).toBe(false)
    }
    // without the wall of the pages, the database itself still shows nothing to the others, nor to the server by itself
    for (const who of [other, ended, trainer, undefined])
      await (
        await world.visit(who?.id)
      ).atomically(async ({ db }) => expect(await db.selectFrom('access_need').selectAll().execute()).toEqual([]))
    await (
      await world.visit(own.id)
    ).atomically(async ({ db }) => expect(await db.selectFrom('access_need').selectAll().execute()).toHaveLength(1))
  })

  test('can be changed by them alone, and what was arranged for other words is arranged anew', async (world) => {
    const academy = await world.academy()
    const run = await world.run({ academy })
    const [member, other] = [await world.person(), await world.person()]
    const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
    await member.does(askForPlace, { id: run, needs: 'An interpreter' })
    const { id } = await placeOf(world, member, run)
    await coordinator.post(`/places/${id}/arrangement`, { note: 'Ms Lee will sign' })
    expect((await member.get('/me/places')).body).toContain('Ms Lee will sign')
    expect((await other.post(`/places/${id}/needs`, { needs: 'x' })).status).toBe(404)
    expect((await coordinator.post(`/places/${id}/needs`, { needs: 'x' })).status).toBe(404)
    await member.post(`/places/${id}/needs`, { needs: 'An interpreter, and a lift' })
    expect((await member.get('/me/places')).body).not.toContain('Ms Lee will sign')
    expect((await coordinator.get('/access-needs')).body).toContain('An interpreter, and a lift')
    await member.post(`/places/${id}/needs`, { needs: '' })
    expect((await coordinator.get('/access-needs')).body).toContain('Nothing is left to arrange')
  })

  test('that it was seen is on the record of the person, once a day', async (world) => {
    const academy = await world.academy()
    const run = await world.run({ academy })
    const member = await world.person()
    const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
    await member.does(askForPlace, { id: run, needs: 'A ramp' })
    await coordinator.get('/access-needs')
    await coordinator.get('/access-needs')
    const seen = await world.db.selectFrom('happening').where('what', '=', 'need.seen').selectAll().execute()
    expect(seen.filter(({ actor_id }) => actor_id === coordinator.id)).toMatchObject([{ about: { person: member.id } }])
  })
})

describe('Who is on a run', () => {
  test('those who arrange there see everyone and may add; its trainer sees names; others find nothing', async (world) => {
    const academy = await world.academy()
    const trainer = await world.person({ rights: [{ role: 'trainer', academy }] })
    const colleague = await world.person({ rights: [{ role: 'trainer', academy }] })
    const run = await world.run({ academy, capacity: 1, trainers: [trainer.id] })
    const member = await world.person({ name: 'Amina Farooq', email: 'amina@example.org' })
    const second = await world.person({ name: 'Bela Kovacs' })
    await member.does(askForPlace, { id: run, needs: 'A ramp' })
    const own = await world.person({ rights: [{ role: 'coordinator', academy }] })
    const other = await world.person({ rights: [{ role: 'coordinator', academy: await world.academy() }] })

    const staff = (await own.get(`/runs/${run}/people`)).body
    expect(staff).toContain('amina@example.org')
    expect(staff).toContain('To arrange')
    const led = (await trainer.get(`/runs/${run}/people`)).body
    expect(led).toContain('Amina Farooq')
    expect(led).not.toContain('amina@example.org')
    expect(led).not.toContain('To arrange')
    for (const who of [other, colleague]) expect((await who.get(`/runs/${run}/people`)).status).toBe(404)
    expect((await member.get(`/runs/${run}/people`)).status).toBe(403)

    const { membership_number } = await world.db
      .selectFrom('person')
      .where('id', '=', second.id)
      .select('membership_number')
      .executeTakeFirstOrThrow()
    expect((await own.post(`/runs/${run}/people`, { number: membership_number! })).status).toBe(303)
    expect((await placeOf(world, second, run)).state).toBe('waiting')
    expect((await trainer.post(`/runs/${run}/people`, { number: membership_number! })).status).toBe(403)
    expect((await other.post(`/runs/${run}/people`, { number: membership_number! })).status).toBe(404)
    const wrong = await own.post(`/runs/${run}/people`, { number: 'nobody' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('No member has this number')

    const table = await own.get(`/runs/${run}/people.csv`)
    expect(table.body).toContain('Amina Farooq,confirmed')
    expect((await trainer.get(`/runs/${run}/people.csv`)).body).not.toContain('amina@example.org')
    const { id } = await placeOf(world, member, run)
    expect((await own.get(`/places/${id}/removal`)).body).toContain('Amina Farooq')
    expect((await other.get(`/places/${id}/removal`)).status).toBe(404)
    await own.post(`/places/${id}/removal`, { why: 'You asked us to' })
    expect((await member.get(`/runs/${run}`)).body).toContain('You asked us to')
    expect((await placeOf(world, second, run)).state).toBe('offered')
  })

  test('the list sorts, pages and filters from its address', async (world) => {
    const academy = await world.academy()
    const run = await world.run({ academy, capacity: 1 })
    const own = await world.person({ rights: [{ role: 'coordinator', academy }] })
    for (const name of ['Zoe', 'Adam']) await (await world.person({ name })).does(askForPlace, { id: run })
    const order = async (query: string) => {
      const { body } = await own.get(`/runs/${run}/people${query}`)
      return body.indexOf('Zoe<') - body.indexOf('Adam<')
    }
    expect(await order('')).toBeLessThan(0)
    expect(await order('?sort=name')).toBeGreaterThan(0)
    expect((await own.get(`/runs/${run}/people?state=waiting`)).body).not.toContain('>Zoe<')
    expect((await own.get(`/runs/${run}/people?state=gone`)).body).toContain('Nobody here yet')
    expect((await own.get(`/runs/${run}/people?page=abc&sort=;drop&state=x`)).status).toBe(200)
  })
})

describe('The budget of queries', () => {
  test('no page of places makes more than eight', async (world) => {
    const academy = await world.academy()
    const run = await world.run({ academy })
    const own = await world.person({ rights: [{ role: 'coordinator', academy }] })
    const member = await world.person()
    await member.does(askForPlace, { id: run, needs: 'A ramp' })
    for (let n = 0; n < 3; n++) await (await world.person()).does(askForPlace, { id: run, needs: 'A ramp' })
    const { id } = await placeOf(world, member, run)
    const made = async (who: typeof own, url: string) => {
      const count = { made: 0 }
      const { status, headers } = await queryCount.run(count, () => who.get(url))
      expect(status).toBe(200)
      return Number(/desc="(\d+)"/.exec(String(headers['server-timing']))![1])
    }
    for (const url of [`/runs/${run}`, '/me/places', `/places/${id}/needs`, `/places/${id}/withdrawal`])
      expect([url, await made(member, url)]).toEqual([url, expect.toSatisfy((n: number) => n <= 8)])
    for (const url of [`/runs/${run}/people`, '/access-needs', `/places/${id}/arrangement`, `/places/${id}/removal`])
      expect([url, await made(own, url)]).toEqual([url, expect.toSatisfy((n: number) => n <= 8)])
  })

  test('a person’s places are one query', async (world) => {
    const member = await world.person()
    for (let n = 0; n < 3; n++) await member.does(askForPlace, { id: await world.run() })
    const visit = await world.visit(member.id)
    const count = { made: 0 }
    await queryCount.run(count, () => placesOf(visit, member.id))
    expect(count.made).toBe(1)
  })
})
