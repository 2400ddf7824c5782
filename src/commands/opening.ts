/** What most commands begin with: the settings, the database and the product over them. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { machineClock } from '#platform/clock'
import { type DatabaseServer, startDatabaseServer } from '#platform/embedded'
import { openLog } from '#platform/log'
import { migrate } from '#platform/migrate'
import { readSettings, type Settings } from '#platform/settings'
import { openProduct, type Product } from '../compose.ts'
import { migrationsFolder } from '../root.ts'
import { Unusable } from './stopping.ts'

/** The database that the settings name; ours is started if it does not run yet. */
export async function openDatabase(settings: Settings): Promise<DatabaseServer> {
  if (settings.DATABASE_URL !== undefined) return { url: settings.DATABASE_URL, stop: async () => {} }
  await dataFolder(settings)
  return startDatabaseServer(path.join(settings.DATA_FOLDER, 'postgres')).catch((error: NodeJS.ErrnoException) => {
    if (['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? ''))
      throw new Unusable(
        `The data folder ${settings.DATA_FOLDER} cannot be written: ${error.message}. Set DATA_FOLDER to one that can.`,
      )
    throw new Unusable(`${error.message.replace(/\.$/, '')}. The data folder is ${settings.DATA_FOLDER}.`)
  })
}

/** Opens the product over a database brought up to date, lends it to `work`, and closes everything after it. */
export async function withProduct<Done>(work: (product: Product) => Promise<Done>): Promise<Done> {
  const settings = readSettings(process.env)
  const log = openLog(settings.LOG_LEVEL === 'info' ? 'warn' : settings.LOG_LEVEL)
  const server = await openDatabase(settings)
  try {
    await migrate(server.url, migrationsFolder)
    const product = openProduct(settings, server.url, await secretOf(settings), log, machineClock)
    try {
      return await work(product)
    } finally {
      await product.close()
    }
  } finally {
    await server.stop()
  }
}

/** The secret that signs cookies and forms: as set, or made once and kept in the data folder. */
export async function secretOf(settings: Settings): Promise<string> {
  if (settings.SECRET !== undefined) return settings.SECRET
  await dataFolder(settings)
  const file = path.join(settings.DATA_FOLDER, 'secret')
  await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST')
        throw new Unusable(`The data folder ${settings.DATA_FOLDER} cannot be written: ${error.message}.`)
    },
  )
  return (await readFile(file, 'utf8')).trim()
}

/** Makes the data folder, in a folder that is there: to make several at once never ends on some file systems. */
async function dataFolder({ DATA_FOLDER }: Settings): Promise<void> {
  await mkdir(DATA_FOLDER).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return
    const why = error.code === 'ENOENT' ? `no folder can be made in ${path.dirname(DATA_FOLDER)}` : error.message
    throw new Unusable(
      `The data folder ${DATA_FOLDER} cannot be made: ${why}. Set DATA_FOLDER to one that can be written.`,
    )
  })
}
