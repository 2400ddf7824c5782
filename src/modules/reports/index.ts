/** The national picture: the map and its figures. */
export { countMap } from './count.ts'
export { type Constituency, loadMap, pictureOf } from './map.ts'
export { reports } from './module.ts'
