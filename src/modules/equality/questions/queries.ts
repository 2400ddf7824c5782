/** The questions that are asked now: of a nation, of someone by where they live, and of all. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { type Question, type QuestionSet, ratherNot } from './question.ts'

/** The newest set of each nation; England's first, since it is most people's. */
export async function setsNow(db: Db): Promise<QuestionSet[]> {
  const { rows } = await sql<QuestionSet>`
    select distinct on (s.nation) s.id, s.nation, a.name as "nationName", s.version, s.source, s.questions
    from equality_set s join area a on a.code = s.nation order by s.nation, s.version desc`.execute(db)
  return rows
}

/** The set for someone: of the nation they choose, else of the one they live in, else the first there is. */
export const setFor = (
  sets: readonly QuestionSet[],
  { chosen, areaPath }: { chosen?: string | null; areaPath: string | null },
): QuestionSet | undefined =>
  sets.find(({ nation }) => nation === chosen) ??
  sets.find(({ nation }) => nation === areaPath?.split('.')[0]) ??
  sets[0]

/** A question as all nations know it, with every answer to it, broad ones first. */
export interface KnownQuestion {
  key: string
  name: string
  ask: string
  /** What everyone's answer is counted as: exactly one of these each. */
  broad: { key: string; says: string }[]
  /** Parts of those. */
  narrow: { key: string; says: string; in: string }[]
}

/** Every question of every nation, put together by its key. */
export function knownQuestions(sets: readonly QuestionSet[]): KnownQuestion[] {
  const known = new Map<string, KnownQuestion>()
  for (const { questions } of sets)
    for (const question of questions) {
      const one = known.get(question.key) ?? {
        key: question.key,
        name: question.name,
        ask: question.ask,
        broad: [],
        narrow: [],
      }
      known.set(question.key, one)
      learn(one, question)
    }
  for (const { broad } of known.values())
    broad.sort((a, b) => Number(a.key === ratherNot) - Number(b.key === ratherNot))
  return [...known.values()]
}

function learn({ broad, narrow }: KnownQuestion, question: Question): void {
  const know = (key: string, says: string) => {
    const there = broad.find((one) => one.key === key)
    if (!there) broad.push({ key, says })
    // one nation knew only its key, another has words for it
    else if (there.says === key) there.says = says
  }
  for (const { key, says } of question.groups ?? []) know(key, says)
  for (const { key, says, in: within } of question.answers) {
    if (within === undefined) know(key, says)
    else if (!narrow.some((one) => one.key === key)) narrow.push({ key, says, in: within })
  }
  // a broad answer that no nation names has at least its parts
  for (const { in: within } of question.answers) if (within !== undefined) know(within, within)
}
