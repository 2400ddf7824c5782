export { partners } from './module.ts'
