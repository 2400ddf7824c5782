/** The homes: the front page, and one for each role. */
export { countFigures } from './figures.ts'
export { homes } from './module.ts'
export { navigationFor } from './navigation.ts'
