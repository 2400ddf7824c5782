/** `hearten check`: what is wrong with this installation, and how to mend it. */
import { statfs } from 'node:fs/promises'
import { Client } from 'pg'
import { openTransport } from '#platform/mail'
import { checkRecord } from '#platform/record'
import { readSettings, type Settings, settingsHelp } from '#platform/settings'
import { faultsInPlaces } from '../modules/places/index.ts'
import { openDatabase, withProduct } from './opening.ts'
import { sayFault, Unusable } from './stopping.ts'

/** Says of each part whether it is well; resolves to 0 when all are, and 1 otherwise. */
export async function check(what: string | undefined): Promise<number> {
  if (what === 'record') return checkWholeRecord()
  if (what !== undefined) throw new Unusable(`There is no check called ${what}. There is: record`)
  const settings = trySettings()
  if (settings === undefined) return 1
  const parts: [string, () => Promise<string>][] = [
    ['Database', () => checkDatabase(settings)],
    ['Places', checkPlaces],
    ['Mail', () => checkMail(settings)],
    ['Disk', () => checkDisk(settings)],
  ]
  let wrong = 0
  for (const [name, ask] of parts) {
    try {
      console.log(`${name}: ${await ask()}`)
    } catch (error) {
      wrong++
      console.log(`${name}: WRONG. ${sayFault(error) ?? (error as Error).message}`)
    }
  }
  return wrong === 0 ? 0 : 1
}

function trySettings(): Settings | undefined {
  try {
    const settings = readSettings(process.env)
    console.log('Settings: well. They are read from the environment:')
    for (const { name, what, example } of settingsHelp()) console.log(`  ${name}: ${what}, such as ${example}`)
    return settings
  } catch (error) {
    console.log(`Settings: WRONG.\n${(error as Error).message}`)
    return undefined
  }
}

async function checkDatabase(settings: Settings): Promise<string> {
  const server = await openDatabase(settings)
  const client = new Client({ connectionString: server.url })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; size: string }>(
      `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`,
    )
    const { version, size } = rows[0]!
    if (Number.parseInt(version, 10) < 18)
      throw new Unusable(`It is PostgreSQL ${version}, and Hearten needs 18. Install PostgreSQL 18.`)
    return `well. PostgreSQL ${version}, ${size}.`
  } finally {
    await client.end()
    await server.stop()
  }
}

const checkPlaces = (): Promise<string> =>
  withProduct(async ({ db }) => {
    const faults = await faultsInPlaces(db)
    if (faults.length > 0) throw new Unusable(`${faults.length} runs do not add up: ${faults.slice(0, 5).join('; ')}`)
    return 'well. No run is overbooked, nobody is doubled, and every count adds up.'
  })

async function checkMail({ SMTP_URL }: Settings): Promise<string> {
  const transport = openTransport(SMTP_URL)
  if (!transport)
    return 'no mail server is set. In the demonstration, mail is on the page /outbox; a real programme needs SMTP_URL.'
  try {
    await transport.verify()
    return 'well. The mail server answers.'
  } catch (error) {
    throw new Unusable(`The mail server does not answer: ${(error as Error).message}. Check SMTP_URL.`)
  } finally {
    transport.close()
  }
}

const least = 2 * 1024 ** 3

async function checkDisk({ DATA_FOLDER, DATABASE_URL }: Settings): Promise<string> {
  if (DATABASE_URL !== undefined) return 'the data is in the database of DATABASE_URL; watch the disk there.'
  const { bavail, bsize } = await statfs(DATA_FOLDER)
  const free = bavail * bsize
  const words = `${(free / 1024 ** 3).toFixed(1)} GB free in ${DATA_FOLDER}.`
  if (free < least) throw new Unusable(`Only ${words} Make room: at least 2 GB should be free.`)
  return `well. ${words}`
}

const checkWholeRecord = (): Promise<number> =>
  withProduct(async ({ db }) => {
    const { sealed, unsealed, head, faults } = await checkRecord(db)
    for (const fault of faults.slice(0, 100)) console.log(`WRONG. ${fault}.`)
    console.log(
      `${sealed.toLocaleString('en-GB')} happenings are sealed, ${unsealed.toLocaleString('en-GB')} wait for the next seal.`,
    )
    console.log(`The last seal is ${head}. Note it elsewhere: it proves later that nothing was cut off the end.`)
    if (faults.length === 0) console.log('Nothing was altered or removed.')
    return faults.length === 0 ? 0 : 1
  })
