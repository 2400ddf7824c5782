/** Asking to be told when a course runs near one, and no longer wanting to be. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Absent, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, members, personOf, signedIn, type Visit } from '#platform/web'

const most = 100

/** Asks to be told. Asking again changes nothing. */
export const wishFor = action({
  scope: 'wishes:write',
  does: 'Asks to be told by letter when a run of this course is published near you or online. Asking again changes nothing.',
  access: members,
  fields: z.object({ slug: fields.text('Say which course', 200).describe('The course’s name in its address') }),
  run: async (visit, { slug }) => {
    const { db, actor, now, today } = visit
    const person = personOf(actor)
    const course = await findCourse(visit, slug)
    if (!course) throw new Absent()
    if (course.retiredOn !== null && course.retiredOn <= today)
      throw new Refusal('This course is no longer given, so there will be no run to tell you of.')
    const { open } = await db
      .selectFrom('wish')
      .where('person_id', '=', person)
      .where('ended_at', 'is', null)
      .select((eb) => eb.fn.countAll<number>().as('open'))
      .executeTakeFirstOrThrow()
    if (open >= most) throw new Refusal(`You have asked for ${most} courses. Take one off the list first.`)
    const made = await db
      .insertInto('wish')
      .values({ person_id: person, course_id: course.id, area_code: actor.areaCode, asked_at: now })
      .onConflict((again) => again.columns(['person_id', 'course_id']).where('ended_at', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) await record(db, actor, 'wish.made', { wish: made.id, course: course.id, person, area: actor.areaCode })
    return { course: course.title, isNew: made !== undefined, knowsHome: actor.areaCode !== null }
  },
})

/** Takes a wish back. Taking it back again changes nothing. */
export const endWish = action({
  scope: 'wishes:write',
  does: 'Takes back that you wanted to be told of a course. You get no more letters about it.',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async ({ db, actor, now }, { id }) => {
    const person = personOf(actor)
    const wish = await db
      .selectFrom('wish')
      .where('id', '=', id)
      .where('person_id', '=', person)
      .select(['course_id', 'ended_at'])
      .forUpdate()
      .executeTakeFirst()
    if (!wish) throw new Absent()
    if (wish.ended_at === null) {
      await db.updateTable('wish').set({ ended_at: now }).where('id', '=', id).execute()
      await record(db, actor, 'wish.ended', { wish: id, course: wish.course_id, person })
    }
    return { wish: id }
  },
})

/** A course that is published, by its name in the address. */
export const findCourse = async ({ db }: Pick<Visit, 'db'>, slug: string) =>
  isSlug(slug)
    ? db
        .selectFrom('course')
        .innerJoin('course_version', 'course_version.id', 'course.published_version')
        .where('course.slug', '=', slug)
        .select(['course.id', 'course.slug', 'course_version.title', 'course.retired_on as retiredOn'])
        .executeTakeFirst()
    : undefined

/** Whether a text can be a course's name in an address. */
export const isSlug = (text: string): boolean => /^[a-z0-9-]{1,200}$/.test(text)

/** One course that someone wants to be told of. */
export interface Wish {
  id: string
  course: string
  title: string
  /** Near where; null where their home is not known. */
  near: string | null
  askedAt: Date
  toldAt: Date | null
  /** How many runs they were told of. */
  told: number
}

/** What a person wants to be told of, the newest first. */
export const wishesOf = ({ db }: Pick<Visit, 'db'>, person: string): Promise<Wish[]> =>
  db
    .selectFrom('wish')
    .innerJoin('course', 'course.id', 'wish.course_id')
    .innerJoin('course_version', 'course_version.id', 'course.published_version')
    .leftJoin('area', 'area.code', 'wish.area_code')
    .where('wish.person_id', '=', person)
    .where('wish.ended_at', 'is', null)
    .select(['wish.id', 'course.slug as course', 'course_version.title', 'area.name as near'])
    .select(['wish.asked_at as askedAt', 'wish.told_at as toldAt', sql<number>`cardinality(wish.told_of)`.as('told')])
    .orderBy('wish.asked_at', 'desc')
    .orderBy('wish.id')
    .limit(most)
    .execute()

/** In SQL: that whoever made a wish has a place in the course that is not over. A look-up for each, never through all places. */
export const fulfilled = sql<boolean>`((select held.id from place held join run on run.id = held.run_id
  where held.person_id = wish.person_id and held.course_id = wish.course_id and held.state in ('offered', 'confirmed')
    and run.ends_on >= wish.asked_at::date limit 1) is not null)`
