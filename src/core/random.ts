/** Seeded randomness: the same seed gives the same numbers on every machine. */

/** A generator of numbers in [0, 1), seeded by any text (xmur3 into sfc32; Chris Doty-Humphrey's PractRand). */
export interface Random {
  /** The next number in [0, 1). */
  next: () => number
  /** A whole number from 0 up to, not including, `below`. */
  below: (below: number) => number
  /** One of the items. */
  pick: <Item>(items: readonly Item[]) => Item
}

/** A generator whose numbers depend on `seed` alone. */
export function seeded(seed: string): Random {
  const word = wordsOf(seed)
  let [a, b, c, d] = [word(), word(), word(), word()]
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 15; i++) next()
  const below = (limit: number): number => Math.floor(next() * limit)
  return { next, below, pick: (items) => items[below(items.length)]! }
}

/** Random text that cannot be guessed, for secret addresses and tokens: 32 bytes, base64url. */
export const unguessable = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')

// no 0 and O, no 1, I and L, no U and V side by side
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code that cannot be guessed, for people to read out and copy: twenty letters and digits in fours, 98 bits. */
export function unguessableCode(): string {
  let code = ''
  while (code.length < 20) {
    // a byte that would make some letters likelier than others is thrown away
    const bytes = crypto.getRandomValues(new Uint8Array(32)).filter((byte) => byte < letters.length * 8)
    code += Array.from(bytes, (byte) => letters[byte % letters.length]).join('')
  }
  return code.slice(0, 20).replaceAll(/(.{4})(?=.)/g, '$1-')
}

function wordsOf(seed: string): () => number {
  let h = 1779033703 ^ seed.length
  for (const character of seed) {
    h = Math.imul(h ^ character.codePointAt(0)!, 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    return (h ^= h >>> 16) >>> 0
  }
}
