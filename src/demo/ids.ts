/** Ids of the shape the database makes, but the same on every machine. */
import type { Random } from '#core/random'

/** A maker of ids that sort by the moment they are made for (UUID version 7). */
export function idsFrom(random: Random): (at: number) => string {
  return (at) => {
    const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0')
    const [a, b, c] = [hex(random, 4), hex(random, 8), hex(random, 8)]
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(1)}-${'89ab'[random.below(4)]}${b.slice(0, 3)}-${b.slice(3, 7)}${c}`
  }
}

const hex = (random: Random, digits: number): string =>
  random
    .below(16 ** digits)
    .toString(16)
    .padStart(digits, '0')
