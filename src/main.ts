/** The command line: every command, what it takes, and the code it ends with. */
import { Command, InvalidArgumentError } from 'commander'
import { sayFault } from './commands/stopping.ts'

const number = (said: string): number => {
  const value = Number(said)
  if (!Number.isInteger(value) || value < 1 || value > 5_000_000)
    throw new InvalidArgumentError('Give a whole number from 1 to 5,000,000.')
  return value
}

const files = {
  write: (text: string) => void process.stdout.write(text),
  error: (text: string) => void process.stderr.write(text),
}
const ends = async (code: Promise<number>): Promise<void> => void (process.exitCode = await code)

const hearten = new Command('hearten')
  .description('The organising academy platform. Settings are read from the environment: hearten check names them all.')
  .showHelpAfterError('Run it with --help to see what it takes.')

hearten
  .command('serve')
  .description('serve pages and work jobs, until Ctrl-C')
  .option('--no-jobs', 'leave the jobs to a process of their own: hearten work')
  .action(async ({ jobs }: { jobs: boolean }) => (await import('./commands/serve.ts')).serve({ jobs }))
hearten
  .command('work')
  .description('work jobs, until Ctrl-C')
  .action(async () => (await import('./commands/serve.ts')).work())
hearten
  .command('migrate')
  .description('bring the database up to date, with its areas and the catalogue')
  .action(async () => (await import('./commands/migrating.ts')).migrateDatabase())
hearten
  .command('demo')
  .description('load the demonstration programme into an empty database')
  .option('--members <number>', 'how many members', number, 5_000)
  .action(async ({ members }: { members: number }) => (await import('./commands/demo.ts')).demo(members))

const importing = hearten.command('import').description('read a file into the database')
for (const [what, about] of [
  ['members', 'the membership roll: membership_number, name, email, postcode or area, joined_on, status'],
  ['areas', 'areas: code, name, parent, kind, lat, lon, hex_q, hex_r, electors'],
  ['postcodes', 'postcodes: a column of postcodes and one of area codes'],
] as const) {
  const command = importing
    .command(what)
    .argument('<file>', 'the CSV file')
    .description(about)
    .option('--dry-run', 'read and check everything, and change nothing')
    .option('--rejects <file>', 'where rows that cannot be used go, each with its line and the reason')
  if (what === 'members')
    command.option('--close-many', 'go on even if more than a fifth of the members are missing from the file')
  command.action(async (file: string, options: object) =>
    ends((await import('./commands/importing.ts')).importFile(what, file, options)),
  )
}
importing
  .command('equality')
  .description('the equality questions of a nation, in YAML or JSON; new wording is a new version')
  .argument('<file>', 'the questions: see content/equality')
  .requiredOption('--nation <nation>', 'a nation by its name or code, like Scotland')
  .action(async (file: string, { nation }: { nation: string }) =>
    ends((await import('./commands/importing.ts')).importEquality(file, nation)),
  )

hearten
  .command('export')
  .description('write every table as a CSV file, with a manifest; keys and sign-in secrets are left out')
  .argument('<folder>', 'a new or empty folder')
  .action(async (folder: string) => (await import('./commands/exporting.ts')).exportAll(folder))
hearten
  .command('grant')
  .description('give someone a role, everywhere, at an area or at an academy')
  .argument('<person>', 'a membership number or an email address')
  .argument(
    '<role>',
    'trainer, coordinator, organiser, partner, administrator, "data protection officer" or "equality lead"',
  )
  .option('--area <code>', 'the area at which it is held, and below')
  .option('--academy <slug>', 'the academy at which it is held')
  .option('--until <day>', 'the last day, like 2027-12-31')
  .action(async (person: string, role: string, options: object) =>
    (await import('./commands/granting.ts')).grant(person, role, options),
  )

hearten
  .command('check')
  .description('say what is wrong and how to mend it: settings, database, mail, disk, places; or the record')
  .argument('[what]', 'record: recompute the chain over everything that happened')
  .action(async (what: string | undefined) => ends((await import('./commands/checking.ts')).check(what)))

hearten
  .command('allocate')
  .description('give out the places of a round from a file, without a database')
  .argument('<file>', 'the round, as JSON')
  .option('--out <file>', 'where the result goes, instead of the screen')
  .action(async (file: string, { out }: { out?: string }) => {
    const { runAllocate } = await import('#engines/allocation/index.ts')
    await ends(runAllocate({ file, ...(out === undefined ? {} : { out }) }, files))
  })
hearten
  .command('allocation')
  .description('published allocations')
  .command('verify')
  .description('recompute a published audit file and say yes, or exactly what differs')
  .argument('<file>', 'the audit file')
  .action(async (file: string) => {
    const { runVerify } = await import('#engines/allocation/index.ts')
    await ends(runVerify({ file }, files))
  })
hearten
  .command('opinion')
  .description('sort people into opinion groups from a file of votes, without a database')
  .argument('<votes>', 'timestamp,datetime,comment-id,voter-id,vote')
  .option('--statements <file>', 'the statements: comment-id, moderated, is-meta')
  .option('--groups <file>', 'participant,group: computes figures for these groups instead of finding some')
  .option('--seed <text>', 'what chance is drawn from')
  .option('--out <file>', 'where the result goes, instead of the screen')
  .action(async (votes: string, options: { statements?: string; groups?: string; seed?: string; out?: string }) => {
    const { runOpinion } = await import('#engines/opinion/index.ts')
    await ends(runOpinion({ votes, ...options }, files))
  })

try {
  await hearten.parseAsync()
} catch (error) {
  const fault = sayFault(error)
  console.error(fault ?? error)
  process.exitCode = 1
}
