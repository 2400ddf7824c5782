/** What a reader gets to see of the figures: rounded, hidden with a reason, and percentages of what is shown. */
import { rounded, type Arc, type Figures } from './figures.ts'
import { smallestBase, sum, type Counts, type Figure, type Group, type Published, type Row } from './table.ts'

/** The published table, with whatever is hidden of the figures by now. */
export function asPublished({ answers, groups, also }: Counts, figures: Figures): Published {
  const rowsOf = (kind: readonly Group[], { asked, answered, counts }: NonNullable<Figures['also']>) =>
    kind.map(({ name }, g) => ({ name, ...rowOf(asked[g] ?? null, answered[g]!, counts[g]!) }))
  const rows = rowsOf(groups, figures)
  if (also && figures.also) {
    const others = rowsOf(also, figures.also)
    return { answers: [...answers], groups: rows, total: addedUp(figures.totals, [rows, others]), also: others }
  }
  return {
    answers: [...answers],
    groups: rows,
    total:
      groups.length > 1
        ? rowOf(figures.asked.length > 0 ? figures.allAsked : null, figures.allAnswered, figures.totals)
        : null,
  }
}

/** The total of two tables: how many were asked and answered is added up from what is shown, so that it tells nothing more. */
function addedUp(totals: readonly Arc[], tables: readonly (readonly Row[])[]): Row {
  const figures = totals.map(figureOf)
  const answered = sumOf(figures)
  const asked =
    tables[0]![0]!.asked === null ? null : firstShown(tables.map((rows) => sumOf(rows.map((row) => row.asked!))))
  // each figure may be two out
  const isLarge = (answered.count ?? 0) - 2 * figures.length >= smallestBase
  const percentages = answered.count === null ? 'hidden base' : isLarge ? 'shown' : 'small base'
  return {
    asked,
    answered,
    counts: figures.map((figure) => ({
      ...figure,
      percent: percentages === 'shown' ? Math.round((100 * figure.count!) / answered.count!) : null,
    })),
    percentages,
  }
}

const firstShown = (sums: readonly Figure[]): Figure => sums.find(({ count }) => count !== null) ?? sums[0]!

function sumOf(figures: readonly Figure[]): Figure {
  if (figures.some(({ count }) => count === null)) return { count: null, hidden: 'protects' }
  return { count: sum(figures.map(({ count }) => count!)), hidden: null }
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
