/** What the map can show, and how its figures are set into five strengths of colour. Rules only. */
import type { Level } from '#design'
import { sayThe } from './words.ts'

export const measureNames = ['places', 'runs', 'trained'] as const
export type Measure = (typeof measureNames)[number]

/** A count of people below this is told only to those who may see it. */
export const fewest = 10
export const fewer = `fewer than ${fewest}`

/** What each measure is called, above a column and in a sentence. */
export const measures: Record<Measure, { label: string; column: string; what: string }> = {
  places: {
    label: 'Places per 10,000 electors',
    column: 'Places per 10,000',
    what: 'places per 10,000 electors',
  },
  runs: { label: 'Runs per 10,000 electors', column: 'Runs per 10,000', what: 'runs per 10,000 electors' },
  trained: { label: 'Members trained', column: 'Trained', what: 'members trained' },
}

/** The figures of an area in a quarter; `trained` is null where it is not told. */
export interface Counted {
  electors: number | null
  runs: number
  places: number
  trained: number | null
}

/** What a measure says of an area; null where it cannot be said. */
export function valueOf(measure: Measure, of: Counted): number | null {
  if (measure === 'trained') return of.trained
  return of.electors ? (of[measure] / of.electors) * 10_000 : null
}

/** Where the strengths of colour begin and end. */
export interface Scale {
  /** How many digits after the point its figures have. */
  digits: number
  /** The most that each strength but the last stands for. */
  bounds: readonly number[]
  /** What each strength means, in words, from none to most. */
  words: readonly string[]
}

/** A scale on which each strength stands for about a quarter of the areas that have any; `none` is the word for no colour. */
export function scaleOf(values: readonly (number | null)[], none: string, wholes = false): Scale {
  const some = values.filter((value) => value !== null).filter((value) => value > 0)
  const most = Math.max(0, ...some)
  const digits = wholes || most >= 20 ? 0 : most >= 2 ? 1 : 2
  if (some.length === 0) return { digits, bounds: [], words: [none] }
  const rounded = some.map((value) => atLeast(value, digits)).toSorted((a, b) => a - b)
  const top = rounded.at(-1)!
  const quartile = (part: number): number => rounded[Math.floor((rounded.length - 1) * part)]!
  const bounds = [...new Set([0.25, 0.5, 0.75].map(quartile))].filter((bound) => bound < top)
  const say = (value: number): string => sayThe(value, digits)
  const after = (bound: number): number => bound + 10 ** -digits
  const words = [...bounds, top].map((bound, n) => {
    if (n === bounds.length) return n === 0 ? `up to ${say(top)}` : `${say(after(bounds[n - 1]!))} or more`
    if (n === 0) return `up to ${say(bound)}`
    const from = say(after(bounds[n - 1]!))
    return from === say(bound) ? from : `${from} to ${say(bound)}`
  })
  return { digits, bounds, words: [none, ...words] }
}

/** How strong the colour of a value is. */
export function levelOf({ bounds, digits }: Pick<Scale, 'bounds' | 'digits'>, value: number | null): Level {
  if (value === null || value <= 0) return 0
  const shown = atLeast(value, digits)
  return (1 + bounds.filter((bound) => shown > bound).length) as Level
}

/** Rounded as it is shown; what is more than nothing is never shown as nothing. */
const atLeast = (value: number, digits: number): number => Math.max(10 ** -digits, Number(value.toFixed(digits)))
