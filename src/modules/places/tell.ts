/** Writing to those whose places changed, soon after, all of one run together. */
import { sql } from 'kysely'
import { type Letter, post } from '#platform/mail'
import type { Visit } from '#platform/web'
import { calendarEntries, findRun, type Run } from '../runs/index.ts'
import { type About, letterAbout, reminder, type Told } from './letters.ts'
import { inLastHours } from './offer.ts'

const batch = 200

/** Writes to everyone on a run whose place changed since they were last written to. Each change is told once, even if the job is run again. */
export async function tellRun(visit: Visit, id: string): Promise<void> {
  const run = await findRun(visit, id)
  if (!run) return
  // whoever asks from here on has the next job enqueued; whoever asked before is seen below, since this waits for them
  await visit.db
    .updateTable('run')
    .set({ tell_at: null })
    .where('id', '=', id)
    .where('tell_at', 'is not', null)
    .execute()
  const about = await aboutRun(visit, run)
  while (await visit.atomically((inside) => tellSome(inside, about))) continue
}

/** Writes to some, and says whether there may be more. */
async function tellSome(visit: Visit, about: About): Promise<boolean> {
  const { db } = visit
  const changed = await db
    .updateTable('place')
    .set({ tell: false })
    .where('id', 'in', (some) =>
      some
        .selectFrom('place as some')
        .select('some.id')
        .where('some.run_id', '=', about.run.id)
        .where('some.tell', '=', true)
        .limit(batch),
    )
    .returning('id')
    .execute()
  if (changed.length === 0) return false
  const told = await toldOf(
    visit,
    about.run.id,
    changed.map(({ id }) => id),
  )
  const letters = told.flatMap((one) => {
    const text = letterAbout(one, about)
    return text ? [Object.assign(text, { person: one.person, address: one.email })] : []
  })
  const inCalendar = new Set(['place-confirmed', 'place-offered', 'place-lapsed', 'place-given-up', 'place-taken-off'])
  const wanted = letters.filter(({ kind }) => inCalendar.has(kind)).map(({ person }) => person)
  const entries = wanted.length > 0 ? await calendarEntries(visit, about.run.id, wanted) : new Map<string, string>()
  await post(
    db,
    letters.map((letter): Letter => {
      const calendar = inCalendar.has(letter.kind) ? entries.get(letter.person) : undefined
      return calendar === undefined ? letter : Object.assign(letter, { calendar })
    }),
  )
  return changed.length === batch
}

async function toldOf({ db, today }: Visit, run: string, places: readonly string[]): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select p.person_id as person, person.name, person.email, p.state,
      case when p.state = 'waiting' then (select count(*)::int from place before
        where before.run_id = ${run} and before.state = 'waiting' and before.turn < p.turn) else 0 end as ahead,
      p.offer_until as "offerUntil", p.ended_why as "endedWhy", p.ended_by is not null as "takenOff",
      not exists (select from place other where other.person_id = p.person_id and other.id <> p.id and other.confirmed_at is not null) as "isFirst",
      exists (select from place other join run on run.id = other.run_id where other.person_id = p.person_id and other.course_id = p.course_id
        and other.id <> p.id and other.state = 'confirmed' and not other.extra and run.ends_on >= ${today}::date) as holds
    from place p join person on person.id = p.person_id
    where p.id = any(${places}::uuid[]) and person.email is not null order by p.turn`.execute(db)
  return rows
}

/** Writes to everyone with a place on a run that begins on this day. */
export async function remindRun(visit: Visit, id: string): Promise<void> {
  const run = await findRun(visit, id)
  if (!run || run.state !== 'published') return
  const about = await aboutRun(visit, run)
  await visit.atomically(async ({ db }) => {
    const coming = await db
      .selectFrom('place')
      .innerJoin('person', 'person.id', 'place.person_id')
      .where('place.run_id', '=', id)
      .where('place.state', '=', 'confirmed')
      .where('person.email', 'is not', null)
      // the job may be run again: whoever was reminded of this run is not reminded twice
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('mail')
              .whereRef('mail.person_id', '=', 'person.id')
              .where('mail.kind', '=', 'place-reminder')
              .where('mail.body', 'like', `%/runs/${id}%`)
              .select('mail.id'),
          ),
        ),
      )
      .orderBy('place.turn')
      .select(['person.id', 'person.name', 'person.email'])
      .execute()
    await post(
      db,
      coming.map(({ id, name, email }) => Object.assign(reminder({ name }, about), { person: id, address: email! })),
    )
  })
}

async function aboutRun({ db, address, now }: Visit, run: Run): Promise<About> {
  const academy = await db
    .selectFrom('academy')
    .where('id', '=', run.academy.id)
    .select(['name', 'email'])
    .executeTakeFirstOrThrow()
  const begins = run.sessions[0]?.startsAt
  const open = run.state === 'published' && begins !== undefined && inLastHours(now, begins) && run.taken < run.capacity
  return { run, academy, address, open }
}
