import { sql } from 'kysely'
import { expect } from 'vitest'
import { Absent, Refusal } from '#core/refusal'
import { test, type World } from '../../../../test/world.ts'
import { tidy } from '../../accounts/tidying.ts'
import { correctMe } from './correct.ts'
import { eraseMe, erasePerson } from './erase.ts'
import { dataOf } from './held.ts'
import { kinds, notHeld, paths } from './kinds.ts'
import { loadDataKinds } from './load-kinds.ts'

const queriesOf = (headers: Record<string, unknown>): number =>
  Number(/db;desc="(\d+)"/.exec(String(headers['server-timing']))?.[1])

test('every column of the database that leads to a person is either given to them or left out for a reason', async ({
  db,
}) => {
  const { rows } = await sql<{ at: string }>`
    select c.table_name || '.' || c.column_name as at from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and (c.column_name ~ '^(person_id|actor_id|about|membership_number|phone)$' or c.column_name ~ '(_by|email|address|postcode)$')
    union
    select k.conrelid::regclass::text || '.' || a.attname from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
      where k.contype = 'f' and k.confrelid = 'person'::regclass`.execute(db)
  const given = Object.entries(paths).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`))
  const known = new Set([...given, ...Object.keys(notHeld)])
  expect(rows.length).toBeGreaterThan(25)
  expect(rows.map(({ at }) => at).filter((at) => !known.has(at))).toEqual([])
  for (const reason of Object.values(notHeld)) expect(reason.length).toBeGreaterThan(10)
  // and nothing is named that is not there
  const columns = await sql<{
    at: string
  }>`select table_name || '.' || column_name as at from information_schema.columns
    where table_schema = 'public'`.execute(db)
  const there = new Set(columns.rows.map(({ at }) => at))
  expect([...known].filter((at) => !there.has(at))).toEqual([])
  expect(new Set(kinds.map(({ table }) => table))).toEqual(new Set(Object.keys(paths)))
})

test('the list of kinds is written once, brought up to date, and shown to anyone', async ({ db, stranger }) => {
  await db
    .insertInto('data_kind')
    .values({ table_name: 'gone', label: 'x', purpose: 'x', basis: 'x', kept_for: 'x' })
    .execute()
  await db.updateTable('data_kind').set({ label: 'old' }).execute()
  await loadDataKinds(db)
  await loadDataKinds(db)
  const rows = await db.selectFrom('data_kind').select(['table_name', 'special']).execute()
  expect(rows).toHaveLength(kinds.length)
  expect(rows.find(({ table_name }) => table_name === 'access_need')!.special).toContain('Article 9')
  expect((await stranger().get('/privacy')).body).toContain('What would help you to take part')
})

/** A member with something in nearly every table. */
async function known(world: World) {
  const { db } = world
  const them = await world.person({ name: 'Wilhelmina Sondergaard', email: 'mina@example.org' })
  const trainer = await world.person({ name: 'Ruth Osei' })
  const run = await world.run({ trainers: [trainer.id] })
  await them.api('POST', `/api/runs/${run}/place`, { needs: 'A hearing loop please' })
  await db
    .insertInto('pledge')
    .values({ person_id: them.id, commitment: 'Knock on forty doors', made_on: '2026-11-01', review_on: '2027-02-01' })
    .execute()
  await db
    .insertInto('mail')
    .values({
      person_id: them.id,
      address: 'mina@example.org',
      kind: 'x',
      subject: 'A letter',
      body: 'Dear Wilhelmina',
    })
    .execute()
  const session = await db
    .selectFrom('run_session')
    .select('id')
    .where('run_id', '=', run)
    .limit(1)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('attendance')
    .values({ session_id: session.id, person_id: them.id, mark: 'present', noted_by: trainer.id })
    .execute()
  await db.insertInto('calendar_key').values({ person_id: them.id, kind: 'member', key: 'a-very-secret-key' }).execute()
  return { them, trainer, run }
}

test('a member sees what is held about them, with why, and takes it away as one file without secrets', async (world) => {
  const { them } = await known(world)
  const page = await them.get('/me/data')
  expect(page.status).toBe(200)
  expect(page.body).toContain('Your pledges')
  expect(page.body).toContain('To look back with you')
  expect(page.body).toContain('Nobody has')
  expect(queriesOf(page.headers)).toBeLessThanOrEqual(8)
  const file = await them.get('/me/data.json')
  expect(String(file.headers['content-disposition'])).toContain('my-data.json')
  const held = JSON.parse(file.body)
  expect(held.kinds.map(({ table }: { table: string }) => table)).toEqual(kinds.map(({ table }) => table))
  const of = (table: string) => held.kinds.find((kind: { table: string }) => kind.table === table)
  expect(of('person').rows[0]).toMatchObject({ name: 'Wilhelmina Sondergaard', email: 'mina@example.org' })
  expect(of('access_need').rows[0].needs).toBe('A hearing loop please')
  expect(of('place').rows[0]).toMatchObject({ state: 'confirmed', course: 'Listening on the doorstep' })
  expect(of('pledge').rows[0].commitment).toBe('Knock on forty doors')
  expect(file.body).not.toContain('a-very-secret-key')
  const viaApi = JSON.parse((await them.api('GET', '/api/me/data')).body)
  expect(viaApi.kinds).toHaveLength(kinds.length)
})

test('what one person is given is theirs alone, and a stranger is given nothing', async (world) => {
  const { them } = await known(world)
  const other = await world.person({ name: 'Somebody Else' })
  const file = await other.get('/me/data.json')
  for (const words of ['Wilhelmina', 'mina@example.org', 'hearing loop', them.id])
    expect(file.body).not.toContain(words)
  // acting as another, the database itself keeps back what someone needs
  const seen = await dataOf(await world.visit(other.id), them.id)
  expect(seen.kinds.find(({ table }) => table === 'access_need')!.rows).toEqual([])
  expect((await world.stranger().get('/me/data')).status).toBe(303)
  expect((await world.stranger().api('GET', '/api/me/data')).status).toBe(401)
})

test('who corrects their name and home keeps the marks of the roll, so that the correction stands', async (world) => {
  const { db } = world
  await world.area({ code: 'E14999999', name: 'Ynys Fach' })
  await db.insertInto('postcode').values({ postcode: 'NG171AA', area_code: 'E14999999' }).execute()
  const them = await world.person({ name: 'Ana Diaz' })
  await db
    .updateTable('person')
    .set({ roll_marks: [1, 2, 3] })
    .where('id', '=', them.id)
    .execute()
  const done = await them.post('/me/data/correction', { name: '  Ana   Díaz ', home: 'ng17 1aa' })
  expect(done).toMatchObject({ status: 303, location: '/me/data' })
  const row = () =>
    db
      .selectFrom('person')
      .select(['name', 'postcode', 'area_code', 'roll_marks'])
      .where('id', '=', them.id)
      .executeTakeFirstOrThrow()
  expect(await row()).toEqual({ name: 'Ana Díaz', postcode: 'NG171AA', area_code: 'E14999999', roll_marks: [1, 2, 3] })
  expect(await them.does(correctMe, { name: 'Ana Díaz', home: '' })).toEqual({ changed: [] })
  await them.does(correctMe, { name: 'Ana Díaz', home: 'ynys fach' })
  expect(await row()).toMatchObject({ postcode: null, area_code: 'E14999999' })
})

test('a correction that cannot be right is refused, and what was typed is still there', async (world) => {
  const them = await world.person({ name: 'Ana Diaz' })
  for (const said of [
    { name: '', home: '' },
    { name: '12345', home: '' },
    { name: 'x'.repeat(201), home: '' },
    { name: 'Ana', home: 'nowhere at all' },
    { name: 'Ana', home: "'; drop table person" },
    { name: 'Ana', home: 'x'.repeat(5000) },
  ]) {
    const seen = await them.post('/me/data/correction', said)
    expect(seen.status, JSON.stringify(said).slice(0, 60)).toBe(422)
  }
  expect((await them.post('/me/data/correction', { name: 'Zoë', home: 'nowhere at all' })).body).toContain(
    'value="Zoë"',
  )
  const { name } = await world.db
    .selectFrom('person')
    .select('name')
    .where('id', '=', them.id)
    .executeTakeFirstOrThrow()
  expect(name).toBe('Ana Diaz')
})

test('whoever is erased is named nowhere any more, and what must stay leads to nobody', async (world) => {
  const { db } = world
  const { them, run } = await known(world)
  const page = await them.get('/me/data/erasure')
  expect(page.body).toContain('What stays, and why')
  expect((await them.post('/me/data/erasure')).status).toBe(422)
  const { membership_number: number } = await db
    .selectFrom('person')
    .select('membership_number')
    .where('id', '=', them.id)
    .executeTakeFirstOrThrow()
  const done = await them.post('/me/data/erasure', { sure: 'yes' })
  expect(done).toMatchObject({ status: 303, location: '/' })

  // a last letter says so; it belongs to nobody, and is gone once it is sent
  const letters = await db.selectFrom('mail').selectAll().where('address', '=', 'mina@example.org').execute()
  expect(letters).toMatchObject([{ person_id: null, kind: 'erased' }])
  expect(letters[0]!.body).not.toContain('Wilhelmina')
  await db.updateTable('mail').set({ sent_at: world.now }).where('id', '=', letters[0]!.id).execute()
  await tidy.run(await world.visit(), {})

  const words = ['Wilhelmina', 'mina@example.org', 'hearing loop', 'forty doors', number!]
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('area', 'postcode')`.execute(db)
  for (const { name } of tables) {
    const { rows } = await sql<{
      said: string | null
    }>`select string_agg(t::text, ' ') as said from ${sql.table(name)} t`.execute(db)
    for (const word of words) expect(rows[0]!.said ?? '', name).not.toContain(word)
  }
  const { rows: needs } = await sql<{ n: number }>`select count(*)::int as n from access_need`.execute(db)
  expect(needs[0]!.n).toBe(0)
  const left = await db.selectFrom('person').selectAll().where('id', '=', them.id).executeTakeFirstOrThrow()
  expect(left).toMatchObject({ standing: 'closed', email: null, area_code: null, postcode: null, roll_marks: null })
  expect(left.membership_number).toMatch(/^erased:/)
  expect(await db.selectFrom('attendance').selectAll().where('person_id', '=', them.id).execute()).toHaveLength(1)

  // gone is gone: a second time there is nobody
  expect((await them.get('/me/data')).status).toBe(303)
  await world.work()
  const { state } = await db
    .selectFrom('place')
    .select('state')
    .where('person_id', '=', them.id)
    .where('run_id', '=', run)
    .executeTakeFirstOrThrow()
  expect(state).toBe('withdrawn')
})

test('the next in line is offered the place of someone who was erased, and their own wait ends', async (world) => {
  const [them, next] = [await world.person(), await world.person({ name: 'Next In Line' })]
  const [full, other] = [await world.run({ capacity: 1 }), await world.run({ capacity: 1 })]
  const holder = await world.person()
  await holder.api('POST', `/api/runs/${other}/place`, {})
  for (const one of [them, next]) await one.api('POST', `/api/runs/${full}/place`, {})
  await them.api('POST', `/api/runs/${other}/place`, {})
  await them.does(eraseMe, { sure: 'yes' })
  await world.work()
  const states = await world.db.selectFrom('place').select(['person_id', 'run_id', 'state']).execute()
  const of = (person: string, run: string) =>
    states.find((one) => one.person_id === person && one.run_id === run)?.state
  expect(of(them.id, full)).toBe('withdrawn')
  expect(of(next.id, full)).toBe('offered')
  expect(of(them.id, other)).toBe('withdrawn')
  const counts = await world.db
    .selectFrom('run')
    .select(['taken', 'waiting'])
    .where('id', '=', other)
    .executeTakeFirstOrThrow()
  expect(counts).toEqual({ taken: 1, waiting: 0 })
})

test('browsers and programs of someone who was erased are strangers at once', async (world) => {
  const them = await world.person()
  const browser = world.browser()
  await browser.signIn(them.id)
  expect((await browser.get('/me/data')).status).toBe(200)
  expect((await browser.post('/me/data/erasure', { sure: 'yes' })).status).toBe(303)
  expect((await browser.get('/me/data')).status).toBe(303)
  expect(await world.db.selectFrom('sign_in_session').selectAll().where('person_id', '=', them.id).execute()).toEqual(
    [],
  )
})

test('whoever holds rights or leads a run hands that over before being erased', async (world) => {
  const staff = await world.person({ rights: [{ role: 'administrator' }] })
  await expect(staff.does(eraseMe, { sure: 'yes' })).rejects.toThrow(Refusal)
  const trainer = await world.person()
  await world.run({ trainers: [trainer.id] })
  const seen = await trainer.post('/me/data/erasure', { sure: 'yes' })
  expect(seen.status).toBe(422)
  expect(seen.body).toContain('before someone else leads it')
})

test('a data protection officer erases whoever asks, within their own reach, once', async (world) => {
  const region = await world.area({ kind: 'region' })
  const here = await world.area({ parent: region })
  const { them } = await known(world)
  await world.db.updateTable('person').set({ area_code: here }).where('id', '=', them.id).execute()
  const officer = await world.person({ rights: [{ role: 'data protection officer', area: region }] })
  const elsewhere = await world.person({ rights: [{ role: 'data protection officer', area: await world.area() }] })
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  expect((await administrator.api('POST', `/api/people/${them.id}/erasure`, { sure: 'yes' })).status).toBe(403)
  await expect(elsewhere.does(erasePerson, { id: them.id, sure: 'yes' })).rejects.toThrow(Absent)
  await officer.does(erasePerson, { id: them.id, sure: 'yes' })
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from access_need where person_id = ${them.id}`.execute(world.db)
  expect(rows[0]!.n).toBe(0)
  await expect(officer.does(erasePerson, { id: them.id, sure: 'yes' })).rejects.toThrow(Absent)
  const happened = await world.db.selectFrom('happening').select('about').where('what', '=', 'person.erased').execute()
  expect(happened).toEqual([{ about: { person: them.id, asked: 'other' } }])
})
