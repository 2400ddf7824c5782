/** Academies: where training is given, by whom, for which areas. */
export { academies } from './module.ts'
export { academiesWithin, type AcademyChoice, accessFacts, type Venue, venuesOf } from './queries.ts'
