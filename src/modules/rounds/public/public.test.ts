import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { parseJson, readAudit, verify } from '#engines/allocation/index.ts'
import { queryCount } from '#platform/db'
import { noon, test, type World } from '../../../../test/world.ts'
import { applyToRound } from '../applying/apply.ts'
import { closeRound } from '../closing/close.ts'
import { drawRound } from '../draw/draw.ts'
import { sweepRounds } from '../draw/jobs.ts'
import { quoted } from './check.tsx'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const secrets = ['seven green umbrellas under a quiet bridge', 'it’s "paper" lanterns and the tide']
const rules = {
  name: 'Spring 2027',
  opensOn: '2026-11-24',
  opensAt: '09:00',
  closesOn: '2026-12-01',
  closesAt: '20:00',
  band1: 'no place before',
  band2: '',
}

/** A coordinator with an academy of two runs by round. */
async function academyIn(world: World) {
  const academy = await world.academy()
  const coordinator = await world.person({ name: 'Martin Hallam', rights: [{ role: 'coordinator', academy }] })
  const runs = [await world.run({ academy, capacity: 2 }), await world.run({ academy, capacity: 2 })]
  await world.db.updateTable('run').set({ how: 'round' }).where('id', 'in', runs).execute()
  return { academy, coordinator, runs }
}

test('a coordinator opens a round, its officers commit, members apply, and anyone can check what came of it', async (world) => {
  const { db } = world
  const anyone = world.stranger()
  const { academy, coordinator, runs } = await academyIn(world)
  expect((await coordinator.post('/rounds/new', { ...rules, academy })).location).toBe('/rounds/spring-2027/edit')
  expect((await anyone.get('/rounds/spring-2027')).status).toBe(404)
  expect((await coordinator.post('/rounds/spring-2027/runs', { runs })).status).toBe(303)
  const refused = await coordinator.post('/rounds/spring-2027/publication')
  expect(refused.status).toBe(422)
  expect(refused.body).toContain('At least two officers must have committed')

  const officers = [await world.person({ name: 'Olu Adeyemi' }), await world.person({ name: 'Ada Brook' })]
  for (const [n, officer] of officers.entries()) {
    const { membership_number } = await db
      .selectFrom('person')
      .where('id', '=', officer.id)
      .select('membership_number')
      .executeTakeFirstOrThrow()
    await coordinator.post('/rounds/spring-2027/officers', { who: membership_number! })
    expect((await officer.get('/rounds/spring-2027/officers')).body).toContain('Commit to a secret')
    const said: Record<string, string> = n === 0 ? { words: secrets[0]! } : { digest: sha256(secrets[1]!) }
    expect((await officer.post('/rounds/spring-2027/commitment', said)).status).toBe(303)
  }
  expect((await coordinator.post('/rounds/spring-2027/publication')).location).toBe('/rounds/spring-2027')
  expect((await coordinator.post('/rounds/spring-2027/runs', { runs: [runs[0]!] })).body).toContain('its rules stand')

  const open = await anyone.get('/rounds/spring-2027')
  expect(open.body).toContain('First those who have never had a place, then everyone else.')
  expect(open.body).toContain(sha256(secrets[1]!))
  expect(open.body).toContain('Olu Adeyemi')
  for (const secret of secrets) expect(open.body).not.toContain(secret.slice(0, 12))
  expect((await anyone.get('/rounds')).body).toContain('/rounds/spring-2027')

  const members = await Promise.all(Array.from({ length: 5 }, () => world.person()))
  for (const member of members) await member.does(applyToRound, { slug: 'spring-2027', choices: runs })
  const { id } = await db.selectFrom('round').where('slug', '=', 'spring-2027').select('id').executeTakeFirstOrThrow()
  const closes = new Date('2026-12-01T20:00:00Z')
  await closeRound(await world.visit(undefined, closes), id)
  for (const [n, officer] of officers.entries()) {
    expect((await officer.post('/rounds/spring-2027/reveal', { secret: secrets[n]! })).status).toBe(303)
    if (n === 0) expect((await anyone.get('/rounds/spring-2027')).body).not.toContain(secrets[0])
  }
  await drawRound(await world.visit(undefined, new Date('2026-12-01T20:05:00Z')), id)

  const drawn = await anyone.get('/rounds/spring-2027')
  expect(drawn.body).toContain(secrets[0])
  const file = await anyone.get('/rounds/spring-2027/audit.json')
  expect(file.headers['content-type']).toContain('application/json')
  expect([...verify(readAudit(parseJson(Buffer.from(file.body))))]).toEqual([])
  for (const member of members) expect(file.body).not.toContain(member.id)

  // the way that the page shows for those who have nothing but a hash tool
  const { input, rollDigest, seedFrom } = JSON.parse(file.body)
  const sorted = input.members.map(({ band, id: who, preferences, traits }: Record<string, unknown>) => ({
    band,
    id: who,
    preferences,
    traits,
  }))
  expect(sha256(JSON.stringify(sorted))).toBe(rollDigest)
  const nonces = seedFrom.nonces.map(({ nonce }: { nonce: string }) => nonce).join('')
  expect(sha256(rollDigest + nonces)).toBe(input.seed)
  expect(drawn.body).toContain(rollDigest)
  expect(drawn.body).toContain(input.seed)
})

test('figures of a small round are hidden, and the number of applications with them', async (world) => {
  const anyone = world.stranger()
  const { academy, coordinator, runs } = await academyIn(world)
  await coordinator.post('/rounds/new', { ...rules, academy, seedFrom: 'beacon' })
  await coordinator.post('/rounds/spring-2027/runs', { runs })
  expect((await coordinator.post('/rounds/spring-2027/publication')).status).toBe(303)
  const { id } = await world.db
    .selectFrom('round')
    .where('slug', '=', 'spring-2027')
    .select('id')
    .executeTakeFirstOrThrow()
  for (let n = 0; n < 3; n++) await (await world.person()).does(applyToRound, { slug: 'spring-2027', choices: runs })
  await closeRound(await world.visit(undefined, new Date('2026-12-01T20:00:00Z')), id)
  const waiting = await anyone.get('/rounds/spring-2027')
  expect(waiting.body).toContain('signature for its round')
  await world.db.updateTable('round').set({ beacon_round: 1000 }).where('id', '=', id).execute()
  const member = await world.person()
  const wrong = await member.post('/rounds/spring-2027/beacon', { signature: 'a'.repeat(96) })
  expect(wrong.status).toBe(422)
  const signature = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39'
  expect((await member.post('/rounds/spring-2027/beacon', { signature })).status).toBe(303)
  await drawRound(await world.visit(undefined, new Date('2026-12-01T20:05:00Z')), id)
  const { body } = await anyone.get('/rounds/spring-2027')
  expect(body).toContain('hidden')
  expect(body).not.toContain('About 3')
})

test('another academy’s coordinator finds nothing to change, and cannot put its runs into a round', async (world) => {
  const { academy, coordinator, runs } = await academyIn(world)
  const other = await academyIn(world)
  await coordinator.post('/rounds/new', { ...rules, academy })
  for (const path of ['/rounds/spring-2027/edit', '/rounds/spring-2027/officers'])
    expect((await other.coordinator.get(path)).status).toBe(404)
  expect((await other.coordinator.post('/rounds/spring-2027/publication')).status).toBe(404)
  expect((await coordinator.post('/rounds/spring-2027/runs', { runs: [other.runs[0]!] })).status).toBe(422)
  expect((await other.coordinator.post('/rounds/new', { ...rules, name: 'Mine', academy })).body).toContain(
    'Choose an academy',
  )
  expect((await (await world.person()).get('/rounds/new')).status).toBe(403)
  // a run is given in one round alone, and only where places are given by round
  await coordinator.post('/rounds/spring-2027/runs', { runs })
  await coordinator.post('/rounds/new', { ...rules, name: 'Summer', academy })
  expect((await coordinator.post('/rounds/summer/runs', { runs: [runs[0]!] })).status).toBe(422)
  const plain = await world.run({ academy })
  expect((await coordinator.post('/rounds/summer/runs', { runs: [plain] })).status).toBe(422)
})

test('what is wrong with the rules is said at its field', async (world) => {
  const { academy, coordinator } = await academyIn(world)
  const wrong = async (change: Record<string, string>) =>
    (await coordinator.post('/rounds/new', { ...rules, academy, ...change })).body
  expect(await wrong({ closesOn: '2026-11-24', closesAt: '08:00' })).toContain('close after it opens')
  expect(await wrong({ opensOn: '2026-10-01', closesOn: '2026-11-01' })).toContain('still to come')
  expect(await wrong({ band2: 'no place before' })).toContain('each fact once')
  expect(await wrong({ band1: 'knows the mayor' })).toContain('from the list')
  expect(await wrong({ name: 'new' })).toContain('some words')
  expect(await wrong({ offerDays: '0' })).toContain('Enter 1 or more')
})

test('a cancelled round tells everyone who applied, and its runs can be given in another', async (world) => {
  const { db } = world
  const { academy, coordinator, runs } = await academyIn(world)
  await coordinator.post('/rounds/new', { ...rules, academy, seedFrom: 'beacon' })
  await coordinator.post('/rounds/spring-2027/runs', { runs })
  await coordinator.post('/rounds/spring-2027/publication')
  const member = await world.person()
  await member.does(applyToRound, { slug: 'spring-2027', choices: runs })
  expect((await coordinator.post('/rounds/spring-2027/cancellation', { why: '' })).body).toContain('Say why')
  expect((await coordinator.post('/rounds/spring-2027/cancellation', { why: 'The hall burnt down.' })).status).toBe(303)
  await world.work()
  const letters = await db
    .selectFrom('mail')
    .where('person_id', '=', member.id)
    .where('kind', '=', 'round-cancelled')
    .select('body')
    .execute()
  expect(letters).toHaveLength(1)
  expect(letters[0]!.body).toContain('The hall burnt down.')
  await coordinator.post('/rounds/new', { ...rules, name: 'Summer', academy })
  expect((await coordinator.post('/rounds/summer/runs', { runs })).status).toBe(303)
  await sweepRounds(await world.visit(undefined, new Date('2027-01-01')))
})

test('no page of a round makes more than eight queries', async (world) => {
  const { academy, coordinator, runs } = await academyIn(world)
  await coordinator.post('/rounds/new', { ...rules, academy })
  await coordinator.post('/rounds/spring-2027/runs', { runs })
  for (const path of [
    '/rounds',
    '/rounds/new',
    '/rounds/spring-2027',
    '/rounds/spring-2027/edit',
    '/rounds/spring-2027/officers',
  ]) {
    const count = { made: 0 }
    const seen = await queryCount.run(count, () => coordinator.get(path))
    expect(seen.status, path).toBe(200)
    const said = /desc="(\d+)"/.exec(String(seen.headers['server-timing']))
    expect(Number(said?.[1] ?? count.made), path).toBeLessThanOrEqual(8)
  }
  expect(noon.getTime()).toBe(world.now.getTime())
})

test('a secret is quoted so that a shell takes it as it is', async () => {
  expect(quoted("it's")).toBe(String.raw`'it'\''s'`)
  return Promise.resolve()
})
