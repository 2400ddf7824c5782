/** Who is asking: a stranger, a person with rights, or Hearten itself at work. */
import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { Forbidden } from '#core/refusal'
import type { HeldRight, Role } from '#core/rights'
import type { Db } from './db.ts'

export interface Actor {
  /** The person's id; for a stranger and for Hearten itself the id of nobody. */
  id: string
  kind: 'stranger' | 'person' | 'hearten'
  name: string
  /** On the membership roll, in good standing. */
  member: boolean
  areaCode: string | null
  areaPath: string | null
  /** What they may do today; withheld until a second factor is shown, where staff must. */
  rights: readonly HeldRight[]
  /**
   * Must show a second factor in this browser before going on. Staff who have none yet are held out of staff pages;
   * whoever has one is nobody here until it is shown: a stranger with a session.
   */
  owesSecondFactor: boolean
  /** The scopes of the key they act with, or null for a browser: all. */
  scopes: readonly string[] | null
  /** The browser session, so that it can be told apart and ended. */
  sessionId: string | null
}

const nobody = '00000000-0000-0000-0000-000000000000'

export const stranger: Actor = {
  id: nobody,
  kind: 'stranger',
  name: '',
  member: false,
  areaCode: null,
  areaPath: null,
  rights: [],
  owesSecondFactor: false,
  scopes: null,
  sessionId: null,
}

/** Hearten at work by itself: jobs, the demonstration and the command line act as this. */
export const hearten: Actor = { ...stranger, kind: 'hearten', name: 'Hearten' }

/** The person's id, or Forbidden for a stranger. */
export function personOf(actor: Actor): string {
  if (actor.kind !== 'person') throw new Forbidden()
  return actor.id
}

/** How a token is kept: its hash, never itself. */
export const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('hex')}`

interface Found {
  id: string
  name: string
  standing: string
  area_code: string | null
  area_path: string | null
  session_id: string | null
  second_factor: boolean
  has_second_factor: boolean
  scopes: string[] | null
  rights: HeldRight[]
}

type Part = RawBuilder<unknown>

const who = (from: Part, second: Part, session: Part, scopes: Part, today: string) => sql<Found>`
  select p.id, p.name, p.standing, p.area_code, p.two_factor_enabled as has_second_factor, a.path::text as area_path, ${session} as session_id, ${second} as second_factor, ${scopes} as scopes,
    coalesce((select json_agg(json_build_object('role', h.role, 'areaPath', at.path::text, 'academyId', h.academy_id))
      from held_right h left join area at on at.code = h.area_code
      where h.person_id = p.id and h.starts_on <= ${today}::date and (h.ends_on is null or h.ends_on >= ${today}::date)), '[]'::json) as rights
  from ${from} left join area a on a.code = p.area_code`

/** The person signed in with this browser token, or a stranger. A session of the demonstration ends with it. */
export async function actorBySession(
  db: Db,
  token: string | undefined,
  now: Date,
  today: string,
  staffNeedSecondFactor: boolean,
): Promise<Actor> {
  if (!token) return stranger
  const from = sql`sign_in_session s join person p on p.id = s.person_id and s.token = ${hashOf(token)} and s.expires_at > ${now}
    and not (s.demonstration and ${staffNeedSecondFactor}::boolean)`
  const { rows } = await who(from, sql`s.second_factor_at is not null`, sql`s.id`, sql`null::text[]`, today).execute(db)
  return rows[0] ? actorFrom(rows[0], staffNeedSecondFactor) : stranger
}

/** The person a program acts for with this key, or a stranger. Their rights come with it only if it was made with a second factor shown. */
export async function actorByKey(
  db: Db,
  key: string,
  now: Date,
  today: string,
  staffNeedSecondFactor: boolean,
): Promise<Actor> {
  const from = sql`api_token t join person p on p.id = t.person_id and t.hash = ${hashOf(key)} and t.expires_at > ${now} and t.revoked_at is null`
  const { rows } = await who(from, sql`t.second_factor`, sql`null::uuid`, sql`t.scopes`, today).execute(db)
  return rows[0] ? actorFrom({ ...rows[0], has_second_factor: false }, staffNeedSecondFactor) : stranger
}

/** A person as an actor by their id, as when a job acts for them; a stranger where there is none. */
export async function actorById(db: Db, id: string, today: string): Promise<Actor> {
  const query = who(sql`person p`, sql`true`, sql`null::uuid`, sql`null::text[]`, today)
  const { rows } = await sql<Found>`${query} where p.id = ${id}`.execute(db)
  return rows[0] ? actorFrom(rows[0], false) : stranger
}

function actorFrom(found: Found, staffNeedSecondFactor: boolean): Actor {
  if (found.standing === 'closed' && found.rights.length === 0) return stranger
  const must = staffNeedSecondFactor && !found.second_factor
  if (must && found.has_second_factor) return { ...stranger, sessionId: found.session_id, owesSecondFactor: true }
  const owes = must && found.rights.length > 0
  return {
    id: found.id,
    kind: 'person',
    name: found.name,
    member: found.standing === 'member',
    areaCode: found.area_code,
    areaPath: found.area_path,
    rights: owes ? [] : found.rights,
    owesSecondFactor: owes,
    scopes: found.scopes,
    sessionId: found.session_id,
  }
}

/** Whether the actor holds a role anywhere. */
export const hasRole = (actor: Actor, role: Role): boolean => actor.rights.some((right) => right.role === role)
