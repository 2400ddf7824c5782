export { accounts } from './module.ts'
