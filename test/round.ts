/** Rounds made up for tests. */
import { addDays, dayOf } from '#core/days'
import type { World } from './world.ts'
import type { Fact } from '../src/modules/rounds/bands.ts'

export interface RoundWanted {
  runs?: readonly string[]
  opensAt?: Date
  closesAt?: Date
  state?: 'draft' | 'published' | 'cancelled'
  bands?: readonly Fact[]
  mostChoices?: number
  academy?: string
}

let count = 0
const day = 86_400_000

/** A published round that is open at the world's moment, over these runs or two of its own; gives its id, address and runs. */
export async function roundIn(
  world: World,
  wanted: RoundWanted = {},
): Promise<{ id: string; slug: string; runs: string[] }> {
  const academy = wanted.academy ?? (await world.academy())
  const runs = [...(wanted.runs ?? [await world.run({ academy }), await world.run({ academy })])]
  const closesAt = wanted.closesAt ?? new Date(world.now.getTime() + 7 * day)
  const slug = `round-${Date.parse(addDays(dayOf(world.now), 1)).toString(36)}-${count++}`
  const { id } = await world.db
    .insertInto('round')
    .values({
      slug,
      name: 'Spring round',
      academy_id: academy,
      opens_at: wanted.opensAt ?? new Date(world.now.getTime() - 7 * day),
      closes_at: closesAt,
      reveal_until: new Date(closesAt.getTime() + 2 * day),
      bands: [...(wanted.bands ?? [])],
      most_choices: wanted.mostChoices ?? 8,
      state: wanted.state ?? 'published',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await world.db
    .insertInto('round_run')
    .values(runs.map((run) => ({ round_id: id, run_id: run })))
    .execute()
  await world.db.updateTable('run').set({ how: 'round' }).where('id', 'in', runs).execute()
  return { id, slug, runs }
}

type Stands = 'confirmed' | 'offered' | 'waiting'

/**
 * A round of as many runs as are named that is drawn: each person stands with the runs as said, by their number from 0, and
 * asked for them in that order.
 */
export async function drawnIn(
  world: World,
  stands: readonly (readonly [person: { id: string }, runs: Readonly<Record<number, Stands>>])[],
): Promise<{ id: string; slug: string; runs: string[]; applications: Record<string, string> }> {
  const { db, now } = world
  const count = 1 + Math.max(...stands.flatMap(([, runs]) => Object.keys(runs).map(Number)))
  const seats = (at: number) => stands.filter(([, runs]) => runs[at] && runs[at] !== 'waiting').length
  const academy = await world.academy()
  const runs: string[] = []
  for (let at = 0; at < count; at++) runs.push(await world.run({ academy, capacity: Math.max(1, seats(at)) }))
  const round = await roundIn(world, { runs, academy, closesAt: new Date(now.getTime() - 2 * day) })
  const applications: Record<string, string> = {}
  for (const [n, [person, standing]] of stands.entries()) {
    const choices = Object.keys(standing).map((at) => runs[Number(at)]!)
    const got = Object.entries(standing).findIndex(([, state]) => state !== 'waiting')
    const { id } = await db
      .insertInto('application')
      .values({
        round_id: round.id,
        person_id: person.id,
        pseudonym: `PSEU-${round.slug}-${n}`,
        choices,
        submitted_at: new Date(now.getTime() - 3 * day),
        changed_at: new Date(now.getTime() - 3 * day),
        band: 0,
        run_id: got === -1 ? null : choices[got]!,
        choice: got === -1 ? null : got + 1,
        number: (n + 1).toString(16).padStart(2, '0').repeat(32),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    applications[person.id] = id
  }
  // those who hold come before those who wait, as in a draw
  for (const waits of [false, true])
    for (const [person, standing] of stands) {
      for (const [at, state] of Object.entries(standing).filter(([, one]) => (one === 'waiting') === waits)) {
        const run_id = runs[Number(at)]!
        const { course_id } = await db
          .selectFrom('run')
          .where('id', '=', run_id)
          .select('course_id')
          .executeTakeFirstOrThrow()
        await db
          .insertInto('place')
          .values({
            run_id,
            course_id,
            person_id: person.id,
            application_id: applications[person.id]!,
            state,
            asked_at: now,
            ...(state === 'offered' ? { offered_at: now, offer_until: new Date(now.getTime() + 3 * day) } : {}),
            ...(state === 'confirmed' ? { confirmed_at: now } : {}),
          })
          .execute()
      }
    }
  for (const [at, run] of runs.entries()) {
    const waiting = stands.filter(([, standing]) => standing[at] === 'waiting').length
    await db
      .updateTable('run')
      .set({ taken: seats(at), waiting, drawn_at: now })
      .where('id', '=', run)
      .execute()
  }
  const last = { band: 0, number: '01'.repeat(32) }
  await db
    .updateTable('round_run')
    .set({ last_open: JSON.stringify(last), last_reserved: '{}', offered_at: now })
    .where('round_id', '=', round.id)
    .execute()
  await db
    .updateTable('round')
    .set({
      state: 'drawn',
      roll_digest: '0'.repeat(64),
      seed: '1'.repeat(64),
      digest: '2'.repeat(64),
      drawn_at: now,
      closed_at: now,
    })
    .where('id', '=', round.id)
    .execute()
  return { ...round, applications }
}
