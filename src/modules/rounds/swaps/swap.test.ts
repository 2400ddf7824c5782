import { describe, expect } from 'vitest'
import { noon, test, type World } from '../../../../test/world.ts'
import { drawnIn } from '../../../../test/round.ts'
import { placesInOrder } from '../../places/index.ts'
import { offerSwap, withdrawSwap } from './swap.ts'

const placesOf = async ({ db }: World, person: { id: string }) =>
  Object.fromEntries(
    (
      await db
        .selectFrom('place')
        .where('person_id', '=', person.id)
        .where('state', 'in', ['offered', 'confirmed', 'waiting'])
        .select(['run_id', 'state'])
        .execute()
    ).map(({ run_id, state }) => [run_id, state]),
  )
const held = async ({ db }: World, person: { id: string }, run: string): Promise<string> =>
  (
    await db
      .selectFrom('place')
      .where('person_id', '=', person.id)
      .where('run_id', '=', run)
      .orderBy('turn', 'desc')
      .select('id')
      .executeTakeFirstOrThrow()
  ).id
const inOrder = async ({ db }: World) => expect(await placesInOrder(db, noon)).toEqual([])

/** Two members who each hold what the other wants, each waiting for it, with a third who waits for both. */
async function pair(
  world: World,
  states: readonly ['confirmed' | 'offered', 'confirmed' | 'offered'] = ['confirmed', 'confirmed'],
) {
  const [amina, dylan, third] = [await world.person(), await world.person({ name: 'Dylan Rees' }), await world.person()]
  const round = await drawnIn(world, [
    [amina, { 0: states[0], 1: 'waiting' }],
    [dylan, { 1: states[1], 0: 'waiting' }],
    [third, { 0: 'waiting', 1: 'waiting' }],
  ])
  const [here, there] = round.runs as [string, string]
  return { ...round, amina, dylan, third, here, there }
}

describe('Changing places', () => {
  test('one says so, another says the reverse, and each has what the other had; nobody else is touched', async (world) => {
    const { slug, amina, dylan, third, here, there } = await pair(world)
    const before = await placesOf(world, third)
    const mine = await held(world, amina, here)
    expect(await amina.does(offerSwap, { slug, place: mine, run: there })).toMatchObject({ did: 'offered' })
    expect(await placesOf(world, amina)).toEqual({ [here]: 'confirmed', [there]: 'waiting' })
    const page = await dylan.get(`/rounds/${slug}/swaps`)
    expect(page.body).toContain('Someone would change with you now')
    expect(page.body).not.toContain('Amina')
    const theirs = await held(world, dylan, there)
    expect(await dylan.does(offerSwap, { slug, place: theirs, run: here })).toMatchObject({ did: 'changed' })
    expect(await placesOf(world, amina)).toEqual({ [there]: 'confirmed' })
    expect(await placesOf(world, dylan)).toEqual({ [here]: 'confirmed' })
    expect(await placesOf(world, third)).toEqual(before)
    await inOrder(world)
    await world.work()
    const letters = await world.db
      .selectFrom('mail')
      .where('person_id', 'in', [amina.id, dylan.id])
      .select(['subject', 'body'])
      .execute()
    expect(letters.filter(({ subject }) => subject.startsWith('You have a place'))).toHaveLength(2)
    expect(letters.filter(({ subject }) => subject.startsWith('You have changed places'))).toHaveLength(2)
  })

  test('a place that is only offered can be changed too, and the new one is theirs at once', async (world) => {
    const { slug, amina, dylan, here, there } = await pair(world, ['offered', 'confirmed'])
    await amina.does(offerSwap, { slug, place: await held(world, amina, here), run: there })
    await dylan.does(offerSwap, { slug, place: await held(world, dylan, there), run: here })
    expect(await placesOf(world, amina)).toEqual({ [there]: 'confirmed' })
    expect(await placesOf(world, dylan)).toEqual({ [here]: 'confirmed' })
    await inOrder(world)
  })

  test('an offer that was taken back, or whose place is gone, changes nothing; the next who wants it is found', async (world) => {
    const [gone, back, good, wants] = [
      await world.person(),
      await world.person(),
      await world.person(),
      await world.person(),
    ]
    const round = await drawnIn(world, [
      [gone, { 0: 'confirmed' }],
      [back, { 0: 'confirmed' }],
      [good, { 0: 'confirmed' }],
      [wants, { 1: 'confirmed' }],
    ])
    const { slug } = round
    const [here, there] = round.runs as [string, string]
    for (const one of [gone, back, good])
      await one.does(offerSwap, { slug, place: await held(world, one, here), run: there })
    const swaps = await world.db
      .selectFrom('swap')
      .where('round_id', '=', round.id)
      .orderBy('id')
      .select('id')
      .execute()
    expect(await back.does(withdrawSwap, { slug, id: swaps[1]!.id })).toMatchObject({ state: 'withdrawn' })
    await expect(good.does(withdrawSwap, { slug, id: swaps[0]!.id })).rejects.toMatchObject({ name: 'Absent' })
    await gone.post(`/places/${await held(world, gone, here)}/withdrawal`)
    expect(await wants.does(offerSwap, { slug, place: await held(world, wants, there), run: here })).toMatchObject({
      did: 'changed',
    })
    expect(await placesOf(world, good)).toEqual({ [there]: 'confirmed' })
    expect(await placesOf(world, back)).toEqual({ [here]: 'confirmed' })
    await expect(good.does(withdrawSwap, { slug, id: swaps[2]!.id })).rejects.toThrow('changed places already')
    await inOrder(world)
  })

  test('saying it twice is saying it once', async (world) => {
    const { slug, id, amina, here, there } = await pair(world)
    const place = await held(world, amina, here)
    await amina.does(offerSwap, { slug, place, run: there })
    await amina.does(offerSwap, { slug, place, run: there })
    expect(await world.db.selectFrom('swap').where('round_id', '=', id).select('id').execute()).toHaveLength(1)
  })

  test('nobody changes what is not theirs, nor for a run of another round, that they lead, that is off or has begun', async (world) => {
    const { slug, amina, dylan, here, there } = await pair(world)
    const other = await drawnIn(world, [[amina, { 0: 'confirmed' }]])
    const place = await held(world, amina, here)
    await expect(dylan.does(offerSwap, { slug, place, run: there })).rejects.toMatchObject({ name: 'Absent' })
    await expect(amina.does(offerSwap, { slug: other.slug, place, run: there })).rejects.toMatchObject({
      name: 'Absent',
    })
    await expect(amina.does(offerSwap, { slug, place, run: here })).rejects.toThrow('the run you have')
    await expect(amina.does(offerSwap, { slug, place, run: other.runs[0] })).rejects.toThrow('not one of this round')
    await expect(amina.does(offerSwap, { slug, place, run: 'x' })).rejects.toThrow()
    await world.db.insertInto('run_trainer').values({ run_id: there, person_id: amina.id }).execute()
    await expect(amina.does(offerSwap, { slug, place, run: there })).rejects.toThrow('one of the trainers')
    await world.db.deleteFrom('run_trainer').execute()
    await world.db.updateTable('run').set({ state: 'cancelled' }).where('id', '=', there).execute()
    await expect(amina.does(offerSwap, { slug, place, run: there })).rejects.toThrow('cancelled')
  })

  test('whoever holds a place on another run of that course is not changed into a second', async (world) => {
    const { slug, amina, dylan, here, there } = await pair(world)
    const { course_id } = await world.db
      .selectFrom('run')
      .where('id', '=', there)
      .select('course_id')
      .executeTakeFirstOrThrow()
    const elsewhere = await world.run({ course: course_id })
    await world.db
      .insertInto('place')
      .values({ run_id: elsewhere, course_id, person_id: amina.id, state: 'confirmed', confirmed_at: noon })
      .execute()
    await world.db.updateTable('run').set({ taken: 1 }).where('id', '=', elsewhere).execute()
    await amina.does(offerSwap, { slug, place: await held(world, amina, here), run: there })
    expect(await dylan.does(offerSwap, { slug, place: await held(world, dylan, there), run: here })).toMatchObject({
      did: 'offered',
    })
    expect(await placesOf(world, dylan)).toMatchObject({ [there]: 'confirmed' })
    await inOrder(world)
  })
})
