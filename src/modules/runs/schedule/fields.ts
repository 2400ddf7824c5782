/** What a coordinator says to schedule a run. */
import { z } from 'zod'
import { fields } from '#platform/web'
import { rhythms } from './plan-sessions.ts'
import { whereShape } from './spot.ts'

const blank = <Value>(rule: z.ZodType<Value>): z.ZodType<Value | null> =>
  z.preprocess((said) => (said === '' || said === undefined ? null : said), z.union([z.null(), rule])) as never

const link = fields
  .optionalText(500)
  .refine((said) => said === '' || /^https:\/\/[^\s/]+\.[^\s]+$/.test(said), 'Enter a link that begins with https://')

/** Where a run is. */
export const whereFields = {
  where: z
    .string({ error: 'Choose where it is' })
    .regex(whereShape, 'Choose where it is')
    .describe('room:ID, venue:ID or, for a run online, online:ID with the id of the academy'),
  link: link.describe('Where people join a run online'),
}

/** Who leads it. */
export const trainerFields = {
  trainers: fields.many(fields.id).describe('The ids of those who lead it'),
  other: fields.optionalText(254).describe('One more trainer, by their name or email address'),
}

export const minutes = fields.whole(15, 720, 'Choose how long it takes')

export const capacity = fields.whole(1, 5000, 'Say how many people can take part, in figures')

/** What confirms the grave clashes that were shown. */
export const confirm = fields
  .optionalText(60)
  .describe('The value that goes with the clashes shown, to book all the same')

export const Schedule = z.object({
  course: z.uuid('Choose a course'),
  ...whereFields,
  day: fields.day('Enter the day of the first session'),
  time: fields.time('Enter when it begins, like 19:00'),
  minutes: blank(minutes).describe('How long each session takes; without it as long as the course has it'),
  often: z.enum(rhythms, { error: 'Choose how often' }).default('weekly'),
  count: blank(fields.whole(1, 60, 'Enter how many sessions there are, in figures')).describe(
    'How many sessions; without it as many as the course has',
  ),
  skip: fields.optionalText(500).describe('Days on which there is no session, such as 2026-12-24, 31 December'),
  onHolidays: fields.ticked.describe('Whether sessions are held on bank holidays too'),
  ...trainerFields,
  capacity: blank(capacity).describe('How many can take part; without it as many as the room holds'),
  how: z.enum(['first come', 'round'], { error: 'Choose how places are given' }).default('first come'),
  confirm,
  publish: fields.ticked.describe('Whether it is published at once, or kept as a draft'),
})

export type Said = z.output<typeof Schedule>

/** What an address asks, as a form would have sent it. */
export function saidIn(query: URLSearchParams): Record<string, string | string[]> {
  const said: Record<string, string | string[]> = {}
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    said[name] = values.length === 1 ? values[0]! : values
  }
  return said
}
