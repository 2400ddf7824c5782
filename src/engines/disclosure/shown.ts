/** What a reader gets to see of the figures: rounded, hidden with a reason, and percentages of what is shown. */
import { rounded, type Arc, type Figures } from './figures.ts'
import { smallestBase, type Counts, type Figure, type Published, type Row } from './table.ts'

/** The published table, with whatever is hidden of the figures by now. */
export function asPublished({ answers, groups }: Counts, figures: Figures): Published {
  return {
    answers: [...answers],
    groups: groups.map(({ name }, g) => ({
      name,
      ...rowOf(figures.asked[g] ?? null, figures.answered[g]!, figures.counts[g]!),
    })),
    total:
      groups.length > 1
        ? rowOf(figures.asked.length > 0 ? figures.allAsked : null, figures.allAnswered, figures.totals)
        : null,
  }
}

/** Percentages are worked out from the rounded counts, so that they tell nothing the counts do not. */
function rowOf(asked: Arc | null, answered: Arc, counts: readonly Arc[]): Row {
  const base = figureOf(answered)
  const percentages = base.count === null ? 'hidden base' : answered.value < smallestBase ? 'small base' : 'shown'
  return {
    asked: asked && figureOf(asked),
    answered: base,
    counts: counts.map((arc) => {
      const figure = figureOf(arc)
      const isShown = percentages === 'shown' && figure.count !== null
      return { ...figure, percent: isShown ? Math.round((100 * figure.count!) / base.count!) : null }
    }),
    percentages,
  }
}

const figureOf = ({ value, hidden }: Arc): Figure => ({ count: hidden === null ? rounded(value) : null, hidden })
