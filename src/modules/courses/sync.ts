/** Brings the catalogue's files into the database, and leaves alone what a person has written since. */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { hearten } from '#platform/web'
import type { CatalogueCourse } from './catalogue/course.ts'
import { readCatalogue } from './catalogue/read.ts'
import type { CourseText } from './course.ts'
import { addVersions, lockPublishing, publish } from './versions.ts'

/** What came of it: slugs of the courses that are new, changed, as they were, and left alone since a person wrote them. */
export interface CatalogueSync {
  added: string[]
  changed: string[]
  unchanged: string[]
  leftAlone: string[]
}

/** Makes each file of the folder the published version of its course. Repeated, it changes nothing. */
export async function syncCatalogue(db: Db, folder: string): Promise<CatalogueSync> {
  const courses = await readCatalogue(folder)
  return db.isTransaction ? sync(db, courses) : db.transaction().execute((inside) => sync(inside, courses))
}

async function sync(db: Db, courses: readonly CatalogueCourse[]): Promise<CatalogueSync> {
  await lockPublishing(db)
  const done: CatalogueSync = { added: [], changed: [], unchanged: [], leftAlone: [] }
  const newest = await newestVersions(db)
  const fresh: { slug: string; text: CourseText; digest: string }[] = []
  for (const { slug, ...text } of courses) {
    const digest = digestOf(text)
    const known = newest.get(slug)
    if (known?.from_file === digest) done.unchanged.push(slug)
    else if (known && (known.from_file === null || known.retired_on !== null)) done.leftAlone.push(slug)
    else {
      fresh.push({ slug, text, digest })
      done[known ? 'changed' : 'added'].push(slug)
    }
  }
  if (fresh.length === 0) return done
  const ids = new Map([...newest].map(([slug, { id }]) => [slug, id]))
  for (const [slug, id] of await addCourses(db, done.added)) ids.set(slug, id)
  const versions = await addVersions(
    db,
    fresh.map(({ slug, text, digest }) => {
      const number = (newest.get(slug)?.number ?? 0) + 1
      return { course: ids.get(slug)!, number, text, by: null, fromFile: digest }
    }),
  )
  await publish(db, versions)
  for (const { course, number } of versions) await record(db, hearten, 'course.published', { course, number })
  return done
}

async function addCourses(db: Db, slugs: readonly string[]): Promise<[slug: string, id: string][]> {
  if (slugs.length === 0) return []
  const rows = slugs.map((slug) => ({ slug }))
  const added = await db.insertInto('course').values(rows).returning(['slug', 'id']).execute()
  return added.map(({ slug, id }) => [slug, id])
}

interface Newest {
  id: string
  number: number
  from_file: string | null
  retired_on: string | null
}

async function newestVersions(db: Db): Promise<Map<string, Newest>> {
  const rows = await db
    .selectFrom('course')
    .innerJoin('course_version', 'course_version.course_id', 'course.id')
    .distinctOn('course.id')
    .select(['course.id', 'course.slug', 'course.retired_on', 'course_version.number', 'course_version.from_file'])
    .orderBy('course.id')
    .orderBy('course_version.number', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.slug, row]))
}

const digestOf = (text: object): string => createHash('sha256').update(canonicalize(text)!).digest('hex')
