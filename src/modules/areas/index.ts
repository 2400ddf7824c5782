export { areas } from './module.ts'
