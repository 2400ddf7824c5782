/** What is already booked: sessions of other runs in our venue, or led by our trainers, around our times. */
import { sql } from 'kysely'
import { Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { academyWithin } from '#platform/within'
import type { Actor } from '#platform/web'
import type { Booking, Wanted } from './clash.ts'
import { positionOf, sayPlace } from './spot.ts'

/** Sessions that may clash with what is wanted, apart from those of the run itself. */
export async function bookingsAround(
  db: Db,
  actor: Actor,
  { sessions, venueId, trainers }: Wanted,
  self: string | null,
): Promise<Booking[]> {
  if (sessions.length === 0) return []
  const [from, to] = [sessions[0]!.startsAt, sessions.at(-1)!.endsAt]
  const ours = trainers.map(({ id }) => id)
  const { rows } = await sql<Row>`
    select s.id as "sessionId", s.starts_at as "startsAt", s.ends_at as "endsAt", r.id as "runId", cv.title,
      r.state = 'draft' as draft, r.room_id as "roomId", r.venue_id as "venueId", v.name as "venueName", room.name as "roomName",
      (r.published_at is not null or ${academyWithin(actor, 'runs.schedule', 'r.academy_id')}) as "mayOpen",
      array(select rt.person_id from run_trainer rt where rt.run_id = r.id and rt.person_id = any(${ours}::uuid[])) as trainers,
      ${positionOf()}
    from run_session s join run r on r.id = s.run_id join course_version cv on cv.id = r.course_version_id
      left join venue v on v.id = r.venue_id left join area at on at.code = v.area_code left join room on room.id = r.room_id
    where r.id in (select id from run where venue_id = ${venueId}::uuid
        union select run_id from run_trainer where person_id = any(${ours}::uuid[]))
      and r.state <> 'cancelled' and r.id is distinct from ${self}::uuid
      and s.ends_at > ${hours(from, -24)} and s.starts_at < ${hours(to, 24)}
    order by s.starts_at, s.id`.execute(db)
  return rows.map((row) => Object.assign(row, { where: row.venueName === null ? 'online' : `at ${sayPlace(row)}` }))
}

type Row = Omit<Booking, 'where'> & { venueName: string | null; roomName: string | null }

const hours = (at: Date, by: number): Date => new Date(at.getTime() + by * 3_600_000)

/** Holds the academy, the venue and the room open until the transaction ends: one that was closed meanwhile is refused. */
export async function holdOpen(db: Db, { academy, venueId, roomId }: Where): Promise<void> {
  const open = (table: string, id: string | null) =>
    sql`(select closed_on from ${sql.table(table)} where id = ${id}::uuid for share)`
  const { rows } = await sql<{ closed: boolean }>`
    with academy_held as ${open('academy', academy.id)}, venue_held as ${open('venue', venueId)}, room_held as ${open('room', roomId)}
    select exists (select from (select * from academy_held union all select * from venue_held union all select * from room_held) held
      where closed_on is not null) as closed`.execute(db)
  if (rows[0]!.closed) throw new Refusal('This place has been closed meanwhile. Choose another one.')
}

interface Where {
  academy: { id: string }
  venueId: string | null
  roomId: string | null
}

/**
 * Holds the venue and the trainers until the transaction ends, so that of two who book at the same moment the second
 * sees what the first booked. Always in the same order, so that two cannot wait for each other.
 */
export async function holdBookings(db: Db, venueId: string | null, trainers: readonly string[]): Promise<void> {
  const keys = [...(venueId ? [`venue ${venueId}`] : []), ...trainers.map((id) => `trainer ${id}`)].toSorted()
  if (keys.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtextextended(key, 42)) from unnest(${keys}::text[]) with ordinality as k (key, n) order by n`.execute(
    db,
  )
}
