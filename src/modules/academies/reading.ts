/** Academies as people read them. */
import { type RawBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Day } from '#core/days'
import type { Role } from '#core/rights'
import { academyWithin } from '#platform/within'
import type { Visit } from '#platform/web'
import type { Area } from '../areas/index.ts'

export interface AreaServed {
  code: string
  name: string
  kind: string
}

/** One academy in the list of them all. */
export interface AcademyLine {
  slug: string
  name: string
  summary: string
  region: string
  serves: AreaServed[]
  venues: number
  runsAhead: number
}

const mostListed = 500

/** The open academies by region and name, or only those that serve an area. */
export async function academyLines({ db, today }: Pick<Visit, 'db' | 'today'>, serving?: Area): Promise<AcademyLine[]> {
  const rows = await db
    .selectFrom('academy')
    .innerJoin('area', 'area.code', 'academy.area_code')
    .leftJoin('area as region', 'region.code', 'area.region')
    .where('academy.closed_on', 'is', null)
    .where(serving ? serves(serving) : sql<boolean>`true`)
    .select((eb) => [
      'academy.slug',
      'academy.name',
      'academy.summary',
      eb.fn.coalesce('region.name', 'area.name').as('region'),
      servedBy(),
      eb
        .selectFrom('venue')
        .whereRef('venue.academy_id', '=', 'academy.id')
        .where('venue.closed_on', 'is', null)
        .select(sql<number>`count(*)::int`.as('n'))
        .$asScalar()
        .$notNull()
        .as('venues'),
      eb
        .selectFrom('run')
        .whereRef('run.academy_id', '=', 'academy.id')
        .where('run.state', '=', 'published')
        .where('run.starts_on', '>=', today)
        .select(sql<number>`count(*)::int`.as('n'))
        .$asScalar()
        .$notNull()
        .as('runsAhead'),
    ])
    .orderBy('region')
    .orderBy('academy.name')
    .limit(mostListed)
    .execute()
  return rows
}

const serves = (area: Area): RawBuilder<boolean> => sql<boolean>`exists (
  select from academy_area served join area served_area on served_area.code = served.area_code
  where served.academy_id = academy.id and ${area.path}::ltree <@ served_area.path)`

const servedBy = () =>
  sql<
    AreaServed[]
  >`(select coalesce(json_agg(json_build_object('code', at.code, 'name', at.name, 'kind', at.kind) order by at.name), '[]')
    from academy_area join area at on at.code = academy_area.area_code where academy_area.academy_id = academy.id)`.as(
    'serves',
  )

/** An academy with all that its page shows, but for its venues and runs. */
export interface Academy {
  id: string
  slug: string
  name: string
  summary: string
  email: string | null
  phone: string | null
  openedOn: Day
  closedOn: Day | null
  areaCode: string
  areaName: string
  serves: AreaServed[]
  staff: { name: string; role: Role }[]
  partners: { slug: string; name: string }[]
  /** Whether this person may change it. */
  mayEdit: boolean
}

const staffShown = 100

/** The academy of this address, or nothing. */
export async function findAcademy({ db, actor, today }: Visit, slug: string): Promise<Academy | undefined> {
  if (!slugShape.test(slug)) return undefined
  return db
    .selectFrom('academy')
    .innerJoin('area', 'area.code', 'academy.area_code')
    .where('academy.slug', '=', slug)
    .select((eb) => [
      'academy.id',
      'academy.slug',
      'academy.name',
      'academy.summary',
      'academy.email',
      'academy.phone',
      'academy.opened_on as openedOn',
      'academy.closed_on as closedOn',
      'academy.area_code as areaCode',
      'area.name as areaName',
      servedBy(),
      jsonArrayFrom(
        eb
          .selectFrom('held_right')
          .innerJoin('person', 'person.id', 'held_right.person_id')
          .whereRef('held_right.academy_id', '=', 'academy.id')
          .where('held_right.starts_on', '<=', today)
          .where((at) => at.or([at('held_right.ends_on', 'is', null), at('held_right.ends_on', '>=', today)]))
          .where('person.standing', '<>', 'closed')
          .select((at) => ['person.name', at.ref('held_right.role').$castTo<Role>().as('role')])
          .distinct()
          .orderBy('person.name')
          .limit(staffShown),
      ).as('staff'),
      jsonArrayFrom(
        eb
          .selectFrom('partner_academy')
          .innerJoin('partner', 'partner.id', 'partner_academy.partner_id')
          .whereRef('partner_academy.academy_id', '=', 'academy.id')
          .select(['partner.slug', 'partner.name'])
          .orderBy('partner.name'),
      ).as('partners'),
      academyWithin(actor, 'academies.edit', 'academy.id').as('mayEdit'),
    ])
    .executeTakeFirst()
}

/** The shape of an academy's name in addresses. */
export const slugShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
