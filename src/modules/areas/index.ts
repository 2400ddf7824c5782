/** Areas: nations, regions, constituencies and wards; where a postcode is; and how near things are. */
export {
  type Area,
  type AreaKind,
  type Found,
  hexDistance,
  hexNeighbours,
  type Near,
  sayNear,
  sayRegion,
} from './area.ts'
export { loadBuiltInAreas } from './built-in.ts'
export { type AreasImported, importAreas } from './import-areas.ts'
export { importPostcodes, type PostcodesImported } from './import-postcodes.ts'
export { areas } from './module.ts'
export { milesOnline, nearness, nearnessOfRun, nearOf, type NearRefs } from './near.ts'
export { readPostcode, sayPostcode } from './postcode.ts'
export { postcodeRegion } from './postcode-areas.ts'
export { type AreaName, areasNamed, constituencies, findArea, placeOf, regions } from './queries.ts'
