/** The record: what happened, written in the transaction of the change, and chained by hash soon after. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import type { Db } from './db.ts'
import { enqueue, enqueueEach } from './jobs.ts'

const followed = new Set<string>()

/** Names what modules follow, so that each such happening enqueues a job to follow it. */
export const follow = (names: readonly string[]): void => names.forEach((name) => followed.add(name))

/** Whether some module follows this: whoever writes to the record in SQL of their own then enqueues the job to follow it. */
export const isFollowed = (what: string): boolean => followed.has(what)

/** Writes what happened, in the same transaction as the change. Mail and jobs follow from it. */
export async function record(db: Db, actor: Actor, what: string, about: Record<string, unknown>): Promise<void> {
  const { id } = await db
    .insertInto('happening')
    .values({ what, actor_id: actor.kind === 'person' ? actor.id : null, about: JSON.stringify(about) })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (followed.has(what)) await enqueue(db, 'follow', { happening: id })
}

/** Writes that the same happened to each of many, 5,000 in a query: members closed, needs seen. */
export async function recordEach(
  db: Db,
  actor: Actor,
  what: string,
  abouts: readonly Record<string, unknown>[],
): Promise<void> {
  for (let at = 0; at < abouts.length; at += 5000) {
    const { rows } = await sql<{ id: number }>`
      insert into happening (what, actor_id, about)
      select ${what}, ${actor.kind === 'person' ? actor.id : null}::uuid, about
      from jsonb_array_elements(${JSON.stringify(abouts.slice(at, at + 5000))}::jsonb) about
      returning id`.execute(db)
    if (followed.has(what))
      await enqueueEach(
        db,
        'follow',
        rows.map(({ id }) => ({ happening: id })),
      )
  }
}

interface Row {
  id: number
  at: Date
  what: string
  actor_id: string | null
  about: unknown
}

const begin = Buffer.alloc(32)
const hashOf = (before: Buffer, row: Row): Buffer =>
  createHash('sha256')
    .update(before)
    .update(canonicalize({ ...row, at: row.at.toISOString() })!)
    .digest()

// no transaction lasts as long as this, so whatever is older than the last seal by more is sealed already
const longest = '1 hour'

/** Seals, in order, whatever happened since the last seal; resolves to how many. One process seals at a time. */
export async function sealRecord(db: Db, most = 5000): Promise<number> {
  const seal = async (inside: Db): Promise<number> => {
    await sql`select pg_advisory_xact_lock(4042024002)`.execute(inside)
    const last = await inside
      .selectFrom('seal')
      .leftJoin('happening', 'happening.id', 'seal.happening_id')
      .select(['seal.number', 'seal.hash', sql<Date | null>`happening.at - ${longest}::interval`.as('since')])
      .orderBy('seal.number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const fresh = await inside
      .selectFrom('happening')
      .leftJoin('seal', 'seal.happening_id', 'happening.id')
      .where('seal.number', 'is', null)
      .$if(last?.since !== undefined && last.since !== null, (query) => query.where('happening.at', '>', last!.since!))
      .select(['happening.id', 'happening.at', 'happening.what', 'happening.actor_id', 'happening.about'])
      .orderBy('happening.id')
      .limit(most)
      .execute()
    let [number, before] = [last?.number ?? 0, last?.hash ?? begin]
    const seals = fresh.map((row) => {
      before = hashOf(before, row)
      return { number: ++number, happening_id: row.id, hash: before }
    })
    for (let at = 0; at < seals.length; at += 1000)
      await inside
        .insertInto('seal')
        .values(seals.slice(at, at + 1000))
        .execute()
    return seals.length
  }
  return db.isTransaction ? seal(db) : db.transaction().execute(seal)
}

/** What checking the record found. */
export interface RecordCheck {
  sealed: number
  unsealed: number
  /** The hash of the last seal: noted elsewhere, it proves later that nothing was cut off the end. */
  head: string
  faults: string[]
}

/** Recomputes the whole chain and names each row that was altered or removed. */
export async function checkRecord(db: Db): Promise<RecordCheck> {
  const faults: string[] = []
  let [number, before] = [0, begin as Buffer]
  for (;;) {
    const rows = await db
      .selectFrom('seal')
      .leftJoin('happening', 'happening.id', 'seal.happening_id')
      .where('seal.number', '>', number)
      .select([
        'seal.number',
        'seal.hash',
        'seal.happening_id',
        'happening.id',
        'happening.at',
        'happening.what',
        'happening.actor_id',
        'happening.about',
      ])
      .orderBy('seal.number')
      .limit(5000)
      .execute()
    if (rows.length === 0) break
    for (const { number: n, hash, happening_id, id, at, what, actor_id, about } of rows) {
      if (n !== number + 1) faults.push(`Seals ${number + 1} to ${n - 1} were removed`)
      if (id === null || at === null || what === null) faults.push(`Happening ${happening_id} (seal ${n}) was removed`)
      else if (!hashOf(before, { id, at, what, actor_id, about }).equals(hash))
        faults.push(`Happening ${happening_id} (seal ${n}) was altered, or a seal before it`)
      number = n
      before = hash
    }
  }
  const { waiting } = await db
    .selectFrom('happening')
    .leftJoin('seal', 'seal.happening_id', 'happening.id')
    .where('seal.number', 'is', null)
    .select(sql<number>`count(*)::int`.as('waiting'))
    .executeTakeFirstOrThrow()
  return { sealed: number, unsealed: waiting, head: before.toString('hex'), faults }
}
