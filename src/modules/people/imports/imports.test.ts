import { expect } from 'vitest'
import { test } from '../../../../test/world.ts'

test('an administrator sees each reading of the roll, and how far the one that goes on has come', async (world) => {
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  expect((await administrator.get('/administration/imports')).body).toContain('No roll has been read yet')
  const reading = { digest: 'x', bytes: 1000, bytes_done: 400, started_at: world.now, progress_at: world.now }
  await world.db
    .insertInto('roll_import')
    .values([
      {
        ...reading,
        file_name: 'first.csv',
        state: 'finished',
        finished_at: world.now,
        added: 12,
        refused: 3,
        rows: 15,
      },
      {
        ...reading,
        file_name: 'bad<b>.csv',
        state: 'stopped',
        finished_at: world.now,
        problem: 'Too many are missing',
      },
      { ...reading, file_name: 'second.csv', state: 'reading' },
    ])
    .execute()
  const { body } = await administrator.get('/administration/imports')
  for (const words of ['first.csv', 'Too many are missing', 'Reading second.csv', '400 of 1,000', 'bad&lt;b>.csv'])
    expect(body).toContain(words)
  expect(JSON.parse((await administrator.api('GET', '/api/imports')).body)).toMatchObject({ total: 3 })
})

test('a reading that no longer moves is said to', async (world) => {
  const administrator = await world.person({ rights: [{ role: 'administrator' }] })
  const before = new Date(world.now.getTime() - 3_600_000)
  await world.db
    .insertInto('roll_import')
    .values({
      file_name: 'r.csv',
      digest: 'x',
      bytes: 1,
      state: 'applying',
      rows: 10,
      added: 4,
      started_at: before,
      progress_at: before,
    })
    .execute()
  const { body } = await administrator.get('/administration/imports')
  expect(body).toContain('It has not moved since')
  expect(body).toContain('4 of 10')
})

test('who looks after one area only does not see the readings of the whole roll', async (world) => {
  const local = await world.person({ rights: [{ role: 'administrator', area: await world.area() }] })
  expect((await local.get('/administration/imports')).status).toBe(404)
  expect((await local.api('GET', '/api/imports')).status).toBe(404)
  expect((await (await world.person()).get('/administration/imports')).status).toBe(403)
})
