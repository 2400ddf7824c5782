/** The disclosure engine: what everyone else may use. */
export { notes, whyHidden, whyNoPercentages } from './explanation.ts'
export { publish } from './publish.ts'
export {
  smallestBase,
  step,
  threshold,
  type Counts,
  type Figure,
  type Group,
  type Published,
  type Reason,
  type Row,
  type Share,
} from './table.ts'
