/** What each group stands for: the statements on which it differs from the rest, and agrees with itself. */
import { agreesIn, disagreesIn, seenIn, sumOf, type Tally } from './tally.ts'

/** One-sided 90 % of the normal distribution. */
export const Z = 1.2816

/** A statement that a group stands for, agreeing with it or disagreeing. */
export interface Representative {
  statement: number
  side: 'agree' | 'disagree'
  agrees: number
  disagrees: number
  seen: number
  /** The chance that the next member of the group takes this side: (votes + 1) / (seen + 2). */
  probability: number
  /** How strongly the group takes this side, against even odds. */
  probabilityTest: number
  /** The probability in this group over the probability in all the others. */
  repness: number
  /** How sure the difference from the others is. */
  test: number
}

/** The lists of representative statements, at most five for each group, agrees first; statements marked in `left` are left out. */
export function representativeOf(tallies: readonly Tally[], left: Uint8Array): Representative[][] {
  const everyone = sumOf(tallies, left.length)
  return tallies.map((tally) => select(sidesOf(tally, everyone, left)))
}

/** How strongly `successes` of `trials` lean from even odds, in standard deviations. */
export function oneProportion(successes: number, trials: number): number {
  return 2 * Math.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
}

/** How sure it is that the first proportion is above the second, in standard deviations. */
export function twoProportions(s1: number, s2: number, n1: number, n2: number): number {
  const both = (s1 + s2 + 2) / (n1 + n2 + 2)
  if (both === 1) return 0
  const difference = (s1 + 1) / (n1 + 1) - (s2 + 1) / (n2 + 1)
  return difference / Math.sqrt(both * (1 - both) * (1 / (n1 + 1) + 1 / (n2 + 1)))
}

interface Sides {
  agree: Representative
  disagree: Representative
}

function sidesOf(tally: Tally, everyone: Tally, left: Uint8Array): Sides[] {
  const sides: Sides[] = []
  for (let j = 0; j < left.length; j++) {
    if (left[j]) continue
    const [agrees, disagrees, seen] = [agreesIn(tally, j), disagreesIn(tally, j), seenIn(tally, j)]
    const others = seenIn(everyone, j) - seen
    const side = (name: 'agree' | 'disagree', mine: number, theirs: number): Representative => ({
      statement: j,
      side: name,
      agrees,
      disagrees,
      seen,
      probability: (mine + 1) / (seen + 2),
      probabilityTest: oneProportion(mine, seen),
      repness: (mine + 1) / (seen + 2) / ((theirs + 1) / (others + 2)),
      test: twoProportions(mine, theirs, seen, others),
    })
    sides.push({
      agree: side('agree', agrees, agreesIn(everyone, j) - agrees),
      disagree: side('disagree', disagrees, disagreesIn(everyone, j) - disagrees),
    })
  }
  return sides
}

/** All that pass, by weight, behind the statement the group agrees on most; failing all, the nearest to passing. */
function select(all: readonly Sides[]): Representative[] {
  const passing = all.filter(({ agree, disagree }) => passes(agree) || passes(disagree)).map(sideOf)
  const bestAgree = all.reduce<Sides | null>((best, next) => (isMoreAgreed(next, best) ? next : best), null)
  if (passing.length === 0) {
    const closest = all.reduce<Representative | null>((best, { agree, disagree }) => {
      const next = sideOf({ agree, disagree })
      return !best || next.test > best.test ? next : best
    }, null)
    return bestAgree ? [sideOf(bestAgree)] : closest ? [closest] : []
  }
  const rest = passing
    .filter(({ statement }) => statement !== bestAgree?.agree.statement)
    .sort((a, b) => weightOf(b) - weightOf(a) || a.statement - b.statement)
  const five = [...(bestAgree ? [sideOf(bestAgree)] : []), ...rest].slice(0, 5)
  return [...five.filter(({ side }) => side === 'agree'), ...five.filter(({ side }) => side === 'disagree')]
}

const passes = ({ test, probabilityTest }: Representative): boolean => test > Z && probabilityTest > Z
const sideOf = ({ agree, disagree }: Sides): Representative => (agree.test > disagree.test ? agree : disagree)
const weightOf = (r: Representative): number => r.repness * r.test * r.probability * r.probabilityTest

function isMoreAgreed({ agree }: Sides, best: Sides | null): boolean {
  if (agree.agrees === 0 && agree.disagrees === 0) return false
  if (!best) return agree.probabilityTest > Z || (agree.repness > 1 && agree.probability > 0.5)
  if (best.agree.repness > 1) return weightOf(agree) > weightOf(best.agree)
  return agree.probability * agree.probabilityTest > best.agree.probability * best.agree.probabilityTest
}
