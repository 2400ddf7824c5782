/** Who may lead a run: those who hold a right that lets them, and whether they hold it where the run is. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#core/days'
import { permissionsOf, type Role, roles } from '#core/rights'
import type { Db } from '#platform/db'

export interface Trainer {
  id: string
  name: string
  /** Whether their right covers the academy's area, or is held within it. */
  here: boolean
  /** The day their right ends, or null where it does not. */
  until: Day | null
}

const leading = roles.filter((role: Role) => permissionsOf[role].includes('runs.lead'))
const most = 60

/** The trainers of an academy, those who hold the right at it first, by name. Beyond sixty they are found by name. */
export async function trainersAt(db: Db, academy: string, today: Day): Promise<Trainer[]> {
  const { rows } = await sql<Trainer>`select id, name, here, until from (
      ${holders(academy, today)} and ${coversAcademy(academy)} and h.role = 'trainer' group by p.id) as holder
    order by own desc, name, id limit ${most}`.execute(db)
  return rows
}

/** Those with these ids, or with this name or email address, who may lead a run somewhere. */
export async function trainersAmong(
  db: Db,
  academy: string,
  today: Day,
  { ids, said }: { ids: readonly string[]; said: string },
): Promise<(Trainer & { asked: boolean })[]> {
  const named =
    said === '' ? sql`false` : sql`(lower(p.email) = lower(${said}) or plain_words(p.name) = plain_words(${said}))`
  const { rows } = await sql<Trainer & { asked: boolean }>`select id, name, here, until, asked from (
      ${holders(academy, today, sql`, p.id = any(${ids}::uuid[]) as asked`)} and (p.id = any(${ids}::uuid[]) or ${named}) group by p.id) as holder
    order by asked desc, name, id limit ${most + ids.length}`.execute(db)
  return rows
}

const holders = (academy: string, today: Day, also: RawBuilder<unknown> = sql``) => sql`
  select p.id, p.name, bool_or(${coversAcademy(academy)}) as here, bool_or(h.academy_id = ${academy}) as own,
    case when bool_or(h.ends_on is null) then null else max(h.ends_on) end as until ${also}
  from held_right h join person p on p.id = h.person_id left join area at on at.code = h.area_code
  where h.role = any(${leading}::text[]) and h.starts_on <= ${today}::date and (h.ends_on is null or h.ends_on >= ${today}::date)
    and p.standing <> 'closed'`

/** Held everywhere, at the academy, or at an area above or below the academy's. */
const coversAcademy = (
  academy: string,
) => sql`coalesce(h.academy_id = ${academy} or (h.academy_id is null and h.area_code is null)
  or at.path @> ${pathOf(academy)} or at.path <@ ${pathOf(academy)}, false)`

const pathOf = (academy: string) =>
  sql`(select own.path from academy a join area own on own.code = a.area_code where a.id = ${academy})`
