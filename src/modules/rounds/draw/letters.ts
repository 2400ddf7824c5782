/** What members are written when their round has been drawn, or is called off. */
import { dayOf, sayDay, sayTime } from '#core/days'
import type { Letter } from '#platform/mail'
import type { About } from './tell.ts'

export interface Applied {
  person: string
  name: string
  email: string | null
  /** Which of their choices they got, from 1; null for nothing. */
  choice: number | null
  /** How many runs they listed. */
  listed: number
  run: string | null
  title: string | null
  startsOn: string | null
  /** Of their place on that run. */
  state: string | null
  offerUntil: Date | null
  /** For how many runs they wait. */
  waits: number
}

/** What someone got, why, and what they do now. */
export function drawnLetter(one: Applied, about: About): Letter {
  const got = one.run !== null && one.state !== null
  return {
    person: one.person,
    address: one.email!,
    kind: got ? 'round-offered' : 'round-nothing',
    subject: got ? `A place is yours if you want it: ${one.title}` : `No place this time: ${about.name}`,
    body: letter(one, about, [
      got
        ? `The round ${about.name} has been drawn, and there is a place for you on ${one.title}, which begins on ${sayDay(one.startsOn!)}. It was your ${sayChoice(one.choice!)} choice.`
        : `The round ${about.name} has been drawn. More members applied than there are places, and this time there was none for you. We are sorry.`,
      got && one.offerUntil && one.state === 'offered'
        ? `Please say whether you take it by ${sayDay(dayOf(one.offerUntil))}, ${sayTime(one.offerUntil)}. After that it goes to the next in line:\n${about.address}/runs/${one.run}`
        : false,
      sayWaits(one, got),
      `Why it came out like this, and how you can check it yourself:\n${about.address}/rounds/${about.slug}/application`,
    ]),
  }
}

function sayWaits({ waits }: Applied, got: boolean): string | false {
  if (waits === 0) return false
  const runs = waits === 1 ? 'a run' : `${waits} runs`
  return got
    ? `You are still in line for ${runs} that you would rather have. If a place comes free there we write to you, and you choose.`
    : `You are in line for ${runs} that you listed. As soon as a place there is yours we write to you. You need do nothing until then.`
}

/** That a round is called off, and why. */
export const cancelledLetter = (one: Applied, about: About): Letter => ({
  person: one.person,
  address: one.email!,
  kind: 'round-cancelled',
  subject: `The round ${about.name} was cancelled`,
  body: letter(one, about, [
    `The round ${about.name}, in which you applied for a place, was cancelled. The academy says why: ${about.cancelled_why ?? ''}`,
    `Its runs may be given in another round. Open rounds are here:\n${about.address}/rounds`,
  ]),
})

const letter = (
  { name }: Applied,
  { academy, email, name: round }: About,
  parts: readonly (string | false)[],
): string =>
  [
    `Dear ${name.trim().split(/\s+/u)[0] || 'friend'},`,
    ...parts.filter((part) => part !== false),
    `${academy}${email ? `\n${email}` : ''}`,
    `You get this letter because you applied in the round ${round}.`,
  ].join('\n\n')

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** "first", "second", "12th" */
export const sayChoice = (choice: number): string => ordinals[choice - 1] ?? `${choice}th`
