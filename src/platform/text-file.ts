/** A text file of unknown encoding: looked through once, then read as UTF-8 a piece at a time. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAscii, isUtf8 } from 'node:buffer'
import { Refusal } from '#core/refusal'

/** A file that cannot be used at all. The message says why, and what to do. */
export class UnusableFile extends Refusal {
  override name = 'UnusableFile'
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface TextFile {
  file: string
  encoding: Encoding
  /** How long it is, in bytes. */
  size: number
  /** SHA-256 of its bytes, by which the same file is known again. */
  digest: string
}

const pieceSize = 256 * 1024
const stopgap = /[\u0081\u008d\u008f\u0090\u009d]/

/** Looks through the whole file: which encoding it is in, how long it is, and its digest. */
export async function inspectText(file: string): Promise<TextFile> {
  const about = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UnusableFile(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `The file ${file} cannot be read: ${error.message}.`,
    )
  })
  if (!about.isFile()) throw new UnusableFile(`${file} is not a file.`)
  if (about.size === 0) throw new UnusableFile(`${file} is empty.`)
  const hash = createHash('sha256')
  const look = new EncodingLook()
  for await (const piece of createReadStream(file, { highWaterMark: pieceSize }) as AsyncIterable<Buffer>) {
    hash.update(piece)
    look.at(piece)
  }
  return { file, encoding: look.found(), size: about.size, digest: hash.digest('hex') }
}

/** The file's text as UTF-8, without its byte order mark, a piece at a time; with each, how many bytes of the file are read. */
export async function* piecesOf({ file, encoding }: TextFile): AsyncGenerator<{ text: Buffer; read: number }> {
  // TextDecoder takes the mark away itself; UTF-8, the usual case, goes through as it is
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding)
  let read = 0
  for await (const piece of createReadStream(file, { highWaterMark: pieceSize }) as AsyncIterable<Buffer>) {
    const first = read === 0
    read += piece.length
    if (decoder) yield { text: Buffer.from(decoder.decode(piece, { stream: true })), read }
    else yield { text: first && startsWith(piece, [0xef, 0xbb, 0xbf]) ? piece.subarray(3) : piece, read }
  }
  const rest = decoder?.decode()
  if (rest) yield { text: Buffer.from(rest), read }
}

const startsWith = (piece: Buffer, bytes: readonly number[]): boolean => bytes.every((byte, at) => piece[at] === byte)

/** What each piece says about the encoding of the whole. */
class EncodingLook {
  private wide: 'utf-16le' | 'utf-16be' | undefined
  private begun = false
  private line = 1
  /** The start of a character that the next piece goes on with. */
  private carried = Buffer.alloc(0)
  private accented = false
  /** The line of the first bytes that are not UTF-8. */
  private notUtf8: number | undefined
  private strange: number | undefined

  at(piece: Buffer): void {
    if (!this.begun) this.begin(piece)
    if (this.wide) return
    if (piece.includes(0))
      throw new UnusableFile('This is not a text file: it holds a zero byte. Save it as CSV (UTF-8) and try again.')
    const whole = this.carried.length === 0 ? piece : Buffer.concat([this.carried, piece])
    const cut = whole.length - unfinished(whole)
    this.judge(whole.subarray(0, cut))
    this.carried = Buffer.from(whole.subarray(cut))
  }

  found(): Encoding {
    if (this.wide) return this.wide
    if (this.carried.length > 0) this.judge(this.carried)
    if (this.notUtf8 === undefined) return 'utf-8'
    if (this.accented) {
      throw new UnusableFile(
        `The file mixes encodings: most of it is UTF-8, but line ${this.notUtf8} is not. Save it again as CSV (UTF-8).`,
      )
    }
    if (this.strange !== undefined) {
      throw new UnusableFile(
        `The file is neither UTF-8 nor Windows Latin 1: line ${this.strange} has a character that belongs to neither. Save it again as CSV (UTF-8).`,
      )
    }
    return 'windows-1252'
  }

  private begin(piece: Buffer): void {
    this.begun = true
    if (startsWith(piece, [0x50, 0x4b, 0x03, 0x04]) || startsWith(piece, [0xd0, 0xcf, 0x11, 0xe0]))
      throw new UnusableFile('This is a spreadsheet or a zip file, not CSV. Open it and save it as CSV (UTF-8).')
    if (startsWith(piece, [0x1f, 0x8b])) throw new UnusableFile('This file is compressed. Unpack it first.')
    if (startsWith(piece, [0xff, 0xfe])) this.wide = 'utf-16le'
    else if (startsWith(piece, [0xfe, 0xff])) this.wide = 'utf-16be'
    // without its mark, UTF-16 shows by the zero in every other byte of plain letters
    else if (piece.length > 3 && piece[1] === 0 && piece[3] === 0 && piece[0] !== 0) this.wide = 'utf-16le'
    else if (piece.length > 3 && piece[0] === 0 && piece[2] === 0 && piece[1] !== 0) this.wide = 'utf-16be'
  }

  private judge(bytes: Buffer): void {
    if (isUtf8(bytes)) {
      if (!this.accented) this.accented = !isAscii(bytes)
      this.line += newlinesIn(bytes)
      return
    }
    // only pieces that are not UTF-8 are looked at line by line
    for (let from = 0; from < bytes.length;) {
      const end = bytes.indexOf(0x0a, from)
      const line = bytes.subarray(from, end === -1 ? bytes.length : end)
      if (!isUtf8(line)) {
        this.notUtf8 ??= this.line
        if (stopgap.test(line.toString('latin1'))) this.strange ??= this.line
      } else if (!this.accented) this.accented = !isAscii(line)
      if (end === -1) break
      this.line++
      from = end + 1
    }
  }
}

/** How many bytes at the end begin a character of UTF-8 that is not yet whole. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

function newlinesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count++
  return count
}
