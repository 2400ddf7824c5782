/** Everything the page of an area shows: its figures by quarter, who serves it, what is next to it. */
import { sql } from 'kysely'
import { type Day, quarterOf } from '#core/days'
import type { Db } from '#platform/db'
import type { Visit } from '#platform/web'
import { type Area, findArea, hexNeighbours } from '../areas/index.ts'
import { type RunSummary, runsAhead } from '../runs/index.ts'
import { seesAll } from './map.ts'
import { fewest } from './measures.ts'

/** How many members are trained, as far as it is told: exactly, about, at least, or only that they are few. */
export interface Trained {
  told: 'exactly' | 'about' | 'at least' | 'few'
  people: number
}

export interface Quarter {
  quarter: Day
  runs: number
  places: number
  trained: Trained
}

export interface Named {
  code: string
  name: string
}

export interface AreaShown {
  area: Area
  /** From the first quarter counted to the last. */
  quarters: Quarter[]
  now: Quarter | undefined
  academies: { slug: string; name: string }[]
  runs: RunSummary[]
  /** For a constituency those around it; otherwise those inside it. */
  others: Named[]
}

const runsShown = 5
const hiddenTogether = 5

/** The area with this code, or nothing; a ward's figures are those of its constituency. */
export async function loadArea(visit: Visit, code: string): Promise<AreaShown | undefined> {
  const { db, actor, today } = visit
  const found = await findArea(db, code)
  const area = found?.kind === 'ward' ? await findArea(db, found.path.split('.').at(-2)!) : found
  if (!area) return undefined
  const quarters = await quartersOf(visit, area)
  return {
    area,
    quarters,
    now: quarters.find(({ quarter }) => quarter === quarterOf(today)),
    academies: await serving(db, area, today),
    runs: await runsAhead(visit, {
      near: area,
      limit: runsShown,
      ...(actor.kind === 'person' ? { person: actor.id } : {}),
    }),
    others: await (area.kind === 'constituency' ? around(db, area) : inside(db, area)),
  }
}

/**
 * The figures by quarter. Of several constituencies together, those trained are told exactly where each of them is told;
 * rounded to ten where at least five are not, so that none of them can be worked out; and otherwise without the hidden ones.
 */
async function quartersOf({ db, actor }: Visit, area: Area): Promise<Quarter[]> {
  const { rows } = await sql<Omit<Quarter, 'trained'> & Trained>`
    select quarter, runs, places,
      case when hidden = 0 then 'exactly' when hidden >= ${hiddenTogether} and near >= ${fewest} then 'about'
        when hidden < ${hiddenTogether} and known > 0 then 'at least' else 'few' end as told,
      case when hidden = 0 or hidden < ${hiddenTogether} then known when near >= ${fewest} then near else 0 end as people
    from (
      select counted.quarter, sum(counted.runs)::int as runs, sum(counted.places)::int as places,
        count(*) filter (where not seen.all) as hidden,
        coalesce(sum(counted.trained) filter (where seen.all), 0)::int as known,
        (round(sum(counted.trained) / 10.0) * 10)::int as near
      from area join area_quarter counted on counted.area_code = area.code
        cross join lateral (select counted.trained >= ${fewest} or ${seesAll(actor)} as all) seen
      where area.path <@ ${area.path}::ltree and area.kind = 'constituency'
      group by counted.quarter) each
    order by quarter`.execute(db)
  return rows.map(({ quarter, runs, places, told, people }) => ({ quarter, runs, places, trained: { told, people } }))
}

/** The open academies that serve the area, or a part of it. */
const serving = (db: Db, area: Area, today: Day): Promise<AreaShown['academies']> =>
  db
    .selectFrom('academy')
    .where('academy.opened_on', '<=', today)
    .where((eb) => eb.or([eb('academy.closed_on', 'is', null), eb('academy.closed_on', '>', today)]))
    .where(
      sql<boolean>`exists (select from academy_area join area served on served.code = academy_area.area_code
        where academy_area.academy_id = academy.id and (${area.path}::ltree <@ served.path or served.path <@ ${area.path}::ltree))`,
    )
    .select(['academy.slug', 'academy.name'])
    .orderBy('academy.name')
    .limit(50)
    .execute()

const around = async (db: Db, { hexQ, hexR }: Area): Promise<Named[]> => {
  if (hexQ === null || hexR === null) return []
  return db
    .selectFrom('area')
    .where('kind', '=', 'constituency')
    .where((eb) => eb.or(hexNeighbours({ q: hexQ, r: hexR }).map(({ q, r }) => eb.and({ hex_q: q, hex_r: r }))))
    .select(['code', 'name'])
    .orderBy('name')
    .execute()
}

const inside = (db: Db, { code }: Area): Promise<Named[]> =>
  db.selectFrom('area').where('parent', '=', code).select(['code', 'name']).orderBy('name').limit(700).execute()
