import { describe, expect } from 'vitest'
import { noon, test, type Person, type World } from '../../../test/world.ts'
import { queryCount } from '#platform/db'
import { askForPlace, placesInOrder } from '../places/index.ts'
import { remindOfRegisters } from './jobs.ts'
import { keepRegister } from './keep.ts'
import { changesIn, type Mark, sayNames } from './mark.ts'
import { sessionsOfTrainer } from './mine.ts'
import { addTurnedUp } from './turned-up.ts'

interface Evening {
  academy: string
  run: string
  session: string
  trainer: Person
  second: Person
  coordinator: Person
  members: Person[]
}

/** A run whose first session is today, with two trainers and three members. */
async function evening(world: World, { capacity = 4 } = {}): Promise<Evening> {
  const academy = await world.academy()
  const [trainer, second] = [
    await world.person({ name: 'Ruth Osei', rights: [{ role: 'trainer', academy }] }),
    await world.person({ name: 'Callum Reid', rights: [{ role: 'trainer', academy }] }),
  ]
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const run = await world.run({ academy, capacity, startsOn: '2026-11-24', trainers: [trainer.id, second.id] })
  const members: Person[] = []
  for (const name of ['Amina Farooq', 'Bela Kovacs', 'Cai Evans']) {
    const member = await world.person({ name })
    await member.does(askForPlace, { id: run })
    members.push(member)
  }
  const { id: session } = await world.db
    .selectFrom('run_session')
    .where('run_id', '=', run)
    .where('number', '=', 1)
    .select('id')
    .executeTakeFirstOrThrow()
  return { academy, run, session, trainer, second, coordinator, members }
}

const marksOf = async ({ db }: World, { session, members }: Evening) => {
  const rows = await db.selectFrom('attendance').where('session_id', '=', session).selectAll().execute()
  return members.map(({ id }) => rows.find(({ person_id }) => person_id === id)?.mark)
}
const trailOf = ({ db }: World, { session }: Evening) =>
  db.selectFrom('attendance_change').where('session_id', '=', session).orderBy('id').selectAll().execute()

describe('What changes when a register is kept', () => {
  const current = new Map<string, Mark | null>([
    ['amina', 'present'],
    ['bela', null],
    ['cai', 'late'],
  ])
  test('only what this trainer chose anew', async () => {
    const was = { amina: 'present', bela: '', cai: 'absent' } as const
    // the page showed Cai as absent and was not touched: another trainer has noted late meanwhile, and that stands
    const marks = { amina: 'absent', bela: 'present', cai: 'absent' } as const
    expect(changesIn(current, { marks, was })).toEqual([
      { person: 'amina', was: 'present', now: 'absent' },
      { person: 'bela', was: null, now: 'present' },
    ])
  })
  test('everyone else was present changes only those without a mark', async () => {
    expect(changesIn(current, { marks: {}, was: {} }, { everyone: true })).toEqual([
      { person: 'bela', was: null, now: 'present' },
    ])
  })
  test('names are said as people say them', async () => {
    expect(sayNames(['Amina'])).toBe('Amina')
    expect(sayNames(['Amina', 'Bela'])).toBe('Amina and Bela')
    expect(sayNames(['A', 'B', 'C', 'D', 'E', 'F'])).toBe('A, B, C and 3 others')
  })
})

describe('Keeping a register', () => {
  test('one button marks everyone, then the few others are changed, and the register is closed', async (world) => {
    const at = await evening(world)
    const { session, trainer, members } = at
    const page = (await trainer.get(`/sessions/${session}/register`)).body
    expect(page).toContain('Everyone was present')
    const saved = await trainer.post(`/sessions/${session}/register`, { do: 'everyone' })
    expect([saved.status, saved.location]).toEqual([303, `/sessions/${session}/register`])
    expect(await marksOf(world, at)).toEqual(['present', 'present', 'present'])
    const [, bela] = members
    await trainer.post(`/sessions/${session}/register`, {
      [`mark.${bela!.id}`]: 'apologies',
      [`was.${bela!.id}`]: 'present',
      do: 'close',
    })
    expect(await marksOf(world, at)).toEqual(['present', 'apologies', 'present'])
    const row = await world.db.selectFrom('run_session').where('id', '=', session).selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ register_done_at: noon, register_done_by: trainer.id })
    expect((await trainer.get(`/sessions/${session}/register`)).body).toContain('Closed by Ruth Osei')
  })

  test('a register with someone unmarked is not closed, and says who; what was marked comes back', async (world) => {
    const { session, trainer, members } = await evening(world)
    const [amina, bela] = members
    const refused = await trainer.post(`/sessions/${session}/register`, {
      [`mark.${amina!.id}`]: 'late',
      [`mark.${bela!.id}`]: 'present',
      do: 'close',
    })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Mark Cai Evans before you close the register')
    expect(refused.body).toMatch(new RegExp(`name="mark.${amina!.id}"[^>]*value="late"[^>]*checked`))
  })

  test('saving the same twice changes nothing', async (world) => {
    const at = await evening(world)
    const marks = { [at.members[0]!.id]: 'late' }
    expect(await at.trainer.does(keepRegister, { id: at.session, marks })).toMatchObject({ changed: 1 })
    expect(await at.trainer.does(keepRegister, { id: at.session, marks })).toMatchObject({ changed: 0 })
    expect(await trailOf(world, at)).toHaveLength(1)
  })

  test('of two trainers at once nobody’s work is lost, and the trail shows both', async (world) => {
    const at = await evening(world)
    const [amina, bela, cai] = at.members as [Person, Person, Person]
    const nothing = { [amina.id]: '', [bela.id]: '', [cai.id]: '' }
    await at.trainer.does(keepRegister, {
      id: at.session,
      marks: { [amina.id]: 'present', [cai.id]: 'absent' },
      was: nothing,
    })
    await at.second.does(keepRegister, { id: at.session, marks: { [bela.id]: 'late', [cai.id]: 'late' }, was: nothing })
    expect(await marksOf(world, at)).toEqual(['present', 'late', 'late'])
    const trail = await trailOf(world, at)
    expect(trail.filter(({ person_id }) => person_id === cai.id)).toMatchObject([
      { was: null, now: 'absent', changed_by: at.trainer.id },
      { was: 'absent', now: 'late', changed_by: at.second.id },
    ])
  })

  test('a closed register is corrected with a reason, and the page shows who changed what, when and why', async (world) => {
    const at = await evening(world)
    const { session, trainer, coordinator, members } = at
    await trainer.does(keepRegister, { id: session, do: 'everyone' })
    await trainer.does(keepRegister, { id: session, do: 'close' })
    const marks = { [members[0]!.id]: 'late' }
    await expect(coordinator.does(keepRegister, { id: session, marks })).rejects.toThrow('Say why')
    await coordinator.does(keepRegister, { id: session, marks, why: 'Her bus was late' })
    const { body } = await trainer.get(`/sessions/${session}/register`)
    expect(body).toContain('Her bus was late')
    const what = await world.db.selectFrom('happening').where('what', 'like', 'register.%').select('what').execute()
    expect(what.map((one) => one.what)).toEqual(['register.noted', 'register.closed', 'register.corrected'])
  })

  test('it does not open before the day of the session', async (world) => {
    const at = await evening(world)
    const { id } = await world.db
      .selectFrom('run_session')
      .where('run_id', '=', at.run)
      .where('number', '=', 2)
      .select('id')
      .executeTakeFirstOrThrow()
    const seen = await at.trainer.get(`/sessions/${id}/register`)
    expect(seen.body).toContain('The register opens on the day of the session, Tuesday 1 December')
    expect(seen.body).not.toContain('Save for now')
    await expect(at.trainer.does(keepRegister, { id, do: 'everyone' })).rejects.toThrow('opens on the day')
    await expect(at.trainer.does(addTurnedUp, { id, number: 'T1' })).rejects.toThrow('opens on the day')
  })

  test('only the run’s trainers and those who arrange there open it', async (world) => {
    const { academy, session, coordinator, members } = await evening(world)
    const colleague = await world.person({ rights: [{ role: 'trainer', academy }] })
    const other = await world.person({ rights: [{ role: 'coordinator', academy: await world.academy() }] })
    for (const url of [`/sessions/${session}/register`, `/sessions/${session}/sheet`]) {
      expect((await coordinator.get(url)).status).toBe(200)
      for (const who of [colleague, other]) expect((await who.get(url)).status).toBe(404)
      expect((await members[0]!.get(url)).status).toBe(403)
    }
    await expect(other.does(keepRegister, { id: session, do: 'everyone' })).rejects.toMatchObject({ name: 'Absent' })
    await expect(colleague.does(addTurnedUp, { id: session, number: 'x' })).rejects.toMatchObject({ name: 'Absent' })
    expect((await colleague.api('GET', `/api/sessions/${session}/register`)).status).toBe(404)
  })

  test('nonsense, strangers to the run and impossible marks are refused', async (world) => {
    const { session, trainer, members } = await evening(world)
    const stranger = await world.person()
    await expect(trainer.does(keepRegister, { id: session, marks: { [stranger.id]: 'present' } })).rejects.toThrow(
      'no longer on this run',
    )
    for (const marks of [{ [members[0]!.id]: 'drunk' }, { nobody: 'present' }, 'present', 7])
      await expect(trainer.does(keepRegister, { id: session, marks })).rejects.toMatchObject({ name: 'Invalid' })
    const hostile = await trainer.post(`/sessions/${session}/register`, { 'mark.constructor': 'present', do: 'save' })
    expect(hostile.status).toBe(422)
    await trainer.post(`/sessions/${session}/register`, { 'mark.__proto__': 'present', do: 'save' })
    expect(await world.db.selectFrom('attendance').where('session_id', '=', session).execute()).toEqual([])
  })
})

describe('Someone turned up', () => {
  test('a member gets a place if a seat is free, and is in the register', async (world) => {
    const at = await evening(world)
    const guest = await world.person({ name: 'Dai Rees' })
    const { membership_number } = await world.db
      .selectFrom('person')
      .where('id', '=', guest.id)
      .select('membership_number')
      .executeTakeFirstOrThrow()
    const added = await at.trainer.post(`/sessions/${at.session}/turned-up`, {
      number: membership_number!,
      mark: 'late',
    })
    expect(added.status).toBe(303)
    const place = await world.db.selectFrom('place').where('person_id', '=', guest.id).selectAll().executeTakeFirst()
    expect(place).toMatchObject({ state: 'confirmed', turned_up: true })
    expect((await at.trainer.get(`/sessions/${at.session}/register`)).body).toContain('Dai Rees')
    expect(await placesInOrder(world.db, noon)).toEqual([])
    // once more is the same
    const again = await at.trainer.does(addTurnedUp, { id: at.session, number: membership_number!, mark: 'late' })
    expect(again).toMatchObject({ place: true })
    expect(await placesInOrder(world.db, noon)).toEqual([])
  })

  test('in a full room they are noted without a place, and nothing is overbooked', async (world) => {
    const at = await evening(world, { capacity: 3 })
    const added = await at.trainer.does(addTurnedUp, { id: at.session, name: 'Eve Hall', email: 'Eve@Example.org' })
    expect(added).toMatchObject({ name: 'Eve Hall', place: false })
    const person = await world.db.selectFrom('person').where('id', '=', added.person).selectAll().executeTakeFirst()
    expect(person).toMatchObject({ standing: 'contact', email: 'eve@example.org' })
    expect((await at.trainer.get(`/sessions/${at.session}/register`)).body).toContain('Came without a place')
    expect(await placesInOrder(world.db, noon)).toEqual([])
    const again = await at.trainer.does(addTurnedUp, { id: at.session, name: 'Someone Else', email: 'eve@example.org' })
    expect(again).toMatchObject({ person: added.person, name: 'Eve Hall' })
  })

  test('whoever waits and turns up gets the seat of their own turn if one is free, else only a mark', async (world) => {
    const at = await evening(world, { capacity: 3 })
    const waits = await world.person()
    await waits.does(askForPlace, { id: at.run })
    const { membership_number } = await world.db
      .selectFrom('person')
      .where('id', '=', waits.id)
      .select('membership_number')
      .executeTakeFirstOrThrow()
    expect(await at.trainer.does(addTurnedUp, { id: at.session, number: membership_number! })).toMatchObject({
      place: false,
    })
    await world.db.updateTable('run').set({ capacity: 4 }).where('id', '=', at.run).execute()
    expect(await at.trainer.does(addTurnedUp, { id: at.session, number: membership_number! })).toMatchObject({
      place: true,
    })
    expect(await placesInOrder(world.db, noon)).toEqual([])
  })

  test('what is missing or wrong is said by its field', async (world) => {
    const { session, trainer, second } = await evening(world)
    const tries: [object, string][] = [
      [{}, 'Enter a membership number, or a name and an email address'],
      [{ number: 'nobody' }, 'No member has this number'],
      [{ name: 'Eve' }, 'Enter their email address'],
      [{ email: 'eve@example.org' }, 'Enter their name'],
      [{ name: 'Eve', email: 'not one' }, 'Enter an email address'],
      [{ name: 'Eve', email: 'eve@example.org', mark: 'absent' }, 'Choose present or late'],
    ]
    for (const [said, problem] of tries)
      await expect(trainer.does(addTurnedUp, { id: session, ...said })).rejects.toThrow(problem)
    const { membership_number } = await world.db
      .selectFrom('person')
      .where('id', '=', second.id)
      .select('membership_number')
      .executeTakeFirstOrThrow()
    await expect(trainer.does(addTurnedUp, { id: session, number: membership_number! })).rejects.toThrow('trainers')
  })
})

describe('The rest of a trainer’s evening', () => {
  test('the sheet to print has a line for each person and some to spare', async (world) => {
    const { session, trainer } = await evening(world)
    const { body } = await trainer.get(`/sessions/${session}/sheet`)
    expect(body).toContain('Amina Farooq')
    expect(body.match(/☐/g)).toHaveLength((3 + 6) * 4)
  })

  test('the morning after, a trainer whose register is open is written to, once', async (world) => {
    const at = await evening(world)
    const morning = await world.visit(undefined, new Date('2026-11-25T07:00:00Z'))
    await remindOfRegisters(morning)
    await remindOfRegisters(morning)
    const letters = await world.db
      .selectFrom('mail')
      .where('kind', '=', 'register-open')
      .where('person_id', 'in', [at.trainer.id, at.second.id])
      .selectAll()
      .execute()
    expect(letters).toHaveLength(2)
    expect(letters[0]!.body).toContain(`/sessions/${at.session}/register`)
  })

  test('a trainer’s sessions are those they lead: ahead, open and done', async (world) => {
    const at = await evening(world)
    const by = async (person: Person, when: Date, which: 'ahead' | 'open' | 'done') =>
      (await sessionsOfTrainer(await world.visit(person.id, when), { which })).map(({ number }) => number)
    const tonight = new Date('2026-11-24T21:30:00Z')
    expect(await by(at.trainer, noon, 'ahead')).toEqual([1, 2])
    expect(await by(at.trainer, tonight, 'ahead')).toEqual([2])
    expect(await by(at.trainer, tonight, 'open')).toEqual([1])
    await at.trainer.does(keepRegister, { id: at.session, do: 'everyone' })
    await at.trainer.does(keepRegister, { id: at.session, do: 'close' })
    expect(await by(at.trainer, tonight, 'open')).toEqual([])
    expect(await by(at.trainer, tonight, 'done')).toEqual([1])
    expect(await by(at.coordinator, noon, 'ahead')).toEqual([])
    const read = await at.trainer.api('GET', '/api/me/sessions?which=done')
    expect(JSON.parse(read.body)).toMatchObject({ sessions: [{ number: 1 }] })
  })

  test('the register is within the budget of queries', async (world) => {
    const { session, trainer } = await evening(world)
    for (const url of [`/sessions/${session}/register`, `/sessions/${session}/sheet`]) {
      const { headers } = await queryCount.run({ made: 0 }, () => trainer.get(url))
      expect(Number(/desc="(\d+)"/.exec(String(headers['server-timing']))![1])).toBeLessThanOrEqual(8)
    }
  })
})
