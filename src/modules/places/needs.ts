/** What would help someone to take part. The database itself shows it to them and to those who arrange it, and to nobody else. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Absent, Refusal } from '#core/refusal'
import { instantAt, type Day } from '#core/days'
import { post } from '#platform/mail'
import { record, recordEach } from '#platform/record'
import { action, fields, mayDo, personOf, signedIn, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { needsField } from './ask.ts'
import { arrangedLetter } from './letters.ts'

/** Says anew what would help, or that nothing is needed after all. */
export const changeNeeds = action({
  scope: 'needs:write',
  does: 'Says what would help you to take part in a run on which you have a place or a turn. Only you and those who arrange it see this.',
  access: signedIn,
  fields: z.object({ id: fields.id, needs: needsField }),
  run: async ({ db, actor, today }, { id, needs }) => {
    const person = personOf(actor)
    const place = await db
      .selectFrom('place')
      .innerJoin('run', 'run.id', 'place.run_id')
      .where('place.id', '=', id)
      .where('place.person_id', '=', person)
      .select(['place.run_id', 'place.state', 'run.academy_id', 'run.ends_on'])
      .forNoKeyUpdate('place')
      .executeTakeFirst()
    if (!place) throw new Absent()
    if (!['offered', 'confirmed', 'waiting'].includes(place.state) || place.ends_on < today)
      throw new Refusal('You have no place or turn on this run any more, so there is nothing to arrange.')
    const before = await db.selectFrom('access_need').where('place_id', '=', id).select('needs').executeTakeFirst()
    if ((before?.needs ?? '') === needs) return { run: place.run_id }
    if (needs === '') await db.deleteFrom('access_need').where('place_id', '=', id).execute()
    else
      await db
        .insertInto('access_need')
        .values({ place_id: id, person_id: person, academy_id: place.academy_id, needs })
        // what was arranged for the old words may not be enough for the new ones
        .onConflict((again) =>
          again.column('place_id').doUpdateSet({ needs, arranged_at: null, arranged_by: null, arranged_note: '' }),
        )
        .execute()
    await record(db, actor, 'need.changed', { place: id, run: place.run_id, person })
    return { run: place.run_id }
  },
})

/** Notes that what someone needs has been seen to, in words that they read. */
export const arrangeNeed = action({
  scope: 'needs:write',
  does: 'Notes what has been arranged for someone. They are told that there is an answer, and read it on their own page.',
  access: mayDo('places.arrange'),
  fields: z.object({
    id: fields.id,
    note: fields.text('Write what has been arranged, so that they know what to expect', 500),
  }),
  run: async ({ db, actor, now, address }, { id, note }) => {
    const need = await db
      .updateTable('access_need')
      .from('place')
      .innerJoin('run', 'run.id', 'place.run_id')
      .innerJoin('course_version as version', 'version.id', 'run.course_version_id')
      .innerJoin('academy', 'academy.id', 'run.academy_id')
      .innerJoin('person', 'person.id', 'place.person_id')
      .whereRef('place.id', '=', 'access_need.place_id')
      .where('access_need.place_id', '=', id)
      .where(academyWithin(actor, 'places.arrange', 'access_need.academy_id'))
      .set({ arranged_at: now, arranged_by: actor.id, arranged_note: note })
      .returning(['run.id as run', 'version.title', 'academy.name as academy', 'academy.email as academyEmail'])
      .returning(['person.id as person', 'person.name', 'person.email'])
      .executeTakeFirst()
    if (!need) throw new Absent()
    await record(db, actor, 'need.arranged', { place: id, run: need.run, person: need.person })
    if (need.email !== null) {
      const about = { academy: { name: need.academy, email: need.academyEmail }, address }
      const text = arrangedLetter({ name: need.name }, { ...about, run: { id: need.run, title: need.title } })
      await post(db, [{ ...text, person: need.person, address: need.email }])
    }
    return { run: need.run }
  },
})

export interface OwnNeed {
  place: string
  needs: string
  arrangedAt: Date | null
  note: string
}

/** What the person of this visit has said would help them, by place. Makes its own transaction, since the rows are shown to no one else. */
export const needsOf = (visit: Visit, place?: string): Promise<OwnNeed[]> =>
  visit.atomically(({ db, actor }) => {
    let query = db.selectFrom('access_need').where('person_id', '=', actor.id)
    if (place !== undefined) query = query.where('place_id', '=', place)
    return query
      .select(['place_id as place', 'needs', 'arranged_at as arrangedAt', 'arranged_note as note'])
      .limit(200)
      .execute()
  })

/** Something that someone needs, as those see it who arrange it. */
export interface Need {
  place: string
  person: string
  name: string
  state: string
  run: string
  title: string
  academy: string
  startsOn: Day
  needs: string
  arrangedAt: Date | null
  arrangedBy: string | null
  note: string
}

export interface Wanted {
  run?: string | undefined
  place?: string | undefined
  /** Also those already arranged. */
  all?: boolean
  limit?: number
  offset?: number
}

/**
 * What people need on runs to come, the soonest first, where this actor arranges. That they saw it is put on the record of
 * each person, once a day, and the person can read that.
 */
export const needsToArrange = (visit: Visit, wanted: Wanted = {}): Promise<{ needs: Need[]; total: number }> =>
  visit.atomically(async ({ db, actor, today }) => {
    const { rows } = await sql<Need & { total: number }>`
      select need.place_id as place, need.person_id as person, person.name, place.state, place.run_id as run, version.title, academy.name as academy,
        run.starts_on as "startsOn", need.needs, need.arranged_at as "arrangedAt", arranger.name as "arrangedBy", need.arranged_note as note,
        count(*) over()::int as total
      from access_need need join place on place.id = need.place_id join run on run.id = place.run_id
        join course_version version on version.id = run.course_version_id join academy on academy.id = run.academy_id
        join person on person.id = need.person_id left join person arranger on arranger.id = need.arranged_by
      where place.state in ('offered', 'confirmed', 'waiting') and run.state = 'published' and run.ends_on >= ${today}::date
        and ${academyWithin(actor, 'places.arrange', 'need.academy_id')}
        ${wanted.run === undefined ? sql`` : sql`and place.run_id = ${wanted.run}`}
        ${wanted.place === undefined ? sql`` : sql`and place.id = ${wanted.place}`}
        ${wanted.all ? sql`` : sql`and need.arranged_at is null`}
      order by need.arranged_at is not null, run.starts_on, place.state = 'waiting', place.turn
      limit ${wanted.limit ?? 25} offset ${wanted.offset ?? 0}`.execute(db)
    let total = 0
    const needs = rows.map(({ total: all, ...need }) => {
      total = all
      return need
    })
    await noteSeen({ db, actor, today }, needs)
    return { needs, total }
  })

async function noteSeen({ db, actor, today }: Pick<Visit, 'db' | 'actor' | 'today'>, needs: readonly Need[]) {
  if (needs.length === 0 || actor.kind !== 'person') return
  const seen = await db
    .selectFrom('happening')
    .where('actor_id', '=', actor.id)
    .where('at', '>=', instantAt(today, '00:00'))
    .where('what', '=', 'need.seen')
    .select(sql<string>`about ->> 'place'`.as('place'))
    .execute()
  const before = new Set(seen.map(({ place }) => place))
  const fresh = needs.filter(({ place }) => !before.has(place))
  await recordEach(
    db,
    actor,
    'need.seen',
    fresh.map(({ place, person, run }) => ({ place, person, run })),
  )
}
