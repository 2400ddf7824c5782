/** Offers: saying yes or no to one, and what happens when nobody says anything. */
import { z } from 'zod'
import type { Day } from '#core/days'
import { Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, personOf, signedIn, type Visit } from '#platform/web'
import { endPlace, type HeldPlace, holdPlace } from './leave.ts'
import { inLastHours } from './offer.ts'
import { fillSeats, holdRun, recount, tellSoon } from './seats.ts'

/** Takes a place that was offered, or in the last hours a free seat. A place held on another run of the course is given up for it. */
export const acceptPlace = action({
  scope: 'places:write',
  does: 'Takes a place that was offered to you. If you hold a place on another run of the course, or another place of the same round, that place is given up for it.',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async (visit, { id }) => {
    const { db, actor, now } = visit
    const { place, others, ofApplication } = await holdPlace(db, id, personOf(actor), { wholeApplication: true })
    if (place.state === 'confirmed') return { ...place, gaveUp: undefined }
    const run = await holdRun(db, place.run)
    if (run?.state !== 'published') throw new Refusal('This run has been cancelled, so the place is gone.')
    if (now >= run.begins) throw new Refusal('This run has begun, so it is too late to take the place.')
    if (place.state === 'waiting') {
      if (!inLastHours(now, run.begins))
        throw new Refusal('You are still waiting: no place has been offered to you yet.')
      if (run.taken >= run.capacity)
        throw new Refusal('Somebody took the last place before you. You are still waiting.')
    } else if (place.state !== 'offered') throw new Refusal('This offer is over. You can ask for a place again.')
    else if (place.offerUntil! <= now) {
      // returned, not thrown: the place moves on at once, and does not wait for the job to find it
      await endPlace(visit, place, 'lapsed')
      return new Refusal(
        'This offer has ended, and the place has gone to the next in line. You can ask for a place again.',
      )
    }
    const held = place.extra ? undefined : others.at(0)
    if (held && held.endsOn < visit.today)
      await db.updateTable('place').set({ finished: true }).where('id', '=', held.id).execute()
    else if (held) await endPlace(visit, held, 'withdrawn')
    const ends = endedBy(place, ofApplication, visit.today).filter((one) => one.id !== held?.id)
    for (const one of ends) await endPlace(visit, one, one.state === 'offered' ? 'declined' : 'withdrawn')
    await db
      .updateTable('place')
      .set({ state: 'confirmed', confirmed_at: now, tell: true })
      .where('id', '=', id)
      .execute()
    await recount(db, place.run)
    await record(db, actor, 'place.confirmed', { place: id, run: place.run, person: place.person })
    await tellSoon(db, place.run, now)
    return { ...place, state: 'confirmed', gaveUp: held && held.endsOn >= visit.today ? held.run : undefined }
  },
})

/**
 * What taking a place ends of the other places and turns that came of the same application: whatever is held or offered, since
 * a round gives one place, and the wait for runs that they like less. They stay in line for runs that they would rather have.
 */
const endedBy = (place: HeldPlace, others: readonly HeldPlace[], today: Day): HeldPlace[] =>
  others.filter(
    ({ state, choice, endsOn }) => endsOn >= today && (state !== 'waiting' || (choice ?? 0) > (place.choice ?? 0)),
  )

/** Says no to an offer: the next in line is offered the seat at once. */
export const declinePlace = action({
  scope: 'places:write',
  does: 'Says no to a place that was offered to you. It is offered to the next person in line at once.',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async (visit, { id }) => {
    const { place } = await holdPlace(visit.db, id, personOf(visit.actor))
    if (place.state === 'declined' || place.state === 'lapsed') return place
    if (place.state !== 'offered') throw new Refusal('There is no offer to say no to.')
    return endPlace(visit, place, 'declined')
  },
})

/** Ends the offers of a run that nobody answered in time, and offers the seats to the next in line. */
export const lapseOffers = (visit: Visit, run: string): Promise<void> =>
  visit.atomically(async (inside) => {
    const { db, actor, now } = inside
    const held = await holdRun(db, run)
    if (!held) return
    const begun = now >= held.begins
    const lapsed = await db
      .updateTable('place')
      .set({ state: 'lapsed', ended_at: now, tell: true })
      .where('run_id', '=', run)
      .where((eb) =>
        eb.or([
          eb.and([eb('state', '=', 'offered'), begun ? eb.lit(true) : eb('offer_until', '<=', now)]),
          // a run that has begun has nobody waiting for it any more
          ...(begun ? [eb('state', '=', 'waiting')] : []),
        ]),
      )
      .returning(['id', 'person_id'])
      .execute()
    if (lapsed.length === 0) return
    for (const { id, person_id } of lapsed)
      await record(db, actor, 'place.lapsed', { place: id, run, person: person_id })
    await tellSoon(db, run, now)
    await fillSeats(inside, run)
  })
