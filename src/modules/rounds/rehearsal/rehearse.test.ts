import { expect } from 'vitest'
import { noon, test, type World } from '../../../../test/world.ts'
import { roundIn } from '../../../../test/round.ts'
import { applyToRound } from '../applying/apply.ts'
import { rehearseRound } from './rehearse.ts'
import { chanceOf } from './words.ts'

const kept = ({ db }: World, round: string) =>
  db.selectFrom('round_rehearsal').where('round_id', '=', round).selectAll().executeTakeFirst()

test('a rehearsal says how likely each run is for each group, and shows no count below ten', async (world) => {
  const academy = await world.academy()
  const [wanted, quiet] = [await world.run({ academy, capacity: 3 }), await world.run({ academy, capacity: 3 })]
  const round = await roundIn(world, { runs: [wanted, quiet], academy, bands: ['no place before'] })
  const first = await world.person()
  for (let n = 0; n < 11; n++)
    await (n === 0 ? first : await world.person()).does(applyToRound, { slug: round.slug, choices: [wanted] })
  await (await world.person()).does(applyToRound, { slug: round.slug, choices: [quiet] })
  await rehearseRound(await world.visit(), round.id)
  expect(await kept(world, round.id)).toMatchObject({ applications: 12, seeds: 20, made_at: noon })

  const page = await first.get(`/rounds/${round.slug}/application`)
  expect(page.body).toMatch(/>(Unlikely|Very unlikely)</)
  expect(page.body).toContain('Too few have applied to say')

  const opener = await world.person({ rights: [{ role: 'coordinator', academy }] })
  const staff = await opener.get(`/rounds/${round.slug}/rehearsal`)
  expect(staff.status).toBe(200)
  expect(staff.body).toContain('fewer than 10')
  const figures = JSON.parse((await opener.api('GET', `/api/rounds/${round.slug}/rehearsal`)).body)
  expect(figures.runs.find(({ run }: { run: string }) => run === quiet)).toMatchObject({ wantIt: null })
  expect(figures.runs.find(({ run }: { run: string }) => run === wanted)).toMatchObject({ wantIt: 10 })
})

test('only those who open rounds there see it; for others it is not there', async (world) => {
  const round = await roundIn(world)
  const member = await world.person()
  expect((await member.get(`/rounds/${round.slug}/rehearsal`)).status).toBe(403)
  const elsewhere = await world.person({ rights: [{ role: 'coordinator', academy: await world.academy() }] })
  expect((await elsewhere.get(`/rounds/${round.slug}/rehearsal`)).status).toBe(404)
})

test('a round that is closed is not rehearsed any more', async (world) => {
  const round = await roundIn(world, { state: 'cancelled' })
  await rehearseRound(await world.visit(), round.id)
  expect(await kept(world, round.id)).toBeUndefined()
})

test('chances are said in words that are never too exact', async () => {
  const run = (chance: number, listed = 40, full = 100) => ({ id: 'a', listed, first: 0, full, chances: [chance] })
  expect([0, 0.09, 0.2, 0.5, 0.7, 0.95].map((chance) => chanceOf(run(chance), 0)!.says)).toEqual([
    'Very unlikely',
    'Very unlikely',
    'Unlikely',
    'About even',
    'Likely',
    'Very likely',
  ])
  expect(chanceOf(run(1, 40, 0), 0)!.says).toBe('Room for everyone so far')
  expect(chanceOf(run(1, 9, 0), 0)!.says).toBe('Too few have applied to say')
  expect(chanceOf(undefined, 0)).toBeUndefined()
})
