/** What a coordinator says to change a run. */
import { z } from 'zod'
import { fields } from '#platform/web'
import { capacity, confirm, minutes, trainerFields, whereFields } from '../schedule/fields.ts'

const Session = z.object({
  id: z.preprocess((said) => (said === '' ? null : said), z.union([z.null(), fields.id])).default(null),
  day: fields.day('Enter the day of this session'),
  time: fields.time('Enter when this session begins, like 19:00'),
  minutes,
  title: fields.optionalText(200),
  drop: fields.ticked,
})

// a page carries the sessions on to the next as one hidden field
const parsed = (said: unknown): unknown => {
  if (typeof said !== 'string') return said
  try {
    return JSON.parse(said)
  } catch {
    return said
  }
}

export const ChangeFields = z.object({
  id: fields.id,
  ...whereFields,
  ...trainerFields,
  capacity,
  sessions: z
    .preprocess(parsed, z.array(Session, { error: 'Say which sessions change' }).max(60))
    .default([])
    .describe(
      'The sessions that change: with its id one that there is, without an id a new one; with drop one to be taken out',
    ),
  confirm,
})

export type Said = z.output<typeof ChangeFields>
export type SaidSession = Said['sessions'][number]

/** What the address of the check page asks, as the action takes it. Rows come as lists of days, times and lengths. */
export function changeIn(query: URLSearchParams, id: string): Record<string, unknown> {
  const [days, times, lengths] = ['day', 'time', 'minutes'].map((name) => query.getAll(name)) as [
    string[],
    string[],
    string[],
  ]
  const dropped = query.getAll('drop')
  const sessions = query
    .getAll('session')
    .slice(0, 60)
    .map((session, n) => ({
      id: session,
      day: days[n] ?? '',
      time: times[n] ?? '',
      minutes: lengths[n] ?? '',
      drop: session !== '' && dropped.includes(session),
    }))
    // the empty row is for one more session, where there is to be one
    .filter((row) => row.id !== '' || row.day !== '' || row.time !== '')
  return {
    id,
    where: query.get('where') ?? '',
    link: query.get('link') ?? '',
    trainers: query.getAll('trainers'),
    other: query.get('other') ?? '',
    capacity: query.get('capacity') ?? '',
    sessions,
  }
}
