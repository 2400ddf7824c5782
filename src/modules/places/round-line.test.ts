import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { choose, nextInLine } from '#engines/allocation/index.ts'
import { actAs } from '#platform/db'
import { roundIn } from '../../../test/round.ts'
import { noon, test, type World } from '../../../test/world.ts'
import { acceptPlace, declinePlace, lapseOffers } from './accept.ts'
import { withdrawPlace } from './leave.ts'
import { placesInOrder } from './order.ts'
import { givePlaces } from './round-draw.ts'
import { fillSeats } from './seats.ts'
import { type Action, perform } from '#platform/web'

const traits = ['carer', 'young'] as const
type Doing =
  | { does: 'leave' | 'accept' | 'decline'; person: number }
  | { does: 'lapse' }
  | { does: 'resize'; by: number }

const doing: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constantFrom('leave' as const, 'accept' as const, 'decline' as const),
      person: fc.nat(7),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'lapse' as const }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resize' as const), by: fc.integer({ min: 1, max: 2 }) }) },
)

test('where seats are reserved, each seat that comes free goes to whom the draw’s own rule would give it', async (world) => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.tuple(fc.nat(2), fc.nat(2)),
      fc.array(fc.subarray([...traits]), { minLength: 8, maxLength: 8 }),
      fc.array(doing, { maxLength: 10 }),
      async (capacity, [carers, young], who, doings) => {
        const reserves = [Math.min(carers, capacity), Math.min(young, capacity - Math.min(carers, capacity))]
        const scene = await drawnIn(world, capacity, reserves, who)
        for (const one of doings) {
          const before = await scene.line()
          await scene.play(one)
          const after = await scene.line()
          const expected = scene.expected(before, after)
          expect(
            after.filter(({ id, holds }) => holds && !before.find((was) => was.id === id)!.holds).map(({ id }) => id),
            JSON.stringify(one),
          ).toEqual(expected)
          expect((await placesInOrder(world.db, scene.now())).filter(({ run }) => run === scene.run)).toEqual([])
        }
      },
    ),
    { numRuns: 12 },
  )
})

interface InLine {
  id: string
  person: string
  holds: boolean
  traits: readonly string[]
}

/** A run of a round that has just been drawn among eight members, one after another by priority. */
async function drawnIn(world: World, capacity: number, seats: readonly number[], who: readonly (readonly string[])[]) {
  const { db } = world
  const run = await world.run({ capacity })
  const round = await roundIn(world, { runs: [run], closesAt: new Date(noon.getTime() - 1) })
  const people = who.map(() => randomUUID())
  await db
    .insertInto('person')
    .values(people.map((id) => ({ id, name: 'Amina', membership_number: id })))
    .execute()
  const reserves: Record<string, number> = {}
  for (const [n, trait] of traits.entries()) {
    if (seats[n] === 0) continue
    const name = `${trait}-${randomUUID().slice(0, 8)}`
    reserves[trait] = seats[n]!
    const words = {
      evidence: 'x',
      evidence_source: 'x',
      aim: 'x',
      proportionate: 'x',
      who: 'x',
      name: 'x',
      question: 'x',
    }
    const { id } = await db
      .insertInto('measure')
      .values({
        ...words,
        trait: name,
        answers: ['yes'],
        evidence_on: '2026-01-01',
        review_on: '2027-01-01',
        proposed_by: people[0]!,
        proposed_at: noon,
        approved_by: people[1]!,
        approved_at: noon,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('round_reserve')
      .values({ round_id: round.id, run_id: run, measure_id: id, seats: seats[n]!, stands: true })
      .execute()
    names.set(`${run} ${trait}`, name)
  }
  const named = (own: readonly string[]): string[] => own.flatMap((trait) => names.get(`${run} ${trait}`) ?? [])
  const members = people.map((person, n) => ({ id: `P${n}-${person}`, person, traits: who[n]! }))
  for (const { id, person, traits: own } of members) {
    const application = await db
      .insertInto('application')
      .values({
        round_id: round.id,
        person_id: person,
        pseudonym: id,
        choices: [run],
        submitted_at: noon,
        changed_at: noon,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await actAs(db, person)
    await db
      .insertInto('application_trait')
      .values({ application_id: application.id, person_id: person, traits: named(own) })
      .execute()
  }
  const drawn = choose({ capacity, reserves }, members)
  const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id)
  let now = noon
  await givePlaces(await world.visit(), {
    round: round.id,
    run,
    held: ids(drawn.held),
    waiting: ids(drawn.refused),
    offerDays: 5,
  })

  const line = async (): Promise<InLine[]> =>
    (
      await db
        .selectFrom('place')
        .where('run_id', '=', run)
        .where('application_id', 'is not', null)
        .select(['id', 'person_id as person', 'state'])
        .orderBy('turn')
        .execute()
    ).map(({ id, person, state }) => ({
      id,
      person,
      holds: state === 'offered' || state === 'confirmed',
      waits: state === 'waiting',
      traits: members.find((member) => member.person === person)!.traits,
    }))
  const seatsNow = async () =>
    (await db.selectFrom('run').where('id', '=', run).select('capacity').executeTakeFirstOrThrow()).capacity
  let seatsThen = capacity

  const play = async (one: Doing): Promise<void> => {
    if (one.does === 'lapse') {
      now = new Date(now.getTime() + 6 * 86_400_000)
      await lapseOffers(await world.visit(undefined, now), run)
    } else if (one.does === 'resize') {
      await db
        .updateTable('run')
        .set({ capacity: seatsThen + one.by })
        .where('id', '=', run)
        .execute()
      await fillSeats(await world.visit(undefined, now), run)
    } else {
      const action = { leave: withdrawPlace, accept: acceptPlace, decline: declinePlace }[one.does]
      const place = (await line()).find(({ person }) => person === people[one.person])!
      await perform(action as Action, await world.visit(people[one.person], now), { id: place.id }).catch(
        (error: Error) => {
          if (error.name !== 'Refusal') throw error
        },
      )
    }
    seatsThen = await seatsNow()
  }
  /** Who should have come in, of those who waited before: the rule over those who hold still. */
  const expected = (before: readonly InLine[], after: readonly InLine[]): string[] => {
    const still = (one: InLine): boolean => one.holds && after.find(({ id }) => id === one.id)!.holds
    const waited = before.filter((one) => 'waits' in one && one.waits && inLineYet(after, one.id))
    return nextInLine({ capacity: seatsThen, reserves }, before.filter(still), waited).map(({ id }) => id)
  }
  return { run, line, play, expected, now: () => now }
}

/** Whoever waited before and has not left since. */
const inLineYet = (after: readonly (InLine & { waits?: boolean })[], id: string): boolean => {
  const one = after.find((now) => now.id === id)!
  return one.holds || one.waits === true
}

const names = new Map<string, string>()
