export { about } from './module.ts'
