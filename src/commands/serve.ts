/** `hearten serve` and `hearten work`: start, serve, work, and stop without losing anything. */
import type { FastifyInstance } from 'fastify'
import path from 'node:path'
import { machineClock, stopwatch } from '#platform/clock'
import { openLog } from '#platform/log'
import { migrate } from '#platform/migrate'
import { readSettings, type Settings } from '#platform/settings'
import { openProduct, type Product, serverOf } from '../compose.ts'
import { migrationsFolder, root } from '../root.ts'
import { keepDatabase } from './keeping.ts'
import { openDatabase, secretOf } from './opening.ts'
import { prepare } from './preparing.ts'
import { Unusable } from './stopping.ts'
import { keepWorking, type Worker } from './working.ts'

/** Serves until it is told to stop; works jobs too, unless told not to. */
export async function serve({ jobs = true } = {}): Promise<void> {
  const settings = readSettings(process.env)
  const told = untilToldToStop()
  const begun = await begin(settings, told)
  const worker = jobs ? keepWorking(begun.product) : undefined
  const server = await serverOf(begun.product, path.join(root, 'dist'), () => worker?.unready() ?? [])
  try {
    await listen(server, settings)
  } catch (error) {
    await worker?.stop()
    await begun.end()
    throw error
  }
  console.log(greeting(settings, begun.demonstration))
  await told
  await drain(server, worker)
  await begun.end()
}

/** Works jobs until it is told to stop. */
export async function work(): Promise<void> {
  const told = untilToldToStop()
  const begun = await begin(readSettings(process.env), told)
  const worker = keepWorking(begun.product)
  console.log('Working jobs. Stop with Ctrl-C.')
  await told
  await drain(undefined, worker)
  await begun.end()
}

/** Everything that serving and working need. Told to stop before that is there, it stops the database and the process. */
async function begin(settings: Settings, told: Promise<void>) {
  const log = openLog(settings.LOG_LEVEL)
  const database = await openDatabase(settings)
  const keeper = settings.DATABASE_URL === undefined ? keepDatabase(database.url, settings, log) : undefined
  let product: Product | undefined
  const end = async () => {
    await product?.close()
    await keeper?.stop()
    await database.stop()
  }
  let ready = false
  let stopping: Promise<void> | undefined
  const stopEarly = async (): Promise<void> => {
    await keeper?.stop()
    await database.stop({ evenInUse: true })
    process.exit(130)
  }
  void told.then(() => (ready ? undefined : (stopping = stopEarly())))
  try {
    await migrate(database.url, migrationsFolder, (line) => console.log(line))
    product = openProduct(settings, database.url, await secretOf(settings), log, machineClock)
    const demonstration = await prepare(product, (line) => console.log(line))
    await stopping
    ready = true
    return { product, demonstration, end }
  } catch (error) {
    await stopping
    await end()
    throw error
  }
}

async function listen(server: FastifyInstance, { PORT, HOST }: Settings): Promise<void> {
  await server.listen({ port: PORT, host: HOST }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new Unusable(`Port ${PORT} is in use already. Stop what uses it, or choose another: PORT=3001 npm start`)
    if (error.code === 'EACCES')
      throw new Unusable(`Port ${PORT} may not be used by this account. Choose one above 1023.`)
    if (error.code === 'EADDRNOTAVAIL') throw new Unusable(`HOST=${HOST} is not an address of this machine.`)
    throw error
  })
}

const greeting = ({ address, DATABASE_URL }: Settings, demonstration: boolean): string =>
  [
    '',
    `Hearten is ready at ${address}`,
    demonstration
      ? `This is the demonstration programme. Open ${address}/sign-in and choose who to be.`
      : `Sign in at ${address}/sign-in with the email address on the roll. The first administrator: bin/hearten grant --help`,
    ...(DATABASE_URL === undefined ? ['Stop it with Ctrl-C.'] : []),
    '',
  ].join('\n')

/**
 * Resolves when it is told to stop. npm passes Ctrl-C on to us, who had it from the terminal already, so it may come
 * twice at once; whoever presses it again after a second does not want to wait.
 */
function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let since: (() => number) | undefined
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (since !== undefined && since() > 1_000) process.exit(130)
        since ??= stopwatch()
        resolve()
      })
  })
}

const patience = 25_000

/** Takes no more requests, finishes those begun and the jobs in hand; after 25 seconds it ends all the same. */
async function drain(server: FastifyInstance | undefined, worker: Worker | undefined): Promise<void> {
  const timer = setTimeout(() => process.exit(1), patience)
  await Promise.all([server?.close(), worker?.stop()])
  clearTimeout(timer)
}
