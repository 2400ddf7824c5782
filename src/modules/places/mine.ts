/** A person's own places: coming, waiting, offered and past. */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import { sayPattern } from '#core/pattern'
import type { Visit } from '#platform/web'
import { inLastHours } from './offer.ts'

/** One place of a person, as their own pages show it. */
export interface PersonsPlace {
  id: string
  run: string
  /** The course's slug. */
  course: string
  title: string
  strand: string
  state: 'offered' | 'confirmed' | 'waiting' | 'withdrawn' | 'declined' | 'lapsed' | 'cancelled'
  runState: string
  startsOn: Day
  endsOn: Day
  /** "Thursday evenings, 4 sessions" */
  pattern: string
  where: string
  /** The next session that is not over, or null. */
  next: { id: string; number: number; title: string; startsAt: Date; endsAt: Date } | null
  sessions: number
  offerUntil: Date | null
  /** How many who wait asked before. */
  ahead: number
  /** Whether a seat is free now for whoever who waits takes it first. */
  open: boolean
  askedAt: Date
  endedAt: Date | null
  endedWhy: string
}

/** Their places, the ones to come first, and those that ended after them, the latest first. In at most one query. */
export async function placesOf(
  { db, now, today }: Visit,
  person: string,
  { which = 'all', limit = 200, place }: { which?: 'all' | 'coming' | 'past'; limit?: number; place?: string } = {},
): Promise<PersonsPlace[]> {
  const coming = sql<boolean>`(place.state in ('offered', 'confirmed', 'waiting') and run.ends_on >= ${today}::date)`
  const { rows } = await sql<Row>`
    select place.id, place.run_id as run, course.slug as course, version.title, version.strand, place.state, run.state as "runState",
      run.starts_on as "startsOn", run.ends_on as "endsOn", coalesce(venue.name, 'Online') as "where",
      place.offer_until as "offerUntil", place.asked_at as "askedAt", place.ended_at as "endedAt", place.ended_why as "endedWhy",
      case when place.state = 'waiting' then (select count(*)::int from place before
        where before.run_id = place.run_id and before.state = 'waiting' and before.turn < place.turn) else 0 end as ahead,
      run.taken < run.capacity as free,
      (select coalesce(json_agg(json_build_object('id', s.id, 'number', s.number, 'title', s.title, 'startsAt', s.starts_at, 'endsAt', s.ends_at)
        order by s.number), '[]'::json) from run_session s where s.run_id = run.id) as times
    from place join run on run.id = place.run_id join course on course.id = run.course_id
      join course_version version on version.id = run.course_version_id left join venue on venue.id = run.venue_id
    where place.person_id = ${person} ${place === undefined ? sql`` : sql`and place.id = ${place}`}
      ${which === 'all' ? sql`` : which === 'coming' ? sql`and ${coming}` : sql`and not ${coming}`}
    order by ${coming} desc, case when ${coming} then run.starts_on end, coalesce(place.ended_at, run.ends_on::timestamptz) desc, place.id
    limit ${limit}`.execute(db)
  return rows.map((row) => placeFrom(row, now))
}

type Row = Omit<PersonsPlace, 'pattern' | 'next' | 'sessions' | 'open'> & {
  free: boolean
  times: { id: string; number: number; title: string; startsAt: string; endsAt: string }[]
}

function placeFrom({ times, free, ...row }: Row, now: Date): PersonsPlace {
  const sessions = times.map(({ startsAt, endsAt, ...rest }) => ({
    ...rest,
    // a time inside JSON comes as text
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }))
  const begins = sessions[0]?.startsAt
  return {
    ...row,
    pattern: sayPattern(sessions),
    next: sessions.find(({ endsAt }) => endsAt > now) ?? null,
    sessions: sessions.length,
    open: row.state === 'waiting' && free && begins !== undefined && inLastHours(now, begins),
  }
}
