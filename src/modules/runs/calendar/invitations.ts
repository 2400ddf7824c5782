/** What goes with a letter about a run: its sessions for the calendar of the person it is for. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { invitationOf } from '#platform/ical'
import type { Visit } from '#platform/web'
import { calendarRunFrom, calendarRuns, entriesOf } from './entries.ts'

/** The calendar text of one run for one person as things stand now: requests while they come, cancellations once they do not. Nothing where they have no address. */
export async function calendarEntry(visit: Visit, run: string, person: string): Promise<string | undefined> {
  return (await calendarEntries(visit, run, [person])).get(person)
}

/** The same for many people of one run, in two queries. */
export async function calendarEntries(
  { db, now, address }: Visit,
  id: string,
  people: readonly string[],
): Promise<Map<string, string>> {
  const row = await calendarRuns(db)
    .where('run.id', '=', id)
    .select(['academy.name as academy_name', 'academy.email as academy_email'])
    .executeTakeFirst()
  if (!row) return new Map()
  const run = calendarRunFrom(row)
  const host = new URL(address).hostname
  const organiser = { name: row.academy_name, email: row.academy_email ?? `academy@${host}` }
  const holders = await holdersAmong(db, id, people)
  return new Map(
    holders.map(({ id: person, name, email, standing, ended, leads }) => {
      const holder = {
        joins: leads || standing === 'confirmed',
        tentative: standing === 'offered' && !leads,
        off: !leads && standing === null,
        ended,
      }
      return [
        person,
        invitationOf({ organiser, to: { name, email: email! }, at: now, entries: entriesOf(run, holder, address) }),
      ]
    }),
  )
}

const holdersAmong = (db: Db, run: string, people: readonly string[]) =>
  db
    .selectFrom('person')
    .where(sql<boolean>`person.id = any(${people}::uuid[])`)
    .where('person.email', 'is not', null)
    .select([
      'person.id',
      'person.name',
      'person.email',
      sql<
        'offered' | 'confirmed' | null
      >`(select state from place where place.run_id = ${run} and place.person_id = person.id
        and place.state in ('offered', 'confirmed') limit 1)`.as('standing'),
      sql<number>`(select count(*)::int from place where place.run_id = ${run} and place.person_id = person.id
        and place.state in ('withdrawn', 'declined', 'lapsed', 'cancelled') and coalesce(place.offered_at, place.confirmed_at) is not null)`.as(
        'ended',
      ),
      sql<boolean>`exists (select from run_trainer led where led.run_id = ${run} and led.person_id = person.id)`.as(
        'leads',
      ),
    ])
    .execute()
