import { expect } from 'vitest'
import { test } from '../../../test/world.ts'
import { findArea } from '../areas/index.ts'
import { findRun, runsAhead } from './queries.ts'
import { whereOf } from './run.ts'

test('runs ahead are the published ones that have not begun, the soonest first', async ({ run, visit, academy }) => {
  const at = await academy()
  const [later, sooner] = [await run({ academy: at, startsOn: '2027-02-04' }), await run({ academy: at })]
  await run({ academy: at, state: 'draft' })
  await run({ academy: at, state: 'cancelled' })
  await run({ academy: at, startsOn: '2026-11-17' })
  const found = await runsAhead(await visit(), { academy: at })
  expect(found.map(({ id }) => id)).toEqual([sooner, later])
  expect(found[0]).toMatchObject({ pattern: 'Thursday evenings, 2 sessions', where: 'Online', online: true })
  expect(await runsAhead(await visit(), { academy: at, limit: 1, offset: 1 })).toHaveLength(1)
})

test('near somewhere, a run online counts as one 25 miles away, as in the catalogue', async (world) => {
  const { run, visit, academy, area, db } = world
  const home = await area({ code: 'E14000001', lat: 53, lon: -1 })
  const at = await academy({ area: home })
  const [online, near, far] = [
    await run({ academy: at }),
    await run({ academy: at, online: false }),
    await run({ academy: at, online: false }),
  ]
  const there = { [near]: 53.2, [far]: 54 }
  for (const [id, lat] of Object.entries(there)) {
    const { venue_id } = await db.selectFrom('run').where('id', '=', id).select('venue_id').executeTakeFirstOrThrow()
    await db.updateTable('venue').set({ lat, lon: -1 }).where('id', '=', venue_id!).execute()
    await db.updateTable('run').set({ area_code: home }).where('id', '=', id).execute()
  }
  const from = (await findArea(db, home))!
  const found = await runsAhead(await visit(), { academy: at, near: from })
  expect(found.map(({ id }) => id)).toEqual([near, online, far])
})

test('a run that one already has a place in is not suggested again', async ({ run, visit, person, db, academy }) => {
  const at = await academy()
  const [amina, id] = [await person(), await run({ academy: at })]
  const { course_id } = await db.selectFrom('run').select('course_id').where('id', '=', id).executeTakeFirstOrThrow()
  await db.insertInto('place').values({ run_id: id, course_id, person_id: amina.id, state: 'waiting' }).execute()
  expect(await runsAhead(await visit(amina.id), { academy: at, person: amina.id })).toEqual([])
})

test('anyone finds a published run; its link is for those who come, lead or schedule', async (world) => {
  const at = await world.academy()
  const [ruth, coordinator, member] = [
    await world.person({ name: 'Ruth Osei' }),
    await world.person({ rights: [{ role: 'coordinator', academy: at }] }),
    await world.person(),
  ]
  const id = await world.run({ academy: at, trainers: [ruth.id] })
  const seen = async (by?: string) => findRun(await world.visit(by), id)
  expect(await seen(member.id)).toMatchObject({ onlineLink: null, mayChange: false, leads: false })
  expect(await seen(ruth.id)).toMatchObject({ onlineLink: 'https://meet.example.org/room', leads: true })
  expect(await seen(coordinator.id)).toMatchObject({ onlineLink: 'https://meet.example.org/room', mayChange: true })
  expect((await seen(member.id))!.trainers).toEqual([{ id: ruth.id, name: 'Ruth Osei' }])
  expect((await seen(member.id))!.sessions.map(({ startsAt }) => startsAt.toISOString())).toEqual([
    '2027-01-14T19:00:00.000Z',
    '2027-01-21T19:00:00.000Z',
  ])
})

test('a draft is absent for all but those who schedule there and its trainers', async (world) => {
  const at = await world.academy()
  const [ruth, own, other, member] = [
    await world.person(),
    await world.person({ rights: [{ role: 'coordinator', academy: at }] }),
    await world.person({ rights: [{ role: 'coordinator', academy: await world.academy() }] }),
    await world.person(),
  ]
  const id = await world.run({ academy: at, state: 'draft', trainers: [ruth.id] })
  const finds = async (by: string) => (await findRun(await world.visit(by), id)) !== undefined
  expect(await finds(ruth.id)).toBe(true)
  expect(await finds(own.id)).toBe(true)
  expect(await finds(other.id)).toBe(false)
  expect(await finds(member.id)).toBe(false)
})

test('where a run is, is said in full', async ({ run, visit }) => {
  const found = await findRun(await visit(), await run({ online: false }))
  expect(whereOf(found!)).toBe('Hall, Sutton Community Academy, High Pavement, Sutton, NG17 1EE')
})
