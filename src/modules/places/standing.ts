/** Where someone stands with a run: what they have, what they can do next, and why not more. */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import type { Visit } from '#platform/web'
import type { Run } from '../runs/index.ts'
import { inLastHours } from './offer.ts'

export type Standing =
  | { kind: 'stranger' | 'not a member' | 'leads' | 'too late' | 'cancelled' | 'draft' }
  | { kind: 'by round'; round: GivenBy | null; applied: boolean }
  | { kind: 'may ask'; seats: boolean; ahead: number; before: Before | undefined; holds: Held | undefined }
  | { kind: 'confirmed'; place: string; over: boolean; hasPledge: boolean }
  | { kind: 'offered'; place: string; until: Date; holds: Held | undefined; ends: readonly OfApplication[] }
  | { kind: 'waiting'; place: string; ahead: number; open: boolean; holds: Held | undefined }

/** The round that gives a run's places. */
export interface GivenBy {
  slug: string
  name: string
  state: string
  opensAt: Date
  closesAt: Date
}

/** Another place or turn of the same application. */
export interface OfApplication {
  run: string
  title: string
  startsOn: Day
  state: 'offered' | 'confirmed' | 'waiting'
  /** Whether its run is one that they would rather have. */
  better: boolean
}

/** A place on another run of the course, which taking one here would give up. */
export interface Held {
  run: string
  startsOn: Day
}

/** How an earlier place or turn on this run ended. */
export interface Before {
  state: 'withdrawn' | 'declined' | 'lapsed' | 'cancelled'
  offered: boolean
  takenOff: boolean
  why: string
}

/** What the database knows of this person and this run. */
export interface Facts {
  place: string | null
  state: string | null
  offerUntil: Date | null
  offered: boolean
  takenOff: boolean
  endedWhy: string
  ahead: number
  heldRun: string | null
  heldStartsOn: Day | null
  hasPledge: boolean
  /** The round that gives its places, if one does, and whether it has been drawn. */
  round: GivenBy | null
  drawn: boolean
  applied: boolean
  /** What else they hold or wait for through the same application. */
  ofApplication: OfApplication[]
  /** The courses that usually come first and that this person has not done. */
  notDone: { slug: string; title: string }[]
}

/** Asks all of it at once. For a stranger it is only which courses usually come first. */
export async function factsFor({ db, actor, today }: Visit, run: Pick<Run, 'id' | 'courseId'>): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select mine.id as place, mine.state, mine.offer_until as "offerUntil", coalesce(mine.offered_at is not null, false) as offered,
      coalesce(mine.ended_by is not null, false) as "takenOff", coalesce(mine.ended_why, '') as "endedWhy",
      (select count(*)::int from place before where before.run_id = ${run.id} and before.state = 'waiting' and before.turn < mine.turn and mine.state = 'waiting') as ahead,
      held.run_id as "heldRun", held.starts_on as "heldStartsOn",
      exists (select from pledge where pledge.person_id = ${actor.id} and pledge.state = 'open') as "hasPledge",
      asked.drawn_at is not null as drawn,
      (select json_build_object('slug', round.slug, 'name', round.name, 'state', round.state, 'opensAt', round.opens_at, 'closesAt', round.closes_at)
        from round_run join round on round.id = round_run.round_id where round_run.run_id = ${run.id} and round.state <> 'draft') as round,
      exists (select from round_run join application mine on mine.round_id = round_run.round_id
        where round_run.run_id = ${run.id} and mine.person_id = ${actor.id} and mine.withdrawn_at is null) as applied,
      coalesce((select json_agg(json_build_object('run', other.run_id, 'title', version.title, 'startsOn', its.starts_on, 'state', other.state,
          'better', array_position(application.choices, other.run_id) < array_position(application.choices, mine.run_id)) order by other.turn)
        from place other join application on application.id = other.application_id join run its on its.id = other.run_id
          join course_version version on version.id = its.course_version_id
        where other.application_id = mine.application_id and other.id <> mine.id and other.state in ('offered', 'confirmed', 'waiting')
          and its.ends_on >= ${today}::date), '[]'::json) as "ofApplication",
      coalesce((select json_agg(json_build_object('slug', course.slug, 'title', course_version.title) order by course_version.title)
        from course_prerequisite first join course on course.id = first.needs join course_version on course_version.id = course.published_version
        where first.course_id = ${run.courseId} and not exists (
          select from place done join run on run.id = done.run_id
          where done.person_id = ${actor.id} and done.course_id = first.needs and done.state = 'confirmed' and run.ends_on < ${today}::date)), '[]'::json) as "notDone"
    from (select drawn_at from run where id = ${run.id}) asked
    left join lateral (select * from place where place.run_id = ${run.id} and place.person_id = ${actor.id}
      order by place.state in ('offered', 'confirmed', 'waiting') desc, place.turn desc limit 1) mine on true
    left join lateral (select place.run_id, other.starts_on from place join run other on other.id = place.run_id
      where place.course_id = ${run.courseId} and place.person_id = ${actor.id} and place.run_id <> ${run.id}
        and place.state = 'confirmed' and not place.extra and not place.finished and other.ends_on >= ${today}::date limit 1) held on true`.execute(
    db,
  )
  const facts = rows[0]!
  // a time inside JSON comes as text
  const { round } = facts
  return round
    ? { ...facts, round: { ...round, opensAt: new Date(round.opensAt), closesAt: new Date(round.closesAt) } }
    : facts
}

/** Where they stand, from what is known. */
export function standingOf(
  { actor, now, today }: Pick<Visit, 'actor' | 'now' | 'today'>,
  run: Run,
  facts: Facts,
): Standing {
  const { state, place } = facts
  const begins = run.sessions[0]?.startsAt
  const begun = begins !== undefined && now >= begins
  const holds = facts.heldRun && !run.severalPlaces ? { run: facts.heldRun, startsOn: facts.heldStartsOn! } : undefined
  if (run.state === 'cancelled') return { kind: 'cancelled' }
  if (place && state === 'confirmed')
    return { kind: 'confirmed', place, over: run.endsOn < today, hasPledge: facts.hasPledge }
  if (place && !begun && state === 'offered' && facts.offerUntil! > now)
    return { kind: 'offered', place, until: facts.offerUntil!, holds, ends: facts.ofApplication }
  const free = Math.max(0, run.capacity - run.taken)
  const last = begins !== undefined && inLastHours(now, begins)
  if (place && !begun && state === 'waiting')
    return { kind: 'waiting', place, ahead: facts.ahead, open: last && free > 0, holds }
  if (run.state === 'draft') return { kind: 'draft' }
  if (run.leads) return { kind: 'leads' }
  if (begun) return { kind: 'too late' }
  if (run.how === 'round' && !facts.drawn) return { kind: 'by round', round: facts.round, applied: facts.applied }
  if (actor.kind !== 'person') return { kind: 'stranger' }
  if (!actor.member) return { kind: 'not a member' }
  const ended = state === 'withdrawn' || state === 'declined' || state === 'cancelled' || state === 'lapsed'
  const lapsing = state === 'offered'
  return {
    kind: 'may ask',
    seats: last ? free > 0 : free > run.waiting,
    ahead: run.waiting,
    before:
      ended || lapsing
        ? { state: lapsing ? 'lapsed' : state, offered: facts.offered, takenOff: facts.takenOff, why: facts.endedWhy }
        : undefined,
    holds,
  }
}
