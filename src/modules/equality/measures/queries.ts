/** Finding measures: what everyone sees, what whoever keeps them sees, and what a round can hold seats for. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#core/days'
import { permissionsOf, roles } from '#core/rights'
import type { Actor, Visit } from '#platform/web'
import type { Db } from '#platform/db'
import { areaWithin, scopeFor } from '#platform/within'
import type { Measure } from './measure.ts'

/** True for measures where the actor holds measures.keep; one that stands everywhere needs the right everywhere. */
export const keptWithin = (actor: Actor): RawBuilder<boolean> => {
  const { everywhere } = scopeFor(actor, 'measures.keep')
  return everywhere
    ? sql<boolean>`true`
    : sql<boolean>`(measure.area_code is not null and ${areaWithin(actor, 'measures.keep', 'measure.area_code')})`
}

const london = (moment: string) => sql.raw(`(${moment} at time zone 'Europe/London')::date`)

const measuresWhere = (condition: RawBuilder<unknown>, order: RawBuilder<unknown>, most = 100) => sql<
  Measure & { keeps?: boolean }
>`
  select measure.id, measure.trait, measure.name, measure.who, measure.question, measure.answers, measure.evidence,
    measure.evidence_source as "evidenceSource", measure.evidence_on as "evidenceOn", measure.aim, measure.proportionate,
    measure.review_on as "reviewOn", measure.area_code as "areaCode", area.name as area,
    measure.proposed_by as "proposedBy", proposer.name as proposer, ${london('measure.proposed_at')} as "proposedOn",
    approver.name as approver, ${london('measure.approved_at')} as "approvedOn", refuser.name as refuser,
    ${london('measure.refused_at')} as "refusedOn", measure.refused_why as "refusedWhy",
    measure.ended_on as "endedOn", measure.ended_why as "endedWhy"
  from measure join person proposer on proposer.id = measure.proposed_by
    left join person approver on approver.id = measure.approved_by
    left join person refuser on refuser.id = measure.refused_by
    left join area on area.code = measure.area_code
  where ${condition} order by ${order} limit ${most}`

/** Measures that were approved, which everyone may see, those in force first; and for whoever keeps them, proposals and refusals. */
export async function measuresFor({ db, actor, today }: Visit): Promise<Measure[]> {
  const { rows } = await measuresWhere(
    sql`measure.approved_at is not null or ${keptWithin(actor)}`,
    sql`in_force(measure, ${today}::date) desc, coalesce(measure.approved_at, measure.proposed_at) desc`,
    300,
  ).execute(db)
  return rows
}

/** A measure that the visitor may see, and whether they keep it. */
export async function findMeasure(
  { db, actor }: Visit,
  id: string,
): Promise<(Measure & { keeps: boolean }) | undefined> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return undefined
  const { rows } = await measuresWhere(
    sql`measure.id = ${id} and (measure.approved_at is not null or ${keptWithin(actor)})`,
    sql`1`,
  ).execute(db)
  const [measure] = rows
  if (!measure) return undefined
  const kept = await sql`select from measure where measure.id = ${id} and ${keptWithin(actor)}`.execute(db)
  return { ...measure, keeps: actor.kind === 'person' && kept.rows.length > 0 }
}

/** A measure that a round can hold seats for. */
export interface MeasureChoice {
  id: string
  trait: string
  name: string
  who: string
  reviewOn: Day
  areaCode: string | null
}

/** The measures in force on a day; with areas of academies, those that stand in all of them or everywhere. */
export async function measuresInForce(db: Db, day: Day, academyAreas?: readonly string[]): Promise<MeasureChoice[]> {
  const { rows } = await sql<MeasureChoice>`
    select m.id, m.trait, m.name, m.who, m.review_on as "reviewOn", m.area_code as "areaCode"
    from measure m left join area on area.code = m.area_code
    where in_force(m, ${day}::date) and (m.area_code is null or ${
      academyAreas === undefined
        ? sql`true`
        : sql`not exists (
      select from area at where at.code = any(${academyAreas}::text[]) and not at.path <@ area.path)`
    })
    order by m.name`.execute(db)
  return rows
}

export interface Keeper {
  id: string
  name: string
  email: string
}

const keeping = roles.filter((role) => permissionsOf[role].includes('measures.keep'))

/** Who may decide on measures in an area, or everywhere, and can be written to. */
export async function keepersOf(db: Db, areaCode: string | null, today: Day): Promise<Keeper[]> {
  const { rows } = await sql<Keeper>`
    select distinct person.id, person.name, person.email from held_right held join person on person.id = held.person_id
      left join area held_at on held_at.code = held.area_code left join area stands on stands.code = ${areaCode}
    where held.role = any(${keeping}::text[]) and held.starts_on <= ${today}::date
      and (held.ends_on is null or held.ends_on >= ${today}::date) and person.email is not null
      and ((held.area_code is null and held.academy_id is null) or stands.path <@ held_at.path
        or exists (select from academy_area served join area there on there.code = served.area_code
          where served.academy_id = held.academy_id and stands.path <@ there.path))
    order by person.name, person.id limit 50`.execute(db)
  return rows
}

/** The rounds that hold seats under a measure, the newest first. */
export async function roundsUnder(db: Db, id: string): Promise<{ slug: string; name: string; seats: number }[]> {
  const { rows } = await sql<{ slug: string; name: string; seats: number }>`
    select round.slug, round.name, sum(held.seats)::int as seats from round_reserve held join round on round.id = held.round_id
    where held.measure_id = ${id} and round.state in ('published', 'closed', 'drawn') and held.stands is not false
    group by round.id order by max(round.opens_at) desc limit 20`.execute(db)
  return rows
}
