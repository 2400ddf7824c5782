import { expect } from 'vitest'
import { test, type World } from '../../../test/world.ts'
import { changeVenue } from '../academies/editing/venue-actions.ts'

const now = { name: 'Mill Hall', address: '1 Mill Lane', postcode: 'NG17 1AA' }

async function ground(world: World) {
  const [old, next] = [
    await world.area({ code: 'E14000001', name: 'Old Town' }),
    await world.area({ code: 'E14000002', name: 'New Town' }),
  ]
  const academy = await world.academy({ area: old })
  const coordinator = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const runs = await Promise.all([
    world.run({ academy, online: false }),
    world.run({ academy, online: false, state: 'draft' }),
    world.run({ academy, online: false, startsOn: '2026-01-15' }),
  ])
  const [ahead, draft, past] = runs
  const { venue_id } = await world.db
    .selectFrom('run')
    .where('id', '=', ahead)
    .select('venue_id')
    .executeTakeFirstOrThrow()
  const venue = venue_id!
  await world.db
    .updateTable('venue')
    .set({ ...now, area_code: old })
    .where('id', '=', venue)
    .execute()
  await world.db
    .updateTable('run')
    .set({ venue_id: venue, room_id: null, area_code: old })
    .where('id', 'in', runs)
    .execute()
  const amina = await world.person({ name: 'Amina Farooq', email: 'amina@example.org' })
  const { course_id } = await world.db
    .selectFrom('run')
    .where('id', '=', ahead)
    .select('course_id')
    .executeTakeFirstOrThrow()
  await world.db
    .insertInto('place')
    .values({ run_id: ahead, course_id, person_id: amina.id, state: 'confirmed', confirmed_at: world.now })
    .execute()
  await world.db.updateTable('run').set({ taken: 1 }).where('id', '=', ahead).execute()
  const areaOf = async (run: string) =>
    (await world.db.selectFrom('run').where('id', '=', run).select('area_code').executeTakeFirstOrThrow()).area_code
  const letters = () => world.db.selectFrom('mail').where('address', '=', 'amina@example.org').selectAll().execute()
  const change = (said: object) => coordinator.does(changeVenue, { id: venue, ...now, area: old, ...said })
  return { old, next, ahead, draft, past, areaOf, letters, change }
}

test('runs that are not over go to the area that their venue is moved to', async (world) => {
  const { old, next, ahead, draft, past, areaOf, letters, change } = await ground(world)
  await change({ area: next })
  await world.work()
  expect([await areaOf(ahead), await areaOf(draft), await areaOf(past)]).toEqual([next, next, old])
  // where people have to go is what it was
  expect(await letters()).toEqual([])
})

test('those with a place are told once of a new address, with their calendars brought up to date', async (world) => {
  const { ahead, letters, change } = await ground(world)
  const before = await world.db.selectFrom('run').where('id', '=', ahead).select('sequence').executeTakeFirstOrThrow()
  await change({ address: '9 High Street' })
  await world.work()
  const after = await world.db.selectFrom('run').where('id', '=', ahead).select('sequence').executeTakeFirstOrThrow()
  expect(after.sequence).toBe(before.sequence + 1)
  const told = await letters()
  expect(told).toHaveLength(1)
  expect(told[0]!.body).toContain(
    'It is now at Mill Hall, 9 High Street, NG17 1AA. It was to be at Mill Hall, 1 Mill Lane, NG17 1AA.',
  )
  expect(told[0]!.calendar).toContain('9 High Street')
  await change({ address: '9 High Street', parking: 'on' })
  await world.work()
  expect(await letters()).toHaveLength(1)
})
