/** A month before the review of a measure, those who decide on measures are written to, once. */
import { sql } from 'kysely'
import { addDays } from '#core/days'
import { job } from '#platform/jobs'
import { post } from '#platform/mail'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { reviewLetters } from './letters.ts'
import { findMeasure, keepersOf } from './queries.ts'

export const reminding = job({ name: 'measures.remind', every: '20 7 * * *', run: remindOfReviews })

const before = 30

/** Writes about each measure in force whose review is a month away or less; a day that was missed is caught up with. */
export function remindOfReviews(visit: Visit): Promise<void> {
  return visit.atomically(async (inside) => {
    const { db, today, address, actor } = inside
    const { rows } = await sql<{ id: string }>`
      update measure set reminded_on = ${today}::date
      where reminded_on is null and review_on <= ${addDays(today, before)}::date and in_force(measure, ${today}::date)
      returning id`.execute(db)
    for (const { id } of rows) {
      const measure = await findMeasure(inside, id)
      if (!measure) continue
      await post(db, reviewLetters(measure, await keepersOf(db, measure.areaCode, today), address))
      await record(db, actor, 'measure.review-near', { measure: id, reviewOn: measure.reviewOn })
    }
  })
}
