/** Rounds as people read them: published ones for all, drafts only for those who open rounds there. */
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { sayPattern } from '#core/pattern'
import { Absent, Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import type { Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import type { Fact } from './bands.ts'
import { type Officer, phaseOf, type Round, type RoundRun, type RoundState, type RoundSummary } from './round.ts'

/** The round of this address with its runs and officers, in two queries; absent where it is a draft of another academy. */
export async function findRound(visit: Visit, slug: string): Promise<Round | undefined> {
  const { db, actor, now } = visit
  if (!/^[a-z0-9-]{1,100}$/.test(slug)) return undefined
  const mayChange = academyWithin(actor, 'rounds.open', 'round.academy_id')
  const row = await rounds(db)
    .where('round.slug', '=', slug)
    .select(['round.reveal_until', 'round.bands', 'round.offer_days', 'round.most_choices', 'round.seed_from'])
    .select(['round.applications', 'round.roll_digest', 'round.beacon_round', 'round.beacon_randomness'])
    .select(['round.beacon_signature', 'round.seed', 'round.engine', 'round.digest', 'round.closed_at'])
    .select(['round.drawn_at', 'round.draw_step', 'round.draw_done', 'round.draw_total', 'round.cancelled_why'])
    .select(['round.published_at', mayChange.as('may_change')])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('round_officer as officer')
          .innerJoin('person', 'person.id', 'officer.person_id')
          .whereRef('officer.round_id', '=', 'round.id')
          .select(['officer.person_id as person', 'person.name', 'officer.digest', 'officer.nonce'])
          .select(['officer.committed_at as committedAt', 'officer.revealed_at as revealedAt'])
          .orderBy('officer.digest')
          .orderBy('person.name'),
      ).as('officers'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const isOfficer = row.officers.some(({ person }) => person === actor.id)
  if (row.state === 'draft' && !row.may_change && !isOfficer) return undefined
  const base = summaryFrom(row, now)
  return {
    ...base,
    revealUntil: row.reveal_until,
    bands: row.bands as Fact[],
    offerDays: row.offer_days,
    mostChoices: row.most_choices,
    seedFrom: row.seed_from as Round['seedFrom'],
    applications: row.applications,
    rollDigest: row.roll_digest,
    beaconRound: row.beacon_round,
    beaconRandomness: row.beacon_randomness,
    beaconSignature: row.beacon_signature,
    seed: row.seed,
    engine: row.engine,
    digest: row.digest,
    closedAt: row.closed_at,
    drawnAt: row.drawn_at,
    drawStep: row.draw_step,
    drawDone: row.draw_done,
    drawTotal: row.draw_total,
    cancelledWhy: row.cancelled_why,
    publishedAt: row.published_at,
    mayChange: row.may_change,
    isOfficer,
    runs: await runsOf(visit, row.id),
    officers: row.officers.map(({ name, digest, committedAt, revealedAt, nonce }): Officer => ({
      name,
      digest,
      committedAt: timeOrNull(committedAt),
      revealedAt: timeOrNull(revealedAt),
      nonce: row.seed === null ? null : nonce,
    })),
  }
}

/** The runs of a round in the order of their start, each with its reserves. */
export async function runsOf({ db, today }: Pick<Visit, 'db' | 'today'>, round: string): Promise<RoundRun[]> {
  const rows = await db
    .selectFrom('round_run')
    .innerJoin('run', 'run.id', 'round_run.run_id')
    .innerJoin('course', 'course.id', 'run.course_id')
    .innerJoin('course_version as version', 'version.id', 'run.course_version_id')
    .innerJoin('academy', 'academy.id', 'run.academy_id')
    .leftJoin('venue', 'venue.id', 'run.venue_id')
    .where('round_run.round_id', '=', round)
    .select(['run.id', 'course.slug as course', 'version.title', 'academy.name as academy', 'run.state'])
    .select(['run.starts_on as startsOn', 'venue.name as venue'])
    .select(sql<number>`coalesce(round_run.capacity, run.capacity)`.as('capacity'))
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('run_session')
          .whereRef('run_session.run_id', '=', 'run.id')
          .select(['run_session.starts_at as startsAt', 'run_session.ends_at as endsAt'])
          .orderBy('run_session.number'),
      ).as('times'),
      jsonArrayFrom(
        eb
          .selectFrom('round_reserve as reserve')
          .innerJoin('measure', 'measure.id', 'reserve.measure_id')
          .whereRef('reserve.run_id', '=', 'run.id')
          .select(['measure.id as measure', 'measure.trait', 'measure.name', 'measure.who', 'reserve.seats'])
          .select(sql<boolean>`coalesce(reserve.stands, in_force(measure, ${today}::date))`.as('stands'))
          .orderBy('measure.trait'),
      ).as('reserves'),
    ])
    .orderBy('run.starts_on')
    .orderBy('version.title')
    .orderBy('run.id')
    .execute()
  return rows.map(({ times, venue, ...row }) => {
    const sessions = times.map(({ startsAt, endsAt }) => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }))
    return Object.assign(row, { where: venue ?? 'Online', pattern: sayPattern(sessions) })
  })
}

/** Published rounds in which one can apply now, or soon; the first to close comes first. */
export const openRounds = (visit: Visit, { limit = 20 } = {}): Promise<RoundSummary[]> =>
  list(visit, (round) => round.where('round.state', '=', 'published').where('round.closes_at', '>', visit.now), limit)

/** Every round this person can see, those that can still be applied for first, then the latest. */
export const allRounds = (visit: Visit, { limit = 100 } = {}): Promise<RoundSummary[]> =>
  list(
    visit,
    (round) =>
      round.where((eb) =>
        eb.or([eb('round.state', '!=', 'draft'), academyWithin(visit.actor, 'rounds.open', 'round.academy_id')]),
      ),
    limit,
  )

/**
 * The round of this address, held so that it cannot be closed before this transaction ends; refused where it is not open at
 * this moment. Whoever writes an application calls this first: then each one that is acknowledged is on the roll.
 */
export async function holdOpenRound({ db, now }: Visit, slug: string) {
  if (!/^[a-z0-9-]{1,100}$/.test(slug)) throw new Absent()
  await shareRound(db, slug)
  const round = await db
    .selectFrom('round')
    .where('slug', '=', slug)
    .where('state', '<>', 'draft')
    .select(['id', 'slug', 'name', 'state', 'opens_at', 'closes_at', 'bands', 'most_choices'])
    .executeTakeFirst()
  if (!round) throw new Absent()
  if (round.state === 'cancelled') throw new Refusal('This round was cancelled, so nobody can apply in it.')
  if (round.state !== 'published' || now >= round.closes_at)
    throw new Refusal('This round is closed. Applications can no longer be made, changed or taken back.')
  if (now < round.opens_at) throw new Refusal('This round is not open yet.')
  return round
}

/** Waits until nobody is closing this round, and holds it open until the transaction ends. Many may at once. */
const shareRound = (db: Db, slug: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock_shared(hashtextextended('round ' || ${slug}::text, 0))`.execute(db)

/**
 * Waits for everyone who is applying at this moment, and holds the round until the transaction ends. It is a lock of its own,
 * and not that of the row, since whoever waits for that can be overtaken by newcomers for as long as they keep coming.
 */
export const claimRound = (db: Db, slug: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('round ' || ${slug}::text, 0))`.execute(db)

async function list(
  visit: Visit,
  only: (query: ReturnType<typeof rounds>) => ReturnType<typeof rounds>,
  limit: number,
): Promise<RoundSummary[]> {
  const rows = await only(rounds(visit.db))
    .select((eb) => {
      const own = eb
        .selectFrom('round_run')
        .innerJoin('run', 'run.id', 'round_run.run_id')
        .whereRef('round_run.round_id', '=', 'round.id')
      return [
        own.select((of) => of.fn.countAll<number>().as('n')).as('runs'),
        own.select(sql<number>`coalesce(sum(coalesce(round_run.capacity, run.capacity)), 0)::int`.as('n')).as('places'),
      ]
    })
    .orderBy(sql`case when round.state = 'published' and round.closes_at > ${visit.now} then round.closes_at end`)
    .orderBy('round.closes_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => Object.assign(summaryFrom(row, visit.now), { runs: row.runs ?? 0, places: row.places ?? 0 }))
}

const rounds = (db: Db) =>
  db
    .selectFrom('round')
    .innerJoin('academy', 'academy.id', 'round.academy_id')
    .select(['round.id', 'round.slug', 'round.name', 'round.summary', 'round.state', 'round.opens_at'])
    .select(['round.closes_at', 'academy.id as academy_id', 'academy.slug as academy_slug'])
    .select('academy.name as academy_name')

type SummaryRow = Awaited<ReturnType<ReturnType<typeof rounds>['execute']>>[number]

function summaryFrom(row: SummaryRow, now: Date): Omit<RoundSummary, 'runs' | 'places'> {
  const when = { state: row.state as RoundState, opensAt: row.opens_at, closesAt: row.closes_at }
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    academy: { id: row.academy_id, slug: row.academy_slug, name: row.academy_name },
    ...when,
    phase: phaseOf(when, now),
  }
}

/** A time inside JSON comes as text. */
const timeOrNull = (time: Date | string | null): Date | null => (time === null ? null : new Date(time))
