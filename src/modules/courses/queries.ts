/** Courses as other parts need them. */
import type { Db } from '#platform/db'
import type { CourseLevel, CourseSession, Mode, Strand } from './course.ts'

/** A course that runs can be given of. */
export interface CourseChoice {
  id: string
  slug: string
  title: string
  strand: Strand
  level: CourseLevel
  mode: Mode
  hours: number
  /** Its published version. */
  version: string
  sessions: Pick<CourseSession, 'title' | 'minutes'>[]
}

/** The courses that are published and not retired, by title: for a form's choices and the plan of their sessions. */
export async function courseChoices(db: Db): Promise<CourseChoice[]> {
  const rows = await db
    .selectFrom('course')
    .innerJoin('course_version', 'course_version.id', 'course.published_version')
    .where('course.retired_on', 'is', null)
    .select([
      'course.id',
      'course.slug',
      'course_version.id as version',
      'course_version.title',
      'course_version.strand',
      'course_version.level',
      'course_version.mode',
      'course_version.hours',
      'course_version.sessions',
    ])
    .orderBy('course_version.title')
    .execute()
  return rows.map(({ id, slug, title, strand, level, mode, hours, version, sessions }) => ({
    id,
    slug,
    title,
    strand: strand as Strand,
    level: level as CourseLevel,
    mode: mode as Mode,
    hours,
    version,
    sessions: (sessions as unknown as CourseSession[]).map(({ title, minutes }) => ({ title, minutes })),
  }))
}
