/** A round as its file gives it: what can be had, who asks for it, and in which order they prefer it. */

/** Something in the input cannot be used. The message says where and why, without a full stop. */
export class Unusable extends Error {
  override name = 'Unusable'
}

/** A run's seats. Reserves are seats held first for those with a trait; together they never exceed the capacity. */
export interface Seats {
  capacity: number
  reserves: Readonly<Record<string, number>>
}

export interface Run extends Seats {
  id: string
}

/** One application, under its pseudonym. Band 0 comes first; `preferences` are run ids, best first. */
export interface Member {
  id: string
  band: number
  traits: readonly string[]
  preferences: readonly string[]
}

/** What is known when applications close. */
export interface Applications {
  round: string
  runs: readonly Run[]
  members: readonly Member[]
}

/** Everything the outcome depends on, and nothing else. */
export interface Round extends Applications {
  seed: string
}

/** A place in the queue: the lower band first, and within a band the smaller number (64 hexadecimal digits). */
export interface Priority {
  band: number
  number: string
}

/** The order of ids and traits, everywhere: by UTF-16 code unit, as in RFC 8785, so that no locale can change it. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** An empty record that takes any text as a key, `__proto__` among them. */
export const emptyRecord = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>
