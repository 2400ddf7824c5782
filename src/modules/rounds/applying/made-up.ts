/** Rounds made up for tests. */
import { addDays, dayOf } from '#core/days'
import type { World } from '../../../../test/world.ts'
import type { Fact } from '../bands.ts'

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
