/** Quarters and figures in words. */
import type { Day } from '#core/days'

const months = ['January', 'April', 'July', 'October'] as const
const lasts = ['March', 'June', 'September', 'December'] as const

/** "October to December 2026" */
export function sayQuarter(quarter: Day): string {
  const nth = (Number(quarter.slice(5, 7)) - 1) / 3
  return `${months[nth]} to ${lasts[nth]} ${quarter.slice(0, 4)}`
}

/** "Oct 2026" for a mark on a line. */
export const sayQuarterShort = (quarter: Day): string =>
  `${months[(Number(quarter.slice(5, 7)) - 1) / 3]!.slice(0, 3)} ${quarter.slice(0, 4)}`

/** A figure with so many digits after the point. */
export const sayThe = (value: number, digits = 0): string => formats[digits]!.format(value)

const formats = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
)
