/** `hearten allocate` and `hearten allocation verify`: the engine on files, without a database. */
import { open, writeFile } from 'node:fs/promises'
import { allocate, type Allocation } from './allocation.ts'
import { readAudit, verify, type Audit } from './audit.ts'
import { parseJson, type Json } from './json.ts'
import { readRound } from './reading.ts'
import { Unusable } from './round.ts'

/** Where a command writes: its result, and what a person should know about the run. */
export interface AllocationOutput {
  write: (text: string) => void
  error: (text: string) => void
}

/** The largest file that is read, in bytes; a larger one is refused without being read. */
export const largestFile = 500 * 1024 * 1024

/** Allocates the round in a file and writes the result as JSON; returns the exit code: 0, or 1 when the file cannot be used. */
export const runAllocate = (args: { file: string; out?: string }, io: AllocationOutput): Promise<number> =>
  telling(io, async () => {
    const lines = resultLines(allocate(await from(args.file, readRound)))
    if (args.out === undefined) for (const piece of inPieces(lines)) io.write(piece)
    else await save(args.out, inPieces(lines))
    return 0
  })

/** Computes a published audit file again and says yes (0), or exactly what differs (1); 1 also when it cannot be used. */
export const runVerify = ({ file }: { file: string }, io: AllocationOutput): Promise<number> =>
  telling(io, async () => {
    const audit = await from(file, readAudit)
    const differences = [...verify(audit).take(mostCounted + 1)]
    if (differences.length === 0) {
      const members = audit.input.members.length.toLocaleString('en-GB')
      io.write(`Yes. The roll, the seed and what each of ${members} members got are what the rule gives.\n`)
      return 0
    }
    io.write(`No. The file differs from what the rule gives in ${sayPlaces(differences.length)}.\n`)
    for (const { path, expected, found } of differences.slice(0, mostShown))
      io.write(`${path}\n  expected ${expected}\n  found    ${found}\n`)
    if (differences.length > mostShown) io.write(`The first ${mostShown} are shown.\n`)
    return 1
  })

/** A result as the command prints it, line by line: JSON, one member or run to a line. */
export function* resultLines({ round, assignments, runs, digest }: Allocation): Generator<string> {
  yield `{\n  "round": ${JSON.stringify(round)},\n`
  yield* listLines('assignments', assignments)
  yield* listLines('runs', runs)
  yield `  "digest": ${JSON.stringify(digest)}\n}\n`
}

/** An audit file, line by line: JSON, one member or run to a line. */
export function* auditLines({ engine, rollDigest, seedFrom, input, result }: Audit): Generator<string> {
  yield `{\n  "engine": ${JSON.stringify(engine)},\n  "rollDigest": ${JSON.stringify(rollDigest)},\n`
  yield `  "seedFrom": ${JSON.stringify(seedFrom)},\n`
  yield `  "input": {\n  "round": ${JSON.stringify(input.round)},\n  "seed": ${JSON.stringify(input.seed)},\n`
  yield* listLines('runs', input.runs)
  yield* listLines('members', input.members, '')
  yield `  },\n  "result": `
  yield* resultLines(result)
  yield '}\n'
}

function* listLines(name: string, entries: readonly object[], after = ','): Generator<string> {
  yield `  "${name}": [${entries.length > 0 ? '\n' : ''}`
  for (let i = 0; i < entries.length; i++)
    yield `    ${JSON.stringify(entries[i])}${i + 1 < entries.length ? ',' : ''}\n`
  yield `${entries.length > 0 ? '  ' : ''}]${after}\n`
}

/** Many short lines in few long pieces, which are written faster. */
function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = ''
  for (const line of lines) {
    piece += line
    if (piece.length < 1 << 16) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

const mostShown = 100
const mostCounted = 10_000

function sayPlaces(count: number): string {
  if (count === 1) return 'one place'
  return count > mostCounted
    ? `more than ${mostCounted.toLocaleString('en-GB')} places`
    : `${count.toLocaleString('en-GB')} places`
}

async function telling(io: AllocationOutput, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (problem) {
    if (!(problem instanceof Unusable)) throw problem
    io.error(`${problem.message}.\n`)
    return 1
  }
}

async function from<Read>(file: string, read: (json: Json) => Read): Promise<Read> {
  const bytes = await bytesOf(file)
  try {
    return read(parseJson(bytes))
  } catch (problem) {
    throw problem instanceof Unusable ? new Unusable(`${file}: ${problem.message}`) : problem
  }
}

/** Reads a whole file, but never more than the limit, whatever the file says of its own size. */
async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    if (size > largestFile) throw tooLarge(file)
    let bytes = Buffer.allocUnsafe(Math.max(size + 1, 1 << 16))
    for (let length = 0; ;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length)
      if (bytesRead === 0) return bytes.subarray(0, length)
      length += bytesRead
      if (length > largestFile) throw tooLarge(file)
      if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, largestFile + 1))
    }
  } catch (problem) {
    if (problem instanceof Unusable) throw problem
    throw new Unusable(`${file} cannot be read: ${(problem as Error).message}`)
  }
}

const tooLarge = (file: string): Unusable =>
  new Unusable(`${file} is larger than ${largestFile / 1024 / 1024} MB, which is the most that is read`)

async function save(file: string, lines: Iterable<string>): Promise<void> {
  await writeFile(file, lines).catch((problem: Error) => {
    throw new Unusable(`${file} cannot be written: ${problem.message}`)
  })
}
