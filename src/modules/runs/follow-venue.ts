/** Runs go where their venue goes: its area is theirs, and those with a place are told of a new address. */
import { sql } from 'kysely'
import type { Happening } from '#platform/module'
import { recordEach } from '#platform/record'
import type { Visit } from '#platform/web'

/** Follows a venue that was changed, once. Runs that are over stay where they were given. */
export const followVenue = (visit: Visit, { id, about, at }: Happening): Promise<void> =>
  visit.atomically(async ({ db, actor, now, today }) => {
    const { venue, was, is } = about as { venue: string; was?: string; is?: string }
    await sql`
      update run set area_code = venue.area_code from venue
      where venue.id = ${venue} and run.venue_id = venue.id and run.ends_on >= ${today}::date
        and run.area_code is distinct from venue.area_code`.execute(db)
    if (was === undefined || is === undefined || was === is) return
    const { rows } = await sql<{ run: string }>`
      update run set sequence = sequence + 1, changed_at = ${now}
      where venue_id = ${venue} and state = 'published' and ends_on >= ${today}::date
        -- the job may be run again
        and not exists (select from happening told where told.what = 'run.changed' and told.at >= ${at}
          and told.about ->> 'run' = run.id::text and told.about ->> 'venueChange' = ${String(id)})
      returning id as run`.execute(db)
    await recordEach(
      db,
      actor,
      'run.changed',
      rows.map(({ run }) => ({ run, published: true, venueChange: id, changes: [{ what: 'moved', was, now: is }] })),
    )
  })
