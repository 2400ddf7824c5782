export { courses } from './module.ts'
