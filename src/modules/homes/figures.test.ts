import { expect } from 'vitest'
import { test } from '../../../test/world.ts'
import { countFigures, figures } from './figures.ts'

test('figures are counted: free places of runs to come, open academies, and who came to a run that has ended', async (world) => {
  const { db, now } = world
  const before = await figures(db, now, '2026-11-24')
  const academy = await world.academy()
  await db
    .insertInto('academy')
    .values({
      slug: 'closed-one',
      name: 'Closed',
      area_code: await world.area(),
      opened_on: '2020-01-01',
      closed_on: '2026-01-01',
      calendar_key: 'closed-one',
    })
    .execute()
  const ahead = await world.run({ academy, capacity: 12 })
  await db.updateTable('run').set({ taken: 5 }).where('id', '=', ahead).execute()
  await world.run({ academy, capacity: 40, state: 'draft' })
  await world.run({ academy, capacity: 40, state: 'cancelled' })
  const past = await world.run({ academy, startsOn: '2026-09-01' })
  const [came, late, absent, trainer] = [
    await world.person(),
    await world.person(),
    await world.person(),
    await world.person({ standing: 'contact' }),
  ]
  const sessions = await db
    .selectFrom('run_session')
    .select('id')
    .where('run_id', '=', past)
    .orderBy('number')
    .execute()
  const mark = (session: number, person: { id: string }, said: string) =>
    db
      .insertInto('attendance')
      .values({ session_id: sessions[session]!.id, person_id: person.id, mark: said, noted_by: trainer.id })
      .execute()
  await mark(0, came, 'present')
  await mark(1, came, 'present')
  await mark(1, late, 'late')
  await mark(0, absent, 'absent')

  const after = await figures(db, now, '2026-11-24')
  const grew = (name: 'placesOpen' | 'academies' | 'runsAhead' | 'trained' | 'members' | 'others') =>
    after[name] - before[name]
  expect(grew('placesOpen')).toBe(7)
  expect(grew('runsAhead')).toBe(1)
  expect(grew('academies')).toBe(1)
  expect(grew('trained')).toBe(2)
  expect(grew('members')).toBe(3)
  expect(grew('others')).toBe(1)
})

test('figures once counted are kept until they are counted again', async (world) => {
  const { db, now } = world
  await countFigures(db, now, '2026-11-24')
  const kept = await figures(db, now, '2026-11-24')
  await world.academy()
  expect(await figures(db, now, '2026-11-24')).toEqual(kept)
  const later = new Date(now.getTime() + 300_000)
  await countFigures(db, later, '2026-11-24')
  expect(await figures(db, later, '2026-11-24')).toMatchObject({ academies: kept.academies + 1, countedAt: later })
})
