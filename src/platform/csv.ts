/**
 * Large CSV files, read a batch at a time in constant memory. Each row keeps its line. A line that is broken (a stray
 * quote, too long, too many values) is told of by itself, and reading goes on with the next line: nothing is swallowed.
 */
import { type InfoRecord, type Parser, parse } from 'csv-parse'
import { inspectText, piecesOf, type TextFile, UnusableFile } from './text-file.ts'

export { UnusableFile } from './text-file.ts'

export interface CsvRow {
  /** The line it begins on, counted from 1. */
  line: number
  cells: string[]
}

/** A line that could not be read as a row, and why. */
export interface CsvFault {
  line: number
  reason: string
}

export interface CsvBatch {
  rows: CsvRow[]
  faults: CsvFault[]
  /** How many bytes of the file are read so far. */
  read: number
}

export interface CsvFile extends TextFile {
  /** The names of the columns, as they stand in the first line. */
  header: readonly string[]
  /** The rows, so many at a time. */
  batches: (size: number) => AsyncGenerator<CsvBatch>
}

export interface CsvLimits {
  /** The longest row, in bytes. */
  rowBytes: number
  columns: number
  /** After so many broken lines the file is refused. */
  faults: number
}

const usual: CsvLimits = { rowBytes: 64 * 1024, columns: 300, faults: 10_000 }

/** Opens a CSV file: its encoding and what separates its values are found out; one that cannot be CSV is refused in words. */
export async function openCsv(file: string, limits: Partial<CsvLimits> = {}): Promise<CsvFile> {
  const bounds = { ...usual, ...limits }
  const text = await inspectText(file)
  const { header, separator } = await headerOf(text, bounds)
  return { ...text, header, batches: (size) => batchesOf(text, separator, header.length, bounds, size) }
}

/** Where each wanted column is, by any of its names, and which columns nobody asked for; names are compared as plain words. */
export function columnsIn<Wanted extends string>(
  header: readonly string[],
  names: Readonly<Record<Wanted, readonly string[]>>,
): { at: Partial<Record<Wanted, number>>; unknown: string[] } {
  const plain = header.map(plainName)
  const at: Partial<Record<Wanted, number>> = {}
  for (const [wanted, known] of Object.entries(names) as [Wanted, readonly string[]][]) {
    const twice = known.find((name) => plain.filter((column) => column === name).length > 1)
    if (twice !== undefined) throw new UnusableFile(`The column ${twice} is there twice. Remove one of the two.`)
    const found = known.find((name) => plain.includes(name))
    if (found !== undefined) at[wanted] = plain.indexOf(found)
  }
  const used = new Set(Object.values(at))
  return { at, unknown: header.filter((name, index) => name.trim() !== '' && !used.has(index)) }
}

/** "Membership Number " → "membership_number" */
const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')

async function headerOf(text: TextFile, limits: CsvLimits): Promise<{ header: string[]; separator: string }> {
  const separator = await separatorIn(text, limits)
  for await (const { rows, faults } of batchesOf(text, separator, 0, limits, 1)) {
    const [row] = rows
    if (faults[0] && faults[0].line < (row?.line ?? Infinity))
      throw new UnusableFile(`The first line, which names the columns, cannot be read. ${faults[0].reason}.`)
    const header = row?.cells ?? []
    if (header.length > limits.columns)
      throw new UnusableFile(`There are ${header.length} columns; at most ${limits.columns} can be read.`)
    if (header.some((name) => name.trim() !== '')) return { header, separator }
  }
  throw new UnusableFile('The file has no first line that names its columns.')
}

/** What stands most often in the first line: a comma, a semicolon or a tab. */
async function separatorIn(text: TextFile, limits: CsvLimits): Promise<string> {
  for await (const { text: first } of piecesOf(text)) {
    const end = first.findIndex((byte) => byte === 0x0a || byte === 0x0d)
    const line = first.subarray(0, Math.min(end === -1 ? first.length : end, limits.rowBytes)).toString()
    return [',', ';', '\t'].toSorted((a, b) => line.split(b).length - line.split(a).length)[0]!
  }
  return ','
}

/** Batches of rows; with `width` 0 the header itself, else the rows after it. */
async function* batchesOf(
  text: TextFile,
  separator: string,
  width: number,
  limits: CsvLimits,
  size: number,
): AsyncGenerator<CsvBatch> {
  const reader = new Reader(separator, width, limits)
  for await (const { text: piece, read } of piecesOf(text)) {
    await reader.take(piece)
    while (reader.waiting >= size) yield { ...reader.give(size), read }
  }
  await reader.end()
  while (reader.waiting > size) yield { ...reader.give(size), read: text.size }
  yield { ...reader.give(size), read: text.size }
}

/** Feeds csv-parse, and after a line it cannot read begins again with the next one. */
class Reader {
  private rows: CsvRow[] = []
  /** How many of `rows` are given already. */
  private given = 0
  private faults: CsvFault[] = []
  private faultCount = 0
  private headerDue: boolean
  private parser: Parser
  /** What has been fed since the end of the last whole row. */
  private pending: Buffer = Buffer.alloc(0)
  /** How many bytes this parser was fed before `pending`, and where its last row ended. */
  private fedBefore = 0
  private rowEnd = 0
  /** The line on which the next row begins, and how many lines came before this parser's first. */
  private nextLine = 1
  private linesBefore = 0
  /** Within a line that is too long: whatever comes before its end is dropped. */
  private dropping = false

  private readonly separator: string
  private readonly width: number
  private readonly limits: CsvLimits

  constructor(separator: string, width: number, limits: CsvLimits) {
    this.separator = separator
    this.width = width
    this.limits = limits
    this.headerDue = width > 0
    this.parser = this.newParser()
  }

  get waiting(): number {
    return this.rows.length - this.given
  }

  give(size: number): Pick<CsvBatch, 'rows' | 'faults'> {
    const { faults } = this
    const rows = this.rows.slice(this.given, this.given + size)
    this.given += rows.length
    this.faults = []
    return { rows, faults }
  }

  async take(piece: Buffer): Promise<void> {
    if (this.given > 0) this.rows.splice(0, this.given)
    this.given = 0
    let bytes = piece
    if (this.dropping) {
      const end = bytes.indexOf(0x0a)
      if (end === -1) return
      this.dropping = false
      bytes = bytes.subarray(end + 1)
    }
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes])
    const error = await fed(this.parser, bytes)
    if (error) return this.recover(error)
    this.forget()
  }

  async end(): Promise<void> {
    const error = await new Promise<Error | undefined>((resolve) => {
      this.parser.once('error', resolve)
      this.parser.once('end', () => resolve(undefined))
      this.parser.end()
      this.parser.resume()
    })
    if (!error) return
    await this.recover(error)
    return this.end()
  }

  /** Drops what belongs to whole rows already read. */
  private forget(): void {
    this.pending = Buffer.from(this.pending.subarray(this.rowEnd - this.fedBefore))
    this.fedBefore = this.rowEnd
  }

  private async recover(error: Error): Promise<void> {
    this.forget()
    this.fault(this.nextLine, whyOf(error, this.limits))
    const rest = this.pending
    const end = rest.indexOf(0x0a)
    this.pending = Buffer.alloc(0)
    this.fedBefore = this.rowEnd = 0
    this.linesBefore = this.nextLine++
    this.parser = this.newParser()
    if (end === -1) this.dropping = true
    else await this.take(rest.subarray(end + 1))
  }

  private fault(line: number, reason: string): void {
    this.faults.push({ line, reason })
    if (++this.faultCount > this.limits.faults)
      throw new UnusableFile(
        `More than ${this.limits.faults} lines cannot be read, the last of them line ${line}: ${reason}. Check how the file was saved.`,
      )
  }

  private newParser(): Parser {
    const parser = parse({
      delimiter: this.separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: this.limits.rowBytes,
      on_record: (cells: string[], about) => this.keep(cells, about),
    })
    parser.on('error', () => {}) // `fed` and `end` hear of it
    return parser
  }

  private keep(cells: string[], about: InfoRecord): null {
    const line = this.nextLine
    this.nextLine = this.linesBefore + about.lines + 1
    this.rowEnd = about.bytes
    if (this.headerDue) this.headerDue = false
    else if (cells.length === 1 && cells[0]!.trim() === '') return null
    else if (this.width === 0) this.rows.push({ line, cells })
    else if (cells.length < this.width || cells.slice(this.width).some((cell) => cell !== ''))
      this.fault(line, `It has ${cells.length} values, where the first line names ${this.width} columns`)
    else this.rows.push({ line, cells })
    return null
  }
}

const fed = (parser: Parser, bytes: Buffer): Promise<Error | undefined> =>
  new Promise((resolve) => {
    parser.write(bytes, (error) => resolve(error ?? undefined))
  })

function whyOf(error: Error, limits: CsvLimits): string {
  const code = (error as { code?: string }).code
  if (error instanceof UnusableFile) throw error
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `It is longer than ${limits.rowBytes.toLocaleString('en-GB')} bytes, or a quote mark in it is never closed`
  if (code === 'INVALID_OPENING_QUOTE' || code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'CSV_QUOTE_NOT_CLOSED')
    return 'A quote mark in it stands alone: within a value, quote marks are doubled'
  throw error
}
