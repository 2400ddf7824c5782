export { pledges } from './module.ts'
