/** The versions of a course: written once, never changed, and one of them published. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import type { CourseText } from './course.ts'

/** A version's columns, as the text that it says. */
export const textColumns = [
  'course_version.title',
  'course_version.strand',
  'course_version.level',
  'course_version.mode',
  'course_version.hours',
  'course_version.summary',
  'course_version.who',
  'course_version.outcomes',
  'course_version.prerequisites',
  'course_version.leads_to as leadsTo',
  'course_version.accreditation',
  'course_version.practice',
  'course_version.description',
  'course_version.sessions',
] as const

/** Only what a version says, of all that is known of it. */
export const textOf = (course: CourseText): CourseText => ({
  title: course.title,
  strand: course.strand,
  level: course.level,
  mode: course.mode,
  hours: course.hours,
  summary: course.summary,
  who: course.who,
  outcomes: course.outcomes,
  prerequisites: course.prerequisites,
  leadsTo: course.leadsTo,
  accreditation: course.accreditation,
  practice: course.practice,
  description: course.description,
  sessions: course.sessions,
})

interface NewVersion {
  course: string
  number: number
  text: CourseText
  /** Who wrote it; nobody, where it comes from a file. */
  by: string | null
  fromFile?: string | null
}

/** A version that was added. */
export interface AddedVersion {
  id: string
  course: string
  number: number
}

/** Adds versions as drafts. */
export async function addVersions(db: Db, versions: readonly NewVersion[]): Promise<AddedVersion[]> {
  const rows = versions.map(({ course, number, text: { leadsTo, sessions, ...columns }, by, fromFile }) => ({
    ...columns,
    course_id: course,
    number,
    leads_to: leadsTo,
    sessions: JSON.stringify(sessions),
    made_by: by,
    from_file: fromFile ?? null,
  }))
  return db.insertInto('course_version').values(rows).returning(['id', 'course_id as course', 'number']).execute()
}

/** Lets one publish at a time until the transaction ends, so that no two together send people round in a circle. */
export const lockPublishing = (db: Db): Promise<unknown> => sql`select pg_advisory_xact_lock(${publishing})`.execute(db)

const publishing = 4_042_024_003

/** Makes each version the one that people read of its course, and its prerequisites those of the course. */
export async function publish(db: Db, versions: readonly AddedVersion[], at?: Date): Promise<void> {
  const ids = versions.map(({ id }) => id)
  const courses = versions.map(({ course }) => course)
  await db
    .updateTable('course_version')
    .set({ published_at: at ?? sql`now()` })
    .where('id', 'in', ids)
    .execute()
  await sql`update course set published_version = version.id from course_version version
    where version.course_id = course.id and version.id = any(${ids}::uuid[])`.execute(db)
  await db.deleteFrom('course_prerequisite').where('course_id', 'in', courses).execute()
  await sql`insert into course_prerequisite (course_id, needs)
    select version.course_id, needed.id from course_version version join course needed on needed.slug = any(version.prerequisites)
    where version.id = any(${ids}::uuid[]) and needed.id <> version.course_id`.execute(db)
  await sql`insert into course_word (word)
    select distinct word from course_version, regexp_split_to_table(
      plain_words(concat_ws(' ', title, summary, who, array_to_string(outcomes, ' '), description, practice, sessions::text)), '[^[:alnum:]]+') word
    where id = any(${ids}::uuid[]) and length(word) between 3 and 40 on conflict do nothing`.execute(db)
}
