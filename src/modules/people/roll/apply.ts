/** The second half of reading a roll: its rows become members, a batch at a time, each batch one transaction. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#core/days'
import { hearten } from '#platform/actor'
import type { Db } from '#platform/db'
import { recordEach } from '#platform/record'
import type { Counts } from './journal.ts'
import { type Replaced, tellReplaced } from './replaced.ts'
import { changedOwnAddress, type Rows, sameAddressAsBefore } from './settle.ts'

type Applied = Pick<Counts, 'added' | 'changed' | 'unchanged' | 'closed' | 'reopened'>

/** The rows of a batch that are used. */
const usable = ({ importId, from, to }: Rows) => sql`select * from roll_row where import_id = ${importId}
  and line > ${from} and line <= ${to} and refused is null and standing <> 'erased'`

/** Whether the roll says something else of this than it did before: the name, the email address, the home. */
const differs = (mark: 1 | 2 | 3) => sql`(p.roll_marks[${sql.lit(mark)}] is distinct from b.marks[${sql.lit(mark)}])`

/** A new address on the roll is used, and the one that someone confirmed themselves is not taken away for none at all. */
const givesAddress = sql`(b.standing = 'member' and ${differs(2)} and not (b.email is null and ${changedOwnAddress('p')}))`

/** Whether a row changes anything of the person who has its number. */
export const changesPerson: RawBuilder<boolean> = sql`(p.standing <> b.standing
  or (b.standing = 'member' and (p.roll_marks is distinct from b.marks or p.joined_on is distinct from coalesce(b.joined_on, p.joined_on))))`

/** Applies a batch of rows. What someone corrected themselves stands until the roll itself changes. */
export async function applyRows(db: Db, batch: Rows, today: Day): Promise<Applied> {
  await takeInContacts(db, batch)
  await freeAddresses(db, batch)
  const { rows } = await sql<{ id: string; was: string | null; now: string; replaced: string | null }>`
    with b as (${usable(batch)}),
    changed as (
      update person p set standing = b.standing, updated_at = now(),
        closed_on = case when b.standing = 'closed' then ${today}::date end,
        name = case when b.standing = 'member' and ${differs(1)} then b.name else p.name end,
        email = case when ${givesAddress} then b.email else p.email end,
        email_verified = p.email_verified and not (${givesAddress} and lower(p.email) is distinct from b.email),
        postcode = case when b.standing = 'member' and ${differs(3)} then b.postcode else p.postcode end,
        area_code = case when b.standing = 'member' and ${differs(3)} then b.area_code else p.area_code end,
        joined_on = case when b.standing = 'member' then coalesce(b.joined_on, p.joined_on) else p.joined_on end,
        roll_marks = case when b.standing = 'member' then b.marks else p.roll_marks end
      from b where p.membership_number = b.membership_number and ${changesPerson}
      returning p.id, old.standing as was, new.standing as now,
        case when ${changedOwnAddress('old')} and lower(old.email) is distinct from lower(new.email) then old.email end as replaced),
    added as (
      insert into person as p (membership_number, name, email, postcode, area_code, joined_on, standing, roll_marks)
      select membership_number, name, email, postcode, area_code, joined_on, 'member', marks from b
      where standing = 'member' and not exists (select from person known where known.membership_number = b.membership_number)
      returning p.id, null::text as was, p.standing as now, null::text as replaced)
    select * from changed union all select * from added`.execute(db)
  const { rows: count } = await sql<{ n: number }>`select count(*)::int as n from (${usable(batch)}) b`.execute(db)
  const idsOf = (was: string | null, now: string) =>
    rows.filter((row) => row.was === was && row.now === now).map(({ id }) => id)
  const [closed, reopened, added] = [idsOf('member', 'closed'), idsOf('closed', 'member'), idsOf(null, 'member')]
  await afterClosing(db, closed)
  const replaced = rows.flatMap(({ id, replaced }): Replaced[] => (replaced ? [{ person: id, address: replaced }] : []))
  await tellReplaced(db, batch.importId, replaced)
  await recordEach(
    db,
    hearten,
    'member.reopened',
    reopened.map((person) => ({ person })),
  )
  return {
    added: added.length,
    closed: closed.length,
    reopened: reopened.length,
    changed: rows.length - added.length - closed.length - reopened.length,
    unchanged: count[0]!.n - rows.length,
  }
}

/** A contact with the address of someone new on the roll is that member. */
async function takeInContacts(db: Db, batch: Rows): Promise<void> {
  await sql`
    with b as (${usable(batch)})
    update person p set membership_number = b.membership_number, standing = 'member'
    from b where lower(p.email) = b.email and p.membership_number is null and p.standing = 'contact' and b.standing = 'member'
      and not exists (select from person known where known.membership_number = b.membership_number)`.execute(db)
}

/** Takes from others the addresses that the batch gives; settling has made sure that they give them up. */
async function freeAddresses(db: Db, batch: Rows): Promise<void> {
  await sql`
    with b as (${usable(batch)})
    update person p set email = null, email_verified = false
    from b where lower(p.email) = b.email and b.standing = 'member' and p.membership_number is not null
      and p.membership_number <> b.membership_number and not ${sameAddressAsBefore('b')}`.execute(db)
}

/** Closes the next members, up to `most`, whom the roll leaves out; resolves to how many. */
export async function closeMissing(db: Db, importId: string, today: Day, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update person set standing = 'closed', closed_on = ${today}::date, updated_at = now()
    where id in (
      select p.id from person p where p.standing = 'member' and p.membership_number is not null
        and not exists (select from roll_row r where r.import_id = ${importId} and r.membership_number = p.membership_number)
      limit ${most})
    returning id`.execute(db)
  await afterClosing(
    db,
    rows.map(({ id }) => id),
  )
  return rows.length
}

/** Their sessions end, and it is recorded of each. */
async function afterClosing(db: Db, closed: readonly string[]): Promise<void> {
  if (closed.length === 0) return
  await sql`delete from sign_in_session where person_id = any(${closed}::uuid[])`.execute(db)
  await recordEach(
    db,
    hearten,
    'member.closed',
    closed.map((person) => ({ person })),
  )
}
