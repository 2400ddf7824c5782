/** What a coordinator's pages load: for all their academies, or for the one that the address names. */
import { listing, type Listing, type Visit } from '#platform/web'
import { record } from '#platform/record'
import { strandNames } from '../../courses/index.ts'
import { academiesWithin, type AcademyChoice } from '../../academies/index.ts'
import { type StaffFilter, type StaffRuns, staffRuns } from '../../runs/index.ts'
import { type Demand, demandByArea, toSeeTo, type ToSeeTo, type Waiting, whoWaits } from './demand.ts'

export interface Where {
  academies: AcademyChoice[]
  chosen: AcademyChoice | undefined
}

/** What the table of runs is narrowed to, from the address. */
type Narrowed = Pick<StaffFilter, 'academy' | 'strand' | 'q'>
type Sort = 'needs' | 'course' | 'dates' | 'where' | 'places' | 'waiting'

export interface Coordinating extends Where {
  narrowed: Narrowed
  found: StaffRuns
  list: Listing<Sort>
  seeTo: ToSeeTo
}

const shown = 12
const most = 10_000

const listed = (visit: Visit): Listing<Sort> =>
  listing(visit, { sorts: ['needs', 'course', 'dates', 'where', '-places', '-waiting'], size: shown })

/** Everything on the coordinator's home, in three queries inside one transaction, since access needs are read in it. */
export const loadCoordinating = (visit: Visit): Promise<Coordinating | undefined> =>
  visit.atomically(async (inside) => {
    const where = await whereOf(inside)
    if (!where) return undefined
    const narrowed = narrowedBy(visit, where)
    const list = listed(visit)
    const { sort, descending, limit, offset } = list
    const found = await staffRuns(inside, { ...narrowed, sort, descending, limit, offset })
    return { ...where, narrowed, list, found, seeTo: await toSeeTo(inside, where.chosen?.id) }
  })

/** The academies one may choose from, and the one chosen; nothing where the address names another. */
async function whereOf({ db, actor, query }: Visit): Promise<Where | undefined> {
  const academies = await academiesWithin(db, actor, 'runs.schedule')
  const slug = query.get('academy')
  const chosen = slug ? academies.find((academy) => academy.slug === slug) : undefined
  return slug && !chosen ? undefined : { academies, chosen }
}

const narrowedBy = ({ query }: Visit, { chosen }: Where): Narrowed => ({
  academy: chosen?.id,
  strand: Object.keys(strandNames).find((strand) => strand === query.get('strand')),
  q: query.get('q')?.replaceAll('\0', '').trim().slice(0, 80) || undefined,
})

type DemandSort = 'asking' | 'waiting' | 'places' | 'area'

export interface DemandPage extends Where {
  rows: Demand[]
  total: number
  list: Listing<DemandSort>
}

/** Demand against places, a page of it. */
export async function loadDemand(visit: Visit, all = false): Promise<DemandPage | undefined> {
  const where = await whereOf(visit)
  if (!where) return undefined
  const list = listing(visit, { sorts: ['-asking', 'waiting', 'places', 'area'], size: 50 })
  const order = `${list.descending ? '-' : ''}${list.sort}` as const
  const found = await demandByArea(visit, where.chosen?.id, { order, ...(all ? { limit: most, offset: 0 } : list) })
  return { ...where, ...found, list }
}

export interface WaitingPage extends Where {
  rows: Waiting[]
  total: number
  list: Listing<'since'>
}

/** Who waits, a page of it. */
export async function loadWaiting(visit: Visit): Promise<WaitingPage | undefined> {
  const where = await whereOf(visit)
  if (!where) return undefined
  const list = listing(visit, { sorts: ['since'], size: 50 })
  return { ...where, ...(await whoWaits(visit, where.chosen?.id, list)), list }
}

/** Everyone who waits, for the file; that it was taken stands in the record. */
export const loadWaitingFile = (visit: Visit): Promise<Waiting[] | undefined> =>
  visit.atomically(async (inside) => {
    const where = await whereOf(inside)
    if (!where) return undefined
    const { rows } = await whoWaits(inside, where.chosen?.id, { limit: most, offset: 0 })
    await record(inside.db, inside.actor, 'waiting.downloaded', {
      people: rows.length,
      ...(where.chosen ? { academy: where.chosen.id } : {}),
    })
    return rows
  })
