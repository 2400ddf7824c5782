/** Work for later: enqueued with SQL in the transaction of the change, worked by graphile-worker. */
import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import { type Db, openPool } from './db.ts'
import type { Log } from './log.ts'
import type { Visit } from './web/visit.ts'
import { bePresent, type Presence } from './working.ts'

/** A kind of work: its name, and what it does, acting as Hearten. */
export interface Job<Payload = unknown> {
  name: string
  /** When it runs by itself, as a crontab time in UTC. */
  every?: string
  run: (visit: Visit, payload: Payload) => Promise<void>
}

/** Declares a job. */
export const job = <Payload>(the: Job<Payload>): Job => the as Job

interface When {
  at?: Date
  /** A later job with the same key takes this one's place. */
  key?: string
}

/** Adds a job in the transaction that `db` is in: rolled back, it never was. */
export async function enqueue(db: Db, name: string, payload: object, { at, key }: When = {}): Promise<void> {
  await sql`select enqueue(${name}, ${JSON.stringify(payload)}::json, ${at ?? null}, ${key ?? null})`.execute(db)
}

/** Adds the same job for each of many payloads, in one query. */
export async function enqueueEach(db: Db, name: string, payloads: readonly object[]): Promise<void> {
  await sql`select enqueue(${name}, payload) from json_array_elements(${JSON.stringify(payloads)}::json) payload`.execute(
    db,
  )
}

// how often the jobs of workers that died are looked for; a process that dies leaves its machine's others to find them
const buryEvery = 60_000

/**
 * Starts working, and takes up the jobs of workers that died. `url` is the owner's, since the queue's tables are the
 * owner's; the work itself is done by the visit's own role. It ends by itself when the database is gone.
 */
export async function startWorker(
  url: string,
  jobs: readonly Job[],
  visit: () => Visit,
  log: Log,
  concurrency = 4,
): Promise<Runner> {
  const presence = await bePresent(url)
  // ours, since the queue stops listening to the errors of its own pool while its connections may still break
  const pool = openPool(url, { size: concurrency + 2, asOwner: true })
  try {
    const events: WorkerEvents = new EventEmitter()
    const named = new Promise<void>((resolve, reject) => {
      events.once('pool:create', ({ workerPool }) => void presence.named(workerPool.id).then(resolve, reject))
    })
    named.catch(() => {}) // whoever waits for it below hears of it, unless beginning failed before
    const runner = await run({
      // without a batch, a job whose end cannot be written since the database is gone ends the whole process
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      pgPool: pool,
      concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      logger: quiet(log),
      events,
      parsedCronItems: parseCronItems(jobs.flatMap(({ every, name }) => (every ? [{ task: name, match: every }] : []))),
      taskList: Object.fromEntries(jobs.map((the) => [the.name, (payload: unknown) => the.run(visit(), payload)])),
    })
    await named
    keepBurying(presence, runner, log)
    const end = (): void => void pool.end().catch(() => {})
    runner.promise.then(end, end)
    return runner
  } catch (error) {
    await Promise.allSettled([presence.end(), pool.end()])
    throw error
  }
}

/** Looks for dead workers now and every minute, for as long as this one works. */
function keepBurying(presence: Presence, runner: Runner, log: Log): void {
  const bury = (): void =>
    void presence.buryDead().then(
      (buried) => buried > 0 && log.warn(`Jobs of workers that died are taken up again: ${buried} such workers`),
      () => {}, // the connection is gone, and with it the worker
    )
  bury()
  const timer = setInterval(bury, buryEvery)
  void presence.gone.then(() => runner.stop().catch(() => {}))
  const over = (): void => {
    clearInterval(timer)
    void presence.end().catch(() => {})
  }
  runner.promise.then(over, over)
}

function quiet(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    const error = (meta as { error?: unknown } | undefined)?.error
    if (level === 'error') log.error({ error: error instanceof Error ? error.message : undefined }, `queue: ${message}`)
    else log.debug(`queue: ${message}`)
  })
}
