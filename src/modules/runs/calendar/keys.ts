/** The secret addresses of calendar feeds: each ends when it is renewed. */
import { z } from 'zod'
import { unguessable } from '#core/random'
import { Absent, Forbidden } from '#core/refusal'
import { holds } from '#core/rights'
import { record } from '#platform/record'
import { academyWithin } from '#platform/within'
import { action, fields, personOf, signedIn, type Visit } from '#platform/web'

export interface CalendarAddress {
  kind: 'member' | 'trainer' | 'academy'
  /** Of an academy's feed. */
  academy: { id: string; name: string } | null
  /** None until one is made. */
  url: string | null
}

/** The addresses that a person may have: their own places, the runs they lead, and their academies. */
export async function addressesOf({ db, actor, address }: Visit): Promise<CalendarAddress[]> {
  const person = personOf(actor)
  const keys = await db.selectFrom('calendar_key').select(['kind', 'key']).where('person_id', '=', person).execute()
  const urlOf = (key: string | undefined): string | null => (key ? `${address}/calendar/${key}.ics` : null)
  const own = (kind: 'member' | 'trainer'): CalendarAddress => ({
    kind,
    academy: null,
    url: urlOf(keys.find((the) => the.kind === kind)?.key),
  })
  const academies = holds(actor.rights, 'runs.schedule')
    ? await db
        .selectFrom('academy')
        .select(['id', 'name', 'calendar_key'])
        .where('closed_on', 'is', null)
        .where(academyWithin(actor, 'runs.schedule', 'academy.id'))
        .orderBy('name')
        .limit(50)
        .execute()
    : []
  return [
    own('member'),
    ...(holds(actor.rights, 'runs.lead') ? [own('trainer')] : []),
    ...academies.map(({ id, name, calendar_key }): CalendarAddress => ({
      kind: 'academy',
      academy: { id, name },
      url: urlOf(calendar_key),
    })),
  ]
}

/** Makes a new secret address for a feed; the old one shows nothing from then on. */
export const renewCalendar = action({
  scope: 'calendar:write',
  does: 'Makes a secret address for a calendar feed, or a new one in place of the old.',
  access: signedIn,
  fields: z.object({
    kind: z.enum(['member', 'trainer', 'academy'], { error: 'Choose which calendar' }),
    academy: z.preprocess((said) => (said === '' ? undefined : said), fields.id.optional()),
  }),
  run: async (visit, { kind, academy }) => {
    const { db, actor, now, address } = visit
    const person = personOf(actor)
    const key = unguessable()
    if (kind === 'academy') {
      if (!academy || !holds(actor.rights, 'runs.schedule')) throw new Absent()
      const { numUpdatedRows } = await db
        .updateTable('academy')
        .set({ calendar_key: key })
        .where('id', '=', academy)
        .where(academyWithin(actor, 'runs.schedule', 'academy.id'))
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw new Absent()
      await record(db, actor, 'calendar.renewed', { kind, academy })
    } else {
      if (kind === 'trainer' && !holds(actor.rights, 'runs.lead')) throw new Forbidden()
      await db
        .insertInto('calendar_key')
        .values({ person_id: person, kind, key, renewed_at: now })
        .onConflict((conflict) => conflict.columns(['person_id', 'kind']).doUpdateSet({ key, renewed_at: now }))
        .execute()
      await record(db, actor, 'calendar.renewed', { kind, person })
    }
    return { kind, url: `${address}/calendar/${key}.ics` }
  },
})
