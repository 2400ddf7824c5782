/** Runs as people read them: published ones for all, drafts only for those who schedule or lead them. */
import { sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import type { Db } from '#platform/db'
import { academyWithin } from '#platform/within'
import type { Visit } from '#platform/web'
import { type Area, nearnessOfRun, nearOf, sayNear } from '../areas/index.ts'
import { sayPattern } from '#core/pattern'
import type { How, Run, RunState, RunSummary } from './run.ts'

export interface Ahead {
  /** Runs of this course: its id or its slug. */
  course?: string | undefined
  /** Runs of this academy, by its id. */
  academy?: string | undefined
  strand?: string | undefined
  /** Only online, or only in a place. */
  online?: boolean | undefined
  /** The nearest first; those online as if they were 25 miles away. */
  near?: Area | undefined
  /** Leaves out runs in which this person already has a place or waits for one. */
  person?: string | undefined
  limit?: number
  offset?: number
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Published runs that have not begun, the soonest first, or the nearest first where it says near what. */
export async function runsAhead({ db, today }: Visit, wanted: Ahead = {}): Promise<RunSummary[]> {
  const { course, academy, strand, online, near, person, limit = 20, offset = 0 } = wanted
  let query = summaries(db).where('run.state', '=', 'published').where('run.starts_on', '>=', today)
  if (course !== undefined)
    query = uuid.test(course) ? query.where('run.course_id', '=', course) : query.where('course.slug', '=', course)
  if (academy !== undefined) query = query.where('run.academy_id', '=', academy)
  if (strand !== undefined) query = query.where('course_version.strand', '=', strand)
  if (online !== undefined) query = query.where('run.venue_id', online ? 'is' : 'is not', null)
  if (person !== undefined)
    query = query.where(sql<boolean>`not ${hasPlace(person, ['offered', 'confirmed', 'waiting'])}`)
  const refs = { area: 'at', lat: 'at_venue.lat', lon: 'at_venue.lon' }
  const rows = await query
    .$if(near !== undefined, (only) =>
      only
        .leftJoin('area as at', 'at.code', 'run.area_code')
        .select(nearOf(near!, refs).as('near'))
        .orderBy(nearnessOfRun(near!, refs), (order) => order.asc().nullsLast()),
    )
    .orderBy('run.starts_on')
    .orderBy('run.id')
    .limit(Math.min(limit, 200))
    .offset(offset)
    .execute()
  return rows.map((row) => summaryFrom(row, near && sayNear(row.near, near)))
}

/** The columns of a run in a list. A query over `run` with its course's version, academy and venue beside it. */
export const summaries = (db: Db) =>
  db
    .selectFrom('run')
    .innerJoin('course', 'course.id', 'run.course_id')
    .innerJoin('course_version', 'course_version.id', 'run.course_version_id')
    .innerJoin('academy', 'academy.id', 'run.academy_id')
    .leftJoin('venue as at_venue', 'at_venue.id', 'run.venue_id')
    .select((eb) => [
      'run.id',
      'run.course_id',
      'course.slug as course',
      'course_version.title',
      'course_version.strand',
      'course_version.level',
      'run.academy_id',
      'academy.slug as academy_slug',
      'academy.name as academy_name',
      'run.state',
      'run.how',
      'run.starts_on',
      'run.ends_on',
      'at_venue.name as venue_name',
      'run.area_code',
      'run.capacity',
      'run.taken',
      'run.waiting',
      sql<boolean>`run.how = 'round' and run.drawn_at is null`.as('to_be_drawn'),
      jsonArrayFrom(
        eb
          .selectFrom('run_session')
          .whereRef('run_session.run_id', '=', 'run.id')
          .select(['run_session.starts_at', 'run_session.ends_at'])
          .orderBy('run_session.number'),
      ).as('times'),
    ])

type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>[number]

/** A run in a list from its row. */
export const summaryFrom = (row: SummaryRow, near?: string): RunSummary => ({
  id: row.id,
  course: row.course,
  courseId: row.course_id,
  title: row.title,
  strand: row.strand,
  level: row.level,
  academy: { id: row.academy_id, slug: row.academy_slug, name: row.academy_name },
  state: row.state as RunState,
  how: row.how as How,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  pattern: sayPattern(row.times.map((time) => ({ startsAt: at(time.starts_at), endsAt: at(time.ends_at) }))),
  where: row.venue_name ?? 'Online',
  online: row.venue_name === null,
  areaCode: row.area_code,
  near: near || undefined,
  capacity: row.capacity,
  taken: row.taken,
  waiting: row.waiting,
  toBeDrawn: row.to_be_drawn,
})

/** One run with all that its page shows: once published for anyone, a draft only for its trainers and those who schedule there. */
export async function findRun({ db, actor }: Visit, id: string): Promise<Run | undefined> {
  if (!uuid.test(id)) return undefined
  const row = await summaries(db)
    .leftJoin('room', 'room.id', 'run.room_id')
    .where('run.id', '=', id)
    .where((eb) =>
      eb.or([
        eb('run.published_at', 'is not', null),
        academyWithin(actor, 'runs.schedule', 'run.academy_id'),
        leadsIt(actor.id),
      ]),
    )
    .select([
      'run.course_version_id',
      'course_version.summary',
      'course_version.who',
      'course_version.outcomes',
      'course_version.hours',
      'course_version.mode',
      'course_version.practice',
      'course_version.accreditation',
      'course.several_places',
      'run.online_link',
      'run.offer_days',
      'run.sequence',
      'run.changed_at',
      'run.published_at',
      'run.cancelled_at',
      'run.cancelled_why',
      'room.id as room_id',
      'room.name as room_name',
      'room.capacity as room_capacity',
      academyWithin(actor, 'runs.schedule', 'run.academy_id').as('may_change'),
      leadsIt(actor.id).as('leads'),
      hasPlace(actor.id, ['confirmed']).as('confirmed'),
    ])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('run_session')
          .whereRef('run_session.run_id', '=', 'run.id')
          .select([
            'run_session.id',
            'run_session.number',
            'run_session.title',
            'run_session.starts_at',
            'run_session.ends_at',
            'run_session.register_done_at',
          ])
          .orderBy('run_session.number'),
      ).as('sessions'),
      jsonArrayFrom(
        eb
          .selectFrom('run_trainer')
          .innerJoin('person', 'person.id', 'run_trainer.person_id')
          .whereRef('run_trainer.run_id', '=', 'run.id')
          .select(['person.id', 'person.name'])
          .orderBy('person.name'),
      ).as('trainers'),
      jsonObjectFrom(
        eb
          .selectFrom('venue')
          .whereRef('venue.id', '=', 'run.venue_id')
          .select([
            'venue.id',
            'venue.name',
            'venue.address',
            'venue.postcode',
            'venue.step_free as stepFree',
            'venue.hearing_loop as hearingLoop',
            'venue.parking',
            'venue.quiet_room as quietRoom',
            'venue.children_space as childrenSpace',
            'venue.nearest_stop as nearestStop',
            'venue.notes',
          ]),
      ).as('venue'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const sees = row.may_change || row.leads || row.confirmed
  return {
    ...summaryFrom(row),
    versionId: row.course_version_id,
    summary: row.summary,
    who: row.who,
    outcomes: row.outcomes,
    hours: row.hours,
    mode: row.mode,
    practice: row.practice,
    accreditation: row.accreditation,
    severalPlaces: row.several_places,
    sessions: row.sessions.map((session) => ({
      id: session.id,
      number: session.number,
      title: session.title,
      startsAt: at(session.starts_at),
      endsAt: at(session.ends_at),
      registerDoneAt: session.register_done_at === null ? null : at(session.register_done_at),
    })),
    trainers: row.trainers,
    venue: row.venue,
    room: row.room_id ? { id: row.room_id, name: row.room_name!, capacity: row.room_capacity! } : null,
    onlineLink: sees ? row.online_link || null : null,
    offerDays: row.offer_days,
    sequence: row.sequence,
    changedAt: row.changed_at,
    publishedAt: row.published_at,
    cancelledAt: row.cancelled_at,
    cancelledWhy: row.cancelled_why,
    mayChange: row.may_change,
    leads: row.leads,
  }
}

const leadsIt = (person: string) =>
  sql<boolean>`exists (select from run_trainer led where led.run_id = run.id and led.person_id = ${person})`

const hasPlace = (person: string, states: readonly string[]) =>
  sql<boolean>`exists (select from place had where had.run_id = run.id and had.person_id = ${person} and had.state = any(${states}::text[]))`

/** A time inside JSON comes as text. */
const at = (time: Date | string): Date => new Date(time)
