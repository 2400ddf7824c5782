/** Why a run needs its coordinator: rules and words. The same rules stand in SQL in staff-runs.ts. */
import { addDays, type Day, daysBetween, sayShortDay } from '#core/days'
import type { RunState } from '../run.ts'

/** A draft that begins within so many days, and a run that is half empty within so many, need someone. */
export const draftDays = 28
export const emptyDays = 14
/** A trainer has a day to finish a register; then it is asked for, for so long after its session. */
export const registerDays = 60

export interface Facts {
  state: RunState
  startsOn: Day
  endsOn: Day
  capacity: number
  taken: number
  waiting: number
  trainers: number
  /** Whether another run of the course at the academy has places left. */
  hasNext: boolean
  /** Sessions that have been over for a day and whose register is not finished. */
  registers: number
  /** Access needs of people with a place or a turn that nobody has arranged. */
  needs: number
}

export type Reason = 'draft' | 'no trainer' | 'waiting' | 'half empty' | 'needs' | 'register'

/** Every reason, the most pressing first, each in a few words. */
export function reasonsFor(facts: Facts, today: Day): { reason: Reason; words: string }[] {
  const { state, startsOn, endsOn, capacity, taken, waiting, trainers, hasNext, registers, needs } = facts
  if (state === 'cancelled') return []
  const begins = daysBetween(today, startsOn)
  if (state === 'draft') {
    const words = begins < 0 ? `Draft, was to begin on ${sayShortDay(startsOn)}` : `Draft, begins ${sayIn(begins)}`
    return begins <= draftDays ? [{ reason: 'draft', words }] : []
  }
  const ahead = endsOn >= today
  const all: ({ reason: Reason; words: string } | false)[] = [
    ahead && needs > 0 && { reason: 'needs', words: counted(needs, 'An access need', 'access needs', 'to arrange') },
    ahead && trainers === 0 && { reason: 'no trainer', words: 'No trainer' },
    registers > 0 && { reason: 'register', words: counted(registers, 'A register', 'registers', 'to finish') },
    ahead &&
      waiting > 0 &&
      taken >= capacity &&
      !hasNext && { reason: 'waiting', words: `${waiting.toLocaleString('en-GB')} waiting, no next run` },
    begins >= 0 &&
      startsOn <= addDays(today, emptyDays) &&
      taken * 2 < capacity && { reason: 'half empty', words: `${taken} of ${capacity} taken, begins ${sayIn(begins)}` },
  ]
  return all.filter((one) => one !== false)
}

const sayIn = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`)

const counted = (number: number, one: string, many: string, what: string): string =>
  number === 1 ? `${one} ${what}` : `${number.toLocaleString('en-GB')} ${many} ${what}`
