/** Work that is done later, or by itself: telling people, ending offers, and putting right whatever was left behind. */
import { sql } from 'kysely'
import { addDays } from '#core/days'
import { enqueue, job } from '#platform/jobs'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { lapseOffers } from './accept.ts'
import { freeSeatsOfThoseWhoLeft } from './left.ts'
import { lastHoursFrom } from './offer.ts'
import { fillSeats, holdRun, recount, tellSoon } from './seats.ts'
import { remindRun, tellRun } from './tell.ts'

export const jobs = [
  job<{ run: string }>({ name: 'places.tell', run: (visit, { run }) => tellRun(visit, run) }),
  job<{ run: string }>({ name: 'places.lapse', run: (visit, { run }) => lapseOffers(visit, run) }),
  job<{ run: string }>({ name: 'places.remind-run', run: (visit, { run }) => remindRun(visit, run) }),
  job({ name: 'places.sweep', every: '*/5 * * * *', run: sweep }),
  job({ name: 'places.remind', every: '0 9 * * *', run: remind }),
  job({
    name: 'places.forget-needs',
    every: '40 3 * * *',
    run: async ({ db, today }) =>
      void (await sql`select forget_access_needs(${addDays(today, -30)}::date)`.execute(db)),
  }),
]

/** Ends offers whose time is up, offers seats that nobody was offered, and ends the wait for runs that have begun or are off. */
export async function sweep(visit: Visit): Promise<void> {
  const { db, now, today } = visit
  const { rows } = await sql<{ run: string; does: 'lapse' | 'fill' | 'cancel' }>`
    select distinct run_id as run, 'lapse' as does from place where state = 'offered' and offer_until <= ${now}
    union
    select run.id, case when first.begins <= ${now} then 'lapse' else 'fill' end from run
      cross join lateral (select coalesce(min(s.starts_at), run.starts_on::timestamptz) as begins from run_session s where s.run_id = run.id) first
      where run.state = 'published' and run.waiting > 0 and run.starts_on >= ${addDays(today, -3)}::date
        and (first.begins <= ${now} or (run.taken < run.capacity and first.begins > ${lastHoursFrom(now)}))
    union
    select place.run_id, 'cancel' from run join place on place.run_id = run.id and place.state in ('offered', 'confirmed', 'waiting')
      where run.state = 'cancelled' and run.starts_on >= ${addDays(today, -3)}::date
    limit 2000`.execute(db)
  for (const { run, does } of rows) {
    if (does === 'lapse') await lapseOffers(visit, run)
    else if (does === 'fill') await visit.atomically((inside) => fillSeats(inside, run))
    else await cancelPlaces(visit, run)
  }
  await freeSeatsOfThoseWhoLeft(visit)
  await tellThoseForgotten(visit)
}

const patience = 600_000

/** Has those written to whose job was lost. */
const tellThoseForgotten = ({ atomically, now }: Visit): Promise<void> =>
  atomically(async ({ db }) => {
    const late = await db
      .updateTable('run')
      .set({ tell_at: null })
      .where('tell_at', '<', new Date(now.getTime() - patience))
      .returning('id')
      .execute()
    for (const { id } of late) await tellSoon(db, id, now)
  })

/** Ends every place of a run that was cancelled. Those who had one are told by the run itself. */
export const cancelPlaces = (visit: Visit, run: string): Promise<void> =>
  visit.atomically(async ({ db, actor, now }) => {
    const held = await holdRun(db, run)
    if (held?.state !== 'cancelled') return
    const ended = await db
      .updateTable('place')
      .set({ state: 'cancelled', ended_at: now, tell: false })
      .where('run_id', '=', run)
      .where('state', 'in', ['offered', 'confirmed', 'waiting'])
      .returning('id')
      .execute()
    if (ended.length === 0) return
    await recount(db, run)
    await record(db, actor, 'place.cancelled', { run, places: ended.length })
  })

/** Two days before a run begins, those who have a place on it are reminded. */
async function remind({ db, today }: Visit): Promise<void> {
  const runs = await db
    .selectFrom('run')
    .where('state', '=', 'published')
    .where('starts_on', '=', addDays(today, 2))
    .where('taken', '>', 0)
    .select('id')
    .execute()
  for (const { id } of runs)
    await enqueue(db, 'places.remind-run', { run: id }, { key: `places.remind ${id} ${today}` })
}
