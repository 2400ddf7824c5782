/** Someone who was erased gives up what they hold on runs that are not over, and the next in line is offered it. */
import type { Visit } from '#platform/web'
import { endPlace, holdPlace } from './leave.ts'

/** Ends their places, one run at a time, so that no two runs are held at once. Doing it again changes nothing. */
export async function freePlacesOf(visit: Visit, person: string): Promise<void> {
  const held = await visit.db
    .selectFrom('place')
    .innerJoin('run', 'run.id', 'place.run_id')
    .where('place.person_id', '=', person)
    .where('place.state', 'in', ['offered', 'confirmed', 'waiting'])
    .where('run.ends_on', '>=', visit.today)
    .select('place.id')
    .execute()
  for (const { id } of held)
    await visit.atomically(async (inside) => {
      const { place } = await holdPlace(inside.db, id, person)
      if (['offered', 'confirmed', 'waiting'].includes(place.state)) await endPlace(inside, place, 'withdrawn')
    })
}
