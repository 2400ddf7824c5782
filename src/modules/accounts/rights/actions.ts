/** Granting and ending rights: within one's own reach, never to oneself, recorded, told to the person, and at once. */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { addDays } from '#core/days'
import { Absent, Invalid, Refusal } from '#core/refusal'
import type { Role } from '#core/rights'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { endsAt } from '#platform/sign-in'
import { action, fields, mayDo, type Visit } from '#platform/web'
import { postEnded, postGranted } from './letters.ts'
import { areasNamed, findArea } from '../../areas/index.ts'
import { mayGrantAt, rightWithin } from './queries.ts'
import { Grant, withArticle } from './right.ts'

/** Grants a role to someone: everywhere, in an area and all below it, or at an academy. */
export const grantRight = action({
  scope: 'rights:write',
  does: 'Grants a role to a person: everywhere, in an area, or at an academy',
  access: mayDo('rights.grant'),
  fields: Grant,
  run: async (visit, said) => {
    const { db, actor, today } = visit
    const from = said.from ?? today
    const until = said.until ?? null
    if (from < today) throw new Invalid({ from: 'Choose today or a later day' })
    if (until !== null && until < from) throw new Invalid({ until: 'Choose a day after the role begins' })
    const person = await personNamed(db, said.person)
    const area = said.reach === 'area' ? await areaNamed(db, said.area) : null
    const academy = said.reach === 'academy' ? await academyNamed(db, said.academy) : null
    if (person.id === actor.id) throw new Refusal('Nobody grants a right to themselves. Ask another administrator.')
    if (!(await mayGrantAt(db, actor, area, academy)))
      throw new Refusal('You can grant roles only where you are an administrator yourself.')
    await refuseTwice(db, person.id, said.role, area, academy, from, until)
    const { id } = await db
      .insertInto('held_right')
      .values({
        person_id: person.id,
        role: said.role,
        area_code: area,
        academy_id: academy,
        starts_on: from,
        ends_on: until,
        granted_by: actor.kind === 'person' ? actor.id : null,
        granted_at: visit.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await shortenSessions(visit, person.id)
    const about = { right: id, person: person.id, role: said.role, area, academy, from, until }
    await record(db, actor, 'right.granted', about)
    await postGranted(visit, (await rightWithin(visit, id))!, person.email)
    return { id, name: person.name, role: said.role }
  },
})

/** Ends a right now. The person's browsers lose it with their next request. */
export const endRight = action({
  scope: 'rights:write',
  does: 'Ends a role that a person holds',
  access: mayDo('rights.grant'),
  fields: z.object({ id: fields.id }),
  run: async (visit, { id }) => {
    const { db, actor, today } = visit
    await db.selectFrom('held_right').select('id').where('id', '=', id).forUpdate().execute()
    const right = await rightWithin(visit, id)
    if (!right) throw new Absent()
    if (right.personId === actor.id) throw new Refusal('Nobody ends a right of their own. Ask another administrator.')
    if (right.endsOn !== null && right.endsOn < today) throw new Refusal('This role has ended already.')
    // its last day was yesterday; one that began today, or has not begun, is as if it had never been, but for the record
    if (right.startsOn >= today) await db.deleteFrom('held_right').where('id', '=', id).execute()
    else
      await db
        .updateTable('held_right')
        .set({ ends_on: addDays(today, -1) })
        .where('id', '=', id)
        .execute()
    const { personId: person, role, areaCode: area, academyId: academy } = right
    await record(db, actor, 'right.ended', { right: id, person, role, area, academy })
    await postEnded(visit, right)
    return { id, name: right.name, role }
  },
})

async function personNamed(db: Db, said: string) {
  const found = await db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'standing'])
    .where((eb) => eb.or([eb('membership_number', '=', said), eb(sql`lower(email)`, '=', said.toLowerCase())]))
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw new Invalid({ person: 'Nobody is known by this membership number or email address' })
  if (found.standing === 'closed') throw new Invalid({ person: 'The membership of this person is closed' })
  return found
}

async function areaNamed(db: Db, said: string | undefined): Promise<string> {
  if (said === undefined) throw new Invalid({ area: 'Enter the area where the role holds' })
  const coded = await findArea(db, said)
  if (coded) return coded.code
  const like = await areasNamed(db, said, 6)
  const same = like.filter(({ name }) => name.toLowerCase() === said.toLowerCase())
  if (same.length === 1) return same[0]!.code
  const each = same.map(({ code, kind, regionName }) => `${code} (${kind}${regionName ? `, ${regionName}` : ''})`)
  if (each.length > 0) throw new Invalid({ area: `Several areas have this name. Enter a code: ${each.join('; ')}` })
  const names = like.slice(0, 3).map(({ name }) => name)
  throw new Invalid({
    area: `No area has this name. ${names.length > 0 ? `Did you mean ${names.join(', or ')}?` : 'Enter a nation, region or constituency.'}`,
  })
}

async function academyNamed(db: Db, said: string | undefined): Promise<string> {
  const found =
    said === undefined
      ? undefined
      : await db
          .selectFrom('academy')
          .select('id')
          .where((eb) => eb.or([eb(sql`id::text`, '=', said), eb('slug', '=', said)]))
          .where('closed_on', 'is', null)
          .executeTakeFirst()
  if (!found) throw new Invalid({ academy: 'Choose the academy where the role holds' })
  return found.id
}

async function refuseTwice(
  db: Db,
  person: string,
  role: Role,
  area: string | null,
  academy: string | null,
  from: string,
  until: string | null,
): Promise<void> {
  const { rows } = await sql`
    select id from held_right where person_id = ${person} and role = ${role}
      and area_code is not distinct from ${area} and academy_id is not distinct from ${academy}::uuid
      and daterange(starts_on, ends_on, '[]') && daterange(${from}::date, ${until}::date, '[]')`.execute(db)
  if (rows.length > 0) throw new Refusal(`This person is ${withArticle(role)} there already at that time.`)
}

/** A session that a member began may last a month, which is too long for whoever holds a right. */
const shortenSessions = ({ db, now }: Visit, person: string): Promise<unknown> => {
  const until: RawBuilder<Date> = endsAt(sql`${person}::uuid`, now)
  return sql`update sign_in_session set expires_at = least(expires_at, ${until}) where person_id = ${person}`.execute(
    db,
  )
}
