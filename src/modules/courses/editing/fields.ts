/** What is written of a course, as forms and the API send it. Each message says what to do. */
import { z } from 'zod'
import { fields } from '#platform/web'
import { levels, modes, slugShape, strands } from '../catalogue/course.ts'
import type { CourseText } from '../course.ts'

const paragraph = (missing: string, most: number) =>
  fields.text(missing, most).transform((said) => said.replace(/\s*\n\s*/g, ' '))

/** One on each line; marks of a list before them and full stops after them are left off. */
const lines = z
  .union([z.string().max(5000), z.array(z.string().max(1000)).max(100)], {
    error: 'Write what people will be able to do',
  })
  .transform((said) =>
    (typeof said === 'string' ? said.split('\n') : said)
      .map((line) =>
        line
          .normalize('NFC')
          .replace(/\p{Cc}+/gu, ' ')
          .replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '')
          .replace(/\.?\s*$/, '')
          .trim(),
      )
      .filter((line) => line !== ''),
  )
  .refine((said) => said.length >= 1, 'Write at least one thing that people will be able to do')
  .refine((said) => said.length <= 10, 'Write ten outcomes or fewer')
  .refine((said) => said.every((line) => line.length <= 140), 'Keep each outcome to 140 characters or fewer')

const slugs = fields
  .many(z.string().max(100).regex(slugShape, 'Choose courses from the list'))
  .transform((said) => [...new Set(said)])

const session = z.object({
  title: fields.text('Give the session a title', 100),
  minutes: fields.whole(5, 480, 'Enter how many minutes it takes, like 120'),
  outline: fields.text('Write what happens in the session', 4000),
})

/** Everything that a version says, but for its hours, which are those of its sessions. */
export const CourseSaid = z.object({
  title: paragraph('Enter a title', 80),
  strand: z.enum(strands, { error: 'Choose a strand' }),
  level: z.enum(levels, { error: 'Choose a level' }),
  mode: z.enum(modes, { error: 'Choose how it is given' }),
  summary: paragraph('Write a summary', 220),
  who: paragraph('Write who it is for', 300),
  outcomes: lines,
  prerequisites: slugs,
  leadsTo: slugs,
  accreditation: fields.optionalText(200).transform((said) => said.replace(/\s*\n\s*/g, ' ') || null),
  practice: paragraph('Write what people do with it afterwards', 500),
  description: fields.text('Write a description', 5000),
  sessions: z
    .array(session, { error: 'Plan at least one session' })
    .min(1, 'Plan at least one session')
    .max(30, 'Plan 30 sessions or fewer'),
})

/** The text of a version, with the hours of its sessions added up. */
export function textFrom(said: z.output<typeof CourseSaid>): CourseText {
  const minutes = said.sessions.reduce((sum, session) => sum + session.minutes, 0)
  return { ...said, hours: Math.round((minutes / 60) * 100) / 100 }
}

/** A form's fields sessions.0.title, sessions.0.minutes … as a list of sessions; those left empty are left out. */
export function withSessions(said: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rest: Record<string, unknown> = {}
  const sessions = new Map<number, Record<string, unknown>>()
  for (const [name, value] of Object.entries(said)) {
    const [, at, part] = /^sessions\.(\d{1,2})\.(title|minutes|outline)$/.exec(name) ?? []
    if (at === undefined || part === undefined) rest[name] = value
    else sessions.set(Number(at), { ...sessions.get(Number(at)), [part]: value })
  }
  const filled = [...sessions]
    .toSorted(([a], [b]) => a - b)
    .map(([, session]) => session)
    .filter((session) => Object.values(session).some((value) => typeof value !== 'string' || value.trim() !== ''))
  return { ...rest, ...(sessions.size > 0 ? { sessions: filled } : {}) }
}
