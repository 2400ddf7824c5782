/** A run's sessions as entries of a calendar. */
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Db } from '#platform/db'
import type { CalendarEntry } from '#platform/ical'

/** What calendars are told of a run. */
export interface CalendarRun {
  id: string
  title: string
  cancelled: boolean
  sequence: number
  changedAt: Date
  where: string
  /** Null in a place, empty where there is none yet. */
  link: string | null
  sessions: { id: string; number: number; title: string; startsAt: Date; endsAt: Date }[]
  /** Sessions that were taken out. */
  dropped: { id: string; title: string; startsAt: Date; endsAt: Date }[]
}

/** For whom the entries are, and so what they say. */
export interface Holder {
  /** Whether they may see the link for joining. */
  joins: boolean
  /** Whether the place is only offered as yet. */
  tentative?: boolean
  /** They come no more, so that for them all is off. */
  off?: boolean
  /** How often they had a place in this run before and lost it: each time made a newer entry. */
  ended?: number
}

/** The entries of a run for someone. Those of sessions taken out are there too, as off. */
export function entriesOf(run: CalendarRun, holder: Holder, address: string): CalendarEntry[] {
  const url = `${address}/runs/${run.id}`
  const of = run.sessions.length
  const common = {
    sequence: run.sequence + (holder.ended ?? 0),
    changedAt: run.changedAt,
    where: run.link !== null ? (holder.joins && run.link) || 'Online' : run.where,
    url,
  }
  const called = (title: string): string => (of === 1 || title === run.title ? run.title : `${run.title}: ${title}`)
  const off = run.cancelled || holder.off === true
  const on = run.sessions.map((session) => ({
    ...common,
    uid: session.id,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    title: called(session.title),
    words: wordsOf(session.number, of, holder, off, url),
    off,
    tentative: holder.tentative === true,
  }))
  const gone = run.dropped.map(({ id, title, startsAt, endsAt }) => ({
    ...common,
    uid: id,
    startsAt,
    endsAt,
    title: called(title),
    words: `This session is not held.\n\n${url}`,
    off: true,
  }))
  return [...on, ...gone]
}

function wordsOf(number: number, of: number, { tentative }: Holder, off: boolean, url: string): string {
  const session = of === 1 ? '' : `Session ${number} of ${of}.\n`
  const offer = tentative && !off ? 'A place is offered to you. Say on the page below whether you take it.\n' : ''
  return `${session}${offer}\n${url}`.trimStart()
}

/** The columns of a `CalendarRun`, to be asked for by any of its indexes. */
export const calendarRuns = (db: Db) =>
  db
    .selectFrom('run')
    .innerJoin('course_version', 'course_version.id', 'run.course_version_id')
    .innerJoin('academy', 'academy.id', 'run.academy_id')
    .leftJoin('venue', 'venue.id', 'run.venue_id')
    .leftJoin('room', 'room.id', 'run.room_id')
    .select((eb) => [
      'run.id',
      'course_version.title',
      'run.state',
      'run.sequence',
      'run.changed_at',
      'run.online_link',
      'venue.name as venue_name',
      'venue.address',
      'venue.postcode',
      'room.name as room_name',
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
          ])
          .orderBy('run_session.number'),
      ).as('sessions'),
      jsonArrayFrom(
        eb
          .selectFrom('run_session_dropped as gone')
          .whereRef('gone.run_id', '=', 'run.id')
          .select(['gone.id', 'gone.title', 'gone.starts_at', 'gone.ends_at'])
          .orderBy('gone.starts_at'),
      ).as('dropped'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof calendarRuns>['execute']>>[number]

/** A `CalendarRun` from its row. */
export const calendarRunFrom = (row: Row): CalendarRun => ({
  id: row.id,
  title: row.title,
  cancelled: row.state === 'cancelled',
  sequence: row.sequence,
  changedAt: row.changed_at,
  where: [row.room_name, row.venue_name, row.address, row.postcode].filter(Boolean).join(', '),
  link: row.online_link,
  sessions: row.sessions.map(({ starts_at, ends_at, ...rest }) => ({ ...rest, ...spanFrom(starts_at, ends_at) })),
  dropped: row.dropped.map(({ starts_at, ends_at, ...rest }) => ({ ...rest, ...spanFrom(starts_at, ends_at) })),
})

// times inside JSON come as text
const spanFrom = (from: Date | string, to: Date | string) => ({ startsAt: new Date(from), endsAt: new Date(to) })
