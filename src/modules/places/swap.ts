/** Two people who change places: each gets what the other had. Nobody else gains or loses anything by it. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { holdPerson, holdRun, recount, tellSoon } from './seats.ts'
import { swapped } from './swapped.ts'

/** Whether it was done, or for whose sake not, and why in the words that they are told. */
export type Exchanged = { done: true } | { done: false; because: 'first' | 'second'; why: string }

/**
 * Has the holders of two places, offered or confirmed, each confirmed on the run of the other; their waits for those runs, and
 * for runs they ranked lower, end. Does nothing and says why where it cannot be. Inside a transaction; whoever calls it has
 * the word of both.
 */
export async function exchangePlaces(visit: Visit, first: string, second: string): Promise<Exchanged> {
  const { db, actor, now } = visit
  const before = await bothOf(db, first, second)
  if (!before) return gone('second')
  await holdAll(db, before)
  const held = await bothOf(db, first, second)
  if (!held) return gone('second')
  const { one, other } = held
  for (const [because, mine, theirs] of [
    ['first', one, other],
    ['second', other, one],
  ] as const) {
    const why = whyNot(mine, now) ?? (await whyNotThere(visit, mine, theirs))
    if (why !== undefined) return { done: false, because, why }
  }
  const runs = new Set([one.run, other.run])
  for (const place of [one, other]) {
    await end(db, place.id, now)
    await record(db, actor, 'place.withdrawn', {
      place: place.id,
      run: place.run,
      person: place.person,
      was: place.state,
      swapped: true,
    })
  }
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    for (const run of await endWaits(db, mine, theirs.run, now)) runs.add(run)
    const { id } = await db
      .insertInto('place')
      .values({
        run_id: theirs.run,
        course_id: theirs.course,
        person_id: mine.person,
        application_id: mine.application,
        state: 'confirmed',
        extra: theirs.several,
        asked_at: now,
        confirmed_at: now,
        tell: true,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(db, actor, 'place.confirmed', { place: id, run: theirs.run, person: mine.person, swapped: true })
  }
  for (const run of runs) await recount(db, run)
  for (const run of [one.run, other.run]) await tellSoon(db, run, now)
  return { done: true }
}

interface Held {
  id: string
  run: string
  course: string
  person: string
  application: string | null
  state: string
  offerUntil: Date | null
  runState: string
  begins: Date
  /** Whether the course allows one person several places. */
  several: boolean
}

async function bothOf(db: Db, first: string, second: string): Promise<{ one: Held; other: Held } | undefined> {
  const { rows } = await sql<Held>`
    select place.id, place.run_id as run, place.course_id as course, place.person_id as person, place.application_id as application,
      place.state, place.offer_until as "offerUntil", run.state as "runState", course.several_places as several,
      coalesce((select min(s.starts_at) from run_session s where s.run_id = run.id), run.starts_on::timestamptz) as begins
    from place join run on run.id = place.run_id join course on course.id = place.course_id
    where place.id in (${first}, ${second})`.execute(db)
  const one = rows.find(({ id }) => id === first)
  const other = rows.find(({ id }) => id === second)
  return one && other && one.person !== other.person && one.run !== other.run ? { one, other } : undefined
}

/** Holds what each of the two does in both courses, and every run that may change, in one order, so that nobody waits in a ring. */
async function holdAll(db: Db, { one, other }: { one: Held; other: Held }): Promise<void> {
  const doings = [one.course, other.course].flatMap((course) =>
    [one.person, other.person].map((person) => ({ course, person })),
  )
  const inOrder = doings.toSorted((a, b) => (a.course + a.person < b.course + b.person ? -1 : 1))
  for (const { course, person } of inOrder) await holdPerson(db, course, person)
  const waits = await db
    .selectFrom('place')
    .where('person_id', 'in', [one.person, other.person])
    .where('state', '=', 'waiting')
    .where((eb) =>
      eb.or([
        eb('run_id', 'in', [one.run, other.run]),
        eb(
          'application_id',
          'in',
          [one.application, other.application].filter((id) => id !== null),
        ),
      ]),
    )
    .select('run_id')
    .execute()
  const runs = new Set([one.run, other.run, ...waits.map(({ run_id }) => run_id)])
  for (const run of [...runs].sort()) await holdRun(db, run)
}

/** Why someone cannot give what they have. */
function whyNot({ state, offerUntil, runState, begins }: Held, now: Date): string | undefined {
  if (runState !== 'published') return 'The run has been cancelled, so there is no place to change.'
  if (now >= begins) return 'The run has begun, so it is too late to change places.'
  if (state === 'confirmed') return undefined
  if (state === 'offered') return offerUntil! > now ? undefined : 'The offer of this place has ended.'
  return 'This place is no longer held.'
}

/** Why someone cannot take what the other has. */
async function whyNotThere({ db, today }: Visit, mine: Held, theirs: Held): Promise<string | undefined> {
  const { rows } = await sql<{ leads: boolean; has: boolean; second: boolean; holds: boolean }>`
    select exists (select from run_trainer led where led.run_id = ${theirs.run} and led.person_id = ${mine.person}) as leads,
      exists (select from place had where had.run_id = ${theirs.run} and had.person_id = ${mine.person} and had.state in ('offered', 'confirmed')) as has,
      exists (select from place had where had.application_id = ${mine.application} and had.id <> ${mine.id} and had.run_id <> ${theirs.run}
          and had.state in ('offered', 'confirmed')) as second,
      exists (select from place had join run on run.id = had.run_id
        where had.course_id = ${theirs.course} and had.person_id = ${mine.person} and had.id <> ${mine.id} and had.run_id <> ${theirs.run}
          and had.state = 'confirmed' and not had.extra and not had.finished and run.ends_on >= ${today}::date) as holds`.execute(
    db,
  )
  const { leads, has, second, holds } = rows[0]!
  if (leads) return 'You are one of the trainers of that run.'
  if (has) return 'You have a place on that run already, or have been offered one.'
  if (second) return 'You have been offered another place of this round. Say yes or no to it first.'
  if (holds && !theirs.several) return 'You hold a place on another run of the same course.'
  // as when a place is accepted: a run that has ended no longer stands in the way of taking the course again
  await sql`update place set finished = true from run where run.id = place.run_id and place.course_id = ${theirs.course}
    and place.person_id = ${mine.person} and place.state = 'confirmed' and not place.extra and run.ends_on < ${today}::date`.execute(
    db,
  )
  return undefined
}

const end = (db: Db, id: string, now: Date): Promise<unknown> =>
  db
    .updateTable('place')
    .set({ state: 'withdrawn', ended_at: now, ended_why: swapped, tell: sql<boolean>`confirmed_at is not null` })
    .where('id', '=', id)
    .execute()

/** Ends their wait for the run they get, and for those they ranked lower; gives the runs. */
async function endWaits(db: Db, { person, application }: Held, run: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ run: string }>`
    update place set state = 'withdrawn', ended_at = ${now}, ended_why = ${swapped}, tell = false
    where person_id = ${person} and state = 'waiting' and (run_id = ${run} or (application_id = ${application}
      and array_position((select choices from application where id = place.application_id), run_id)
        > array_position((select choices from application where id = place.application_id), ${run})))
    returning run_id as run`.execute(db)
  return rows.map((row) => row.run)
}

const gone = (because: 'first' | 'second'): Exchanged => ({
  done: false,
  because,
  why: 'This place is no longer held.',
})
