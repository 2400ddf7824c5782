/**
 * Reads questions as they are collected from published standards: one entry a topic, with the wording of each nation, and
 * answers as bare words. Keys are found by the words that are known already, so that they stay the same in every nation.
 */
import { z } from 'zod'
import type { KnownQuestion } from './queries.ts'
import { ratherNot } from './question.ts'

const Options = z.array(z.string())
const Topic = z.looseObject({
  question: z.string().optional(),
  hint: z.string().optional(),
  source: z.string().optional(),
  options: z.union([Options, z.string()]).optional(),
})
const Published = z.looseObject({
  age: Topic.extend({ reporting_bands: Options }).optional(),
  sex: Topic,
  gender_identity: Topic.optional(),
  disability: Topic.extend({
    follow_up: Topic.extend({ if: z.string() }).optional(),
  }),
  ethnic_group: z.record(z.string(), z.unknown()),
  religion: z.record(z.string(), Topic).optional(),
  sexual_orientation: Topic.optional(),
  carer: z.looseObject({ question: z.string(), hint: z.string().optional() }).optional(),
  socio_economic_background: z.looseObject({ questions: z.array(Topic) }).optional(),
})

/** Whether a file is of this shape rather than our own. */
export const isPublished = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && !('questions' in given) && 'ethnic_group' in given

type Nation = 'england' | 'wales' | 'scotland' | 'northern_ireland'
const nations: Readonly<Record<string, Nation>> = { E: 'england', W: 'wales', S: 'scotland', N: 'northern_ireland' }

interface Made {
  key: string
  name: string
  ask: string
  hint?: string
  after?: { question: string; answer: string }
  headings?: boolean
  groups?: { key: string; says: string }[]
  answers: { key: string; says: string; in?: string }[]
}

/** The same questions in our own shape, for the nation with this code; what is wrong with them is said when that is read. */
export function fromPublished(given: unknown, nationCode: string, known: readonly KnownQuestion[]): object {
  const topics = Published.parse(given)
  const nation = nations[nationCode[0] ?? ''] ?? 'england'
  const made: (Made | undefined)[] = []
  const ask = (key: string, name: string, topic: z.output<typeof Topic> | undefined, instead?: readonly string[]) => {
    const options = instead ?? (Array.isArray(topic?.options) ? topic.options : undefined)
    if (!topic || !options) return
    made.push({
      key,
      name,
      ask: topic.question ?? name,
      ...(topic.hint ? { hint: topic.hint } : {}),
      answers: options.filter(isAnswer).map((says) => ({ key: keyOf(says, key, known), says })),
    })
  }
  ask(
    'age',
    'Age',
    topics.age && { ...topics.age, question: 'How old are you?', hint: undefined },
    topics.age?.reporting_bands,
  )
  ask('sex', 'Sex', topics.sex)
  ask('gender-identity', 'Gender identity', topics.gender_identity)
  ask('disability', 'Health condition', topics.disability)
  const more = topics.disability.follow_up
  ask('disability-effect', 'Effect of a health condition', more)
  const effect = made.at(-1)
  if (more && effect?.key === 'disability-effect')
    effect.after = { question: 'disability', answer: keyOf(more.if, 'disability', known) }
  made.push(ethnicGroup(topics.ethnic_group, nation, known))
  const faith = topics.religion?.[nation]
  const usual = topics.religion?.['england']
  const religion = Array.isArray(faith?.options) ? faith : usual
  ask('religion', 'Religion or belief', religion && { ...religion, question: religion.question ?? usual?.question })
  ask('sexual-orientation', 'Sexual orientation', topics.sexual_orientation)
  const hours = Object.entries(topics.carer ?? {}).flatMap(([name, said]) => {
    const options = Options.safeParse(said)
    return name.startsWith('options') && options.success ? [{ name, options: options.data }] : []
  })
  const care = hours.find(({ name }) => name.includes(nation)) ?? hours[0]
  ask(
    'care',
    'Unpaid care',
    topics.carer && { question: topics.carer.question, hint: topics.carer.hint },
    care?.options,
  )
  for (const [n, topic] of (topics.socio_economic_background?.questions ?? []).entries())
    ask(background[n]?.[0] ?? `background-${n + 1}`, background[n]?.[1] ?? `Social background ${n + 1}`, topic)
  const questions = made.flatMap((one) => (one ? [withRatherNot(one)] : []))
  return { source: sourceOf(topics), questions }
}

const background = [
  ['background', 'Social background'],
  ['school', 'School'],
  ['free-school-meals', 'Free school meals'],
] as const

const isAnswer = (says: string): boolean => !/^prefer not to say$/i.test(says) && !says.startsWith('(')

const withRatherNot = (question: Made): Made => ({
  ...question,
  answers: [...question.answers, { key: ratherNot, says: 'Prefer not to say' }],
})

function ethnicGroup(
  given: Readonly<Record<string, unknown>>,
  nation: Nation,
  known: readonly KnownQuestion[],
): Made | undefined {
  const topic = Topic.safeParse(given['step1'] ?? {})
  const own =
    given[nation] ?? (nation === 'scotland' || nation === 'northern_ireland' ? undefined : given['england_wales'])
  if (typeof own !== 'object' || own === null) return undefined
  const question = {
    key: 'ethnic-group',
    name: 'Ethnic group',
    ask: topic.data?.question ?? 'What is your ethnic group?',
  }
  const flat = Options.safeParse((own as { options?: unknown }).options)
  if (flat.success)
    return {
      ...question,
      answers: flat.data.filter(isAnswer).map((says) => {
        const group = groupOf(says)
        return { ...keyWithin(says, group, known), says }
      }),
    }
  const groups: Required<Made>['groups'] = []
  const answers: Made['answers'] = []
  for (const [says, list] of Object.entries(own)) {
    const options = Options.safeParse(list)
    if (!options.success) continue
    const key = groupOf(says) ?? keyOf(says, 'ethnic-group', known)
    const inside = options.data.filter(isAnswer)
    if (!groups.some((group) => group.key === key)) groups.push({ key, says })
    if (inside.length > 0) answers.push(...inside.map((one) => ({ ...keyWithin(one, key, known), says: one })))
    else if (groups.some((group) => group.key === key && group.says !== says))
      answers.push({ key: slug(says), says, in: key })
    else answers.push({ key: `any-${key}`, says, in: key })
  }
  return { ...question, headings: true, groups, answers }
}

/** The broad ethnic group of which some words speak. */
function groupOf(says: string): string | undefined {
  const words = says.toLowerCase()
  const found = (
    [
      [/^mixed/, 'mixed'],
      [/asian|chinese|filipino|indian|pakistani|bangladeshi/, 'asian'],
      [/black|african|caribbean/, 'black'],
      [/white|irish|traveller|roma/, 'white'],
      [/other/, 'other'],
    ] as const
  ).find(([pattern]) => pattern.test(words))
  return found?.[1]
}

function keyWithin(
  says: string,
  group: string | undefined,
  known: readonly KnownQuestion[],
): { key: string; in?: string } {
  if (group === undefined) return { key: slug(says) }
  const isOther = /^(any )?other\b/i.test(says) && !/british/i.test(says)
  const key = isOther
    ? group === 'other'
      ? 'other-ethnic-group'
      : `other-${group}`
    : keyOf(says, 'ethnic-group', known)
  return key === group ? { key } : { key, in: group }
}

/** The key that these words have already, in any nation, or one made of them. */
function keyOf(says: string, question: string, known: readonly KnownQuestion[]): string {
  const one = known.find(({ key }) => key === question)
  const there = [...(one?.narrow ?? []), ...(one?.broad ?? [])]
  return there.find((answer) => plain(answer.says) === plain(says))?.key ?? slug(says)
}

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
const slug = (words: string): string => plain(words).replaceAll(' ', '-').slice(0, 60).replace(/-+$/, '') || 'other'

/** Where the words are from: each source once. */
function sourceOf(topics: object): string {
  const sources = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'source' && typeof inner === 'string') sources.add(inner)
      else look(inner)
    }
  }
  look(topics)
  return ([...sources].join('; ') || 'Published standards').slice(0, 1000)
}
