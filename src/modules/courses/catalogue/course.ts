/** A course as its file in the catalogue gives it: plain data, checked, and tied to no database. */
import { z } from 'zod'

export const strands = ['organising', 'media', 'digital', 'policy', 'training'] as const
export const levels = ['starter', 'growing', 'specialist', 'trainer'] as const
export const modes = ['place', 'online', 'either'] as const

export interface CatalogueCourse extends CourseFacts {
  slug: string
  /** Markdown. */
  description: string
  sessions: CatalogueSession[]
}

export interface CatalogueSession {
  title: string
  minutes: number
  /** Markdown. */
  outline: string
}

/** The shape of a slug: small letters and digits, in words joined by single hyphens. */
export const slugShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

const missingOr = (message: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? 'is missing' : message

const text = (longest: number) =>
  z
    .string({ error: missingOr('must be text') })
    .trim()
    .min(1, 'must not be empty')
    .max(longest, `must be ${longest} characters or fewer`)
    .refine((said) => !/[\r\n]/.test(said), 'must be one paragraph, without line breaks')

const oneOf = <const Word extends string>(words: readonly Word[]) =>
  z.enum(words, { error: missingOr(`must be one of ${words.join(', ')}`) })

const slug = z
  .string('must be the slug of a course')
  .max(100, 'must be 100 characters or fewer')
  .regex(slugShape, 'must be the slug of a course: small letters, digits and hyphens')

const eachOnce = (entries: string[]) => new Set(entries).size === entries.length

const slugs = z
  .array(slug, { error: missingOr('must be a list of slugs') })
  .max(12, 'must name 12 courses or fewer')
  .refine(eachOnce, 'must not name a course twice')

const outcome = text(140)
  .refine((said) => !/^\p{Lu}/u.test(said), 'must start with a small letter, to complete “You will be able to”')
  .refine((said) => !said.endsWith('.'), 'must be a phrase, without a full stop')

/** What the front matter of a course file says. Each message completes a sentence that begins with the field. */
export const CourseFacts = z.strictObject({
  title: text(80),
  strand: oneOf(strands),
  level: oneOf(levels),
  hours: z
    .number({ error: missingOr('must be a number') })
    .positive('must be more than 0')
    .max(200, 'must be 200 or fewer'),
  mode: oneOf(modes),
  summary: text(220),
  who: text(300),
  outcomes: z
    .array(outcome, { error: missingOr('must be a list of phrases') })
    .min(4, 'must be 4 to 6 phrases')
    .max(6, 'must be 4 to 6 phrases')
    .refine(eachOnce, 'must not say the same twice'),
  prerequisites: slugs,
  accreditation: text(200).nullable(),
  practice: text(500),
  leadsTo: slugs,
})
export type CourseFacts = z.infer<typeof CourseFacts>
