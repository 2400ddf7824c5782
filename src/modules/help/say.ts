/** How requests are said on pages. */
import { sayMoney } from '#core/money'
import type { Tone } from '#design'
import { type Kind, kindNames, type State } from './kinds.ts'

/** "Travel, £12.50", or "Quiet room" where no money goes with it. */
export const sayWhat = ({ kind, asked }: { kind: Kind; asked: number }): string =>
  asked === 0 ? kindNames[kind] : `${kindNames[kind]}, ${sayMoney(asked)}`

/** The state as those who decide read it. */
export function sayState({ state, awarded }: { state: State; awarded: number }): string {
  switch (state) {
    case 'asked':
      return 'To decide'
    case 'half decided':
      return 'A second person to decide'
    case 'awarded':
      return awarded === 0 ? 'To arrange' : `To pay: ${sayMoney(awarded)}`
    case 'paid':
      return awarded === 0 ? 'Arranged' : `Paid: ${sayMoney(awarded)}`
    case 'receipted':
      return awarded === 0 ? 'Arranged, and it came' : `Paid, and it came: ${sayMoney(awarded)}`
    case 'refused':
      return 'Said no'
    case 'withdrawn':
      return 'Taken back'
    default:
      return 'Ended with the place'
  }
}

/** The state as the member reads it. */
export function sayMine({ state, awarded, hasPlace }: { state: State; awarded: number; hasPlace: boolean }): {
  tone: Tone | undefined
  words: string
} {
  switch (state) {
    case 'asked':
    case 'half decided':
      return hasPlace
        ? { tone: 'wait', words: 'Being decided' }
        : { tone: undefined, words: 'Waits until you have a place' }
    case 'awarded':
      return { tone: 'go', words: awarded === 0 ? 'Yes' : `Yes: ${sayMoney(awarded)}` }
    case 'paid':
    case 'receipted':
      return { tone: 'go', words: awarded === 0 ? 'Arranged' : `Paid: ${sayMoney(awarded)}` }
    case 'refused':
      return { tone: 'stop', words: 'No' }
    case 'withdrawn':
      return { tone: undefined, words: 'You took it back' }
    default:
      return { tone: undefined, words: 'Ended with your place' }
  }
}
