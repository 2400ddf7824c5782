import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { dayOf } from '#core/days'
import { parseJson, readAudit, verify } from '#engines/allocation/index.ts'
import { type Db, openDb, openPool } from '#platform/db'
import { createDatabase } from '#platform/embedded'
import { migrate } from '#platform/migrate'
import { checkRecord } from '#platform/record'
import { loadBuiltInAreas } from '../modules/areas/index.ts'
import { syncCatalogue } from '../modules/courses/index.ts'
import { syncQuestions } from '../modules/equality/index.ts'
import { placesInOrder } from '../modules/places/index.ts'
import { calendarAround } from './calendar.ts'
import { readGround } from './ground.ts'
import { loadDemonstration } from './index.ts'
import { imagine } from './life.ts'
import { tablesOf } from './tables.ts'

const now = new Date('2026-11-24T15:20:00Z')
const members = 300
let url: string
let db: ReturnType<typeof openDb>

beforeAll(async () => {
  const address = new URL(inject('databaseUrl'))
  address.pathname = `/demonstration_${process.pid}`
  url = address.href
  await createDatabase(url)
  await migrate(url, 'db/migrations')
  db = openDb(openPool(url, { size: 3, asOwner: true }))
  await loadBuiltInAreas(db)
  await syncCatalogue(db, 'content/courses')
  await syncQuestions(db, 'content/equality', dayOf(now))
  await loadDemonstration({ url, now, members })
}, 60_000)

afterAll(async () => {
  await db.destroy()
  const owner = new Client({ connectionString: inject('databaseUrl') })
  await owner.connect()
  await owner.query(`drop database "${new URL(url).pathname.slice(1)}"`)
  await owner.end()
})

/** How many rows break a rule: the rows that a query finds. */
const broken = async (query: string): Promise<number> =>
  (await sql.raw<{ n: number }>(`select count(*)::int as n from (${query}) breach`).execute(db)).rows[0]!.n
const count = (from: string): Promise<number> => broken(`select from ${from}`)

/** Everything that is loaded, as one digest, but for what is secret. */
async function digestAt(moment: Date, on: Db): Promise<string> {
  const hash = createHash('sha256')
  for (const table of tablesOf(imagine(await readGround(on), calendarAround(dayOf(moment)), members))) {
    const secret = table.columns.indexOf('calendar_key')
    hash.update(table.name)
    for (const row of table.rows) hash.update(JSON.stringify(row.map((cell, n) => (n === secret ? '' : cell))))
  }
  return hash.digest('hex')
}

describe('the demonstration', () => {
  test('is the same on the same day, morning and evening, and moves on with the days', async () => {
    const morning = await digestAt(new Date('2026-11-24T00:01:00Z'), db)
    expect(await digestAt(new Date('2026-11-24T23:59:00Z'), db)).toBe(morning)
    expect(await digestAt(new Date('2026-11-25T00:01:00Z'), db)).not.toBe(morning)
  })

  test('keeps every rule about places: nothing overbooked, nobody doubled, nobody waiting beside a free seat', async () => {
    expect(await placesInOrder(db, now)).toEqual([])
    const lastMoment = new Date('2026-11-24T23:59:59Z')
    expect(await placesInOrder(db, lastMoment)).toEqual([])
  })

  test('nobody has been on a course twice, or in two places on one day', async () => {
    expect(
      await broken(`select from place where state = 'confirmed' group by person_id, course_id having count(*) > 1`),
    ).toBe(0)
    expect(
      await broken(`select from place p join run_session s on s.run_id = p.run_id where p.state = 'confirmed'
        group by p.person_id, s.starts_at::date having count(*) > 1`),
    ).toBe(0)
  })

  test('no room and no trainer is wanted twice on one day', async () => {
    const sessions = `run r join run_session s on s.run_id = r.id`
    expect(
      await broken(
        `select from ${sessions} where r.room_id is not null group by r.room_id, s.starts_at::date having count(*) > 1`,
      ),
    ).toBe(0)
    expect(
      await broken(
        `select from ${sessions} join run_trainer t on t.run_id = r.id group by t.person_id, s.starts_at::date having count(*) > 1`,
      ),
    ).toBe(0)
  })

  test('one thing happens after another', async () => {
    expect(
      await count(`place where confirmed_at < asked_at or offered_at < asked_at or confirmed_at < offered_at`),
    ).toBe(0)
    expect(
      await count(`place where ended_at < coalesce(confirmed_at, offered_at, asked_at) or offer_until <= offered_at`),
    ).toBe(0)
    expect(await count(`place p join run r on r.id = p.run_id where p.asked_at < r.published_at`)).toBe(0)
    expect(await count(`run where published_at < made_at or cancelled_at < published_at`)).toBe(0)
    expect(
      await count(
        `run where (state = 'draft') <> (published_at is null) or (state = 'cancelled') <> (cancelled_at is not null)`,
      ),
    ).toBe(0)
    expect(
      await count(`run r join lateral (select min(starts_at at time zone 'Europe/London')::date a, max(starts_at at time zone 'Europe/London')::date b
        from run_session where run_id = r.id) s on true where s.a <> r.starts_on or s.b <> r.ends_on`),
    ).toBe(0)
    expect(await count(`person p join place on place.person_id = p.id where p.joined_on > place.asked_at::date`)).toBe(
      0,
    )
  })

  test('nothing has happened that is still to come', async () => {
    const midnight = `'2026-11-24T00:00:00Z'`
    expect(await count(`place where greatest(asked_at, offered_at, confirmed_at, ended_at) >= ${midnight}`)).toBe(0)
    expect(
      await count(
        `happening where at >= ${midnight} and what not in ('course.published', 'equality.questions-changed')`,
      ),
    ).toBe(0)
    expect(await count(`pledge where made_on >= '2026-11-24' or reviewed_on >= '2026-11-24'`)).toBe(0)
    expect(
      await count(`person where joined_on >= '2026-11-24' or closed_on >= '2026-11-24' or closed_on < joined_on`),
    ).toBe(0)
  })

  test('registers are kept for sessions that are over, by their trainers, of those who had a place', async () => {
    expect(await count(`attendance`)).toBeGreaterThan(500)
    expect(
      await count(`attendance a join run_session s on s.id = a.session_id where s.starts_at >= '2026-11-24T00:00:00Z'`),
    ).toBe(0)
    expect(
      await count(`run_session where register_done_at < ends_at or register_done_at >= '2026-11-24T00:00:00Z'`),
    ).toBe(0)
    expect(
      await count(`attendance a join run_session s on s.id = a.session_id where not exists
        (select from run_trainer t where t.run_id = s.run_id and t.person_id = a.noted_by)`),
    ).toBe(0)
    expect(
      await count(`attendance a join run_session s on s.id = a.session_id where not exists
        (select from place p where p.run_id = s.run_id and p.person_id = a.person_id and p.state = 'confirmed')`),
    ).toBe(0)
    expect(
      await count(`run_session s join place p on p.run_id = s.run_id and p.state = 'confirmed' where s.register_done_at is not null
        and not exists (select from attendance a where a.session_id = s.id and a.person_id = p.person_id)`),
    ).toBe(0)
  })

  test('has what each part of the product needs to show', async () => {
    expect(await count(`person where membership_number is not null`)).toBe(members)
    expect(await count(`academy`)).toBe(12)
    expect(await broken(`select distinct role from held_right`)).toBe(7)
    expect(await count(`run`)).toBeGreaterThanOrEqual(80)
    for (const state of ['draft', 'published', 'cancelled'])
      expect(await count(`run where state = '${state}'`)).toBeGreaterThan(0)
    expect(await count(`run where online_link is not null`)).toBeGreaterThan(10)
    for (const state of ['confirmed', 'waiting', 'offered', 'withdrawn', 'lapsed', 'cancelled'])
      expect(await count(`place where state = '${state}'`), state).toBeGreaterThan(0)
    for (const state of ['open', 'kept', 'partly kept'])
      expect(await count(`pledge where state = '${state}'`)).toBeGreaterThan(0)
    expect(await count(`access_need where arranged_at is null`)).toBeGreaterThan(0)
    expect((await checkRecord(db)).faults).toEqual([])
  })

  test('the map is alive from the start: every place that someone has is on it', async () => {
    expect(await broken(`select from area_quarter where quarter = '2026-10-01'`)).toBe(650)
    const { rows } = await sql<{ shown: number; held: number }>`
      select (select sum(places) from area_quarter)::int as shown,
        (select count(*) from place p join run r on r.id = p.run_id join person on person.id = p.person_id
          where p.state = 'confirmed' and r.state = 'published' and person.area_code is not null)::int as held`.execute(
      db,
    )
    expect(rows[0]!.shown).toBeGreaterThan(100)
    expect(rows[0]!.shown).toBe(rows[0]!.held)
  })

  test('has members who said something of themselves, figures of them that tell of nobody, and measures of every standing', async () => {
    expect(await count('equality_answer')).toBeGreaterThan(300)
    expect(
      await count(`equality_answer e join equality_set s on s.id = e.set_id join person p on p.id = e.person_id
        join area a on a.code = p.area_code where s.nation <> subltree(a.path, 0, 1)::text`),
    ).toBe(0)
    expect(await count(`equality_figure where name = 'equality/sex'`)).toBe(1)
    const on = `'2026-11-24'::date`
    expect(await count(`measure where in_force(measure, ${on})`)).toBe(2)
    expect(await count(`measure where approved_at is not null and review_on < ${on}`)).toBe(1)
    expect(await count('measure where approved_at is null')).toBe(1)
    // each was decided on by someone who could
    expect(
      await count(`measure m cross join lateral unnest(array[m.proposed_by, m.approved_by]) by(person) where by.person is not null and not exists
        (select from held_right h where h.person_id = by.person and h.role in ('equality lead', 'administrator') and h.starts_on <= m.proposed_at::date)`),
    ).toBe(0)
  })

  test('has a drawn round whose audit file is true, an open one, and a closed one that waits for a secret', async () => {
    const rounds = await db.selectFrom('round').select(['id', 'state', 'seed', 'digest']).orderBy('closes_at').execute()
    expect(rounds.map(({ state }) => state)).toEqual(['drawn', 'closed', 'published'])
    const { body, bytes } = await db.selectFrom('round_audit').selectAll().executeTakeFirstOrThrow()
    const text = gunzipSync(body)
    expect(text.length).toBe(bytes)
    expect([...verify(readAudit(parseJson(text)))]).toEqual([])
    expect(JSON.parse(text.toString()).result.digest).toBe(rounds[0]!.digest)
    expect(await count(`application where round_id = '${rounds[2]!.id}'`)).toBeGreaterThan(10)
    expect(await count(`place where application_id is not null and state = 'offered'`)).toBeGreaterThan(20)
    expect(await count(`round_officer where round_id = '${rounds[1]!.id}' and nonce is null`)).toBe(1)
    // the line of each run is in the order of the draw
    expect(
      await broken(`select from place p join place q on q.run_id = p.run_id and q.turn > p.turn join application a on a.id = p.application_id
        join application b on b.id = q.application_id where p.state = q.state and (b.band, b.number) < (a.band, a.number) and not exists
        (select from round_reserve r where r.run_id = p.run_id)`),
    ).toBe(0)
  })

  test('has pots that hold what was awarded from them, requests in every state, and wishes', async () => {
    expect(
      await count(`help_pot p where p.awarded_pence <> (select coalesce(sum(awarded_pence), 0) from help_request r
        where r.pot_id = p.id and r.state in ('awarded', 'paid', 'receipted'))`),
    ).toBe(0)
    for (const state of ['asked', 'half decided', 'awarded', 'ended', 'paid', 'receipted'])
      expect(await count(`help_request where state = '${state}'`), state).toBeGreaterThan(0)
    // it all agrees with the places there are, so that nothing is left to settle
    expect(await count('help_to_settle(null, null, 1000)')).toBe(0)
    expect(await count('wish')).toBeGreaterThan(20)
  })

  test('offers thirteen people, each with what is said of them', async () => {
    const { value } = await db
      .selectFrom('setting')
      .select('value')
      .where('name', '=', 'demonstration people')
      .executeTakeFirstOrThrow()
    const offered = value as unknown as { person: string; label: string; who: string }[]
    expect(offered).toHaveLength(13)
    const the = (name: string): string => `'${offered.find(({ label }) => label === name)!.person}'`
    const places = (name: string, where: string): Promise<number> =>
      count(`place p join run r on r.id = p.run_id where p.person_id = ${the(name)} and ${where}`)
    const nextMonth = `r.starts_on between '2026-12-01' and '2027-01-15'`
    expect(await places('Amina Farooq', `p.state = 'confirmed' and ${nextMonth}`)).toBe(1)
    expect(await places('Dylan Rees', `p.state = 'waiting' and r.taken = r.capacity`)).toBe(1)
    expect(await places('Grace Okafor', `p.state = 'offered' and p.offer_until > '2026-11-26'`)).toBe(1)
    expect(await places('Tomasz Kowalski', 'true')).toBe(0)
    expect(await places('Joan Whitaker', 'true')).toBeGreaterThan(8)
    const hers = `run_session s join run_trainer t on t.run_id = s.run_id and t.person_id = ${the('Ruth Osei')}`
    expect(await count(`${hers} where (s.starts_at at time zone 'Europe/London')::date = '2026-11-24'`)).toBe(1)
    expect(await count(`${hers} where s.starts_at < '2026-11-24' and s.register_done_at is null`)).toBeGreaterThan(0)
  })

  test('mixes with nobody: where there is anyone already, it refuses and changes nothing', async () => {
    const before = await count('person')
    await expect(loadDemonstration({ url, now, members })).rejects.toThrow('This database holds people already')
    expect(await count('person')).toBe(before)
  })
})

test.each(['2026-12-25', '2027-01-01', '2027-03-28', '2026-10-25', '2028-02-29', '2027-06-19'])(
  'it can be imagined on any day, such as %s, with a session that day for someone to finish',
  async (day) => {
    const { runs, cast } = imagine(await readGround(db), calendarAround(day), members)
    const today = runs.filter(
      (run) => run.sessions.some((session) => session.day === 0) && run.trainers.includes(cast.ruth),
    )
    expect(today).toHaveLength(1)
    const waits = runs.flatMap(({ places }) => places).filter(({ person }) => person === cast.dylan)
    expect(waits.map(({ state }) => state)).toEqual(['waiting'])
    const offers = runs.flatMap(({ places }) => places).filter(({ person }) => person === cast.grace)
    expect(offers.map(({ state }) => state)).toEqual(['offered'])
  },
)
