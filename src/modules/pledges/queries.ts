/** Pledges as people read them: their own, and those of members whom a trainer or coordinator looks after. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, type Day } from '#core/days'
import { holds } from '#core/rights'
import type { Db } from '#platform/db'
import type { Actor, Listing, Visit } from '#platform/web'
import { academyWithin, areaWithin } from '#platform/within'
import type { PledgeState } from './pledge.ts'

export interface Pledge {
  id: string
  person: string
  name: string
  run: string | null
  /** The title of the run it comes from. */
  title: string | null
  commitment: string
  madeOn: Day
  reviewOn: Day
  state: PledgeState
  reviewedOn: Day | null
  /** Who looked at it with them. */
  reviewedBy: string | null
  learnt: string
  /** Who will look at it with them: a trainer of the run. */
  mentor: string | null
}

const pledges = (where: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql<Pledge & { total: number }>`
  select pledge.id, pledge.person_id as person, person.name, pledge.run_id as run, version.title, pledge.commitment,
    pledge.made_on as "madeOn", pledge.review_on as "reviewOn", pledge.state, pledge.reviewed_on as "reviewedOn",
    reviewer.name as "reviewedBy", pledge.learnt,
    (select mentor.name from run_trainer join person mentor on mentor.id = run_trainer.person_id
      where run_trainer.run_id = pledge.run_id order by mentor.name limit 1) as mentor,
    count(*) over()::int as total
  from pledge join person on person.id = pledge.person_id
    left join run on run.id = pledge.run_id left join course_version version on version.id = run.course_version_id
    left join person reviewer on reviewer.id = pledge.reviewed_by
  where ${where} order by ${order}`

const without = (rows: readonly (Pledge & { total: number })[]): { pledges: Pledge[]; total: number } => {
  let total = 0
  const all = rows.map(({ total: counted, ...pledge }) => {
    total = counted
    return pledge
  })
  return { pledges: all, total }
}

/** A person's pledges: the open ones first, the soonest review before the others. In one query. */
export async function pledgesOf({ db }: Pick<Visit, 'db'>, person: string): Promise<Pledge[]> {
  const order = sql`pledge.state <> 'open', case when pledge.state = 'open' then pledge.review_on end, pledge.made_on desc, pledge.id limit 200`
  return without((await pledges(sql`pledge.person_id = ${person}`, order).execute(db)).rows).pledges
}

/** True of pledges that this actor looks at: of runs they lead or arrange places for, or of members of their area. */
export const seenBy = (actor: Actor): RawBuilder<boolean> =>
  holds(actor.rights, 'runs.lead')
    ? sql<boolean>`(exists (select from run_trainer led where led.run_id = pledge.run_id and led.person_id = ${actor.id})
        or ${academyWithin(actor, 'places.arrange', 'run.academy_id')} is true or ${areaWithin(actor, 'places.arrange', 'person.area_code')} is true)`
    : sql<boolean>`false`

/** One pledge: the person's own, or one that they look at. */
export async function findPledge({ db, actor }: Visit, id: string): Promise<Pledge | undefined> {
  const where = sql`pledge.id = ${id} and (pledge.person_id = ${actor.id} or ${seenBy(actor)})`
  return without((await pledges(where, sql`pledge.id`).execute(db)).rows).pledges[0]
}

export const shown = ['due', 'open', 'reviewed'] as const
export type Shown = (typeof shown)[number]

/** Pledges that this actor looks at: due within a week, all open ones, or those looked at before. */
export async function pledgesToReview(
  { db, actor, today }: Visit,
  which: Shown,
  { limit, offset, sort, descending }: Pick<Listing<'review' | 'name'>, 'limit' | 'offset' | 'sort' | 'descending'>,
): Promise<{ pledges: Pledge[]; total: number }> {
  const state = {
    due: sql`pledge.state = 'open' and pledge.review_on <= ${addDays(today, 7)}::date`,
    open: sql`pledge.state = 'open'`,
    reviewed: sql`pledge.state in ('kept', 'partly kept', 'not kept')`,
  }[which]
  const direction = descending ? sql`desc` : sql`asc`
  const order =
    sort === 'name'
      ? sql`plain_words(person.name) ${direction}, pledge.id`
      : sql`pledge.review_on ${direction}, pledge.id`
  const query = pledges(sql`${state} and ${seenBy(actor)}`, sql`${order} limit ${limit} offset ${offset}`)
  return without((await query.execute(db)).rows)
}

/** Who may look at a pledge with the member: the trainers of the run it comes from. */
export async function mentorsOf(db: Db, run: string | null): Promise<{ id: string; name: string }[]> {
  if (run === null) return []
  return db
    .selectFrom('run_trainer')
    .innerJoin('person', 'person.id', 'run_trainer.person_id')
    .where('run_trainer.run_id', '=', run)
    .orderBy('person.name')
    .select(['person.id', 'person.name'])
    .execute()
}
