/** Canonical JSON (RFC 8785) and its SHA-256, piece by piece so that no text is longer than one entry. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** The SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A value as canonical JSON. */
export function canonical(value: object): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('This value has no JSON')
  return text
}

/** Canonical JSON of a list, in pieces. */
export function* canonicalList(entries: readonly object[]): Generator<string> {
  yield '['
  for (let i = 0; i < entries.length; i++) yield (i > 0 ? ',' : '') + canonical(entries[i]!)
  yield ']'
}

/** The SHA-256 of pieces of text one after another. */
export function digestOf(pieces: Iterable<string>): string {
  const hash = createHash('sha256')
  let waiting = ''
  for (const piece of pieces) {
    waiting += piece
    if (waiting.length < 1 << 16) continue
    hash.update(waiting)
    waiting = ''
  }
  return hash.update(waiting).digest('hex')
}
