/** Work for later: enqueued with SQL in the transaction of the change, worked by graphile-worker. */
import { Logger, parseCronItems, run, type Runner } from 'graphile-worker'
import { sql } from 'kysely'
import type { Db } from './db.ts'
import type { Log } from './log.ts'
import type { Visit } from './web/visit.ts'

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

/** Starts working. `url` is the owner's, since the queue's tables are the owner's; the work itself is done by the visit's own role. */
export function startWorker(
  url: string,
  jobs: readonly Job[],
  visit: () => Visit,
  log: Log,
  concurrency = 4,
): Promise<Runner> {
  return run({
    // without a batch, a job whose end cannot be written since the database is gone ends the whole process
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    connectionString: url,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    maxPoolSize: concurrency + 2,
    logger: quiet(log),
    parsedCronItems: parseCronItems(jobs.flatMap(({ every, name }) => (every ? [{ task: name, match: every }] : []))),
    taskList: Object.fromEntries(jobs.map((the) => [the.name, (payload: unknown) => the.run(visit(), payload)])),
  })
}

/** Runs every job that is due, here and now, and resolves when none is left: for tests and the command line. */
export async function workUntilIdle(url: string, jobs: readonly Job[], visit: () => Visit, log: Log): Promise<void> {
  const { runOnce } = await import('graphile-worker')
  await runOnce({
    connectionString: url,
    noHandleSignals: true,
    logger: quiet(log),
    taskList: Object.fromEntries(jobs.map((the) => [the.name, (payload: unknown) => the.run(visit(), payload)])),
  })
}

function quiet(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    const error = (meta as { error?: unknown } | undefined)?.error
    if (level === 'error') log.error({ error: error instanceof Error ? error.message : undefined }, `queue: ${message}`)
    else log.debug(`queue: ${message}`)
  })
}
