/** The disclosure rule: what of a table of counts may be published. */
import { Attack } from './attack.ts'
import { figuresOf, kinds, reasonFor, type Arc, type Figures } from './figures.ts'
import { asPublished } from './shown.ts'
import { expectTable, threshold, type Counts, type Published } from './table.ts'

/**
 * Makes a table fit to publish: counts under 10 are hidden, the others rounded to 5; percentages of a base of 25 or more;
 * and as many more figures hidden as it takes that at least ten values stay possible for every hidden one, for a reader
 * who knows the rule and adds up everything shown. Equal tables give equal results. Throws a RangeError on what is no table.
 */
export function publish(counts: Counts): Published {
  expectTable(counts)
  const figures = figuresOf(counts)
  protect(figures)
  return asPublished(counts, figures)
}

/** Hides figures until each hidden one is protected. Hiding more never tells more, so each needs one look. */
function protect({ arcs, ...rest }: Figures): void {
  const attack = new Attack({ arcs, ...rest })
  const hidden = [...arcs.keys()].filter((i) => arcs[i]!.hidden !== null)
  for (const figure of hidden)
    for (let values = attack.valuesOf(figure, threshold); values < threshold;) {
      const other = bestToHide(arcs, attack, figure)
      hide(arcs, attack, other)
      hidden.push(other)
      values = attack.valuesOf(figure, threshold)
    }
}

/**
 * Which figure to hide next so that this one has more values: of those that help by themselves, the first that is
 * enough, else the first; where none helps alone, the first that helps together with others. Counts
 * come before totals, and the last in the table before the first. What is hidden counts for nothing here: only what a
 * reader of the table would see at this point.
 */
function bestToHide(arcs: readonly Arc[], attack: Attack, figure: number): number {
  const shown = [...arcs.keys()].filter((i) => arcs[i]!.hidden === null && arcs[i]!.kind !== 'unasked')
  const ready = shown.sort((a, b) => kinds.indexOf(arcs[a]!.kind) - kinds.indexOf(arcs[b]!.kind) || b - a)
  const { alone, together } = attack.inTheWay(figure, threshold)
  const helping = ready.filter((other) => alone.has(other))
  const best =
    helping.slice(0, mostTried).find((other) => valuesWithout(arcs, attack, other, figure) >= threshold) ??
    helping[0] ??
    ready.find((other) => together.has(other))
  if (best === undefined) throw new Error('Everything is hidden, and yet something is told')
  return best
}

/** Trying every figure of a long table would take too long; among so many there is usually one that is enough. */
const mostTried = 24

/** How many values a figure could have if another were hidden as well. */
function valuesWithout(arcs: readonly Arc[], attack: Attack, other: number, figure: number): number {
  hide(arcs, attack, other)
  const values = attack.valuesOf(figure, threshold)
  arcs[other]!.hidden = null
  attack.look(other)
  return values
}

function hide(arcs: readonly Arc[], attack: Attack, figure: number): void {
  const arc = arcs[figure]!
  arc.hidden = reasonFor(arc.kind, arc.value)
  attack.look(figure)
}
