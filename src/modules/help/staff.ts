/** What those who decide see: an academy's pots, rules and requests. That they saw a request goes on the record. */
import { sql } from 'kysely'
import { instantAt, type Day } from '#core/days'
import type { Db } from '#platform/db'
import { type Actor, type Listing, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import type { Kind, Rule, State } from './kinds.ts'
import type { Pot } from './pot.ts'
import { inOrder } from './rule.ts'

export interface Request {
  id: string
  person: string
  name: string
  kind: Kind
  says: string
  state: State
  run: string
  title: string
  startsOn: Day
  asked: number
  awarded: number
  askedAt: Date
  first: { by: string; name: string; at: Date; pence: number | null; why: string } | null
  /** Who else decided it; none where the rule did. */
  decidedBy: string | null
  decidedAt: Date | null
  why: string
  paidBy: string | null
  paidAt: Date | null
  reference: string | null
  receiptedAt: Date | null
  receiptNote: string | null
  academy: { id: string; slug: string; name: string }
}

export interface AcademyHelp {
  academy: { id: string; slug: string; name: string }
  pots: Pot[]
  rules: Rule[]
  requests: Request[]
  total: number
}

/** Which requests are shown: what is to be done, or everything. */
export const shownIn = (query: URLSearchParams): 'open' | 'all' => (query.get('show') === 'all' ? 'all' : 'open')

type Wanted = Pick<Listing<'asked' | 'name' | 'amount'>, 'sort' | 'descending' | 'limit' | 'offset'>

/** An academy at which this person decides, with its pots and rules and a page of its requests. */
export const helpAt = (visit: Visit, slug: string, wanted: Wanted): Promise<AcademyHelp | undefined> =>
  visit.atomically(async (inside) => {
    const found = await academyWith(inside, slug)
    if (!found) return undefined
    const order = { asked: sql`r.asked_at`, name: sql`person.name`, amount: sql`r.asked_pence` }[wanted.sort]
    const direction = sql.raw(wanted.descending ? 'desc' : 'asc')
    const states = shownIn(visit.query) === 'all' ? sql`` : sql`and r.state in ('asked', 'half decided', 'awarded')`
    const { rows } = await sql<Row & { total: number }>`
      ${requests(inside.actor, sql`count(*) over ()::int`)} and r.academy_id = ${found.academy.id} ${states}
      order by ${order} ${direction}, r.id limit ${wanted.limit} offset ${wanted.offset}`.execute(inside.db)
    await noteSeen(inside, rows)
    return { ...found, requests: rows.map(requestFrom), total: rows[0]?.total ?? 0 }
  })

/** One request that this person may decide, and what its pot has left. */
export const requestOf = (visit: Visit, id: string): Promise<{ request: Request; left: number | null } | undefined> =>
  visit.atomically(async (inside) => {
    const left = sql`(select amount_pence - awarded_pence from help_pot
      where academy_id = r.academy_id and starts_on <= run.starts_on and ends_on >= run.starts_on)`
    const { rows } = await sql<
      Row & { total: number | null }
    >`${requests(inside.actor, left)} and r.id = ${id}`.execute(inside.db)
    await noteSeen(inside, rows)
    return rows[0] && { request: requestFrom(rows[0]), left: rows[0].total }
  })

const requests = (actor: Actor, total: ReturnType<typeof sql>) => sql`
  select r.id, r.person_id as person, person.name, r.kind, r.says, r.state, r.run_id as run, version.title, run.starts_on as "startsOn",
    r.asked_pence as asked, r.awarded_pence as awarded, r.asked_at as "askedAt", r.first_by as "firstBy", first.name as "firstName",
    r.first_at as "firstAt", r.first_pence as "firstPence", r.first_why as "firstWhy", decider.name as "decidedBy",
    r.decided_at as "decidedAt", r.decided_why as why, payer.name as "paidBy", r.paid_at as "paidAt", r.paid_reference as reference,
    r.receipted_at as "receiptedAt", r.receipt_note as "receiptNote", academy.id as academy, academy.slug, academy.name as "academyName",
    ${total} as total
  from help_request r join person on person.id = r.person_id join run on run.id = r.run_id
    join course_version version on version.id = run.course_version_id join academy on academy.id = r.academy_id
    left join person first on first.id = r.first_by left join person decider on decider.id = r.decided_by
    left join person payer on payer.id = r.paid_by
  where r.person_id <> ${actor.id} and ${academyWithin(actor, 'help.decide', 'r.academy_id')}
    and not exists (select from run_trainer t where t.run_id = r.run_id and t.person_id = ${actor.id})`

interface Row extends Omit<Request, 'first' | 'academy'> {
  firstBy: string | null
  firstName: string | null
  firstAt: Date | null
  firstPence: number | null
  firstWhy: string
  academy: string
  slug: string
  academyName: string
}

const requestFrom = (row: Row): Request => {
  const { firstBy, firstName, firstAt, firstPence, firstWhy, academy, slug, academyName, ...rest } = row
  return {
    ...rest,
    academy: { id: academy, slug, name: academyName },
    first: firstBy === null ? null : { by: firstBy, name: firstName!, at: firstAt!, pence: firstPence, why: firstWhy },
  }
}

/** An academy at which this person decides, with its pots, the newest first, and its rules. */
export async function academyWith({ db, actor }: Pick<Visit, 'db' | 'actor'>, slug: string) {
  if (!/^[a-z0-9-]{1,200}$/.test(slug)) return undefined
  const { rows } = await sql<{ id: string; slug: string; name: string; pots: Pot[]; rules: Rule[] }>`
    select academy.id, academy.slug, academy.name,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'startsOn', starts_on, 'endsOn', ends_on,
        'amount', amount_pence, 'awarded', awarded_pence) order by starts_on desc), '[]'::json) from (
          select * from help_pot where academy_id = academy.id order by starts_on desc limit 50) help_pot) as pots,
      (select coalesce(json_agg(json_build_object('kind', kind, 'offered', offered, 'most', most_pence, 'byRule', by_rule_pence,
        'says', says)), '[]'::json) from help_rule where academy_id = academy.id) as rules
    from academy where academy.slug = ${slug} and ${academyWithin(actor, 'help.decide', 'academy.id')}`.execute(db)
  if (!rows[0]) return undefined
  const { pots, rules, ...academy } = rows[0]
  return { academy, pots, rules: inOrder(rules) }
}

/** Puts on the record of each member, once a day, that this person read what they asked for. */
async function noteSeen(
  { db, actor, today }: { db: Db; actor: Actor; today: Day },
  rows: readonly { id: string; person: string }[],
): Promise<void> {
  if (rows.length === 0 || actor.kind !== 'person') return
  const seen = JSON.stringify(rows.map(({ id, person }) => ({ request: id, person })))
  await sql`
    insert into happening (what, actor_id, about)
    select 'help.seen', ${actor.id}, fresh.about from jsonb_array_elements(${seen}::jsonb) fresh (about)
    where not exists (select from happening before where before.actor_id = ${actor.id} and before.what = 'help.seen'
      and before.at >= ${instantAt(today, '00:00')} and before.about ->> 'request' = fresh.about ->> 'request')`.execute(
    db,
  )
}
