/** `hearten opinion`: the engine on files, without a database. */
import { writeFile } from 'node:fs/promises'
import { readGroups, readStatements, readVotes, type VotesFile } from './files.ts'
import { compareIds } from './ids.ts'
import type { Settings } from './opinion.ts'
import { reportOf } from './report.ts'
import { Unusable, type Report } from './rows.ts'
import { runOnWorker } from './run-on-worker.ts'

export interface OpinionArguments {
  votes: string
  statements?: string
  groups?: string
  seed?: string
  out?: string
}

/** Where the command writes: its result, and what a person should know about the run. */
export interface OpinionOutput {
  write: (text: string) => void
  error: (text: string) => void
}

/** Runs the engine on files and writes its result as JSON; returns the exit code: 0, or 1 when the files cannot be used. */
export async function runOpinion(args: OpinionArguments, io: OpinionOutput): Promise<number> {
  try {
    const text = `${JSON.stringify(await reportOn(args, io))}\n`
    if (args.out === undefined) io.write(text)
    else await save(args.out, text)
    return 0
  } catch (problem) {
    if (!(problem instanceof Unusable)) throw problem
    io.error(`${problem.message}.\n`)
    return 1
  }
}

async function reportOn(args: OpinionArguments, io: OpinionOutput) {
  const about = args.statements === undefined ? new Map() : await reading(args.statements, io, readStatements)
  const read = await reading(args.votes, io, (file, report) => readVotes(file, about.keys(), report))
  const named = args.groups === undefined ? null : await reading(args.groups, io, readGroups)
  const given = named && givenGroups(named, read, args.groups!, io)
  const settings: Settings = {
    seed: args.seed ?? 'hearten',
    moderatedOut: Uint8Array.from(read.statements, (id) => (about.get(id)?.isOut ? 1 : 0)),
    meta: Uint8Array.from(read.statements, (id) => (about.get(id)?.isMeta ? 1 : 0)),
    ...(given ? { given: { group: given.group, ids: given.names.map((_, g) => g) } } : {}),
  }
  const opinion = await runOnWorker(read.votes, settings, { handOver: true })
  return reportOf(opinion, read.people, read.statements, given?.names)
}

/** Groups by name become groups by number; a group is only there if one of its members has voted. */
function givenGroups(named: Map<string, string>, { people }: VotesFile, file: string, io: OpinionOutput) {
  const inGroups = people.map((person) => named.get(person) ?? '')
  const names = [...new Set(inGroups)].filter((name) => name !== '').sort(compareIds)
  if (names.length === 0) throw new Unusable(`${file} puts no one who has voted in a group`)
  const voters = new Set(people)
  const silent = [...named].filter(([person, group]) => group !== '' && !voters.has(person)).length
  if (silent) io.error(`${file}: ${silent} in a group have no vote and are left out.\n`)
  return {
    group: Int16Array.from(inGroups, (name) => names.indexOf(name)),
    names: names.map((name) => (/^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : name)),
  }
}

/** Reads a file, reporting each broken row with its line, up to a thousand of them. */
async function reading<Read>(
  file: string,
  io: OpinionOutput,
  read: (file: string, report: Report) => Promise<Read>,
): Promise<Read> {
  let broken = 0
  const report: Report = (line, problem) => {
    if (++broken <= mostReported) io.error(`${file}, line ${line}: ${problem}. It is left out.\n`)
  }
  try {
    return await read(file, report)
  } finally {
    if (broken > mostReported)
      io.error(`${file}: ${(broken - mostReported).toLocaleString('en-GB')} more rows are broken and are left out.\n`)
  }
}

const mostReported = 1_000

async function save(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((problem: Error) => {
    throw new Unusable(`${file} cannot be written: ${problem.message}`)
  })
}
