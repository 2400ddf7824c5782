/** Brings sets of questions into the database: each change of wording is a new version, and no version is ever edited. */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import { Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { hearten } from '#platform/web'
import type { QuestionFile } from './question.ts'
import { fromPublished, isPublished } from './published.ts'
import { knownQuestions, setsNow } from './queries.ts'
import { digestOf, readQuestionFile, readQuestionFolder } from './read.ts'

/** Nations whose questions are new, as they were, and left alone since the operator has read in their own. */
export interface QuestionSync {
  changed: string[]
  unchanged: string[]
  leftAlone: string[]
}

const lock = 4_042_024_010

/** Makes each file of the folder the newest version of its nation's questions. Repeated, it changes nothing. */
export async function syncQuestions(db: Db, folder: string, today: Day): Promise<QuestionSync> {
  const files = await readQuestionFolder(folder)
  const done: QuestionSync = { changed: [], unchanged: [], leftAlone: [] }
  await atOnce(db, async (inside) => {
    for (const { nation, ...file } of files) {
      const newest = await newestOf(inside, nation)
      if (newest && newest.from_file === null) done.leftAlone.push(nation)
      else if (newest && newest.from_file === digestOf(file)) done.unchanged.push(nation)
      else {
        await add(inside, { nation, file, version: (newest?.version ?? 0) + 1, today, isOurs: true })
        done.changed.push(nation)
      }
    }
  })
  return done
}

/** Reads in an operator's own questions for a nation, by its code or name; resolves to the version, new where the wording is. */
export async function importQuestions(
  db: Db,
  { file, nation, today }: { file: string; nation: string; today: Day },
): Promise<{ nation: string; version: number; isNew: boolean; questions: number }> {
  return atOnce(db, async (inside) => {
    const where = await findNation(inside, nation)
    const known = knownQuestions(await setsNow(inside))
    const given = await readQuestionFile(file, (read) =>
      isPublished(read) ? fromPublished(read, where.code, known) : read,
    )
    if (given.nation !== undefined && (await findNation(inside, given.nation)).code !== where.code)
      throw new Refusal(`The file is for ${given.nation}, and you said ${nation}.`)
    const newest = await newestOf(inside, where.code)
    const questions = given.questions.length
    if (newest && digestOf(newest) === digestOf(given))
      return { nation: where.name, version: newest.version, isNew: false, questions }
    const version = (newest?.version ?? 0) + 1
    await add(inside, { nation: where.code, file: given, version, today, isOurs: false })
    return { nation: where.name, version, isNew: true, questions }
  })
}

const atOnce = <Done>(db: Db, work: (inside: Db) => Promise<Done>): Promise<Done> => {
  const locked = async (inside: Db): Promise<Done> => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(inside)
    return work(inside)
  }
  return db.isTransaction ? locked(db) : db.transaction().execute(locked)
}

async function newestOf(db: Db, nation: string) {
  const row = await db
    .selectFrom('equality_set')
    .where('nation', '=', nation)
    .select(['version', 'source', 'questions', 'from_file'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, questions: row.questions as unknown as QuestionFile['questions'] }
}

async function findNation(db: Db, said: string): Promise<{ code: string; name: string }> {
  const nations = await db
    .selectFrom('area')
    .where('kind', '=', 'nation')
    .select(['code', 'name'])
    .orderBy('name')
    .execute()
  const is = (text: string): boolean => text.toLowerCase() === said.trim().toLowerCase()
  const found = nations.find(({ code, name }) => is(code) || is(name))
  if (found) return found
  throw new Refusal(`There is no nation “${said}”. Name one of these: ${nations.map(({ name }) => name).join(', ')}.`)
}

async function add(
  db: Db,
  set: { nation: string; file: Omit<QuestionFile, 'nation'>; version: number; today: Day; isOurs: boolean },
): Promise<void> {
  const { nation, file, version, today, isOurs } = set
  await db
    .insertInto('equality_set')
    .values({
      nation,
      version,
      source: file.source,
      questions: JSON.stringify(file.questions),
      starts_on: today,
      from_file: isOurs ? digestOf(file) : null,
    })
    .execute()
  await record(db, hearten, 'equality.questions-changed', { nation, version })
}
