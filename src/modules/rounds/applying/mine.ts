/** A member's application, and the runs it can choose from. */
import { sql } from 'kysely'
import type { Rehearsal } from '#engines/allocation/index.ts'
import type { Visit } from '#platform/web'
import { type Area, nearness, nearOf, type Near, sayNear } from '../../areas/index.ts'

export interface MyApplication {
  id: string
  pseudonym: string
  /** Run ids, best first. */
  choices: string[]
  /** Whether their equality answers count where seats are reserved. */
  reserves: boolean
  submittedAt: Date
  changedAt: Date
  withdrawnAt: Date | null
  /** Since closing. */
  band: number | null
  /** What the draw gave, as which choice, and with which number. */
  run: string | null
  choice: number | null
  number: string | null
}

/** The last rehearsal of a round. */
export interface KeptRehearsal extends Rehearsal {
  madeAt: Date
}

export interface Mine {
  application: MyApplication | undefined
  rehearsal: KeptRehearsal | undefined
}

/** The columns of an application as its member reads it. */
export const mineColumns = sql`mine.id, mine.pseudonym, mine.choices, mine.counts_for_reserves as reserves, mine.submitted_at as "submittedAt",
  mine.changed_at as "changedAt", mine.withdrawn_at as "withdrawnAt", mine.band, mine.run_id as run, mine.choice, mine.number`

/** This person's application in a round, and the round's last rehearsal, in one query. */
export async function mineOf({ db, actor }: Visit, round: string): Promise<Mine> {
  const { rows } = await sql<Row>`
    select ${mineColumns}, rehearsal.made_at as "madeAt", rehearsal.outcome
    from (select 1) one left join application mine on mine.round_id = ${round} and mine.person_id = ${actor.id}
      left join round_rehearsal rehearsal on rehearsal.round_id = ${round}`.execute(db)
  const { madeAt, outcome, id, ...rest } = rows[0]!
  return {
    application: id === null ? undefined : { id, ...rest },
    rehearsal: madeAt === null || outcome === null ? undefined : { ...outcome, madeAt },
  }
}

type Row = Omit<MyApplication, 'id'> & { id: string | null; madeAt: Date | null; outcome: Rehearsal | null }

/** What of a run of the round matters to this person who chooses. */
export interface Facts {
  id: string
  /** "3 miles", where it is known. */
  near: string
  leads: boolean
  times: { from: string; to: string }[]
}

/** The runs of a round that are still on, the nearest first, those online after those in a place. In one query. */
export async function factsOf({ db, actor }: Visit, round: string, home: Area | undefined): Promise<Facts[]> {
  const refs = { area: 'at', lat: 'venue.lat', lon: 'venue.lon' }
  const rows = await db
    .selectFrom('round_run')
    .innerJoin('run', 'run.id', 'round_run.run_id')
    .leftJoin('area as at', 'at.code', 'run.area_code')
    .leftJoin('venue', 'venue.id', 'run.venue_id')
    .where('round_run.round_id', '=', round)
    .where('run.state', '=', 'published')
    .select('run.id')
    .select(
      sql<boolean>`exists (select from run_trainer led where led.run_id = run.id and led.person_id = ${actor.id})`.as(
        'leads',
      ),
    )
    .select(
      sql<
        Facts['times']
      >`(select coalesce(json_agg(json_build_object('from', s.starts_at, 'to', s.ends_at)), '[]'::json)
        from run_session s where s.run_id = run.id)`.as('times'),
    )
    .select((home ? nearOf(home, refs) : sql<Near | null>`null::json`).as('near'))
    .$if(home !== undefined, (query) => query.orderBy(nearness(home!, refs), (order) => order.asc().nullsLast()))
    .orderBy('run.starts_on')
    .orderBy('run.id')
    .execute()
  return rows.map(({ near, ...row }) => Object.assign(row, { near: (home && near && sayNear(near, home)) || '' }))
}

/** Whether two of these runs have sessions at the same time. */
export function meetAtOnce(runs: readonly Pick<Facts, 'times'>[]): boolean {
  const all = runs.flatMap(({ times }, run) =>
    times.map(({ from, to }) => ({ run, from: Date.parse(from), to: Date.parse(to) })),
  )
  const inOrder = all.toSorted((a, b) => a.from - b.from)
  return inOrder.some((one, at) => inOrder.slice(at + 1).some((other) => other.run !== one.run && other.from < one.to))
}

/** For a member's home: the round to apply in that closes first, or how their latest application stands. */
export interface RoundForMe {
  slug: string
  name: string
  closesAt: Date
  state: string
  runs: number
  /** Whether they have an application in it that stands. */
  applied: boolean
  drawnAt: Date | null
  /** The draw gave them this run; null where it gave nothing, or is yet to come. */
  title: string | null
}

/** The open rounds, the first to close first, and those of the last weeks in which they applied; in one query. */
export async function roundsForMe({ db, actor, now }: Visit, limit = 3): Promise<RoundForMe[]> {
  const { rows } = await sql<RoundForMe>`
    select round.slug, round.name, round.closes_at as "closesAt",
      case when round.state = 'published' and round.closes_at <= ${now} then 'closed' else round.state end as state, round.drawn_at as "drawnAt", mine.id is not null as applied,
      (select count(*)::int from round_run of where of.round_id = round.id) as runs, version.title
    from round left join application mine on mine.round_id = round.id and mine.person_id = ${actor.id} and mine.withdrawn_at is null
      left join run on run.id = mine.run_id left join course_version version on version.id = run.course_version_id
    where (round.state = 'published' and round.opens_at <= ${now} and round.closes_at > ${now})
      or (mine.id is not null and round.state in ('published', 'closed'))
      or (mine.id is not null and round.state = 'drawn' and round.drawn_at > ${new Date(now.getTime() - 14 * 86_400_000)})
    order by (mine.id is not null) desc, round.closes_at limit ${limit}`.execute(db)
  return rows
}
