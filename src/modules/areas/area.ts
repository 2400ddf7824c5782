/** An area: a place in the tree nation → region → constituency → ward, and how far one is from another. Rules only. */

export type AreaKind = 'nation' | 'region' | 'constituency' | 'ward'

export interface Area {
  code: string
  name: string
  kind: AreaKind
  /** The codes from the top of the tree down to its own, with dots. */
  path: string
  /** The region above it (itself, for a region), or the nation where that is its own region; null for England. */
  region: string | null
  regionName: string | null
  /** Its middle, where that is known. */
  lat: number | null
  lon: number | null
  /** Its constituency's place on the grid of hexagons; for a region, the middle of its constituencies. */
  hexQ: number | null
  hexR: number | null
  electors: number | null
}

/** Where someone is: the smallest area known, and whether that is exact or only the region. */
export interface Found {
  area: Area
  exact: boolean
}

/** How far away something is: in miles where both positions are known, else in hexagons. */
export interface Near {
  miles: number | null
  hexes: number | null
  /** Whether it is inside the area asked from. */
  inside: boolean
  /** Whether it is in the same region. */
  sameRegion: boolean
}

/** In words: "3 miles away", "in your constituency", "5 constituencies away"; empty where nothing is known. */
export function sayNear(near: Near | null | undefined, from: Pick<Area, 'kind' | 'name'>): string {
  if (!near) return ''
  const { miles, hexes, inside, sameRegion } = near
  if (miles !== null && !(inside && miles < 0.05)) {
    if (miles < 1) return 'less than a mile away'
    return Math.round(miles) === 1 ? '1 mile away' : `${number.format(Math.round(miles))} miles away`
  }
  if (from.kind === 'nation' || from.kind === 'region') return sameRegion || inside ? `in ${sayRegion(from.name)}` : ''
  if (inside || hexes === 0) return from.kind === 'ward' && inside ? 'in your ward' : 'in your constituency'
  if (hexes === null) return ''
  return hexes === 1 ? 'next to your constituency' : `${number.format(hexes)} constituencies away`
}

/** A region's name within a sentence: "the East Midlands", "Wales". */
export const sayRegion = (name: string): string =>
  /^(North|South|East|West|Yorkshire)\b/.test(name) ? `the ${name}` : name

/** How many hexagons apart two places of the grid are: odd rows stand half a hexagon further east. */
export function hexDistance(one: { q: number; r: number }, other: { q: number; r: number }): number {
  const across = (at: { q: number; r: number }): number => at.q - (at.r - (at.r & 1)) / 2
  const x = across(one) - across(other)
  const z = one.r - other.r
  return Math.max(Math.abs(x), Math.abs(z), Math.abs(x + z))
}

/** The six places of the grid around one. */
export function hexNeighbours({ q, r }: { q: number; r: number }): { q: number; r: number }[] {
  const shift = r & 1
  return [
    { q: q - 1, r },
    { q: q + 1, r },
    { q: q + shift, r: r + 1 },
    { q: q + shift - 1, r: r + 1 },
    { q: q + shift, r: r - 1 },
    { q: q + shift - 1, r: r - 1 },
  ]
}

const number = new Intl.NumberFormat('en-GB')
