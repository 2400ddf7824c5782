/** Answering the equality questions, and taking answers back. What was answered is never recorded, only that someone did. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Invalid, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, members, personOf, signedIn, type Visit } from '#platform/web'
import { chosenOf, keptOf, type Question } from '../questions/question.ts'
import { setFor, setsNow } from '../questions/queries.ts'
import { answersOf } from './queries.ts'

/** Gives or changes answers. A question that is not named stays as it is; an empty answer takes it back. */
export const answerQuestions = action({
  scope: 'equality:write',
  does: 'Answers equality questions, each by the key of an answer; null takes an answer back, and what is not named stays.',
  access: members,
  fields: z.object({
    nation: z
      .string()
      .max(32)
      .optional()
      .describe('The code of the nation whose questions are answered: yours if left out.'),
    answers: z.record(z.string().max(60), z.union([z.string().max(60), z.null()]), {
      error: 'Give answers by the key of their question',
    }),
  }),
  run: async (visit, { nation, answers }) => {
    const { db, actor, now } = visit
    const person = personOf(actor)
    // one person answers once at a time
    await db.selectFrom('person').where('id', '=', person).select('id').forNoKeyUpdate().execute()
    const { answers: before, nation: last } = await answersOf(visit)
    const set = setFor(await setsNow(db), { chosen: nation ?? last, areaPath: actor.areaPath })
    if (!set) throw new Refusal('There are no equality questions yet.')
    const wanted = withoutOrphans(set.questions, checked(set.questions, answers), before)
    const given = [...wanted].flatMap(([question, kept]) =>
      kept && kept.join(' ') !== before.get(question)?.join(' ') ? [{ question, kept }] : [],
    )
    const gone = [...wanted].flatMap(([question, kept]) => (kept === null && before.has(question) ? [question] : []))
    if (gone.length > 0) await forget(visit, person, gone)
    if (given.length > 0)
      await db
        .insertInto('equality_answer')
        .values(
          given.map(({ question, kept }) => ({
            person_id: person,
            question,
            answers: kept,
            set_id: set.id,
            answered_at: now,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['person_id', 'question']).doUpdateSet((eb) => ({
            answers: eb.ref('excluded.answers'),
            set_id: eb.ref('excluded.set_id'),
            answered_at: eb.ref('excluded.answered_at'),
          })),
        )
        .execute()
    if (given.length + gone.length > 0) await record(db, actor, 'equality.answered', { person })
    return { answered: before.size + given.filter(({ question }) => !before.has(question)).length - gone.length }
  },
})

/** Each answer as it is kept, null for one taken back; or what is wrong, by field. */
function checked(
  questions: readonly Question[],
  answers: Readonly<Record<string, string | null>>,
): Map<string, string[] | null> {
  const problems: Record<string, string> = {}
  const said = new Map<string, string[] | null>()
  for (const [key, answer] of Object.entries(answers)) {
    const question = questions.find((one) => one.key === key)
    const kept = question && answer ? keptOf(question, answer) : null
    if (!question) problems[''] = 'One of these questions is not asked'
    else if (kept === undefined) problems[`answers.${key}`] = 'Choose one of the answers'
    else said.set(key, kept)
  }
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  return said
}

/** An answer to a question that no longer follows goes with the answer that it followed. */
function withoutOrphans(
  questions: readonly Question[],
  said: Map<string, string[] | null>,
  before: ReadonlyMap<string, readonly string[]>,
): Map<string, string[] | null> {
  for (const { key, after } of questions) {
    if (!after) continue
    const first = said.has(after.question) ? said.get(after.question) : before.get(after.question)
    if (!first || chosenOf(first) !== after.answer) said.set(key, null)
  }
  return said
}

const forget = ({ db }: Visit, person: string, questions: readonly string[]): Promise<unknown> =>
  sql`delete from equality_answer where person_id = ${person} and question = any(${questions}::text[])`.execute(db)

/** Takes back the answer to one question, and to what was asked because of it. */
export const forgetAnswer = action({
  scope: 'equality:write',
  does: 'Takes back your answer to one equality question, for good.',
  access: signedIn,
  fields: z.object({ question: fields.text('Name a question', 60) }),
  run: async (visit, { question }) => {
    const person = personOf(visit.actor)
    const following = (await setsNow(visit.db)).flatMap(({ questions }) =>
      questions.filter(({ after }) => after?.question === question).map(({ key }) => key),
    )
    const { answers: before } = await answersOf(visit)
    if (!before.has(question)) return { answered: before.size }
    await forget(visit, person, [question, ...following])
    await record(visit.db, visit.actor, 'equality.answers-taken-back', { person })
    return { answered: (await answersOf(visit)).answers.size }
  },
})

/** Takes back every answer. */
export const forgetAnswers = action({
  scope: 'equality:write',
  does: 'Takes back all your answers to the equality questions, for good.',
  access: signedIn,
  fields: z.object({}),
  run: async (visit) => {
    const person = personOf(visit.actor)
    const gone = await visit.db
      .deleteFrom('equality_answer')
      .where('person_id', '=', person)
      .returning('question')
      .execute()
    if (gone.length > 0) await record(visit.db, visit.actor, 'equality.answers-taken-back', { person })
    return { answered: 0 }
  },
})
