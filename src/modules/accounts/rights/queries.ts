/** Rights that the actor may see and change: those within their own reach. */
import { type RawBuilder, sql } from 'kysely'
import { roles } from '#core/rights'
import type { Actor } from '#platform/actor'
import type { Db } from '#platform/db'
import { fields, type Visit } from '#platform/web'
import { academyWithin, scopeFor } from '#platform/within'
import type { Right } from './right.ts'

export interface RightsAsked {
  name: string
  role: string
  place: string
  /** Those that hold now or will, those that have ended, or all. */
  when: 'now' | 'ended' | 'all'
  sort: 'name' | 'role' | 'place' | 'from' | 'until'
  descending: boolean
  limit: number
  offset: number
}

/** By what the list can be sorted. */
export const sorts = ['name', 'role', 'place', 'from', 'until'] as const

/** What is asked for in an address; what makes no sense there asks for nothing. */
export function askedIn({ query }: Pick<Visit, 'query'>): Pick<RightsAsked, 'name' | 'role' | 'place' | 'when'> {
  const said = (name: string): string => (query.get(name) ?? '').replaceAll('\0', '').trim().slice(0, 100)
  const when = said('when')
  const role = said('role')
  return {
    name: said('name'),
    role: (roles as readonly string[]).includes(role) ? role : '',
    place: said('place'),
    when: when === 'ended' || when === 'all' ? when : 'now',
  }
}

/** A page of rights, and how many there are. */
export async function rightsWithin({ db, actor, today }: Visit, asked: RightsAsked) {
  const { name, role, place, when } = asked
  const conditions = [
    withinReach(actor),
    ...(role ? [sql`h.role = ${role}`] : []),
    ...(name ? [sql`(plain_words(p.name) like ${like(name)} or p.membership_number = ${name})`] : []),
    ...(place ? [sql`(plain_words(a.name) like ${like(place)} or plain_words(c.name) like ${like(place)})`] : []),
    ...(when === 'now' ? [sql`(h.ends_on is null or h.ends_on >= ${today}::date)`] : []),
    ...(when === 'ended' ? [sql`h.ends_on < ${today}::date`] : []),
  ]
  const { rows } = await sql<Right & { total: number }>`
    select ${columns}, count(*) over () as total from ${tables}
    where ${sql.join(conditions, sql` and `)}
    order by ${orders[asked.sort]} ${sql.raw(asked.descending ? 'desc' : 'asc')} nulls last, h.id
    limit ${asked.limit} offset ${asked.offset}`.execute(db)
  return { rights: rows as readonly Right[], total: rows[0]?.total ?? 0 }
}

/** One right within the actor's reach. */
export async function rightWithin({ db, actor }: Visit, id: string): Promise<Right | undefined> {
  if (!fields.id.safeParse(id).success) return undefined
  const { rows } =
    await sql<Right>`select ${columns} from ${tables} where h.id = ${id}::uuid and ${withinReach(actor)}`.execute(db)
  return rows[0]
}

/** The open academies at which the actor may grant rights. */
export const academiesToGrantAt = ({ db, actor }: Visit): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('academy')
    .where('closed_on', 'is', null)
    .where(academyWithin(actor, 'rights.grant', 'academy.id'))
    .select(['id', 'name'])
    .orderBy('name')
    .execute()

/** Whether the actor may grant rights there. Whoever may do so at an academy may not in the areas that it serves. */
export async function mayGrantAt(db: Db, actor: Actor, areaCode: string | null, academyId: string | null) {
  if (actor.kind !== 'hearten' && !areaCode && !academyId) return scopeFor(actor, 'rights.grant').everywhere
  const { rows } = await sql<{
    may: boolean
  }>`select coalesce(${reach(actor, sql`${academyId}::uuid`, sql`${areaCode}::text`)}, false) as may`.execute(db)
  return rows[0]?.may === true
}

const withinReach = (actor: Actor): RawBuilder<boolean> => reach(actor, sql`h.academy_id`, sql`h.area_code`)

function reach(actor: Actor, academyId: RawBuilder<unknown>, areaCode: RawBuilder<unknown>): RawBuilder<boolean> {
  const { everywhere, academies, paths } = scopeFor(actor, 'rights.grant')
  if (everywhere) return sql<boolean>`true`
  return sql<boolean>`(${academyId} = any(${academies}::uuid[])
    or exists (select from academy held join area on area.code = held.area_code
      where held.id = ${academyId} and area.path <@ any(${paths}::ltree[]))
    or exists (select from area where area.code = ${areaCode} and area.path <@ any(${paths}::ltree[])))`
}

const columns = sql`h.id, h.person_id as "personId", p.name, p.membership_number as "membershipNumber", h.role,
  h.area_code as "areaCode", a.name as area, h.academy_id as "academyId", c.name as academy,
  h.starts_on as "startsOn", h.ends_on as "endsOn", g.name as "grantedBy"`

const tables = sql`held_right h join person p on p.id = h.person_id left join area a on a.code = h.area_code
  left join academy c on c.id = h.academy_id left join person g on g.id = h.granted_by`

const orders: Record<RightsAsked['sort'], RawBuilder<unknown>> = {
  name: sql`plain_words(p.name)`,
  role: sql`h.role`,
  place: sql`coalesce(c.name, a.name)`,
  from: sql`h.starts_on`,
  until: sql`h.ends_on`,
}

const like = (words: string): RawBuilder<string> =>
  sql`'%' || plain_words(${words.replace(/[\\%_]/g, String.raw`\$&`)}) || '%'`
