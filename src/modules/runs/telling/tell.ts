/** Telling those whom a change of a run concerns, in batches, each of them once. */
import { sql } from 'kysely'
import { dayOf, sayWhenShort } from '#core/days'
import type { Db } from '#platform/db'
import { enqueue, job } from '#platform/jobs'
import { post } from '#platform/mail'
import type { Happening } from '#platform/module'
import type { Visit } from '#platform/web'
import { calendarEntries } from '../calendar/invitations.ts'
import { type Change, touchesAll } from '../change/changes.ts'
import { findRun } from '../queries.ts'
import { type Run, whereOf } from '../run.ts'
import { type About, cancelledLetter, changedLetter, publishedLetter, type Reader } from './letters.ts'

const batch = 200

/** Follows what happened to a run: its telling is begun, once. */
export const tellOf = async ({ db }: Visit, { id }: Happening): Promise<void> =>
  enqueue(db, 'runs.tell', { happening: id }, { key: `runs.tell ${id}` })

/** Writes to the next batch of those concerned, and goes on until all have been written to. */
export const tellJob = job<{ happening: number }>({
  name: 'runs.tell',
  run: (visit, { happening }) => visit.atomically((inside) => tell(inside, happening)),
})

async function tell(visit: Visit, id: number): Promise<void> {
  const { db, now } = visit
  const happening = await db.selectFrom('happening').select(['what', 'about']).where('id', '=', id).executeTakeFirst()
  const about = happening?.about as { run?: string; published?: boolean; changes?: Change[] } | undefined
  if (!happening || !about?.run) return
  const run = await findRun(visit, about.run)
  // a draft that was changed has been told to nobody; what was cancelled since is told by its cancelling
  if (!run || about.published === false || (run.state === 'cancelled') !== (happening.what === 'run.cancelled')) return
  const progress = await reached(db, id, run.id)
  if (progress.finished_at !== null) return

  const changes = about.changes ?? []
  const readers = tellsAll(happening.what, changes) ? await readersAfter(db, run, progress.reached) : []
  const last = readers.length < batch
  const everyone = last ? [...readers, ...(await trainersOf(db, run.id, changes))] : readers
  await write(visit, run, happening.what, changes, everyone)
  await db
    .updateTable('run_telling')
    .set({
      reached: readers.at(-1)?.turn ?? progress.reached,
      told: progress.told + everyone.length,
      finished_at: last ? now : null,
    })
    .where('happening_id', '=', id)
    .execute()
  if (!last) await enqueue(db, 'runs.tell', { happening: id })
}

/** Whether those with a place are told, and not the trainers alone. */
const tellsAll = (what: string, changes: readonly Change[]): boolean =>
  what === 'run.cancelled' || (what === 'run.changed' && changes.some(touchesAll))

async function write(
  visit: Visit,
  run: Run,
  what: string,
  changes: readonly Change[],
  readers: readonly Reader[],
): Promise<void> {
  if (readers.length === 0) return
  const about = aboutOf(visit, run)
  const calendars = await calendarEntries(
    visit,
    run.id,
    readers.filter(({ standing }) => standing !== 'waiting').map(({ person }) => person),
  )
  const names = await namesOf(visit.db, changes)
  await post(
    visit.db,
    readers.map((reader) => {
      const letter =
        what === 'run.cancelled'
          ? cancelledLetter(about, reader)
          : what === 'run.published'
            ? publishedLetter(about, reader)
            : changedLetter(about, reader, changes, (person) => names.get(person) ?? 'Someone')
      const calendar = calendars.get(reader.person)
      return calendar === undefined ? letter : Object.assign(letter, { calendar })
    }),
  )
}

const aboutOf = ({ address }: Visit, run: Run): About => ({
  id: run.id,
  title: run.title,
  course: run.course,
  academy: run.academy.name,
  where: whereOf(run),
  link: run.onlineLink,
  startsOn: run.sessions[0] ? dayOf(run.sessions[0].startsAt) : run.startsOn,
  times: run.sessions.map(({ startsAt, endsAt }) => sayWhenShort(startsAt, endsAt)),
  why: run.cancelledWhy,
  address,
})

/** How far the telling has come; held, so that one batch at a time is written. */
async function reached(db: Db, happening: number, run: string) {
  await db
    .insertInto('run_telling')
    .values({ happening_id: happening, run_id: run })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db
    .selectFrom('run_telling')
    .selectAll()
    .where('happening_id', '=', happening)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/**
 * The next of those with a place, by their turn. Of a cancelled run also those who wait, and those whose places were
 * ended with it, which may have been done before we come to write.
 */
async function readersAfter(db: Db, run: Run, turn: number): Promise<(Reader & { turn: number })[]> {
  const states = run.state === 'cancelled' ? ['offered', 'confirmed', 'waiting', 'cancelled'] : ['offered', 'confirmed']
  const { rows } = await sql<Reader & { turn: number }>`
    select p.person_id as person, person.name, person.email, p.turn,
      case when p.state <> 'cancelled' then p.state when p.confirmed_at is not null then 'confirmed'
        when p.offered_at is not null then 'offered' else 'waiting' end as standing
    from place p join person on person.id = p.person_id
    where p.run_id = ${run.id} and p.state = any(${states}::text[]) and p.turn > ${turn}
      and person.email is not null and person.standing <> 'closed'
    order by p.turn limit ${batch}`.execute(db)
  return rows
}

/** Its trainers, and those who no longer lead it. */
async function trainersOf(db: Db, run: string, changes: readonly Change[]): Promise<Reader[]> {
  const left = changes.flatMap((change) => (change.what === 'trainer left' ? [change.person] : []))
  const { rows } = await sql<Reader>`
    select p.id as person, p.name, p.email, case when rt.person_id is null then 'left' else 'trainer' end as standing
    from person p left join run_trainer rt on rt.person_id = p.id and rt.run_id = ${run}
    where (rt.person_id is not null or p.id = any(${left}::uuid[])) and p.email is not null and p.standing <> 'closed'
    order by p.id`.execute(db)
  return rows
}

async function namesOf(db: Db, changes: readonly Change[]): Promise<Map<string, string>> {
  const ids = changes.flatMap((change) => ('person' in change ? [change.person] : []))
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
