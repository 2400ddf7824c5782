import { describe, expect } from 'vitest'
import { test } from '../../../../test/world.ts'
import { drawnIn } from '../../../../test/round.ts'
import { findRound } from '../queries.ts'
import { comesAfterAll, resultOf } from './result.ts'
import { sayResult } from './words.ts'

describe('What came of an application', () => {
  test('the page says what was asked for, what it gave and why, where one waits, and how to check it', async (world) => {
    const [first, second] = [await world.person(), await world.person()]
    const round = await drawnIn(world, [
      [first, { 0: 'offered' }],
      [second, { 0: 'waiting', 1: 'offered' }],
    ])
    const visit = await world.visit(second.id)
    const found = (await findRound(visit, round.slug))!
    const result = (await resultOf(visit, found))!
    expect(result.lines.map(({ standing }) => standing)).toEqual(['full', 'got'])
    expect(result.lines[0]!.place).toMatchObject({ state: 'waiting', ahead: 0 })
    expect(comesAfterAll({ band: 0, number: result.application.number }, result.lines[0]!)).toBe(true)
    expect(sayResult(result, found)[0]).toContain('You asked for two runs and were offered your second choice')
    const { body, status } = await second.get(`/rounds/${round.slug}/application`)
    expect(status).toBe(200)
    for (const said of [
      'You are next in line',
      'Full before it came to you',
      'Take the place',
      `/rounds/${round.slug}/audit.json`,
      'openssl dgst -sha256 -hmac',
      result.application.number,
    ])
      expect(body).toContain(said)
  })

  test('whoever got nothing is told why, and what now', async (world) => {
    const [first, second, none] = [await world.person(), await world.person(), await world.person()]
    const round = await drawnIn(world, [
      [first, { 0: 'confirmed' }],
      [second, { 0: 'waiting' }],
    ])
    const { body } = await second.get(`/rounds/${round.slug}/application`)
    expect(body).toContain('this time there was no place for you')
    expect(body).toContain('We write to you as soon as a place is yours')
    expect((await none.get(`/rounds/${round.slug}/application`)).body).toContain('You did not apply in this round')
    expect((await first.get('/me/places')).body).toContain('Spring round')
    expect((await second.get('/me')).body).toContain('there was no place for you this time')
  })

  test('what they count for is read by themselves alone', async (world) => {
    const [mine, other] = [await world.person(), await world.person()]
    const round = await drawnIn(world, [
      [mine, { 0: 'waiting' }],
      [other, { 0: 'confirmed' }],
    ])
    // rows of application_trait can be written only as the person they are about
    await (
      await world.visit(mine.id)
    ).atomically(async ({ db }) => {
      await db
        .insertInto('application_trait')
        .values({ application_id: round.applications[mine.id]!, person_id: mine.id, traits: ['woman'] })
        .execute()
    })
    await world.db
      .updateTable('round_run')
      .set({ last_reserved: JSON.stringify({ woman: { band: 0, number: '00'.repeat(32) }, other: null }) })
      .where('round_id', '=', round.id)
      .execute()
    const visit = await world.visit(mine.id)
    const found = (await findRound(visit, round.slug))!
    const result = (await resultOf(visit, found))!
    expect(result.traits).toEqual(['woman'])
    expect(Object.keys(result.lines[0]!.lastReserved)).toEqual(['woman'])
    const theirs = (await resultOf(await world.visit(other.id), found))!
    expect(theirs.traits).toEqual([])
  })
})
