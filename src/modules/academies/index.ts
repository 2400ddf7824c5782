export { academies } from './module.ts'
