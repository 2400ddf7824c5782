/** The words for what a published table shows and hides. */
import type { Reason, Row } from './table.ts'

/** Why a figure is hidden, as a sentence for whoever reads the table. */
export const whyHidden: Readonly<Record<Reason, string>> = {
  few: 'Hidden because fewer than 10 people.',
  protects: 'Hidden so that another figure cannot be worked out.',
  either: 'Hidden because fewer than 10 people, or so that another figure cannot be worked out.',
}

/** Why a row has no percentages; null where it has them. */
export const whyNoPercentages: Readonly<Record<Row['percentages'], string | null>> = {
  shown: null,
  'small base': 'No percentages, because fewer than 25 people answered.',
  'hidden base': 'No percentages, because how many answered is hidden.',
}

/** What stands under every published table. */
export const notes: readonly string[] = [
  'Numbers are rounded to the nearest 5, so they may not add up.',
  'Numbers under 10 are hidden, zero included, and so are others from which they could be worked out.',
]
