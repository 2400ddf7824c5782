/** Reading courses: the version that people are shown, and, for those who write them, every other. */
import type { Day } from '#core/days'
import { holds } from '#core/rights'
import type { Db } from '#platform/db'
import type { Actor } from '#platform/web'
import { slugShape } from './catalogue/course.ts'
import type { CourseText } from './course.ts'
import { textColumns } from './versions.ts'

/** A version of a course, with what it says and where the course stands. */
export interface Course extends CourseText {
  id: string
  slug: string
  versionId: string
  /** This version, the one that is published (if any), and the newest. */
  number: number
  publishedNumber: number | null
  newestNumber: number
  retiredOn: Day | null
  severalPlaces: boolean
  madeAt: Date
  madeBy: string | null
  publishedAt: Date | null
}

/** Whether someone writes courses, and so sees those that are not published. */
export const mayWrite = (actor: Actor): boolean => actor.kind === 'hearten' || holds(actor.rights, 'courses.edit')

/** Whether someone publishes and retires courses. */
export const mayPublish = (actor: Actor): boolean => actor.kind === 'hearten' || holds(actor.rights, 'courses.publish')

/** The version of a course that someone reads: the published one; or, for those who write courses, any by its number or the newest draft. */
export async function findCourse(
  db: Db,
  actor: Actor,
  slug: string,
  which: number | 'published' | 'newest' = 'published',
): Promise<Course | undefined> {
  const writes = mayWrite(actor)
  if (!slugShape.test(slug)) return undefined
  if (which !== 'published' && !writes) return undefined
  let query = db
    .selectFrom('course')
    .innerJoin('course_version', 'course_version.course_id', 'course.id')
    .leftJoin('course_version as published', 'published.id', 'course.published_version')
    .leftJoin('person', 'person.id', 'course_version.made_by')
    .where('course.slug', '=', slug)
    .select(textColumns)
    .select((eb) => [
      'course.id',
      'course.slug',
      'course_version.id as versionId',
      'course_version.number',
      'published.number as publishedNumber',
      eb
        .selectFrom('course_version as newest')
        .whereRef('newest.course_id', '=', 'course.id')
        .select((of) => of.fn.max('newest.number').as('number'))
        .$asScalar()
        .as('newestNumber'),
      'course.retired_on as retiredOn',
      'course.several_places as severalPlaces',
      'course_version.made_at as madeAt',
      'person.name as madeBy',
      'course_version.published_at as publishedAt',
    ])
    .orderBy('course_version.number', 'desc')
    .limit(1)
  if (typeof which === 'number') query = query.where('course_version.number', '=', which)
  if (which === 'published')
    query = query.where((eb) => {
      const published = eb('course_version.id', '=', eb.ref('course.published_version'))
      return writes ? eb.or([published, eb('course.published_version', 'is', null)]) : published
    })
  return (await query.executeTakeFirst()) as Course | undefined
}

/** A course by its name in lists. */
export interface CourseName {
  slug: string
  title: string
}

/** The titles of these courses as far as they are published and not retired, in the order given. */
export async function coursesNamed(db: Db, slugs: readonly string[]): Promise<CourseName[]> {
  if (slugs.length === 0) return []
  const rows = await allCourses(db).where('course.slug', 'in', slugs).execute()
  const bySlug = new Map(rows.map((row) => [row.slug, row]))
  return slugs.flatMap((slug) => bySlug.get(slug) ?? [])
}

/** Every course that is published and not retired, by title. */
export const courseNames = (db: Db): Promise<CourseName[]> => allCourses(db).orderBy('course_version.title').execute()

const allCourses = (db: Db) =>
  db
    .selectFrom('course')
    .innerJoin('course_version', 'course_version.id', 'course.published_version')
    .where('course.retired_on', 'is', null)
    .select(['course.slug', 'course_version.title'])

/** The courses that were never published, by title: only those who write courses see them. */
export const draftCourses = (db: Db): Promise<CourseName[]> =>
  db
    .selectFrom('course')
    .innerJoin('course_version', 'course_version.course_id', 'course.id')
    .where('course.published_version', 'is', null)
    .where('course.retired_on', 'is', null)
    .distinctOn('course.id')
    .select(['course.slug', 'course_version.title'])
    .orderBy('course.id')
    .orderBy('course_version.number', 'desc')
    .limit(200)
    .execute()

/** Whether this person asked to be told when a run of the course is published. */
export const isWished = async (db: Db, course: string, person: string): Promise<boolean> =>
  (await db
    .selectFrom('wish')
    .where('person_id', '=', person)
    .where('course_id', '=', course)
    .where('ended_at', 'is', null)
    .select('id')
    .executeTakeFirst()) !== undefined

/** One line of a course's history. */
export interface VersionLine {
  number: number
  title: string
  madeAt: Date
  madeBy: string | null
  fromFile: boolean
  publishedAt: Date | null
  published: boolean
}

/** The versions of a course, the newest first. */
export async function versionsOf(db: Db, slug: string): Promise<VersionLine[]> {
  return db
    .selectFrom('course')
    .innerJoin('course_version', 'course_version.course_id', 'course.id')
    .leftJoin('person', 'person.id', 'course_version.made_by')
    .where('course.slug', '=', slug)
    .select((eb) => [
      'course_version.number',
      'course_version.title',
      'course_version.made_at as madeAt',
      'person.name as madeBy',
      eb('course_version.from_file', 'is not', null).$castTo<boolean>().as('fromFile'),
      'course_version.published_at as publishedAt',
      eb('course_version.id', '=', eb.ref('course.published_version')).$castTo<boolean>().as('published'),
    ])
    .orderBy('course_version.number', 'desc')
    .limit(500)
    .execute()
}
