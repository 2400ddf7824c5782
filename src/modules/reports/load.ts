/** What the map's page and its table show. */
import type { Visit } from '#platform/web'
import { type Constituency, loadMap, pictureOf, seesAll, type Wanted, wantedIn } from './map.ts'
import { type Measure, valueOf } from './measures.ts'

export interface Region {
  code: string
  name: string
}

export interface MapShown extends Wanted {
  picture: ReturnType<typeof pictureOf>
  /** The region whose constituencies the table beside it shows: that asked for, or the member's own. */
  region: Region | undefined
  inRegion: number
  /** The first rows of the table. */
  top: Constituency[]
  countedAt: Date | null
}

const shown = 8

/** The map as the address asks for it, in two queries. */
export async function loadMapShown(visit: Visit): Promise<MapShown> {
  const { wanted, map, regions } = await loadFigures(visit)
  const region = regionIn(visit, regions) ?? ownRegion(visit, regions)
  const within = region ? map.filter((one) => one.region === region.code) : map
  return {
    ...wanted,
    picture: pictureOf(map, wanted.show, (code) => `/areas/${code}`),
    region,
    inRegion: within.length,
    top: sortedBy(within, wanted.show, true).slice(0, shown),
    countedAt: map.find(({ countedAt }) => countedAt)?.countedAt ?? null,
  }
}

/** Every constituency for the quarter asked for, with the regions they are in. */
export async function loadFigures(visit: Visit): Promise<{ wanted: Wanted; map: Constituency[]; regions: Region[] }> {
  const wanted = await wantedIn(visit)
  const map = await loadMap(visit.db, wanted.quarter, seesAll(visit.actor))
  const names = new Map(map.flatMap(({ region, regionName }) => (region && regionName ? [[region, regionName]] : [])))
  const regions = [...names].map(([code, name]) => ({ code, name }))
  return { wanted, map, regions: regions.toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB')) }
}

/** The region that the address names, where there is one of this code. */
export const regionIn = ({ query }: Visit, regions: readonly Region[]): Region | undefined =>
  regions.find(({ code }) => code === query.get('region'))

const ownRegion = ({ actor }: Visit, regions: readonly Region[]): Region | undefined => {
  const above = actor.areaPath?.split('.') ?? []
  return regions.find(({ code }) => above.includes(code))
}

export type Sort = 'name' | 'region' | Measure

/** The constituencies in order; what is not told counts as least, and those that are equal stand by name. */
export function sortedBy(map: readonly Constituency[], sort: Sort, descending: boolean): Constituency[] {
  const sign = descending ? -1 : 1
  const text = new Intl.Collator('en-GB')
  const by = (a: Constituency, b: Constituency): number => {
    if (sort === 'name') return text.compare(a.name, b.name)
    if (sort === 'region') return text.compare(a.regionName ?? '', b.regionName ?? '')
    return (valueOf(sort, a) ?? -1) - (valueOf(sort, b) ?? -1)
  }
  return map.toSorted((a, b) => sign * by(a, b) || text.compare(a.name, b.name) || (a.code < b.code ? -1 : 1))
}
