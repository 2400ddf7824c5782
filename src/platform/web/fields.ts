/** Fields as forms and the API send them: text that is trimmed, days, choices, ticks. */
import { z } from 'zod'
import { isDay } from '#core/days'

/** An id in a URL or a field. What is not one finds nothing. */
export const id = z.uuid({ error: 'This is not an id' })

// Control characters (but for the line feed and the tab) have no place in what people write.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000B-\u001F\u007F]/g

const clean = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').replace(control, '')

/** Text that must be there. */
export const text = (missing: string, most = 200): z.ZodType<string> =>
  z
    .string({ error: missing })
    .transform((said) => clean(said).trim())
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(most, `Use ${most.toLocaleString('en-GB')} characters or fewer`),
    ) as z.ZodType<string>

/** Text that may be left out: then it is empty. */
export const optionalText = (most = 500): z.ZodType<string> =>
  z
    .string()
    .default('')
    .transform((said) => clean(said).trim())
    .pipe(z.string().max(most, `Use ${most.toLocaleString('en-GB')} characters or fewer`)) as z.ZodType<string>

/** A calendar day. */
export const day = (missing = 'Enter a date'): z.ZodType<string> =>
  z
    .string({ error: missing })
    .trim()
    .refine(isDay, 'Enter a date that exists, like 14 January 2027')
    .meta({ format: 'date' })

/** A day that may be left out: then it is null. */
export const optionalDay: z.ZodType<string | null> = z
  .union([z.literal(''), z.null(), day()])
  .default(null)
  .transform((said) => said || null) as z.ZodType<string | null>

/** A time by the clock, 19:00. */
export const time = (missing = 'Enter a time'): z.ZodType<string> =>
  z
    .string({ error: missing })
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time, like 19:00')
    .meta({ examples: ['19:00'] })

/** A whole number between two bounds. */
export const whole = (low: number, high: number, missing: string): z.ZodType<number> =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .trim()
          .regex(/^-?\d{1,9}$/, missing)
          .transform(Number),
      ],
      { error: missing },
    )
    .pipe(
      z
        .int(missing)
        .min(low, `Enter ${low} or more`)
        .max(high, `Enter ${high.toLocaleString('en-GB')} or less`),
    ) as z.ZodType<number>

/** A tick box: there or not. */
export const ticked: z.ZodType<boolean> = z
  .union([z.boolean(), z.literal('on'), z.literal('true'), z.literal('yes'), z.literal('')])
  .default(false)
  .transform((said) => said !== false && said !== '') as z.ZodType<boolean>

/** Several ticked boxes or chosen options of one name: always a list. */
export const many = <Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> =>
  z.preprocess(
    (said) => (said === undefined || said === '' ? [] : Array.isArray(said) ? said : [said]),
    z.array(item).max(500),
  ) as never

/** An email address, in lower case. */
export const email = z
  .string({ error: 'Enter an email address, like name@example.org' })
  .trim()
  .toLowerCase()
  .max(254, 'Use an email address of 254 characters or fewer')
  .pipe(z.email('Enter an email address, like name@example.org'))
