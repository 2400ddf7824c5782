/** Leaving: giving up a place or a wait, and being taken off by those who arrange. The next in line is offered at once. */
import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import { Absent, Refusal } from '#core/refusal'
import type { Db, Tables } from '#platform/db'
import { record } from '#platform/record'
import { type Actor, action, fields, mayDo, personOf, signedIn, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { fillSeats, holdPerson, holdRun, tellSoon } from './seats.ts'

/** Gives up a place, or leaves the waiting list. It cannot be undone: whoever asks again waits behind the others. */
export const withdrawPlace = action({
  scope: 'places:write',
  does: 'Gives up your place or leaves the waiting list. The next person in line is offered the seat at once.',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async (visit, { id }) => {
    const { place } = await holdPlace(visit.db, id, personOf(visit.actor))
    if (place.state === 'withdrawn') return place
    if (place.state === 'offered') return endPlace(visit, place, 'declined')
    if (place.state !== 'confirmed' && place.state !== 'waiting') throw new Refusal(over)
    if (place.endsOn < visit.today) throw new Refusal('This run is over, so there is no place to give up.')
    return endPlace(visit, place, 'withdrawn')
  },
})

/** Takes someone off a run, for a reason that they are told. */
export const takeOff = action({
  scope: 'places:arrange',
  does: 'Takes someone off a run or its waiting list, for a reason that they are told.',
  access: mayDo('places.arrange'),
  fields: z.object({
    id: fields.id,
    why: fields.text('Say why. The person is told this.', 300).describe('The reason, which the person is told.'),
  }),
  run: async (visit, { id, why }) => {
    const { place } = await holdPlace(visit.db, id, visit.actor)
    if (place.state === 'withdrawn') return place
    if (!['confirmed', 'waiting', 'offered'].includes(place.state))
      throw new Refusal('This person has no place on the run any more.')
    return endPlace(visit, place, 'withdrawn', why)
  },
})

export interface HeldPlace {
  id: string
  run: string
  courseId: string
  person: string
  state: string
  extra: boolean
  finished: boolean
  offerUntil: Date | null
  endsOn: string
  confirmedAt: Date | null
  /** The application in a round that it came of. */
  application: string | null
  /** Which choice of that application its run is, from 1. */
  choice: number | null
}

/** A place that is held, and what taking it would end. */
export interface Holding {
  place: HeldPlace
  /** What they hold on other runs of the course. */
  others: HeldPlace[]
  /** What they hold or wait for on other runs of the application it came of. */
  ofApplication: HeldPlace[]
}

/**
 * Holds a place of this person, or one that this actor arranges: the person's doings in the course, its run, and the run
 * of each `other` place that they hold in the course, in the order of their ids, so that nobody waits in a ring. With
 * `wholeApplication`, also those of all that came of the same application.
 */
export async function holdPlace(
  db: Db,
  id: string,
  who: string | Actor,
  { wholeApplication = false } = {},
): Promise<Holding> {
  const before = await placesWhere(db).where(theirs(id, who)).executeTakeFirst()
  if (!before) throw new Absent()
  const application = wholeApplication ? before.application : null
  const mine = placesWhere(db)
    .where('place.person_id', '=', before.person)
    .where((eb) =>
      eb.or([
        eb('place.id', '=', id),
        eb.and({
          'place.course_id': before.courseId,
          'place.state': 'confirmed',
          'place.extra': false,
          'place.finished': false,
        }),
        ...(application === null
          ? []
          : [
              eb.and([
                eb('place.application_id', '=', application),
                eb('place.state', 'in', ['offered', 'confirmed', 'waiting']),
              ]),
            ]),
      ]),
    )
  const courses = new Set((await mine.execute()).map(({ courseId }) => courseId))
  for (const course of [...courses].sort()) await holdPerson(db, course, before.person)
  const runs = new Set((await mine.execute()).map(({ run }) => run))
  for (const run of [...runs].sort()) await holdRun(db, run)
  // read again, now that nobody else can change them
  const held = await mine.execute()
  const place = held.find((one) => one.id === id)
  if (!place) throw new Absent()
  const rest = held.filter((one) => one.id !== id)
  return {
    place,
    others: rest.filter(
      ({ courseId, state, extra, finished }) =>
        courseId === place.courseId && state === 'confirmed' && !extra && !finished,
    ),
    ofApplication: rest.filter((one) => application !== null && one.application === application),
  }
}

const theirs = (id: string, who: string | Actor) => (eb: ExpressionBuilder<Tables, 'place' | 'run'>) =>
  eb.and([
    eb('place.id', '=', id),
    typeof who === 'string' ? eb('place.person_id', '=', who) : academyWithin(who, 'places.arrange', 'run.academy_id'),
  ])

const placesWhere = (db: Db) =>
  db
    .selectFrom('place')
    .innerJoin('run', 'run.id', 'place.run_id')
    .select([
      'place.id',
      'place.run_id as run',
      'place.course_id as courseId',
      'place.person_id as person',
      'place.state',
      'place.extra',
      'place.finished',
      'place.offer_until as offerUntil',
      'place.confirmed_at as confirmedAt',
      'run.ends_on as endsOn',
      'place.application_id as application',
      sql<
        number | null
      >`array_position((select choices from application where id = place.application_id), place.run_id)`.as('choice'),
    ])

/** Ends a held place, and offers its seat to the next in line. */
export async function endPlace(
  visit: Visit,
  place: HeldPlace,
  state: 'withdrawn' | 'declined' | 'lapsed',
  why = '',
): Promise<HeldPlace> {
  const { db, actor, now } = visit
  const byOther = actor.kind === 'person' && actor.id !== place.person
  await db
    .updateTable('place')
    .set({
      state,
      ended_at: now,
      ended_by: byOther ? actor.id : null,
      ended_why: why,
      // who gave up a place is sent a note that takes it out of their calendar; who left by themselves otherwise knows
      tell: byOther || state === 'lapsed' || (state === 'withdrawn' && place.confirmedAt !== null),
    })
    .where('id', '=', place.id)
    .execute()
  await record(db, actor, `place.${state}`, {
    place: place.id,
    run: place.run,
    person: place.person,
    was: place.state,
  })
  if (state !== 'declined') await tellSoon(db, place.run, now)
  await fillSeats(visit, place.run)
  return { ...place, state }
}

const over = 'You no longer have a place or a turn on this run.'
