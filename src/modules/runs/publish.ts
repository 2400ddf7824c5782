/** Publishing a run: from then on anyone finds it, and members can ask for a place. */
import { z } from 'zod'
import { dayOf, sayDay } from '#core/days'
import { Invalid, type Problems, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, mayDo, type Visit } from '#platform/web'
import { holdRun } from './hold.ts'
import { confirm } from './schedule/fields.ts'
import { holdBookings } from './schedule/bookings.ts'
import { clashesOf, mustConfirm } from './schedule/plan.ts'
import { standingOf } from './standing.ts'

/** Publishes a draft. One that is not complete, or whose first session has begun, is refused and says why. */
export const publishRun = action({
  scope: 'runs:write',
  does: 'Publishes a draft, so that members find it and can ask for a place. Its trainers are told.',
  access: mayDo('runs.schedule'),
  fields: z.object({ id: fields.id, confirm }),
  run: async (visit, { id, confirm: said }) => {
    await holdRun(visit, id)
    const { wanted } = (await standingOf(visit, id))!
    await holdBookings(
      visit.db,
      wanted.venueId,
      wanted.trainers.map((trainer) => trainer.id),
    )
    mustConfirm(await clashesOf(visit, wanted, id), said)
    await publish(visit, id)
    return { run: id }
  },
})

/** Publishes a draft, within a transaction. */
export async function publish(visit: Visit, id: string): Promise<void> {
  const { db, actor, now } = visit
  const run = await holdRun(visit, id)
  if (run.state === 'cancelled') throw new Refusal('This run was cancelled. Schedule a new one instead.')
  if (run.state === 'published') throw new Refusal('This run is published already.')
  const missing = await missingFrom(visit, id)
  if (Object.keys(missing).length > 0) throw new Invalid(missing)
  await db
    .updateTable('run')
    .set({ state: 'published', published_at: now, changed_at: now })
    .where('id', '=', id)
    .execute()
  await record(db, actor, 'run.published', { run: id })
}

/** What keeps a run from being published, by field; nothing where it is complete. */
export async function missingFrom({ db, now, today }: Visit, id: string): Promise<Problems> {
  const found = await db
    .selectFrom('run')
    .innerJoin('course', 'course.id', 'run.course_id')
    .leftJoin('venue', 'venue.id', 'run.venue_id')
    .leftJoin('room', 'room.id', 'run.room_id')
    .where('run.id', '=', id)
    .select((eb) => [
      'course.published_version',
      'course.retired_on',
      'venue.closed_on as venue_closed',
      'room.closed_on as room_closed',
      'run.venue_id',
      'run.online_link',
      eb
        .selectFrom('run_session')
        .whereRef('run_session.run_id', '=', 'run.id')
        .select((min) => min.fn.min('run_session.starts_at').as('first'))
        .as('first'),
    ])
    .executeTakeFirstOrThrow()
  const problems: Problems = {}
  if (found.published_version === null || (found.retired_on !== null && found.retired_on <= today))
    problems['course'] = 'The course is no longer given. Throw this draft away'
  if (found.first === null) problems['sessions'] = 'It has no sessions. Add one before you publish'
  else if (found.first <= now)
    problems['sessions'] = `Its first session was on ${sayDay(dayOf(found.first))}. Move it before you publish`
  if (found.venue_id === null && !found.online_link)
    problems['link'] = 'It is online but has no link. Enter the link before you publish'
  if (found.venue_closed !== null || found.room_closed !== null)
    problems['where'] = 'Its room or venue is no longer in use. Choose another before you publish'
  return problems
}
