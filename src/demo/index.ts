/** The demonstration programme: made-up people, academies and runs around today. */
export { loadDemonstration } from './load.ts'
