/** The record, read: who did what, narrowed by what, by whom or about whom, and by day; a page at a time from the latest. */
import { type RawBuilder, sql } from 'kysely'
import { addDays, instantAt, isDay } from '#core/days'
import { Absent } from '#core/refusal'
import type { Actor } from '#platform/actor'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { areaWithin, scopeFor } from '#platform/within'

export interface Entry {
  id: number
  at: Date
  what: string
  /** Who did it; null for Hearten itself. */
  who: { id: string; name: string } | null
  /** Whom it is about. */
  whom: { id: string; name: string } | null
  about: Record<string, unknown>
  sealed: boolean
}

export interface Narrowed {
  what: string
  /** As it was typed: an id, an email address or a membership number. */
  person: string
  day: string
}

export interface RecordFound {
  narrowed: Narrowed
  /** The person it is narrowed to. */
  person: { id: string; name: string } | undefined
  /** What kept it from being narrowed as asked. */
  problem: Record<string, string> | undefined
  entries: Entry[]
  /** The address of the entries before these, or after them from the latest. */
  older: string | undefined
  newest: string | undefined
  /** Everything that ever happened, to choose from. */
  kinds: string[]
}

const shown = 50

/** A page of the record, in at most four queries. Reading what one person did leaves a record of its own, once a day. */
export async function readRecord(visit: Visit, size = shown): Promise<RecordFound> {
  const { db, actor, query, path } = visit
  const narrowed = narrowedBy(query)
  const person = narrowed.person ? await personSaid(visit, narrowed.person) : undefined
  const problem = problemsOf(narrowed, person)
  const wanted = { ...narrowed, person: person?.id, before: wholeIn(query.get('before')), limit: size + 1 }
  const entries = problem ? [] : await entriesOf(visit, wanted)
  if (person && !problem && !person.noted) await record(db, actor, 'record.read', { person: person.id })
  const more = entries.length > size
  const rows = entries.slice(0, size)
  const at = (before: string | undefined): string => {
    const answers = new URLSearchParams(query)
    if (before === undefined) answers.delete('before')
    else answers.set('before', before)
    return answers.size === 0 ? path : `${path}?${answers}`
  }
  return {
    narrowed,
    person: person && { id: person.id, name: person.name },
    problem,
    entries: rows,
    older: more ? at(String(rows.at(-1)!.id)) : undefined,
    newest: query.has('before') ? at(undefined) : undefined,
    kinds: await kindsOf(visit),
  }
}

const wholeIn = (said: string | null): number | undefined =>
  said !== null && /^\d{1,15}$/.test(said) ? Number(said) : undefined

const clean = (said: string | null, most: number): string => (said ?? '').replaceAll('\0', '').trim().slice(0, most)

const narrowedBy = (query: URLSearchParams): Narrowed => ({
  what: clean(query.get('what'), 80),
  person: clean(query.get('person'), 254),
  day: clean(query.get('day'), 10),
})

function problemsOf({ person: said, day }: Narrowed, person: object | undefined): Record<string, string> | undefined {
  if (said && !person) return { person: 'Nobody is known by this. Enter an email address or a membership number.' }
  if (day && !isDay(day)) return { day: 'Enter a date that exists, like 14 January 2027' }
  return undefined
}

interface Said {
  id: string
  name: string
  /** Whether this reader's reading of this person was noted today. */
  noted: boolean
}

async function personSaid({ db, actor, today }: Visit, said: string): Promise<Said | undefined> {
  const { rows } = await sql<Said>`
    select person.id, person.name, exists (select from happening where happening.actor_id = ${actor.id} and happening.at >= ${instantAt(today, '00:00')}
      and happening.what = 'record.read' and happening.about ->> 'person' = person.id::text) as noted
    from person where ${personIs(said)} and ${areaWithin(actor, 'record.read', 'person.area_code')} limit 1`.execute(db)
  return rows[0]
}

const personIs = (said: string): RawBuilder<boolean> =>
  uuid.test(said)
    ? sql<boolean>`person.id = ${said}`
    : said.includes('@')
      ? sql<boolean>`lower(person.email) = ${said.toLowerCase()}`
      : sql<boolean>`person.membership_number = ${said}`

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

// whom it is about, where that is written as an id
const subject = sql`case when happening.about ->> 'person' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (happening.about ->> 'person')::uuid end`

/** Where someone reads the record for one area only, both who did it and whom it is about may place it there. */
const within = (actor: Actor): RawBuilder<boolean> =>
  scopeFor(actor, 'record.read').everywhere
    ? sql<boolean>`true`
    : sql<boolean>`(${areaWithin(actor, 'record.read', 'who.area_code')} or ${areaWithin(actor, 'record.read', 'whom.area_code')})`

interface Wanted {
  what: string
  person: string | undefined
  day: string
  /** Entries before this one. */
  before: number | undefined
  limit: number
}

/** Entries from the latest back. */
export async function entriesOf({ db, actor }: Visit, { what, person, day, before, limit }: Wanted): Promise<Entry[]> {
  const { rows } = await sql<Raw>`
    select happening.id, happening.at, happening.what, happening.about, who.id as who_id, who.name as who_name, whom.id as whom_id, whom.name as whom_name,
      exists (select from seal where seal.happening_id = happening.id) as sealed
    from happening left join person who on who.id = happening.actor_id left join person whom on whom.id = ${subject}
    where ${within(actor)}
      ${what ? sql`and happening.what = ${what}` : sql``}
      ${person ? sql`and (happening.actor_id = ${person} or happening.about ->> 'person' = ${person})` : sql``}
      ${day ? sql`and happening.at >= ${instantAt(day, '00:00')} and happening.at < ${instantAt(addDays(day, 1), '00:00')}` : sql``}
      ${before ? sql`and (happening.at, happening.id) < (select early.at, early.id from happening early where early.id = ${before})` : sql``}
    order by happening.at desc, happening.id desc limit ${limit}`.execute(db)
  return rows.map(({ who_id, who_name, whom_id, whom_name, about, ...row }) => ({
    ...row,
    about: about ?? {},
    who: who_id ? { id: who_id, name: who_name! } : null,
    whom: whom_id ? { id: whom_id, name: whom_name! } : null,
  }))
}

interface Raw {
  id: number
  at: Date
  what: string
  about: Record<string, unknown> | null
  who_id: string | null
  who_name: string | null
  whom_id: string | null
  whom_name: string | null
  sealed: boolean
}

/** Every kind of thing that ever happened, by leaping from one to the next in the index. */
async function kindsOf({ db }: Visit): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    with recursive kind as (
      (select what from happening order by what limit 1)
      union all select (select next.what from happening next where next.what > kind.what order by next.what limit 1) from kind where kind.what is not null)
    select what from kind where what is not null`.execute(db)
  return rows.map(({ what }) => what)
}

const most = 10_000

/** The entries as a file, at most 10,000; that they were taken, and which, stands in the record. */
export const readRecordFile = (visit: Visit): Promise<Entry[]> =>
  visit.atomically(async (inside) => {
    const { db, actor, query } = inside
    const narrowed = narrowedBy(query)
    const person = narrowed.person ? await personSaid(inside, narrowed.person) : undefined
    if (problemsOf(narrowed, person)) throw new Absent()
    const entries = await entriesOf(inside, { ...narrowed, person: person?.id, before: undefined, limit: most })
    await record(db, actor, 'record.downloaded', {
      entries: entries.length,
      ...(person ? { person: person.id } : {}),
      ...(narrowed.what ? { what: narrowed.what } : {}),
      ...(narrowed.day ? { day: narrowed.day } : {}),
    })
    return entries
  })
