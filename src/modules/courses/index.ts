/** Courses: what is taught. */
export {
  type CourseLevel,
  type CourseSession,
  levelNames,
  type Mode,
  modeNames,
  sayHours,
  type Strand,
  strandNames,
} from './course.ts'
export { type AheadOf, type RunAhead, runsAheadOf } from './ahead.ts'
export { type NearWhat, nearWhat } from './near.ts'
export { RunList } from './run-list.tsx'
export { placeIn } from './wanted.ts'
export { courses } from './module.ts'
export { type CourseChoice, courseChoices } from './queries.ts'
export { type CatalogueSync, syncCatalogue } from './sync.ts'
