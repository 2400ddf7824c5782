/** The rows of a CSV file as they stream by, with their lines; what cannot be read is reported and left out. */
import { createReadStream } from 'node:fs'
import { parse, type CsvError, type Info } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { linesOf, longestLine } from './lines.ts'

/** Called with the line of a broken row and what is wrong with it. */
export type Report = (line: number, problem: string) => void

/** Called with the named columns of a row, in the order named; a column the file does not have is null. */
export type Take = (fields: (string | null)[], line: number) => void

/** Columns by name: those that must be there, each perhaps under one of several names, then those that may. */
export interface Columns {
  required: readonly (readonly string[])[]
  optional: readonly string[]
}

/** The file cannot be used at all; the message says why, for the person who named it. */
export class Unusable extends Error {
  override name = 'Unusable'
}

/**
 * Reads a file with a header in which every row is one line, so that a quotation mark left open spoils its own line and no
 * other. Columns may come in any order. Throws Unusable if the file cannot be read or a required column is missing.
 */
export async function readLines(file: string, columns: Columns, report: Report, take: Take): Promise<void> {
  const rows = rowReader(file, columns, report, take)
  let line = 0
  for await (const lines of attempt(file, linesOf(file)))
    for (const text of lines) {
      line++
      if (text.length > longestLine) report(line, tooLong)
      else if (text.trim() !== '') rows.read(text.includes('"') ? quoted(text) : text.split(','), line)
    }
  rows.end()
}

/** Reads a file with a header whose fields may run over several lines within quotation marks; a row is known by its last line. */
export async function readRecords(file: string, columns: Columns, report: Report, take: Take): Promise<void> {
  const rows = rowReader(file, columns, report, take)
  const source = createReadStream(file)
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
    on_skip: (problem: CsvError | undefined): undefined => {
      const line = Number(problem?.['lines'] ?? 0)
      if (problem?.code === 'CSV_MAX_RECORD_SIZE') parser.destroy(new Unusable(`${file}, line ${line}: ${farTooLong}`))
      else report(line, badQuotes)
    },
  })
  source.on('error', (problem) => parser.destroy(problem)).pipe(parser)
  const records = parser as AsyncIterable<{ record: string[]; info: Info }>
  try {
    for await (const { record, info } of attempt(file, records)) rows.read(record, info.lines)
  } finally {
    source.destroy()
  }
  rows.end()
}

const tooLong = `is longer than ${longestLine.toLocaleString('en-GB')} characters`
const longestRecord = 10_000_000
const farTooLong = 'a row of more than 10 million characters, or a quotation mark that is never closed'
const badQuotes = 'has a quotation mark out of place'

function rowReader(file: string, { required, optional }: Columns, report: Report, take: Take) {
  let places: number[] | null = null
  let width = 0
  const read = (fields: string[] | null, line: number): void => {
    if (!fields) return report(line, badQuotes)
    const row = fields.map((field) => field.trim())
    if (places) {
      if (row.length === width)
        take(
          places.map((place) => row[place] ?? null),
          line,
        )
      else report(line, `has ${row.length} columns where the header has ${width}`)
      return
    }
    const missing = required.filter((names) => !names.some((name) => row.includes(name)))
    if (missing.length)
      throw new Unusable(`${file} has no column ${missing.map((names) => `“${names[0]}”`).join(' and no column ')}`)
    places = [
      ...required.map((names) => row.findIndex((cell) => names.includes(cell))),
      ...optional.map((name) => row.indexOf(name)),
    ]
    width = row.length
  }
  const end = (): void => {
    if (!places) throw new Unusable(`${file} is empty`)
  }
  return { read, end }
}

function quoted(line: string): string[] | null {
  try {
    return parseNow(line, { relax_quotes: true, relax_column_count: true })[0] ?? null
  } catch {
    return null
  }
}

/** Passes items on, and turns a failure of the file system into words. */
async function* attempt<Item>(file: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items
  } catch (problem) {
    if (problem instanceof Unusable) throw problem
    const { code, message } = problem as NodeJS.ErrnoException
    throw new Unusable(code === 'ENOENT' ? `There is no file ${file}` : `${file} cannot be read: ${message}`)
  }
}
