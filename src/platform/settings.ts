/** What an operator may set, checked at start: a wrong one is named, with why and an example. */
import path from 'node:path'
import { z } from 'zod'

const url = (protocol: RegExp, begins: string) =>
  z.url({ protocol, error: `it must be an address that begins with ${begins}` })
const address = url(/^https?$/, 'http:// or https://')
const text = (low: number, high: number) => {
  const error = low > 1 ? `it must have at least ${low} characters` : `it must have at most ${high} characters`
  return z.string().trim().min(low, { error }).max(high, { error })
}
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: `it must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` })
const count = (low: number, high: number) => {
  const error = `it must be a whole number from ${low} to ${high}`
  return z.coerce.number({ error }).int({ error }).min(low, { error }).max(high, { error })
}
const port = count(1, 65_535)

const known = {
  PORT: { rule: port.default(3000), example: '3000', what: 'the port to serve on' },
  HOST: { rule: z.string().default('127.0.0.1'), example: '127.0.0.1', what: 'the interface to listen on' },
  ADDRESS: { rule: address.optional(), example: 'https://academy.example.org', what: 'the public address' },
  DATA_FOLDER: { rule: z.string().min(1).default('.data'), example: '.data', what: 'the folder for data' },
  DATABASE_URL: {
    rule: url(/^postgres(ql)?$/, 'postgres://').optional(),
    example: 'postgres://hearten:secret@db.example.org/hearten',
    what: 'a PostgreSQL 18 server, instead of the one that comes with Hearten',
  },
  DATABASE_POOL: { rule: count(2, 200).default(20), example: '20', what: 'the most connections a process opens' },
  SMTP_URL: {
    rule: url(/^smtps?$/, 'smtp:// or smtps://').optional(),
    example: 'smtp://user:secret@mail.example.org:587',
    what: 'the mail server; without one, mail can be read on a page in the demonstration and is kept unsent otherwise',
  },
  MAIL_FROM: {
    rule: text(3, 300).default('Hearten <academy@localhost>'),
    example: 'Academy <academy@example.org>',
    what: 'who mail is from',
  },
  SECRET: {
    rule: text(32, 1_000).optional(),
    example: 'the output of: openssl rand -base64 32',
    what: 'signs cookies and forms; made and kept in the data folder when absent',
  },
  ORGANISATION: {
    rule: text(1, 60).default('Hearten'),
    example: 'Hearten',
    what: 'the name at the top of each page',
  },
  IMPRINT: {
    rule: text(0, 300).default('Promoted by the demonstration organisation, 1 Mill Lane, Ashfield NG17 1AA.'),
    example: 'Promoted by A. Member for the Union, 1 High Street, Leeds LS1 1AA.',
    what: 'the imprint at the foot of each page',
  },
  ACCENT: {
    rule: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, { error: 'it must be a colour of six figures after #' })
      .default('#a8123e'),
    example: '#a8123e',
    what: 'the accent colour',
  },
  DEMONSTRATION: {
    rule: oneOf(['on', 'off']).default('on'),
    example: 'off',
    what: 'whether an empty database gets the demonstration programme',
  },
  BEACON_URL: {
    rule: address.optional(),
    example: 'https://api.drand.sh/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    what: 'where rounds read the public drand beacon (quicknet); without it officers’ secrets or a pasted signature make the seed',
  },
  TRUST_PROXY: {
    rule: oneOf(['on', 'off']).default('off'),
    example: 'on',
    what: 'whether X-Forwarded-For tells the address of the person',
  },
  WRITES_PER_MINUTE: {
    rule: count(10, 1_000_000).default(120),
    example: '120',
    what: 'the most writes a minute from one person',
  },
  WRITES_PER_ADDRESS: {
    rule: count(10, 10_000_000).default(1200),
    example: '1200',
    what: 'the most writes a minute from one address',
  },
  LOG_LEVEL: {
    rule: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    example: 'info',
    what: 'how much the log says',
  },
} as const

type Known = typeof known
type Values = { [Name in keyof Known]: z.output<Known[Name]['rule']> }
export type Settings = Values & { address: string }

/** A setting that cannot be used: says which, why, and gives an example. */
export class WrongSetting extends Error {
  override name = 'WrongSetting'
}

/** Reads the settings from the environment, or says everything that is wrong with them. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const wrong: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, { rule, example }] of Object.entries(known)) {
    const said = environment[name]?.trim()
    const parsed = rule.safeParse(said === '' ? undefined : said)
    if (parsed.success) values[name] = parsed.data
    else wrong.push(`${name} is wrong: ${parsed.error.issues[0]!.message}. For example: ${name}=${example}`)
  }
  if (wrong.length > 0) throw new WrongSetting(wrong.join('\n'))
  const read = values as Values
  return {
    ...read,
    DATA_FOLDER: path.resolve(read.DATA_FOLDER),
    address: (read.ADDRESS ?? `http://localhost:${read.PORT}`).replace(/\/$/, ''),
  }
}

/** Every setting with what it is for and an example: for help and the docs. */
export const settingsHelp = (): { name: string; what: string; example: string }[] =>
  Object.entries(known).map(([name, { what, example }]) => ({ name, what, example }))
