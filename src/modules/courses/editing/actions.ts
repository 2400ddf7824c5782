/** Writing courses: every save is a new version, and what people read changes only when one is published. */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { slugFor } from '#core/slug'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, fields, mayDo, type Visit } from '#platform/web'
import { slugShape } from '../catalogue/course.ts'
import type { CourseText } from '../course.ts'
import { type Course, findCourse } from '../reading.ts'
import { addVersions, lockPublishing, publish, textOf } from '../versions.ts'
import { CourseSaid, textFrom } from './fields.ts'

const slug = z.string().max(100).regex(slugShape)
const number = fields.whole(1, 1_000_000, 'Say which version')

/** Writes a course that is new: its first version, as a draft. */
export const writeCourse = action({
  scope: 'courses:write',
  does: 'Writes a new course, as a draft.',
  access: mayDo('courses.edit'),
  fields: CourseSaid,
  async run(visit, said) {
    const text = textFrom(said)
    const slug = slugFor(text.title)
    if (!slugShape.test(slug) || reserved.has(slug)) throw new Invalid({ title: 'Use a title of some words' })
    await checkLinks(visit.db, slug, text)
    const added = await visit.db
      .insertInto('course')
      .values({ slug })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added)
      throw new Invalid({ title: 'There is already a course of this title. Change that one, or use another title.' })
    return save(visit, { id: added.id, slug, newestNumber: 0 }, text)
  },
})

/** Saves what someone made of a course as a new draft, unless another did so since they began. */
export const changeCourse = action({
  scope: 'courses:write',
  does: 'Saves a new version of a course, as a draft. It is refused if another version was saved since the one it began from.',
  access: mayDo('courses.edit'),
  fields: CourseSaid.extend({ slug, began: fields.whole(1, 1_000_000, 'Say from which version you began') }),
  async run(visit, { slug, began, ...said }) {
    const course = await held(visit, slug)
    if (began !== course.newestNumber) {
      const by = course.madeBy ? `${course.madeBy} saved` : 'Someone saved'
      throw new Invalid({
        began: `${by} version ${course.newestNumber} while you were writing. What you wrote is still here: compare, take over what you want to keep, and save again.`,
      })
    }
    const text = textFrom(said)
    await checkLinks(visit.db, slug, text)
    if (isDeepStrictEqual(textOf(course), text)) return { slug, number: course.newestNumber, saved: false }
    return save(visit, course, text)
  },
})

/** Makes a version the one that people read. An older one than they read now has to be restored first. */
export const publishVersion = action({
  scope: 'courses:publish',
  does: 'Makes a version of a course the one that people read.',
  access: mayDo('courses.publish'),
  fields: z.object({ slug, number }),
  async run(visit, { slug, number }) {
    const { db, actor, now } = visit
    await lockPublishing(db)
    const course = await held(visit, slug, number)
    if (course.retiredOn) throw new Refusal('This course is retired. Offer it again before you publish a version.')
    if (course.publishedNumber === number) return { slug, number }
    if (course.publishedNumber !== null && number < course.publishedNumber)
      throw new Refusal(
        `People already read version ${course.publishedNumber}, which is newer. Restore version ${number} as a new draft first.`,
      )
    await checkLinks(db, slug, course)
    await publish(db, [{ id: course.versionId, course: course.id, number }], now)
    await record(db, actor, 'course.published', { course: course.id, number })
    return { slug, number }
  },
})

/** Copies an old version into a new draft. */
export const restoreVersion = action({
  scope: 'courses:write',
  does: 'Copies an old version of a course into a new draft.',
  access: mayDo('courses.edit'),
  fields: z.object({ slug, number }),
  async run(visit, { slug, number }) {
    const course = await held(visit, slug, number)
    if (number === course.newestNumber) throw new Refusal(`Version ${number} is the newest one already.`)
    return save(visit, course, textOf(course), number)
  },
})

/** Takes a course out of the catalogue. Runs that have a date go on. */
export const retireCourse = action({
  scope: 'courses:publish',
  does: 'Takes a course out of the catalogue. Runs that have a date go on.',
  access: mayDo('courses.publish'),
  fields: z.object({ slug }),
  async run(visit, { slug }) {
    const { db, actor, today } = visit
    const course = await held(visit, slug)
    if (course.retiredOn) throw new Refusal('This course is retired already.')
    await db.updateTable('course').set({ retired_on: today }).where('id', '=', course.id).execute()
    await record(db, actor, 'course.retired', { course: course.id })
    return { slug }
  },
})

/** Puts a retired course into the catalogue again. */
export const offerAgain = action({
  scope: 'courses:publish',
  does: 'Puts a retired course into the catalogue again.',
  access: mayDo('courses.publish'),
  fields: z.object({ slug }),
  async run(visit, { slug }) {
    const { db, actor } = visit
    const course = await held(visit, slug)
    if (!course.retiredOn) throw new Refusal('This course is not retired.')
    await db.updateTable('course').set({ retired_on: null }).where('id', '=', course.id).execute()
    await record(db, actor, 'course.offered-again', { course: course.id })
    return { slug }
  },
})

/** Says whether one person may hold places in several runs of a course at a time. */
export const allowSeveralPlaces = action({
  scope: 'courses:publish',
  does: 'Says whether one person may hold places in several runs of a course at a time.',
  access: mayDo('courses.publish'),
  fields: z.object({ slug, several: fields.ticked }),
  async run(visit, { slug, several }) {
    const { db, actor } = visit
    const course = await held(visit, slug)
    if (course.severalPlaces === several) return { slug }
    await db.updateTable('course').set({ several_places: several }).where('id', '=', course.id).execute()
    await record(db, actor, 'course.several-places', { course: course.id, several })
    return { slug }
  },
})

/** A version of a course (the newest, if none is named), whose course is held until the transaction ends. */
async function held({ db, actor }: Visit, slug: string, number?: number): Promise<Course> {
  const locked = await db.selectFrom('course').where('slug', '=', slug).select('id').forUpdate().executeTakeFirst()
  const course = locked && (await findCourse(db, actor, slug, number ?? 'newest'))
  if (!course) throw new Absent()
  return course
}

async function save(
  { db, actor }: Visit,
  course: Pick<Course, 'id' | 'slug' | 'newestNumber'>,
  text: CourseText,
  restored?: number,
): Promise<{ slug: string; number: number; saved: boolean }> {
  const number = course.newestNumber + 1
  const by = actor.kind === 'person' ? actor.id : null
  await addVersions(db, [{ course: course.id, number, text, by }])
  await record(db, actor, 'course.version-saved', { course: course.id, number, ...(restored ? { restored } : {}) })
  return { slug: course.slug, number, saved: true }
}

/** The courses it names must be there, and must not need this one in turn. */
async function checkLinks(db: Db, slug: string, { prerequisites, leadsTo }: CourseText): Promise<void> {
  const named = [...new Set([...prerequisites, ...leadsTo])]
  if (named.length === 0) return
  const known = await db.selectFrom('course').where('slug', 'in', named).select('slug').execute()
  const unknown = (slugs: string[]): boolean => slugs.some((one) => !known.some((course) => course.slug === one))
  if (unknown(prerequisites)) throw new Invalid({ prerequisites: 'Choose courses from the list' })
  if (unknown(leadsTo)) throw new Invalid({ leadsTo: 'Choose courses from the list' })
  if (prerequisites.includes(slug)) throw new Invalid({ prerequisites: 'A course cannot be taken before itself' })
  if (leadsTo.includes(slug)) throw new Invalid({ leadsTo: 'A course cannot lead to itself' })
  const { rows } = await sql<{ slug: string }>`
    with recursive before (id) as (
      select id from course where slug = any(${prerequisites}::text[])
      union select course_prerequisite.needs from course_prerequisite join before on before.id = course_prerequisite.course_id)
    select course.slug from before join course using (id) where course.slug = any(${[slug, ...leadsTo]}::text[])`.execute(
    db,
  )
  if (rows.some((row) => row.slug === slug))
    throw new Invalid({ prerequisites: 'One of these courses needs this one first. Choose another.' })
  if (rows.length > 0) throw new Invalid({ leadsTo: 'A course that comes before this one cannot also come after it' })
}

// addresses below /courses that are pages of their own
const reserved = new Set(['new', 'preview'])
