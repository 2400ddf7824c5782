import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { addDays, instantAt } from '#core/days'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { perform, type Action } from '#platform/web'
import { noon, test, type World } from '../../../test/world.ts'
import { acceptPlace, declinePlace, lapseOffers } from './accept.ts'
import { askForPlace } from './ask.ts'
import { cancelPlaces, sweep } from './jobs.ts'
import { withdrawPlace } from './leave.ts'
import { placesInOrder } from './order.ts'
import { fillSeats } from './seats.ts'

type Doing =
  | { does: 'ask'; person: number; run: number; instead: boolean }
  | { does: 'leave' | 'accept' | 'decline'; person: number; run: number }
  | { does: 'wait'; hours: number }
  | { does: 'resize'; run: number; by: number }
  | { does: 'cancel'; run: number }

const person = fc.nat(6)
const run = fc.nat(1)
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('ask' as const), person, run, instead: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constantFrom('leave' as const, 'accept' as const, 'decline' as const),
      person,
      run,
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('resize' as const), run, by: fc.integer({ min: -2, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const), run }) },
)

test('whatever people, clocks and coordinators do, in whatever order, places stay in order', async (world) => {
  const academy = await world.academy()
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(1, 3, 12),
      fc.array(doing, { maxLength: 22 }),
      async (capacity, startsIn, doings) => {
        const scene = await sceneIn(world, academy, capacity, startsIn)
        for (const one of doings) {
          await scene.play(one)
          expect(await scene.disorder(), JSON.stringify(one)).toEqual([])
        }
      },
    ),
    { numRuns: 25 },
  )
})

/** Seven members and two runs of one course that begin in so many days. */
async function sceneIn(world: World, academy: string, capacity: number, startsIn: number) {
  const { db } = world
  const { course } = await world.course()
  const startsOn = addDays('2026-11-24', startsIn)
  const runs = [
    await world.run({ academy, course, capacity, startsOn, sessions: 1 }),
    await world.run({ academy, course, capacity, startsOn, sessions: 1 }),
  ]
  const people = Array.from({ length: 7 }, () => randomUUID())
  await db
    .insertInto('person')
    .values(people.map((id) => ({ id, name: 'Amina', membership_number: id })))
    .execute()
  let now = noon
  const begins = instantAt(startsOn, '19:00')

  const tries = async (action: Action<never>, who: number, said: object) => {
    try {
      await perform(action as unknown as Action, await world.visit(people[who], now), said)
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Absent || error instanceof Invalid)) throw error
    }
  }
  const placeOf = async (who: number, at: number) =>
    (
      await db
        .selectFrom('place')
        .where('person_id', '=', people[who]!)
        .where('run_id', '=', runs[at]!)
        .orderBy('turn', 'desc')
        .select('id')
        .executeTakeFirst()
    )?.id ?? randomUUID()

  const play = async (one: Doing): Promise<void> => {
    const hearten = await world.visit(undefined, now)
    if (one.does === 'ask') await tries(askForPlace as never, one.person, { id: runs[one.run], instead: one.instead })
    else if (one.does === 'wait') {
      now = new Date(Math.min(now.getTime() + one.hours * 3_600_000, begins.getTime() + 3_600_000))
      const later = await world.visit(undefined, now)
      for (const id of runs) await lapseOffers(later, id)
      await sweep(later)
    } else if (one.does === 'resize') {
      // the runs module refuses a capacity below what is taken
      const { taken, capacity: before } = await db
        .selectFrom('run')
        .where('id', '=', runs[one.run]!)
        .select(['taken', 'capacity'])
        .executeTakeFirstOrThrow()
      const after = Math.max(1, taken, before + one.by)
      await db.updateTable('run').set({ capacity: after }).where('id', '=', runs[one.run]!).execute()
      await fillSeats(hearten, runs[one.run]!)
    } else if (one.does === 'cancel') {
      await db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', runs[one.run]!).execute()
      await cancelPlaces(hearten, runs[one.run]!)
    } else {
      const action = { leave: withdrawPlace, accept: acceptPlace, decline: declinePlace }[one.does]
      await tries(action as never, one.person, { id: await placeOf(one.person, one.run) })
    }
  }
  const disorder = async () => (await placesInOrder(db, now)).filter(({ run: of }) => runs.includes(of))
  return { play, disorder }
}
