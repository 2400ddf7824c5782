export { runs } from './module.ts'
