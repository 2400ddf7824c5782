/** The feeds behind secret addresses: of a member's places, of the runs a trainer leads, and of an academy. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { addDays } from '#core/days'
import { feedOf } from '#platform/ical'
import type { Visit } from '#platform/web'
import { calendarRunFrom, calendarRuns, entriesOf, type Holder } from './entries.ts'

/** How long what is over, and what was cancelled, stays in a feed. */
const keptFor = 90
const most = 500

export interface Feed {
  text: string
  /** The same for as long as the feed says the same. */
  tag: string
}

/** The feed at a secret address; nothing where there is none, or none any more. */
export async function feedAt(visit: Visit, key: string): Promise<Feed | undefined> {
  const owner = await ownerOf(visit, key)
  if (!owner) return undefined
  const entries = await {
    member: () => placesOf(visit, owner.id),
    trainer: () => ledBy(visit, owner.id),
    academy: () => givenBy(visit, owner.id),
  }[owner.kind]()
  const text = feedOf(names[owner.kind](owner.name), entries)
  return { text, tag: `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` }
}

const names = {
  member: () => 'My training',
  trainer: () => 'Runs I lead',
  academy: (name: string) => name,
}

interface Owner {
  kind: keyof typeof names
  id: string
  /** An academy's name; of a person nothing is said. */
  name: string
}

async function ownerOf({ db }: Visit, key: string): Promise<Owner | undefined> {
  const { rows } = await sql<Owner>`
    select kind, person_id as id, '' as name from calendar_key c join person p on p.id = c.person_id and p.standing <> 'closed' where c.key = ${key}
    union all select 'academy', id, name from academy where calendar_key = ${key}`.execute(db)
  return rows[0]
}

/** Offered and confirmed places, and for a while those that ended. */
async function placesOf({ db, today, address, now }: Visit, person: string) {
  const rows = await calendarRuns(db)
    .innerJoin(
      (places) =>
        places
          .selectFrom('place')
          .where('place.person_id', '=', person)
          .where(sql<boolean>`coalesce(place.offered_at, place.confirmed_at) is not null`)
          .groupBy('place.run_id')
          .select([
            'place.run_id',
            sql<boolean>`bool_or(place.state = 'confirmed')`.as('confirmed'),
            sql<boolean>`bool_or(place.state = 'offered')`.as('offered'),
            sql<number>`count(*) filter (where place.state not in ('offered', 'confirmed', 'waiting'))::int`.as(
              'ended',
            ),
            sql<Date | null>`max(place.ended_at)`.as('ended_at'),
          ])
          .as('held'),
      (join) => join.onRef('held.run_id', '=', 'run.id'),
    )
    .where('run.ends_on', '>=', addDays(today, -keptFor))
    .where((eb) =>
      eb.or([
        eb('held.confirmed', '=', true),
        eb('held.offered', '=', true),
        eb('held.ended_at', '>', daysBefore(now)),
      ]),
    )
    .select(['held.confirmed', 'held.offered', 'held.ended', 'held.ended_at'])
    .orderBy('run.starts_on')
    .orderBy('run.id')
    .limit(most)
    .execute()
  return rows.flatMap((row) => {
    const run = calendarRunFrom(row)
    const holder: Holder = {
      joins: row.confirmed,
      tentative: !row.confirmed && row.offered,
      off: !row.confirmed && !row.offered,
      ended: row.ended,
    }
    if (row.ended_at && row.ended_at > run.changedAt) run.changedAt = row.ended_at
    return entriesOf(run, holder, address)
  })
}

async function ledBy({ db, today, address }: Visit, person: string) {
  const rows = await calendarRuns(db)
    .innerJoin('run_trainer', 'run_trainer.run_id', 'run.id')
    .where('run_trainer.person_id', '=', person)
    .where('run.published_at', 'is not', null)
    .where('run.ends_on', '>=', addDays(today, -keptFor))
    .orderBy('run.starts_on')
    .orderBy('run.id')
    .limit(most)
    .execute()
  return rows.flatMap((row) => entriesOf(calendarRunFrom(row), { joins: true }, address))
}

async function givenBy({ db, today, address }: Visit, academy: string) {
  const rows = await calendarRuns(db)
    .where('run.academy_id', '=', academy)
    .where('run.published_at', 'is not', null)
    .where('run.ends_on', '>=', addDays(today, -keptFor))
    .orderBy('run.starts_on')
    .orderBy('run.id')
    .limit(most)
    .execute()
  return rows.flatMap((row) => entriesOf(calendarRunFrom(row), { joins: false }, address))
}

const daysBefore = (now: Date): Date => new Date(now.getTime() - keptFor * 86_400_000)
