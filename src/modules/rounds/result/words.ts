/** What a member got and why, in two sentences. */
import { dayOf, sayDay, sayTime } from '#core/days'
import type { Round } from '../round.ts'
import type { Result } from './result.ts'

/** "You asked for three runs and were offered your second choice, X." and why not a better one. */
export function sayResult({ application, lines }: Result, round: Pick<Round, 'runs'>): [what: string, why: string] {
  const asked = `You asked for ${sayNumber(lines.length)} ${lines.length === 1 ? 'run' : 'runs'}`
  const title = (run: string | null): string => round.runs.find(({ id }) => id === run)?.title ?? 'a run'
  const { run, choice } = application
  if (run === null)
    return [
      `${asked}, and this time there was no place for you.`,
      lines.length === 1
        ? 'It was full before it came to your number; you are on its waiting list, in the order of the draw.'
        : 'Each was full before it came to your number; you are on their waiting lists, in the order of the draw.',
    ]
  if (choice === 1)
    return [
      `${asked} and were offered ${lines.length === 1 ? 'it' : 'your first choice'}: ${title(run)}.`,
      'Your number was among those it had room for.',
    ]
  const better = choice! - 1
  return [
    `${asked} and were offered your ${sayOrdinal(choice!)} choice: ${title(run)}.`,
    better === 1
      ? 'Your first choice was full before it came to your number, and you are on its waiting list.'
      : `The ${sayNumber(better)} you wanted more were full before it came to your number, and you are on their waiting lists.`,
  ]
}

/** "You are next in line", "3 people are before you" */
export const sayLine = (ahead: number): string =>
  ahead === 0
    ? 'You are next in line'
    : ahead === 1
      ? 'One person is before you'
      : `${ahead.toLocaleString('en-GB')} people are before you`

/** The beginning of a lottery number, which is all one needs to compare two: "9f3a 12bc". */
export const sayNumberHead = (number: string): string => `${number.slice(0, 4)}\u00a0${number.slice(4, 8)}`

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const sayNumber = (number: number): string => numbers[number] ?? String(number)
/** "second"; "11th" from there on. */
export const sayOrdinal = (number: number): string => ordinals[number] ?? `${number}th`

/** "noon on Thursday 14 January" */
export const sayMoment = (at: Date): string => `${sayTime(at)} on ${sayDay(dayOf(at))}`
