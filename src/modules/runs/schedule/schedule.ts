/** Scheduling a run: saved as a draft, or published at once. */
import { dayOf } from '#core/days'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, mayDo, type Visit } from '#platform/web'
import { publish } from '../publish.ts'
import { holdBookings, holdOpen } from './bookings.ts'
import { Schedule } from './fields.ts'
import { clashesOf, mustConfirm, type Plan, planRun, wantedOf } from './plan.ts'

/** Saves a run with its sessions and trainers. A room twice at once, or a trainer in two rooms, has to be confirmed. */
export const scheduleRun = action({
  scope: 'runs:write',
  does: 'Schedules a run of a course: as a draft, or published at once. Clashes of a room or a trainer have to be confirmed.',
  access: mayDo('runs.schedule'),
  fields: Schedule,
  run: async (visit, said) => {
    const plan = await planRun(visit, said)
    const trainers = plan.trainers.map(({ id }) => id)
    await holdBookings(visit.db, plan.place.venueId, trainers)
    await holdOpen(visit.db, plan.place)
    mustConfirm(await clashesOf(visit, wantedOf(plan)), said.confirm)
    const run = await save(visit, plan)
    await record(visit.db, visit.actor, 'run.scheduled', {
      run,
      academy: plan.place.academy.id,
      course: plan.course.id,
    })
    if (said.publish) await publish(visit, run)
    return { run, published: said.publish }
  },
})

async function save({ db, actor, now }: Visit, plan: Plan): Promise<string> {
  const { course, place, link, sessions, trainers, capacity, how } = plan
  const { id } = await db
    .insertInto('run')
    .values({
      course_id: course.id,
      course_version_id: course.version,
      academy_id: place.academy.id,
      venue_id: place.venueId,
      room_id: place.roomId,
      online_link: link,
      area_code: place.areaCode,
      capacity,
      how,
      starts_on: dayOf(sessions[0]!.startsAt),
      ends_on: dayOf(sessions.at(-1)!.endsAt),
      made_by: actor.kind === 'person' ? actor.id : null,
      made_at: now,
      changed_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('run_session')
    .values(
      sessions.map(({ number, title, startsAt, endsAt }) => ({
        run_id: id,
        number,
        title,
        starts_at: startsAt,
        ends_at: endsAt,
      })),
    )
    .execute()
  await saveTrainers(
    db,
    id,
    trainers.map((trainer) => trainer.id),
  )
  return id
}

/** Notes who leads a run. */
export async function saveTrainers(db: Db, run: string, trainers: readonly string[]): Promise<void> {
  if (trainers.length === 0) return
  await db
    .insertInto('run_trainer')
    .values(trainers.map((person) => ({ run_id: run, person_id: person })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
