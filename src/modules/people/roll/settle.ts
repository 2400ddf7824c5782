/** Between reading a roll and applying it: what only the whole of it can show, and whether it may be applied at all. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'

/** Which rows of which reading: all of them, or those of a batch, from after one line to another. */
export interface Rows {
  importId: string
  from: number
  to: number
}

/** Refuses rows whose number or email address another row has already, and marks those who asked to be erased. */
export async function settleRows(db: Db, importId: string): Promise<void> {
  await sql`
    update roll_row r set refused = 'The membership number is on line ' || ranked.first || ' already'
    from (select line, first_value(line) over of_number as first, row_number() over of_number as nth
      from roll_row where import_id = ${importId}
      window of_number as (partition by membership_number order by (refused is not null), line)) ranked
    where r.import_id = ${importId} and r.line = ranked.line and ranked.nth > 1 and r.refused is null`.execute(db)
  await sql`
    update roll_row r set refused = 'The email address is on line ' || ranked.first || ' already'
    from (select line, first_value(line) over of_email as first, row_number() over of_email as nth
      from roll_row where import_id = ${importId} and email is not null and refused is null and standing = 'member'
      window of_email as (partition by email order by line)) ranked
    where r.import_id = ${importId} and r.line = ranked.line and ranked.nth > 1`.execute(db)
  await sql`
    update roll_row r set standing = 'erased'
    from person p where p.erased_on is not null and r.import_id = ${importId}
      and p.membership_number = erased_number(r.membership_number)`.execute(db)
}

/**
 * Refuses rows whose email address someone else holds and will go on holding; resolves to how many. Whoever is on the
 * roll with another address gives theirs up; so does whoever is closed, or about to be; a contact who is not a member
 * becomes one.
 */
export async function settleEmails(db: Db, { importId, from, to }: Rows, closing: boolean): Promise<number> {
  const { numAffectedRows } = await sql`
    update roll_row r set refused = 'Someone else has this email address in Hearten'
    from person holder left join lateral (
      select own.* from roll_row own where own.import_id = ${importId}
        and own.membership_number = holder.membership_number and own.refused is null limit 1) theirs on true
    where r.import_id = ${importId} and r.line > ${from} and r.line <= ${to} and r.refused is null and r.standing = 'member'
      and lower(holder.email) = r.email and holder.membership_number is distinct from r.membership_number
      and not ${sameAddressAsBefore('r')}
      and not case
        when holder.membership_number is null then holder.standing = 'contact'
          and not exists (select from person known where known.membership_number = r.membership_number)
        when theirs.line is not null then
          theirs.standing = 'closed' or (holder.roll_marks[2] is distinct from theirs.marks[2]
            and not (theirs.email is null and ${changedOwnAddress('holder')}))
        when exists (select from roll_row named where named.import_id = ${importId}
          and named.membership_number = holder.membership_number) then false
        else ${closing} or holder.standing = 'closed' end`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Whether someone changed their address in their account, and confirmed it, since the roll last gave one. */
export const changedOwnAddress = (person: string) => {
  const of = (column: string) => sql.ref(`${person}.${column}`)
  return sql<boolean>`(${of('email_verified')} and ${of('email')} is not null and ${of('roll_marks')} is not null
    and ${of('roll_marks')}[2] is distinct from hashtext(lower(${of('email')})))`
}

/** A row that says of the address what the roll said before does not set it: what the person corrected stands. */
export const sameAddressAsBefore = (row: string) => sql<boolean>`exists (
  select from person known where known.membership_number = ${sql.ref(`${row}.membership_number`)}
    and known.roll_marks[2] = ${sql.ref(`${row}.marks`)}[2])`

export interface SettledRefusal {
  line: number
  reason: string
  number: string
  email: string | null
}

/** The rows refused by settling, also put on the list of refusals. */
export async function settledRefusals(db: Db, importId: string): Promise<SettledRefusal[]> {
  await sql`
    insert into roll_refusal (import_id, line, reason)
    select import_id, line, refused from roll_row where import_id = ${importId} and refused is not null and name is not null
    on conflict do nothing`.execute(db)
  const { rows } = await sql<SettledRefusal>`
    select line, refused as reason, membership_number as number, email from roll_row
    where import_id = ${importId} and refused is not null and name is not null order by line`.execute(db)
  return rows
}

export interface Whole {
  /** How many members there are, and how many of them the roll leaves out. */
  members: number
  missing: number
  /** Lines that name nobody, because they could not be read or have no number. */
  nameless: number
  /** Rows that can be used, and those of them without an area. */
  usable: number
  withoutArea: number
}

/** What the whole of the roll amounts to. */
export async function weigh(db: Db, importId: string): Promise<Whole> {
  const { rows } = await sql<Whole>`
    select * from (
      select count(*)::int as members, count(*) filter (where not exists (select from roll_row r
        where r.import_id = ${importId} and r.membership_number = p.membership_number))::int as missing
      from person p where p.standing = 'member' and p.membership_number is not null) people,
      (select count(*)::int as nameless from roll_refusal f where f.import_id = ${importId}
        and not exists (select from roll_row r where r.import_id = f.import_id and r.line = f.line)) refusals,
      (select count(*)::int as usable, count(*) filter (where area_code is null)::int as "withoutArea"
        from roll_row where import_id = ${importId} and refused is null) usable`.execute(db)
  return rows[0]!
}
