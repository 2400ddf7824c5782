/** Finding people: by name with typing errors forgiven, by membership number or email address, and by area. */
import { type RawBuilder, sql } from 'kysely'
import type { Role } from '#core/rights'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { fields, type Visit } from '#platform/web'
import { areaWithin } from '#platform/within'
import { instantAt } from '#core/days'
import { areasNamed, findArea } from '../../areas/index.ts'

export interface Sought {
  /** A name, a membership number or an email address. */
  q: string
  area: string
}

export interface PersonRow {
  id: string
  name: string
  number: string | null
  area: string | null
  standing: string
  joinedOn: string | null
}

export interface People {
  sought: Sought
  /** Whether anything was asked for: without it nobody is listed. */
  asked: boolean
  problem: Record<string, string> | undefined
  rows: PersonRow[]
  total: number
  /** Whether there are more than can be sorted: then these are only some of them. */
  more: boolean
}

/** At most so many are found: whoever seeks among more says more. */
export const mostFound = 1000

const sorts = {
  name: sql`name`,
  number: sql`number`,
  area: sql`area`,
  joined: sql`"joinedOn"`,
}
export type Sort = keyof typeof sorts

const clean = (said: string | null): string => (said ?? '').replaceAll('\0', '').normalize('NFC').trim().slice(0, 120)

/** What the address asks for. */
export const soughtIn = ({ query }: Pick<Visit, 'query'>): Sought => ({
  q: clean(query.get('q')),
  area: clean(query.get('area')),
})

interface Cut {
  sort: Sort
  descending: boolean
  limit: number
  offset: number
}

/** Those whom the asker may find and who are like what was asked for: one page of them, and how many there are. */
export const findPeople = (visit: Visit, cut: Cut): Promise<People> =>
  visit.atomically(async (inside) => {
    // a word of six letters may have two wrong: the usual measure is too strict for names
    await sql`select set_config('pg_trgm.word_similarity_threshold', '0.45', true)`.execute(inside.db)
    return findIn(inside, cut)
  })

async function findIn(visit: Visit, { sort, descending, limit, offset }: Cut): Promise<People> {
  const sought = soughtIn(visit)
  const none = { sought, rows: [], total: 0, more: false, problem: undefined }
  if (sought.q === '' && sought.area === '') return { ...none, asked: false }
  if (sought.q !== '' && !/[\p{L}\p{N}]{2}/u.test(sought.q))
    return { ...none, asked: true, problem: { q: 'Enter at least two letters of the name, or a membership number' } }
  const area = sought.area === '' ? undefined : await areaSaid(visit.db, sought.area)
  if (sought.area !== '' && area === undefined)
    return {
      ...none,
      asked: true,
      problem: { area: 'There is no such area. Enter the name of a constituency or region' },
    }
  const { rows } = await sql<PersonRow & { total: number }>`
    with found as materialized (
      select p.id, p.name, p.membership_number as number, a.name as area, p.standing, p.joined_on as "joinedOn"
      from person p left join area a on a.code = p.area_code
      where p.erased_on is null and ${whoIs(sought.q)} and ${livesIn(area)}
        and ${areaWithin(visit.actor, 'people.find', 'p.area_code')}
      limit ${mostFound + 1})
    select found.*, (select count(*)::int from found) as total from found
    order by ${sorts[sort]} ${sql.raw(descending ? 'desc' : 'asc')} nulls last, name, id
    limit ${limit} offset ${offset}`.execute(visit.db)
  const found = rows[0]?.total ?? 0
  return {
    ...none,
    asked: true,
    rows: rows.map(({ id, name, number, area: home, standing, joinedOn }) => ({
      id,
      name,
      number,
      area: home,
      standing,
      joinedOn,
    })),
    total: Math.min(found, mostFound),
    more: found > mostFound,
  }
}

/** Every word that was typed must be like a word of the name. What has a figure in it is a number. */
function whoIs(q: string): RawBuilder<boolean> {
  if (q === '') return sql<boolean>`true`
  if (q.includes('@')) return sql<boolean>`lower(p.email) = ${q.toLowerCase()}`
  if (/\p{N}/u.test(q))
    return sql<boolean>`p.membership_number = any(${[...new Set([q, q.toUpperCase(), q.toLowerCase()])]}::text[])`
  const words = q
    .split(/[\s,]+/u)
    .filter((word) => /\p{L}/u.test(word))
    .slice(0, 6)
  return sql<boolean>`(${sql.join(
    words.map((word) => sql`plain_words(p.name) %> plain_words(${word})`),
    sql` and `,
  )})`
}

const livesIn = (path: string | undefined): RawBuilder<boolean> =>
  path === undefined
    ? sql<boolean>`true`
    : sql<boolean>`p.area_code = any(array(select below.code from area below where below.path <@ ${path}::ltree))`

async function areaSaid(db: Db, said: string): Promise<string | undefined> {
  const found = /^[A-Za-z]\w*\d\w*$/.test(said)
    ? await findArea(db, said.toUpperCase())
    : (await areasNamed(db, said, 1))[0]
  return found?.path
}

export interface PersonSeen extends PersonRow {
  closedOn: string | null
  mayErase: boolean
  rights: { role: Role; where: string | null; startsOn: string; endsOn: string | null }[]
  places: { run: string; course: string; startsOn: string; state: string }[]
}

/** One person, for whoever may find them; that they were looked at is recorded once a day, and they can see it. */
export async function seePerson(visit: Visit, id: string): Promise<PersonSeen | undefined> {
  const { db, actor, today } = visit
  if (!fields.id.safeParse(id).success) return undefined
  const { rows } = await sql<PersonSeen & { noted: boolean }>`
    select p.id, p.name, p.membership_number as number, a.name as area, p.standing, p.joined_on as "joinedOn", p.closed_on as "closedOn",
      ${mayErase(actor)} as "mayErase",
      (select coalesce(json_agg(json_build_object('role', h.role, 'where', coalesce(at.name, academy.name), 'startsOn', h.starts_on, 'endsOn', h.ends_on)
          order by h.starts_on), '[]'::json)
        from held_right h left join area at on at.code = h.area_code left join academy on academy.id = h.academy_id
        where h.person_id = p.id and (h.ends_on is null or h.ends_on >= ${today}::date)) as rights,
      (select coalesce(json_agg(to_json(mine)), '[]'::json) from (
        select pl.run_id as run, v.title as course, r.starts_on as "startsOn", pl.state
        from place pl join run r on r.id = pl.run_id join course_version v on v.id = r.course_version_id
        where pl.person_id = p.id order by pl.asked_at desc limit 50) mine) as places,
      exists (select from happening h where h.actor_id = ${actor.id} and h.at >= ${instantAt(today, '00:00')}
        and h.what = 'person.read' and h.about ->> 'person' = p.id::text) as noted
    from person p left join area a on a.code = p.area_code
    where p.id = ${id} and p.erased_on is null and ${areaWithin(actor, 'people.find', 'p.area_code')}`.execute(db)
  if (!rows[0]) return undefined
  const { noted, ...person } = rows[0]
  if (!noted && actor.kind === 'person' && actor.id !== id) await record(db, actor, 'person.read', { person: id })
  return person
}

const mayErase = (actor: Visit['actor']): RawBuilder<boolean> => areaWithin(actor, 'people.erase', 'p.area_code')
