/** One's own answers. The database gives them to nobody else. */
import type { Visit } from '#platform/web'
import { setFor, setsNow } from '../questions/queries.ts'
import type { QuestionSet } from '../questions/question.ts'

export interface Answered {
  /** What is kept of each answer, by question. */
  answers: Map<string, string[]>
  /** The nation whose questions were answered last. */
  nation: string | null
}

/** What the acting person answered. Must run inside `atomically`, which says who acts. */
export async function answersOf({ db, actor }: Visit): Promise<Answered> {
  const rows = await db
    .selectFrom('equality_answer')
    .innerJoin('equality_set', 'equality_set.id', 'equality_answer.set_id')
    .where('person_id', '=', actor.id)
    .select(['question', 'answers', 'nation'])
    .orderBy('answered_at', 'desc')
    .execute()
  return { answers: new Map(rows.map(({ question, answers }) => [question, answers])), nation: rows[0]?.nation ?? null }
}

export interface Mine {
  set: QuestionSet | undefined
  sets: readonly QuestionSet[]
  answers: ReadonlyMap<string, readonly string[]>
}

/** The questions for whoever asks, and what they answered. */
export async function loadMine(visit: Visit): Promise<Mine> {
  const typed = visit.typed['nation']
  const chosen = typeof typed === 'string' ? typed : visit.query.get('nation')
  const sets = await setsNow(visit.db)
  const { answers, nation } = await visit.atomically(answersOf)
  return { set: setFor(sets, { chosen: chosen ?? nation, areaPath: visit.actor.areaPath }), sets, answers }
}
