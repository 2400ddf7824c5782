/** What the draw of a round gives in one run: an offer for each who holds, a turn in order of priority for each who waits. */
import { sql } from 'kysely'
import { enqueue } from '#platform/jobs'
import { recordEach } from '#platform/record'
import type { Visit } from '#platform/web'
import { offerUntil } from './offer.ts'
import { fillSeats, holdRun, recount } from './seats.ts'

export interface Drawn {
  round: string
  run: string
  /** Who gets a seat and who waits, by pseudonym, in order of priority. */
  held: readonly string[]
  waiting: readonly string[]
  offerDays: number
}

/**
 * Makes the places of a run that has been drawn, inside a transaction. From then on the run is like any other: what comes free
 * goes to the next in line, and whoever asks later comes behind. Nothing is made twice, and no run is overbooked.
 */
export async function givePlaces(visit: Visit, { round, run, held, waiting, offerDays }: Drawn): Promise<void> {
  const { db, actor, now } = visit
  const the = await holdRun(db, run)
  const drawn = await db
    .updateTable('run')
    .set({ drawn_at: now })
    .where('id', '=', run)
    .where('drawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!the || !drawn || the.state !== 'published') return
  const begun = now >= the.begins
  const until = begun ? null : (offerUntil(now, the.begins, offerDays) ?? the.begins)
  // a run that was made smaller since it was closed cannot take them all: the last of them wait before the others
  const seats = until === null ? 0 : Math.min(held.length, the.capacity - the.taken)
  const line = [...held, ...waiting]
  const { rows } = await sql<{ id: string; person: string; state: string }>`
    insert into place (run_id, course_id, person_id, application_id, extra, state, asked_at, offered_at, offer_until, ended_at, ended_why)
    select ${run}, run.course_id, application.person_id, application.id, course.several_places,
      case when person.standing = 'closed' then 'withdrawn' when drawn.n <= ${seats} then 'offered' else 'waiting' end,
      application.submitted_at, case when person.standing <> 'closed' and drawn.n <= ${seats} then ${now}::timestamptz end,
      case when person.standing <> 'closed' and drawn.n <= ${seats} then ${until}::timestamptz end,
      case when person.standing = 'closed' then ${now}::timestamptz end,
      case when person.standing = 'closed' then 'No longer a member' else '' end
    from unnest(${line}::text[]) with ordinality drawn (pseudonym, n)
      join application on application.round_id = ${round} and application.pseudonym = drawn.pseudonym
      join person on person.id = application.person_id
      join run on run.id = ${run} join course on course.id = run.course_id
    order by drawn.n returning id, person_id as person, state`.execute(db)
  const offered = rows.filter(({ state }) => state === 'offered')
  await recordEach(
    db,
    actor,
    'place.offered',
    offered.map(({ id, person }) => ({ place: id, run, person, round })),
  )
  await recount(db, run)
  if (until !== null && offered.length > 0)
    await enqueue(
      db,
      'places.lapse',
      { run },
      { at: new Date(until.getTime() + 1000), key: `places.lapse ${run} ${until.getTime()}` },
    )
  // the seats of those who are no longer members go on at once
  await fillSeats(visit, run)
}
