import { expect } from 'vitest'
import { noon, test } from '../../../../test/world.ts'
import { roundIn } from '../../../../test/round.ts'
import { applyToRound, withdrawApplication } from './apply.ts'
import { receiptsJob } from './receipts.ts'

const minutes = (n: number): Date => new Date(noon.getTime() + n * 60_000)

test('each application is confirmed by one letter with its pseudonym and what it is for, however often it was changed', async (world) => {
  const { slug, runs } = await roundIn(world)
  const member = await world.person()
  await member.does(applyToRound, { slug, choices: runs })
  const { pseudonym } = await member.does(applyToRound, { slug, choices: [runs[1]] })
  const letters = () => world.db.selectFrom('mail').where('person_id', '=', member.id).selectAll().execute()
  await receiptsJob.run(await world.visit(), {})
  expect(await letters()).toHaveLength(0)
  await receiptsJob.run(await world.visit(undefined, minutes(1)), {})
  await receiptsJob.run(await world.visit(undefined, minutes(2)), {})
  const [letter, ...more] = await letters()
  expect(more).toEqual([])
  expect(letter).toMatchObject({ kind: 'application-received' })
  expect(letter!.body).toContain(pseudonym)
  expect(letter!.body).toContain('  1. Listening on the doorstep')
  expect(letter!.body).not.toContain('  2. ')
  await member.does(withdrawApplication, { slug })
  await receiptsJob.run(await world.visit(undefined, minutes(3)), {})
  expect((await letters()).map(({ kind }) => kind).toSorted()).toEqual([
    'application-received',
    'application-withdrawn',
  ])
})
