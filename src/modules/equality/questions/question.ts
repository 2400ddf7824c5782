/** The equality questions of a nation as data: what is asked, what can be answered, and what is kept of an answer. */
import { z } from 'zod'

/** The last answer to every question, in every nation. */
export const ratherNot = 'prefer-not-to-say'

const key = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a key is made of small letters, digits and hyphens')
  .max(60)
const words = (most: number) => z.string().trim().min(1, 'there are no words').max(most)

const Answer = z.strictObject({
  key,
  says: words(160),
  hint: words(300).optional(),
  /** The broader answer of which it is a part, under which it is counted too. */
  in: key.optional(),
})

const Question = z.strictObject({
  key,
  /** What it is called in a table. */
  name: words(60),
  ask: words(300),
  hint: words(300).optional(),
  /** It is asked of whoever gave this answer to an earlier question. */
  after: z.strictObject({ question: key, answer: key }).optional(),
  /** Broader answers; with `headings` they are shown above those that they are made of. */
  groups: z
    .array(z.strictObject({ key, says: words(160) }))
    .max(20)
    .optional(),
  headings: z.boolean().optional(),
  answers: z.array(Answer).min(2).max(60),
})
export type Question = z.output<typeof Question>

/** A file of questions, as it may be imported; each problem names its place. */
export const QuestionFile = z
  .strictObject({
    nation: z.string().min(1).max(60).optional(),
    source: words(1000),
    questions: z.array(Question).min(1).max(40),
  })
  .superRefine(({ questions }, problem) => {
    const say = (path: (string | number)[], message: string) => problem.addIssue({ code: 'custom', path, message })
    questions.forEach((question, at) => {
      const before = questions.slice(0, at)
      const keys = question.answers.map((answer) => answer.key)
      const place = ['questions', at]
      if (before.some((other) => other.key === question.key)) say(place, `“${question.key}” is asked twice`)
      if (new Set(keys).size !== keys.length) say([...place, 'answers'], 'an answer is there twice')
      if (keys.at(-1) !== ratherNot) say([...place, 'answers'], `the last answer has to be “${ratherNot}”`)
      if (question.answers.some((answer) => answer.key === ratherNot && answer.in !== undefined))
        say([...place, 'answers'], `“${ratherNot}” is no part of another answer`)
      const groups = question.groups?.map((group) => group.key)
      question.answers.forEach((answer, n) => {
        if (answer.in !== undefined && groups && !groups.includes(answer.in))
          say([...place, 'answers', n, 'in'], `there is no group “${answer.in}”`)
        // a part of a part would be counted under neither
        if (
          answer.in !== undefined &&
          question.answers.some((other) => other.key === answer.in && other.in !== undefined)
        )
          say([...place, 'answers', n, 'in'], `“${answer.in}” is itself a part of another answer`)
      })
      const { after } = question
      const first = before.find((other) => other.key === after?.question)
      if (after && !first?.answers.some((answer) => answer.key === after.answer))
        say([...place, 'after'], 'it follows an answer that is not asked for before it')
    })
  })
export type QuestionFile = z.output<typeof QuestionFile>

/** What is kept of an answer: itself, and the broader one of which it is a part. */
export function keptOf(question: Question, said: string): string[] | undefined {
  const answer = question.answers.find((one) => one.key === said)
  return answer && [...(answer.in === undefined ? [] : [answer.in]), answer.key]
}

/** What someone chose, from what is kept of it: the narrowest, which is the last. */
export const chosenOf = (kept: readonly string[]): string => kept.at(-1)!

/** The words of an answer, broad or narrow; its key where it is no longer asked for. */
export const sayAnswer = (question: Question, said: string): string =>
  question.answers.find((answer) => answer.key === said)?.says ??
  question.groups?.find((group) => group.key === said)?.says ??
  said

/** A set as it stands in the database. */
export interface QuestionSet {
  id: string
  nation: string
  nationName: string
  version: number
  source: string
  questions: Question[]
}
