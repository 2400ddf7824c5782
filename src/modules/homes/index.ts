export { homes } from './module.ts'
