/**
 * JSON from bytes, strictly: what is wrong is named with its line and column, a key given twice is refused (RFC 8785
 * needs keys to be unique), and neither depth nor the number of values can exhaust memory.
 */
import { Unusable } from './round.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** How deep lists and objects may be nested. */
export const deepest = 32
/** How many values one text may hold. */
export const mostValues = 20_000_000
/** How many characters one number may take. */
const longestNumber = 400

/** Reads one JSON value from UTF-8, with or without a byte order mark. Throws `Unusable` with line and column. */
export function parseJson(bytes: Uint8Array): Json {
  return new Reader(bytes).all()
}

class Reader {
  readonly #bytes: Buffer
  readonly #start: number
  #at: number
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const [b0, b1, b2] = this.#bytes
    this.#at = this.#start = b0 === 0xef && b1 === 0xbb && b2 === 0xbf ? 3 : 0
  }

  all(): Json {
    const value = this.#value(0)
    if (this.#next() >= 0) this.#fail('there is something after the end of the JSON')
    return value
  }

  #value(depth: number): Json {
    const next = this.#next()
    if (++this.#values > mostValues) this.#fail(`there are more than ${mostValues.toLocaleString('en-GB')} values`)
    if (next === quote) return this.#text()
    if (next === openBrace) return this.#object(depth + 1)
    if (next === openBracket) return this.#list(depth + 1)
    if (next === minus || isDigit(next)) return this.#number()
    for (const [word, value] of words)
      if (this.#bytes.toString('latin1', this.#at, this.#at + word.length) === word) {
        this.#at += word.length
        return value
      }
    return this.#fail('this is not JSON: a value should stand here')
  }

  #object(depth: number): Json {
    if (depth > deepest) this.#fail(`lists and objects are nested more than ${deepest} deep`)
    const object: { [key: string]: Json } = {}
    this.#at++
    if (this.#next() === closeBrace) return this.#past(object)
    for (;;) {
      if (this.#next() !== quote) this.#fail('this is not JSON: a key in double quotes should stand here')
      const start = this.#at
      const key = this.#text()
      if (Object.hasOwn(object, key)) this.#fail(`the key ${quoted(key)} is given twice in one object`, start)
      if (this.#next() !== colon) this.#fail('this is not JSON: a colon should stand here')
      this.#at++
      const value = this.#value(depth)
      if (key === '__proto__')
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
      else object[key] = value
      const after = this.#next()
      if (after === closeBrace) return this.#past(object)
      if (after !== comma) this.#fail('this is not JSON: a comma or } should stand here')
      this.#at++
    }
  }

  #list(depth: number): Json {
    if (depth > deepest) this.#fail(`lists and objects are nested more than ${deepest} deep`)
    const list: Json[] = []
    this.#at++
    if (this.#next() === closeBracket) return this.#past(list)
    for (;;) {
      list.push(this.#value(depth))
      const after = this.#next()
      if (after === closeBracket) return this.#past(list)
      if (after !== comma) this.#fail('this is not JSON: a comma or ] should stand here')
      this.#at++
    }
  }

  #text(): string {
    const bytes = this.#bytes
    const start = this.#at
    let isPlain = true
    for (let at = start + 1; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === quote) {
        this.#at = at + 1
        return isPlain ? bytes.toString('latin1', start + 1, at) : this.#decoded(start)
      }
      if (byte < 0x20) this.#fail('this is not JSON: text goes over the end of a line or holds a control character', at)
      if (byte === backslash) at++
      if (byte === backslash || byte >= 0x80) isPlain = false
    }
    return this.#fail('this is not JSON: this text has no closing quote')
  }

  /** Text with escapes or beyond ASCII: the language's own reader knows those rules. */
  #decoded(start: number): string {
    try {
      const text = JSON.parse(utf8.decode(this.#bytes.subarray(start, this.#at))) as string
      if (text.isWellFormed()) return text
    } catch {
      this.#fail('this text is not valid JSON in UTF-8', start)
    }
    return this.#fail('this text holds half a character', start)
  }

  #number(): number {
    const start = this.#at
    while (isOfNumber(this.#bytes[this.#at])) this.#at++
    if (this.#at - start > longestNumber) this.#fail(`this number has more than ${longestNumber} characters`, start)
    const text = this.#bytes.toString('latin1', start, this.#at)
    if (!/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)) this.#fail('this is not a number as JSON writes it', start)
    return Number(text)
  }

  /** The next byte that is not white space, or −1 at the end. */
  #next(): number {
    const bytes = this.#bytes
    for (; this.#at < bytes.length; this.#at++) {
      const byte = bytes[this.#at]!
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte
    }
    return -1
  }

  #past<Value>(value: Value): Value {
    this.#at++
    return value
  }

  #fail(problem: string, at = this.#at): never {
    let [line, start] = [1, 0]
    for (let end = this.#bytes.indexOf(0x0a); end >= 0 && end < at; end = this.#bytes.indexOf(0x0a, start)) {
      line++
      start = end + 1
    }
    let column = 1
    for (let i = Math.max(start, this.#start); i < at; i++) if (!isContinuation(this.#bytes[i]!)) column++
    const where = `line ${line}, column ${column}`
    if (at >= this.#bytes.length) throw new Unusable(`${where}: the file ends before its JSON does`)
    throw new Unusable(`${where}: ${problem}`)
  }
}

/** Text as a message shows it: shortened, in quotes, nothing invisible. */
export const quoted = (text: string): string => `“${visible(text, 40)}”`

/** Text shortened, and with nothing in it that a terminal would obey or a reader not see. */
export const visible = (text: string, most: number): string =>
  (text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text).replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    '\u{FFFD}',
  )

const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const [quote, backslash, openBrace, closeBrace] = [0x22, 0x5c, 0x7b, 0x7d]
const [openBracket, closeBracket, colon, comma, minus] = [0x5b, 0x5d, 0x3a, 0x2c, 0x2d]
/** Columns count characters, not bytes. */
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
const isOfNumber = (byte: number | undefined): boolean =>
  byte !== undefined && (isDigit(byte) || byte === minus || byte === 0x2b || byte === 0x2e || (byte | 0x20) === 0x65)
