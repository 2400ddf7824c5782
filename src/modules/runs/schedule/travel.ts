/** How long it takes to get from one place of teaching to another. */

/** Where someone teaches, as far as it is known. */
export interface Spot {
  /** Null online. */
  venueId: string | null
  lat: number | null
  lon: number | null
  constituency: string | null
  region: string | null
}

const milesAnHour = 30
const settling = 15
const earth = 3958.8

/**
 * Minutes to allow: none within a venue; by the crow at thirty miles an hour and a quarter of an hour to settle in, where
 * both positions are known; else half an hour within a constituency, an hour within a region, and two beyond.
 */
export function travelMinutes(from: Spot, to: Spot): number {
  if (from.venueId === to.venueId) return 0
  if (from.venueId === null || to.venueId === null) return settling
  if (from.lat !== null && from.lon !== null && to.lat !== null && to.lon !== null)
    return Math.round((milesBetween([from.lat, from.lon], [to.lat, to.lon]) / milesAnHour) * 60) + settling
  if (from.constituency !== null && from.constituency === to.constituency) return 30
  return from.region !== null && from.region === to.region ? 60 : 120
}

function milesBetween(one: readonly [number, number], other: readonly [number, number]): number {
  const [latOne, latOther] = [radians(one[0]), radians(other[0])]
  const [north, east] = [latOther - latOne, radians(other[1] - one[1])]
  const half = Math.sin(north / 2) ** 2 + Math.cos(latOne) * Math.cos(latOther) * Math.sin(east / 2) ** 2
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(half)))
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180
