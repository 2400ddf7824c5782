import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test as plain } from 'vitest'
import { type Applications, rollDigest } from '#engines/allocation/index.ts'
import { actorById } from '#platform/actor'
import { openDb, openPool, type Tables } from '#platform/db'
import { perform, visitByHearten, visitOf } from '#platform/web'
import { Refusal } from '#core/refusal'
import { type OwnDatabase, ownDatabase } from '../../../../test/own-database.ts'
import { roundIn } from '../../../../test/round.ts'
import { noon, test, type World } from '../../../../test/world.ts'
import { applyToRound } from '../applying/apply.ts'
import { bandOfMember, type Fact } from '../bands.ts'
import { closeRound } from './close.ts'
import { unpacked } from './pack.ts'

const week = 7 * 86_400_000
const closes = new Date(noon.getTime() + week)

const rollOf = async ({ db }: Pick<World, 'db'>, id: string) => {
  const { body } = await db.selectFrom('round_roll').where('round_id', '=', id).select('body').executeTakeFirstOrThrow()
  return JSON.parse(await unpacked(body)) as Applications
}

/** A measure in force by which those who gave an answer count; the member gives it. */
async function measureIn(world: World, members: readonly { id: string }[], until = '2027-06-30') {
  const { db } = world
  const [by, other] = [await world.person(), await world.person()]
  const trait = `carer-${randomUUID().slice(0, 8)}`
  const words = { evidence: '4 per cent', evidence_source: 'Survey', aim: 'More', proportionate: 'Soft', who: 'Carers' }
  const { id } = await db
    .insertInto('measure')
    .values({
      ...words,
      trait,
      name: 'Seats for carers',
      question: trait,
      answers: ['yes'],
      evidence_on: '2026-01-01',
      review_on: until,
      proposed_by: by.id,
      proposed_at: new Date('2026-02-01'),
      approved_by: other.id,
      approved_at: new Date('2026-02-02'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const nation = await world.area({ kind: 'nation' })
  const set = await db
    .insertInto('equality_set')
    .values({ nation, version: 1, source: 'Ours', questions: '[]', starts_on: '2026-01-01' })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const member of members)
    await (
      await world.visit(member.id)
    ).atomically(async (inside) =>
      inside.db
        .insertInto('equality_answer')
        .values({ person_id: member.id, question: trait, answers: ['yes'], set_id: set.id, answered_at: noon })
        .execute(),
    )
  return { id, trait }
}

describe('Closing a round', () => {
  test('fixes the roll under pseudonyms and publishes its digest, once, and not before its time', async (world) => {
    const { db } = world
    const round = await roundIn(world)
    const members = await Promise.all([1, 2, 3].map(() => world.person()))
    for (const member of members) await member.does(applyToRound, { slug: round.slug, choices: round.runs })
    await closeRound(await world.visit(undefined, new Date(closes.getTime() - 1)), round.id)
    const read = () => db.selectFrom('round').where('id', '=', round.id).selectAll().executeTakeFirstOrThrow()
    expect((await read()).state).toBe('published')
    await closeRound(await world.visit(undefined, closes), round.id)
    const closed = await read()
    const roll = await rollOf(world, round.id)
    expect(closed).toMatchObject({ state: 'closed', applications: 3, roll_digest: rollDigest(roll.members) })
    expect(JSON.stringify(roll)).not.toContain(members[0]!.id)
    await closeRound(await world.visit(undefined, new Date(closes.getTime() + week)), round.id)
    expect(await read()).toEqual(closed)
    expect(await db.selectFrom('happening').where('what', '=', 'round.closed').select('about').execute()).toMatchObject(
      [{ about: { round: round.id, rollDigest: closed.roll_digest, applications: 3 } }],
    )
  })

  test('an application in the last millisecond counts; at the closing second it is refused, even while the job is late', async (world) => {
    const round = await roundIn(world)
    const [amina, late] = [await world.person(), await world.person()]
    const apply = async (who: string, at: Date) =>
      perform(applyToRound, await world.visit(who, at), { slug: round.slug, choices: round.runs })
    await apply(amina.id, new Date(closes.getTime() - 1))
    await expect(apply(late.id, closes)).rejects.toThrow('closed')
    await closeRound(await world.visit(undefined, new Date(closes.getTime() + 90_000)), round.id)
    expect((await rollOf(world, round.id)).members).toHaveLength(1)
  })

  test('a measure in force reserves seats for those who asked that it count; an expired one reserves nothing', async (world) => {
    const { db } = world
    const round = await roundIn(world)
    const [counts, silent, other] = [await world.person(), await world.person(), await world.person()]
    const standing = await measureIn(world, [counts, silent])
    const expired = await measureIn(world, [counts, silent], '2026-11-30')
    for (const measure_id of [standing.id, expired.id])
      await db
        .insertInto('round_reserve')
        .values({ round_id: round.id, run_id: round.runs[0]!, measure_id, seats: 2 })
        .execute()
    await counts.does(applyToRound, { slug: round.slug, choices: round.runs, reserves: 'on' })
    for (const member of [silent, other]) await member.does(applyToRound, { slug: round.slug, choices: round.runs })
    await closeRound(await world.visit(undefined, closes), round.id)
    const { runs, members } = await rollOf(world, round.id)
    expect(runs.find(({ id }) => id === round.runs[0])!.reserves).toEqual({ [standing.trait]: 2 })
    expect(members.flatMap(({ traits }) => traits)).toEqual([standing.trait])
    // what is answered or taken back afterwards changes nothing of the roll
    await (
      await world.visit(counts.id)
    ).atomically(async (inside) => inside.db.deleteFrom('equality_answer').where('person_id', '=', counts.id).execute())
    expect((await rollOf(world, round.id)).members).toEqual(members)
  })

  test('a run that was cancelled has no places, and reserves never exceed what a run has', async (world) => {
    const { db } = world
    const round = await roundIn(world)
    const measure = await measureIn(world, [])
    for (const run_id of round.runs)
      await db
        .insertInto('round_reserve')
        .values({ round_id: round.id, run_id, measure_id: measure.id, seats: 9 })
        .execute()
    await db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', round.runs[0]!).execute()
    await db.updateTable('run').set({ capacity: 4 }).where('id', '=', round.runs[1]!).execute()
    await closeRound(await world.visit(undefined, closes), round.id)
    const { runs } = await rollOf(world, round.id)
    expect(new Map(runs.map(({ id, capacity, reserves }) => [id, { capacity, reserves }]))).toEqual(
      new Map([
        [round.runs[0]!, { capacity: 0, reserves: {} }],
        [round.runs[1]!, { capacity: 4, reserves: { [measure.trait]: 4 } }],
      ]),
    )
  })

  test('a member’s band is the first fact of the policy that is true of them', async (world) => {
    const { db } = world
    const region = await world.area({ kind: 'region' })
    const [here, there] = [await world.area({ parent: region }), await world.area({ parent: region })]
    const bands: Fact[] = ['waited before', 'area has no trained organiser', 'holds a pledge', 'no place before']
    const [waited, remote, pledged, fresh, done] = await Promise.all(
      [here, there, here, here, here].map((area) => world.person({ area })),
    )
    const { course } = await world.course({ strand: 'organising' })
    const over = await world.run({ course, startsOn: '2026-01-14' })
    const place = { run_id: over, course_id: course, state: 'confirmed', asked_at: noon, confirmed_at: noon }
    for (const { id } of [done!, remote!, waited!])
      await db
        .insertInto('place')
        .values({ ...place, person_id: id })
        .execute()
    await db.updateTable('person').set({ area_code: there }).where('id', '=', remote!.id).execute()
    // whoever finished it lives here; the one who lives there has given it up
    await db.updateTable('place').set({ state: 'withdrawn' }).where('person_id', '=', remote!.id).execute()
    await db
      .insertInto('pledge')
      .values({ person_id: pledged!.id, commitment: 'Ten doors', made_on: '2026-10-01', review_on: '2027-01-01' })
      .execute()
    const before = await roundIn(world, { closesAt: new Date(noon.getTime() + 1000) })
    await waited!.does(applyToRound, { slug: before.slug, choices: before.runs })
    await db
      .updateTable('round')
      .set({ state: 'drawn', roll_digest: 'a'.repeat(64), seed: 's', digest: 'd', drawn_at: noon })
      .where('id', '=', before.id)
      .execute()
    await db
      .updateTable('application')
      .set({ number: 'f'.repeat(64) })
      .where('round_id', '=', before.id)
      .execute()

    const round = await roundIn(world, { bands })
    const people = [waited!, remote!, pledged!, fresh!, done!]
    for (const member of people) await member.does(applyToRound, { slug: round.slug, choices: round.runs })
    const alone = await Promise.all(
      people.map(({ id }) => bandOfMember({ db, today: '2026-11-24' }, { id: round.id, bands }, id)),
    )
    expect(alone).toEqual([0, 1, 2, 3, 4])
    await closeRound(await world.visit(undefined, closes), round.id)
    const kept = await db
      .selectFrom('application')
      .where('round_id', '=', round.id)
      .select(['person_id', 'band'])
      .execute()
    expect(people.map(({ id }) => kept.find(({ person_id }) => person_id === id)!.band)).toEqual([0, 1, 2, 3, 4])
  })
})

describe('Closing while many apply', () => {
  let own: OwnDatabase
  let db: Kysely<Tables>
  beforeAll(async () => {
    own = await ownDatabase()
    db = openDb(openPool(own.url, { size: 20 }))
  }, 60_000)
  afterAll(async () => {
    await db.destroy()
    await own.drop()
  })

  plain('whoever is told that their application is kept is on the roll, and whoever is refused is not', async () => {
    const { slug, id, run, people } = await sceneIn(db, 120)
    const just = new Date(closes.getTime() - 1)
    const kept: string[] = []
    const applying = people.map(async (person, n) => {
      // they come in over the moment at which the round is closed
      await new Promise((resolve) => setTimeout(resolve, n * 4))
      const actor = await actorById(db, person, '2026-11-24')
      try {
        const { pseudonym } = await perform(applyToRound, visitOf({ db, actor, now: just }), { slug, choices: [run] })
        kept.push(pseudonym)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
      }
    })
    const closing = new Promise((resolve) => setTimeout(resolve, 250)).then(() =>
      closeRound(visitByHearten({ db, now: closes }), id),
    )
    await Promise.all([...applying, closing])
    const { members } = await rollOf({ db }, id)
    expect(members.map(({ id: pseudonym }) => pseudonym)).toEqual(kept.toSorted())
    expect(kept.length).toBeLessThan(120)
    const { applications } = await db
      .selectFrom('round')
      .where('id', '=', id)
      .select('applications')
      .executeTakeFirstOrThrow()
    expect(applications).toBe(kept.length)
  })
})

/** An open round over one run, and so many members. */
async function sceneIn(db: Kysely<Tables>, members: number) {
  const [academy, course, version, run] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await db.insertInto('area').values({ code: 'EM', name: 'East Midlands', kind: 'region', path: 'EM' }).execute()
  const where = {
    slug: 'em',
    name: 'East Midlands academy',
    area_code: 'EM',
    opened_on: '2024-01-01',
    calendar_key: 'em',
  }
  await db
    .insertInto('academy')
    .values({ ...where, id: academy })
    .execute()
  await db.insertInto('course').values({ id: course, slug: 'listening' }).execute()
  const words = { title: 'Listening', strand: 'organising', level: 'starter', mode: 'either', summary: '', who: '' }
  await db
    .insertInto('course_version')
    .values({
      ...words,
      id: version,
      course_id: course,
      number: 1,
      hours: 2,
      outcomes: [],
      description: '',
      practice: '',
      sessions: '[]',
    })
    .execute()
  await db
    .insertInto('run')
    .values({
      id: run,
      course_id: course,
      course_version_id: version,
      academy_id: academy,
      online_link: 'https://meet.example.org',
      capacity: 10,
      how: 'round',
      state: 'published',
      starts_on: '2027-01-14',
      ends_on: '2027-01-14',
      published_at: noon,
    })
    .execute()
  const { id } = await db
    .insertInto('round')
    .values({
      slug: 'spring',
      name: 'Spring',
      academy_id: academy,
      opens_at: new Date(noon.getTime() - week),
      closes_at: closes,
      reveal_until: new Date(closes.getTime() + week),
      state: 'published',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('round_run').values({ round_id: id, run_id: run }).execute()
  const people = Array.from({ length: members }, () => randomUUID())
  await db
    .insertInto('person')
    .values(people.map((person) => ({ id: person, name: 'Amina', membership_number: person })))
    .execute()
  return { slug: 'spring', id, run, people }
}
