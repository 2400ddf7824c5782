/** The lines of a text file, however large, and however its bytes are laid. */
import { createReadStream } from 'node:fs'

/** Longer lines are cut short here: what follows, up to the line's end, is dropped. */
export const longestLine = 100_000

/**
 * The lines of a file in batches, in bounded memory. UTF-8 or, with its mark, little-endian UTF-16; bytes that are neither come as U+FFFD.
 * Lines end with LF, CR LF or CR.
 */
export async function* linesOf(file: string): AsyncGenerator<string[]> {
  let decoder: TextDecoder | null = null
  let rest = ''
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8')
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\n|\r\n|\r(?=[^\n])/)
    rest = lines.pop()!
    if (rest.length > longestLine) rest = rest.slice(0, longestLine + 1)
    yield lines
  }
  rest += decoder?.decode() ?? ''
  if (rest !== '') yield [rest.replace(/\r$/, '')]
}
