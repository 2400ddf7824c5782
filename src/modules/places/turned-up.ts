/** Someone who turned up without a place. Whoever is in the room is in the room: a free seat becomes theirs, and no run is overbooked. */
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { holdPerson, holdRun, recount } from './seats.ts'

/** Gives them a place if a seat is free and they hold none elsewhere in the course; says whether they have one. Inside a transaction. */
export async function seatForTurnedUp(visit: Visit, run: string, person: string): Promise<boolean> {
  const { db, actor, now, today } = visit
  const of = await db
    .selectFrom('run')
    .innerJoin('course', 'course.id', 'run.course_id')
    .where('run.id', '=', run)
    .select(['run.course_id', 'course.several_places'])
    .executeTakeFirstOrThrow()
  await holdPerson(db, of.course_id, person)
  const held = await holdRun(db, run)
  if (!held) return false
  const mine = await db
    .selectFrom('place')
    .innerJoin('run', 'run.id', 'place.run_id')
    .innerJoin('course', 'course.id', 'place.course_id')
    .where('place.person_id', '=', person)
    .where('place.course_id', '=', of.course_id)
    .where('place.state', 'in', ['offered', 'confirmed', 'waiting'])
    .select(['place.id', 'place.run_id', 'place.state', 'place.extra', 'run.ends_on'])
    .execute()
  const here = mine.find((place) => place.run_id === run)
  if (here?.state === 'confirmed') return true
  const holdsElsewhere =
    !of.several_places &&
    mine.some(
      ({ run_id, state, extra, ends_on }) => run_id !== run && state === 'confirmed' && !extra && ends_on >= today,
    )
  const seat = here?.state === 'offered' || held.taken < held.capacity
  if (holdsElsewhere || !seat || held.state !== 'published') return false
  await db
    .updateTable('place')
    .set({ finished: true })
    .where('person_id', '=', person)
    .where('course_id', '=', of.course_id)
    .where('state', '=', 'confirmed')
    .where('extra', '=', false)
    .where('run_id', '<>', run)
    .execute()
  const place = here
    ? await db
        .updateTable('place')
        .set({ state: 'confirmed', confirmed_at: now, turned_up: true, tell: false })
        .where('id', '=', here.id)
        .returning('id')
        .executeTakeFirstOrThrow()
    : await db
        .insertInto('place')
        .values({
          run_id: run,
          course_id: of.course_id,
          person_id: person,
          state: 'confirmed',
          extra: of.several_places,
          asked_at: now,
          confirmed_at: now,
          turned_up: true,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
  await recount(db, run)
  await record(db, actor, 'place.confirmed', { place: place.id, run, person, turnedUp: true })
  return true
}
