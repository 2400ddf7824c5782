export { register } from './module.ts'
