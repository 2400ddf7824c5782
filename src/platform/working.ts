/**
 * Which workers live. Each holds a lock in the database under its own name, which the database itself gives up once the
 * connection of a process that died is gone: so the jobs of the dead are told from those of the living, however many
 * processes work, on however many machines.
 */
import { Client } from 'pg'

export interface Presence {
  /** Says under which name we lock jobs, and from then on that we live. */
  named: (worker: string) => Promise<void>
  /** Gives back the jobs whose worker is dead; resolves to how many workers were found so. */
  buryDead: () => Promise<number>
  /** Resolves when the connection is gone, after which nobody can know that we live. */
  gone: Promise<void>
  end: () => Promise<void>
}

// whoever begins holds this shared until it has its own lock; whoever looks for the dead waits for that
const beginning = 4_042_024_020
const family = 4_042_024
const lockOf = (name: string) => `pg_try_advisory_lock(${family}, hashtext(${name}))`

/** Begins to be there; no one is taken for dead until `named` is done. */
export async function bePresent(url: string): Promise<Presence> {
  const client = new Client({ connectionString: url, application_name: 'hearten worker', keepAlive: true })
  const gone = new Promise<void>((resolve) => {
    client.once('end', () => resolve())
    client.on('error', () => resolve())
  })
  await client.connect()
  await client.query('select pg_advisory_lock_shared($1)', [beginning])
  let own = ''
  return {
    named: async (worker) => {
      own = worker
      await client.query(`select ${lockOf('$1')}, pg_advisory_unlock_shared($2)`, [worker, beginning])
    },
    buryDead: async () => {
      const { rows } = await client.query<{ buried: number }>(burying, [own, beginning])
      return rows[0]?.buried ?? 0
    },
    gone,
    end: () => client.end(),
  }
}

// the lock on each dead worker's name is given back with the transaction, which is this statement's own
const burying = `
  with alone as materialized (select pg_advisory_xact_lock($2)),
    working as materialized (
      select distinct locked_by as worker from alone, graphile_worker._private_jobs where locked_by is not null and locked_by <> $1
      union select locked_by from alone, graphile_worker._private_job_queues where locked_by is not null and locked_by <> $1),
    dead as materialized (
      select worker from working where pg_try_advisory_xact_lock(${family}, hashtext(worker)))
  select count(*)::int as buried, graphile_worker.force_unlock_workers(array_agg(worker)) from dead having count(*) > 0`
