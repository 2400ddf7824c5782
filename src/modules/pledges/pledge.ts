/** A pledge: what a member will change where they live, and by when it is looked at with them. Rules only. */
import { z } from 'zod'
import { addDays, type Day, sayDate } from '#core/days'
import { Invalid } from '#core/refusal'
import { fields } from '#platform/web'

export const states = ['open', 'kept', 'partly kept', 'not kept', 'withdrawn'] as const
export type PledgeState = (typeof states)[number]

/** How a pledge can turn out. */
export const outcomes = ['kept', 'partly kept', 'not kept'] as const
export type Outcome = (typeof outcomes)[number]

export const outcomeNames: Readonly<Record<Outcome, string>> = {
  kept: 'Yes, it is done',
  'partly kept': 'Partly',
  'not kept': 'Not this time',
}

export const stateNames: Readonly<Record<PledgeState, string>> = {
  open: 'Open',
  kept: 'Kept',
  'partly kept': 'Partly kept',
  'not kept': 'Not kept',
  withdrawn: 'Withdrawn',
}

/** The first and the last day on which a pledge made (or changed) today may be looked at: in two weeks, in a year. */
export const reviewBounds = (today: Day): { first: Day; last: Day } => ({
  first: addDays(today, 14),
  last: addDays(today, 365),
})

/** The day that is proposed: in three months. */
export const proposedReview = (today: Day): Day => addDays(today, 91)

export const pledgeFields = {
  commitment: fields
    .text('Write what you will change, in a sentence or two', 600)
    .describe('What you will change where you live.'),
  reviewOn: fields
    .day('Enter the day on which we look at it together')
    .describe('The day on which it is looked at with you: two weeks to a year from now.'),
}

/** Throws unless the day is within bounds. A day that was there before may stay. */
export function checkReview(reviewOn: Day, today: Day, before?: Day): void {
  if (reviewOn === before) return
  const { first, last } = reviewBounds(today)
  if (reviewOn < first || reviewOn > last)
    throw new Invalid({ reviewOn: `Choose a day from ${sayDate(first)} to ${sayDate(last)}` })
}

export const reviewFields = z.object({
  id: fields.id,
  outcome: z.enum(outcomes, { error: 'Choose how it turned out' }),
  learnt: fields.text('Write what you learnt, in a sentence or two', 1000),
  mentor: z
    .union([z.literal(''), fields.id])
    .default('')
    .describe('The trainer who looked at it with you, by their id; empty for nobody.'),
})
