/** A measure: for whom seats are held first, on what evidence, why that is fair, and until when. Rules and words only. */
import { z } from 'zod'
import { addDays, type Day, sayDate } from '#core/days'
import { Invalid } from '#core/refusal'
import { fields } from '#platform/web'
import type { KnownQuestion } from '../questions/queries.ts'
import { ratherNot } from '../questions/question.ts'

export interface Measure {
  id: string
  /** Its name in a round's files. */
  trait: string
  name: string
  who: string
  question: string
  answers: string[]
  evidence: string
  evidenceSource: string
  evidenceOn: Day
  aim: string
  proportionate: string
  reviewOn: Day
  areaCode: string | null
  area: string | null
  proposedBy: string
  proposer: string
  proposedOn: Day
  approver: string | null
  approvedOn: Day | null
  refuser: string | null
  refusedOn: Day | null
  refusedWhy: string | null
  endedOn: Day | null
  endedWhy: string | null
}

export type Standing = 'proposed' | 'refused' | 'in force' | 'ended' | 'expired'

/** How a measure stands on a day. The database's `in_force` says the same, and it is what rounds ask. */
export function standingOf(
  { approvedOn, refusedOn, endedOn, reviewOn }: Pick<Measure, 'approvedOn' | 'refusedOn' | 'endedOn' | 'reviewOn'>,
  today: Day,
): Standing {
  if (refusedOn !== null) return 'refused'
  if (approvedOn === null) return 'proposed'
  if (endedOn !== null && endedOn <= today) return 'ended'
  return reviewOn < today ? 'expired' : 'in force'
}

export const sayStanding: Readonly<Record<Standing, string>> = {
  proposed: 'Waits for approval',
  refused: 'Refused',
  'in force': 'In force',
  ended: 'Ended',
  expired: 'Expired',
}

/** The last day on which a measure that is proposed today can be due for its review: two years on. */
export const lastReview = (today: Day): Day => addDays(today, 730)

/** What is said to propose a measure. There is no field by which anyone could be kept out. */
export const Proposal = z.object({
  name: fields.text('Give the measure a name, like Women in organising courses', 100),
  who: fields.text('Say for whom it is, like women', 100),
  question: fields.text('Choose the question', 60),
  answers: fields
    .many(z.string().max(60))
    .refine((said) => said.length > 0, 'Choose at least one answer')
    .describe('The keys of the answers that count.'),
  evidence: fields
    .text('Give the figure that shows it, like 31 of 100 places went to women', 600)
    .refine((said) => /\d/.test(said), 'Give a figure: what part of places, and what part of members'),
  evidenceSource: fields.text('Say where the figure is from', 300),
  evidenceOn: fields.day('Enter the date of the figure'),
  aim: fields.text('Say what it should achieve', 600),
  proportionate: fields.text('Say why it asks no more of others than it has to', 1000),
  reviewOn: fields.day('Enter the day on which it is looked at again'),
  area: z.string().max(32).default('').describe('The code of the area where it stands; empty for everywhere.'),
})
export type Proposal = z.output<typeof Proposal>

/** Throws Invalid where dates, question or answers cannot be. */
export function checkProposal(said: Proposal, questions: readonly KnownQuestion[], today: Day): void {
  const problems: Record<string, string> = {}
  const question = questions.find(({ key }) => key === said.question)
  const known = new Set([...(question?.broad ?? []), ...(question?.narrow ?? [])].map(({ key }) => key))
  if (!question) problems['question'] = 'Choose one of the questions'
  else if (said.answers.includes(ratherNot))
    problems['answers'] = 'Whoever would rather not say cannot be counted in a group'
  else if (!said.answers.every((answer) => known.has(answer))) problems['answers'] = 'Choose from these answers'
  else if (question.broad.every(({ key }) => key === ratherNot || said.answers.includes(key)))
    problems['answers'] = 'Everyone who answers would count, so nothing would be held for anyone'
  if (said.evidenceOn > today) problems['evidenceOn'] = 'The figure cannot be from a day to come'
  const last = lastReview(today)
  if (said.reviewOn <= today || said.reviewOn > last)
    problems['reviewOn'] = `Choose a day after today and by ${sayDate(last)}: two years at most`
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
}

/** A name as a trait: small letters, digits and hyphens. */
export const traitOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '') || 'measure'

/** The answers that count, in words. */
export function sayAnswers(
  { question, answers }: Pick<Measure, 'question' | 'answers'>,
  known: readonly KnownQuestion[],
): string {
  const one = known.find(({ key }) => key === question)
  const all = [...(one?.broad ?? []), ...(one?.narrow ?? [])]
  return answers.map((answer) => all.find(({ key }) => key === answer)?.says ?? answer).join('; ')
}
