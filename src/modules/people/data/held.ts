/** Everything that is held about a person, from every table that leads to them. Secrets are left out: they would help only a thief. */
import { type RawBuilder, sql } from 'kysely'
import { personOf } from '#platform/actor'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { kinds, type paths } from './kinds.ts'

type Table = keyof typeof paths

/** What a person is given of each table: a query whose rows are theirs. */
const rowsOf: Record<Table, (id: string) => RawBuilder<unknown>> = {
  person: (
    id,
  ) => sql`select p.id, p.membership_number, p.name, p.email, p.email_verified, p.image, p.postcode, p.area_code,
    (select name from area where code = p.area_code) as area, p.joined_on, p.standing, p.closed_on, p.two_factor_enabled,
    p.created_at, p.updated_at from person p where p.id = ${id}`,
  sign_in_session: (id) => sql`select id, created_at, updated_at, expires_at, ip_address, user_agent, second_factor_at
    from sign_in_session where person_id = ${id} order by created_at`,
  passkey: (id) => sql`select id, name, device_type, backed_up, transports, created_at, last_used_at
    from passkey where person_id = ${id} order by created_at`,
  second_factor: (id) => sql`select id, verified, created_at, locked_until from second_factor where person_id = ${id}`,
  email_change: (id) => sql`select address, asked_at, expires_at from email_change where person_id = ${id}`,
  api_token: (id) => sql`select id, name, scopes, created_at, expires_at, last_used_at, revoked_at
    from api_token where person_id = ${id} order by created_at`,
  calendar_key: (id) => sql`select kind, renewed_at from calendar_key where person_id = ${id}`,
  held_right: (id) => sql`select h.id, h.role, h.area_code, a.name as academy, h.starts_on, h.ends_on, h.granted_at
    from held_right h left join academy a on a.id = h.academy_id where h.person_id = ${id} order by h.starts_on`,
  run_trainer: (id) => sql`select t.run_id, v.title as course, r.starts_on, r.ends_on from run_trainer t
    join run r on r.id = t.run_id join course_version v on v.id = r.course_version_id where t.person_id = ${id} order by r.starts_on`,
  place: (
    id,
  ) => sql`select p.id, p.run_id, v.title as course, r.starts_on, p.state, p.turned_up, p.asked_at, p.offered_at,
    p.offer_until, p.confirmed_at, p.ended_at, p.ended_why from place p join run r on r.id = p.run_id
    join course_version v on v.id = r.course_version_id where p.person_id = ${id} order by p.asked_at`,
  access_need: (id) => sql`select place_id, needs, arranged_at, arranged_note from access_need where person_id = ${id}`,
  attendance: (id) => sql`select session_id, mark, noted_at from attendance where person_id = ${id} order by noted_at`,
  attendance_change: (id) => sql`select session_id, was, now, why, changed_at
    from attendance_change where person_id = ${id} order by id`,
  pledge: (id) => sql`select id, run_id, commitment, made_on, review_on, state, reviewed_on, learnt, asked_at
    from pledge where person_id = ${id} order by made_on`,
  application: (
    id,
  ) => sql`select a.id, r.name as round, a.pseudonym, a.choices, a.counts_for_reserves, a.submitted_at, a.changed_at,
    a.withdrawn_at, a.band, a.run_id, a.choice, a.number from application a join round r on r.id = a.round_id where a.person_id = ${id} order by a.submitted_at`,
  application_trait: (id) => sql`select application_id, traits from application_trait where person_id = ${id}`,
  round_officer: (id) => sql`select r.name as round, o.digest, o.committed_at, o.nonce, o.revealed_at
    from round_officer o join round r on r.id = o.round_id where o.person_id = ${id} order by o.committed_at`,
  equality_answer: (id) => sql`select question, answers, answered_at from equality_answer where person_id = ${id}`,
  help_request: (
    id,
  ) => sql`select id, kind, says, asked_pence, awarded_pence, state, asked_at, decided_at, decided_why, paid_at,
    paid_reference, receipt_note, receipted_at from help_request where person_id = ${id} order by asked_at`,
  wish: (id) => sql`select v.title as course, w.area_code, w.asked_at, w.told_at, w.ended_at from wish w
    join course c on c.id = w.course_id join course_version v on v.id = c.published_version where w.person_id = ${id} order by w.asked_at`,
  mail: (id) =>
    sql`select id, address, kind, subject, body, made_at, sent_at from mail where person_id = ${id} order by made_at`,
  // who else was concerned is theirs, so of what the person did, only that they did it is given
  happening: (id) => sql`select h.at, h.what, coalesce(h.actor_id = ${id}::uuid, false) as "byYou",
      coalesce(h.about ->> 'person' = ${id}, false) as "aboutYou", case when h.about ->> 'person' = ${id} then h.about else h.about - 'person' end as about
    from happening h where h.actor_id = ${id} or (h.about ? 'person' and h.about ->> 'person' = ${id}) order by h.id`,
  roll_row: (id) => sql`select r.line, r.name, r.email, r.postcode, r.area_code, r.joined_on, r.standing
    from roll_row r join person p on p.membership_number = r.membership_number where p.id = ${id}`,
}

export interface HeldKind {
  table: string
  label: string
  purpose: string
  basis: string
  special: string | null
  keptFor: string
  rows: Record<string, unknown>[]
}

/** Someone who read about the person: when, who, and how. */
export interface Reading {
  at: string
  by: string
  what: string
}

export interface Held {
  kinds: HeldKind[]
  readings: Reading[]
}

const readingOf: Readonly<Record<string, string>> = {
  'person.read': 'Looked at your page',
  'record.read': 'Looked up what the record says of you',
  'need.seen': 'Read what would help you to take part',
  'help.seen': 'Read what help you asked for',
}

const inWords = ({ at, by, what }: Reading): Reading => ({ at, by, what: readingOf[what] ?? what })

/** All that is held about a person, by kind, and who read it. Only they themselves may see what they need: `visit` must act as them. */
export const dataOf = (visit: Visit, personId: string): Promise<Held> =>
  visit.atomically(async ({ db }) => {
    const parts = kinds.map(({ table }) => sql`${sql.lit(table)}, ${asList(rowsOf[table](personId))}`)
    const { rows } = await sql<{ held: Record<string, Record<string, unknown>[]>; readings: Reading[] }>`
      select json_build_object(${sql.join(parts)}) as held, ${asList(readingsOf(personId))} as readings`.execute(db)
    const { held, readings } = rows[0]!
    return {
      kinds: kinds.map(({ table, label, purpose, basis, special, keptFor }) => ({
        table,
        label,
        purpose,
        basis,
        special: special ?? null,
        keptFor,
        rows: held[table] ?? [],
      })),
      readings: readings.map(inWords),
    }
  })

/** What the person themself is given, and that they were is recorded. */
export const takeAway = (visit: Visit): Promise<Held & { about: string; at: string }> =>
  visit.atomically(async (inside) => {
    const me = personOf(inside.actor)
    const held = await dataOf(inside, me)
    await record(inside.db, inside.actor, 'person.data-taken', { person: me })
    return { about: inside.actor.name, at: inside.now.toISOString(), ...held }
  })

const asList = (query: RawBuilder<unknown>) =>
  sql`(select coalesce(json_agg(to_jsonb(mine)), '[]'::json) from (${query}) mine)`

const readingsOf = (id: string) => sql`
  select h.at, coalesce(p.name, 'Hearten') as by, h.what from happening h left join person p on p.id = h.actor_id
  where h.about ? 'person' and h.about ->> 'person' = ${id} and h.what = any(${Object.keys(readingOf)}::text[])
    and h.actor_id is distinct from ${id}::uuid
  order by h.at desc limit 200`

/** How many of each kind there are, for a page; cheap even for staff who did a great deal. */
export const countsOf = (
  visit: Visit,
  personId: string,
): Promise<{ counts: Record<string, number>; readings: Reading[] }> =>
  visit.atomically(async ({ db }) => {
    const parts = kinds.map(
      ({ table }) => sql`${sql.lit(table)}, (select count(*) from (${rowsOf[table](personId)}) mine)`,
    )
    const { rows } = await sql<{ counts: Record<string, number>; readings: Reading[] }>`
      select json_build_object(${sql.join(parts)}) as counts, ${asList(readingsOf(personId))} as readings`.execute(db)
    const { counts, readings } = rows[0]!
    return { counts, readings: readings.map(inWords) }
  })
