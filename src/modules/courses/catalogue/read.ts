/** Reads the catalogue of courses from its folder: one Markdown file a course, named by its slug. */
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { faultsBetween } from './between.ts'
import { readBody } from './body.ts'
import { slugShape, type CatalogueCourse } from './course.ts'
import { UnreadableCatalogue, type Fault } from './fault.ts'
import { readFacts } from './front-matter.ts'

/** How large a file may be, in bytes of UTF-8. */
export const largestFile = 200_000

/** Every course in the folder, by slug. Throws `UnreadableCatalogue` with all the faults of all the files. */
export async function readCatalogue(folder: string): Promise<CatalogueCourse[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
  const read = await Promise.all(names.map(async (name) => readFrom(folder, name)))
  const courses = read.flatMap(({ course }) => course ?? [])
  const known = new Set(names.map(slugOf))
  const faults = [...read.flatMap(({ faults }) => faults), ...faultsBetween(courses, known)]
  if (faults.length > 0) throw new UnreadableCatalogue(faults)
  return courses
}

export type CourseOrFaults = { course: CatalogueCourse; faults: [] } | { course: null; faults: Fault[] }

/** The course that the text of one file gives, or every fault in it; `file` is its name, such as `data-with-care.md`. */
export function readCourse(file: string, text: string): CourseOrFaults {
  const faults: Fault[] = []
  const fault = (message: string, line: number | null = null, field: string | null = null) =>
    void faults.push({ file, line, field, message })
  if (Buffer.byteLength(text) > largestFile) return unreadable(file, tooLarge)
  if (!isCourseFile(file)) fault('a course file is named by its slug, such as “data-with-care.md”')

  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  lines.forEach((line, i) => {
    if (unseen.test(line)) fault('the line holds a control character', i + 1)
  })
  const end = lines[0]?.trimEnd() === '---' ? lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---') : -1
  if (end === -1) {
    fault('the file must begin with front matter between two lines of ---', 1)
    return { course: null, faults }
  }

  const said = readFacts(lines.slice(1, end).join('\n'), 2)
  const { description, sessions, faults: inBody } = readBody(lines.slice(end + 1), end + 2)
  if ('faults' in said) for (const { line, field, message } of said.faults) fault(message, line, field)
  for (const { line, message } of inBody) fault(message, line)
  if ('faults' in said) return { course: null, faults }

  const minutes = sessions.reduce((sum, session) => sum + session.minutes, 0)
  if (inBody.length === 0 && minutes !== Math.round(said.facts.hours * 60 * 100) / 100)
    fault(
      `is ${said.facts.hours}, but the sessions add up to ${minutes} minutes (${minutes / 60} hours)`,
      null,
      'hours',
    )
  if (faults.length > 0) return { course: null, faults }
  return { course: { slug: slugOf(file), ...said.facts, description, sessions }, faults: [] }
}

/** Control characters other than the tab: nobody can see them, and the database cannot hold the first. */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f]/

const tooLarge = `the file is larger than ${largestFile / 1000} kB`

async function readFrom(folder: string, name: string): Promise<CourseOrFaults> {
  const place = path.join(folder, name)
  const about = await stat(place)
  if (!about.isFile()) return unreadable(name, 'only course files belong in this folder')
  if (about.size > largestFile) return unreadable(name, tooLarge)
  try {
    return readCourse(name, new TextDecoder('utf-8', { fatal: true }).decode(await readFile(place)))
  } catch (error) {
    if (error instanceof TypeError) return unreadable(name, 'the file is not text in UTF-8')
    throw error
  }
}

const unreadable = (file: string, message: string): CourseOrFaults => ({
  course: null,
  faults: [{ file, line: null, field: null, message }],
})

const slugOf = (file: string) => path.basename(file, '.md')

const isCourseFile = (file: string) => file.endsWith('.md') && slugShape.test(slugOf(file))
