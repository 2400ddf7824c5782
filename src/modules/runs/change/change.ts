/** Changing a run: its sessions one by one, where it is, who leads it, and how many can take part. */
import { sql } from 'kysely'
import { dayOf } from '#core/days'
import { Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, mayDo, type Visit } from '#platform/web'
import { holdRun } from '../hold.ts'
import { holdBookings, holdOpen } from '../schedule/bookings.ts'
import { clashesOf, mustConfirm } from '../schedule/plan.ts'
import { saveTrainers } from '../schedule/schedule.ts'
import type { Change } from './changes.ts'
import { ChangeFields } from './fields.ts'
import { type ChangePlan, planChange } from './plan.ts'

/** Changes a run that is not over. Those affected are told, with an update for their calendars; what has begun stays as it was. */
export const changeRun = action({
  scope: 'runs:write',
  does: 'Changes when and where a run is, who leads it and how many can take part, never below the places taken. Those affected are told.',
  access: mayDo('runs.schedule'),
  fields: ChangeFields,
  run: async (visit, said) => {
    const { db, actor } = visit
    const held = await holdRun(visit, said.id)
    const plan = await planChange(visit, said)
    const { changes, capacity } = plan
    if (changes.length === 0 && capacity === held.capacity)
      return { run: held.id, changes: 0, published: held.state === 'published' }
    if (changes.length > 0) {
      await holdBookings(
        db,
        plan.place.venueId,
        plan.trainers.map(({ id }) => id),
      )
      if (changes.some(({ what }) => what === 'moved')) await holdOpen(db, plan.place)
      mustConfirm(await clashesOf(visit, plan.wanted, held.id), said.confirm)
    }
    const published = held.state === 'published'
    const told = await save(visit, plan, published)
    if (told.length > 0) await record(db, actor, 'run.changed', { run: held.id, published, changes: told })
    if (capacity !== held.capacity)
      await record(db, actor, 'run.capacity-changed', { run: held.id, from: held.capacity, to: capacity })
    return { run: held.id, changes: told.length + Number(capacity !== held.capacity), published }
  },
})

/** Saves it, and gives the changes with the ids of what is new. */
async function save({ db, now }: Visit, plan: ChangePlan, published: boolean): Promise<Change[]> {
  const { run, place, link, capacity, sessions, dropped, changes } = plan
  const shows = published && changes.length > 0
  await db
    .updateTable('run')
    .set({
      venue_id: place.venueId,
      room_id: place.roomId,
      online_link: link,
      area_code: place.areaCode,
      capacity,
      starts_on: dayOf(sessions[0]!.startsAt),
      ends_on: dayOf(sessions.at(-1)!.endsAt),
      ...(shows ? { sequence: sql<number>`sequence + 1`, changed_at: now } : {}),
    })
    .where('id', '=', run.id)
    .execute()
  await drop({ db, now }, run.id, dropped, published)
  const added = await saveSessions({ db }, run.id, sessions)
  const left = changes.flatMap((change) => (change.what === 'trainer left' ? [change.person] : []))
  if (left.length > 0)
    await db.deleteFrom('run_trainer').where('run_id', '=', run.id).where('person_id', 'in', left).execute()
  await saveTrainers(
    db,
    run.id,
    changes.flatMap((change) => (change.what === 'trainer added' ? [change.person] : [])),
  )
  return changes.map((change) =>
    change.what === 'session added' ? Object.assign(change, { session: added.shift()! }) : change,
  )
}

async function drop(
  { db, now }: Pick<Visit, 'db' | 'now'>,
  run: string,
  dropped: ChangePlan['dropped'],
  published: boolean,
): Promise<void> {
  if (dropped.length === 0) return
  const ids = dropped.map(({ id }) => id)
  const marked = await db
    .selectFrom('attendance')
    .select('session_id')
    .where('session_id', 'in', ids)
    .limit(1)
    .execute()
  if (marked.length > 0)
    throw new Refusal('The register of one of these sessions was begun, so it cannot be taken out.')
  if (published)
    await db
      .insertInto('run_session_dropped')
      .values(
        dropped.map(({ id, title, startsAt, endsAt }) => ({
          id,
          run_id: run,
          title,
          starts_at: startsAt,
          ends_at: endsAt,
          dropped_at: now,
        })),
      )
      .execute()
  await db.deleteFrom('run_session').where('id', 'in', ids).execute()
}

/** Saves the sessions in the order of time, and gives the ids of those that are new, in that order. */
async function saveSessions(
  { db }: Pick<Visit, 'db'>,
  run: string,
  sessions: ChangePlan['sessions'],
): Promise<string[]> {
  // numbers are unique within a run, so they are first moved out of each other's way
  await db
    .updateTable('run_session')
    .set({ number: sql<number>`number + 1000` })
    .where('run_id', '=', run)
    .execute()
  const rows = sessions.map(({ id, title, startsAt, endsAt }, index) => ({
    id,
    number: index + 1,
    title,
    from: startsAt,
    to: endsAt,
  }))
  const [kept, fresh] = [rows.filter(({ id }) => id !== null), rows.filter(({ id }) => id === null)]
  if (kept.length > 0)
    await sql`update run_session s set number = k.number, title = k.title, starts_at = k.starts_at, ends_at = k.ends_at
      from unnest(${kept.map(({ id }) => id)}::uuid[], ${kept.map(({ number }) => number)}::int[], ${kept.map(({ title }) => title)}::text[],
        ${kept.map(({ from }) => from)}::timestamptz[], ${kept.map(({ to }) => to)}::timestamptz[]) as k (id, number, title, starts_at, ends_at)
      where s.id = k.id and s.run_id = ${run}`.execute(db)
  if (fresh.length === 0) return []
  const saved = await db
    .insertInto('run_session')
    .values(fresh.map(({ number, title, from, to }) => ({ run_id: run, number, title, starts_at: from, ends_at: to })))
    .returning(['id', 'number'])
    .execute()
  return saved.toSorted((one, other) => one.number - other.number).map(({ id }) => id)
}
