/** The readings of the roll, for those who read it for the whole organisation. */
import { sql } from 'kysely'
import type { Visit } from '#platform/web'
import { scopeFor } from '#platform/within'

export interface RollReading {
  id: string
  file: string
  state: 'reading' | 'applying' | 'finished' | 'stopped'
  problem: string | null
  note: string | null
  startedAt: Date
  progressAt: Date
  finishedAt: Date | null
  bytes: number
  bytesDone: number
  rows: number
  added: number
  changed: number
  unchanged: number
  refused: number
  closed: number
  reopened: number
  total: number
}

/** A page of readings, the latest first, and how many there are. */
export async function readingsOfRoll(
  { db, actor }: Visit,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ readings: RollReading[]; total: number } | undefined> {
  // the roll is of everyone: whoever looks after one area only does not read it
  if (!scopeFor(actor, 'people.import').everywhere) return undefined
  const { rows } = await sql<RollReading>`
    select id, file_name as file, state, problem, note, started_at as "startedAt", progress_at as "progressAt", finished_at as "finishedAt",
      bytes, bytes_done as "bytesDone", rows, added, changed, unchanged, refused, closed, reopened, count(*) over () as total
    from roll_import order by started_at desc, id desc limit ${limit} offset ${offset}`.execute(db)
  return { readings: rows, total: rows[0]?.total ?? 0 }
}
