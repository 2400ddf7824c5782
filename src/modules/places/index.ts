export { places } from './module.ts'
