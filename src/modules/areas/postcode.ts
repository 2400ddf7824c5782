/** Postcodes as people write them: any case, any spaces, a letter O where a nought belongs. Rules only. */
import { postcodeAreas } from './postcode-areas.ts'

export interface Postcode {
  /** The whole postcode without its space, NG171AA; absent where only the first half was given. */
  whole?: string
  /** Its first half, NG17. */
  outward: string
  /** Its postcode area, NG. */
  letters: string
}

// one letter and a district from 1, or two letters and a district from 0; in inner London a letter may follow
const outwardRule = /^([A-Z](?!0)|[A-Z]{2})(\d|[1-9]\d|[1-9][A-HJKMNPR-Y])$/
const inwardRule = /^\d[ABD-HJLNP-UW-Z]{2}$/

/** The postcode, or the first half of one, that was meant; nothing where it cannot be told. */
export function readPostcode(said: string): Postcode | undefined {
  if (said.length > 20) return undefined
  const plain = said.toUpperCase().replace(/[\s.-]+/g, '')
  if (!/^[A-Z0-9]{2,7}$/.test(plain)) return undefined
  return plain.length >= 5 ? wholeFrom(plain) : outwardFrom(plain)
}

/** With its space, as people write it: NG17 1AA. */
export const sayPostcode = (postcode: string): string =>
  postcode.length > 4 ? `${postcode.slice(0, -3)} ${postcode.slice(-3)}` : postcode

function wholeFrom(plain: string): Postcode | undefined {
  // the second half is a figure and two letters, and never has an O or an I: no slip there is in doubt
  const inward = digitsFor(plain.at(-3)!) + plain.slice(-2)
  if (!inwardRule.test(inward)) return undefined
  const first = outwardFrom(plain.slice(0, -3))
  return first && { ...first, whole: first.outward + inward }
}

/** As it was typed, if that can be; else the one reading that slips between O and 0, I and 1 allow. */
function outwardFrom(plain: string): Postcode | undefined {
  if (plain.length < 2 || plain.length > 4) return undefined
  const typed = outwardIn(plain)
  if (typed) return typed
  const readings = readingsOf(plain).flatMap((reading) => outwardIn(reading) ?? [])
  return readings.length === 1 ? readings[0] : undefined
}

function outwardIn(text: string): Postcode | undefined {
  const letters = outwardRule.exec(text)?.[1]
  return letters !== undefined && postcodeAreas.has(letters) ? { outward: text, letters } : undefined
}

const alike: Readonly<Record<string, string>> = { O: '0', '0': 'O', I: '1', '1': 'I' }

const readingsOf = (text: string): string[] =>
  Array.from(text).reduce<string[]>(
    (before, character) =>
      before.flatMap((start) => [start + character, ...(alike[character] ? [start + alike[character]] : [])]),
    [''],
  )

const digitsFor = (character: string): string => (character === 'O' ? '0' : character === 'I' ? '1' : character)
