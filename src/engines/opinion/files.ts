/** Votes, statements and groups from files in the export format. */
import { Ids, problemWithId } from './ids.ts'
import { readLines, readRecords, Unusable, type Report } from './rows.ts'
import type { Votes } from './votes.ts'

/** Votes, with the ids of people and statements in order of their numbers. */
export interface VotesFile {
  votes: Votes
  people: string[]
  statements: string[]
}

/** Statements as a file describes them: whether each is moderated out, and whether it is about the people and not the question. */
export type StatementsFile = Map<string, { isOut: boolean; isMeta: boolean }>

/** Reads votes; statements named by `statements` are there even if no one voted on them. Throws Unusable if no row can be used. */
export async function readVotes(file: string, statements: Iterable<string>, report: Report): Promise<VotesFile> {
  const [people, about] = [new Ids(), new Ids()]
  const rows = new Rows()
  for (const id of statements) about.numberOf(id)
  const columns = { required: [['comment-id'], ['voter-id'], ['vote']], optional: ['timestamp'] }
  await readLines(file, columns, report, ([statement, person, vote, time], line) => {
    const said = voteOf(vote!)
    const problem =
      problemWithId(statement!, 'comment-id') ??
      problemWithId(person!, 'voter-id') ??
      (said === null ? `has the vote “${shortened(vote!)}”, which is not 1, 0 or -1` : null) ??
      (time !== null && !/^-?\d{1,16}(\.\d+)?$/.test(time!)
        ? `has the timestamp “${shortened(time!)}”, which is not a number`
        : null)
    if (problem) report(line, problem)
    else rows.add(people.numberOf(person!), about.numberOf(statement!), said!, Number(time ?? 0))
  })
  if (rows.length === 0) throw new Unusable(`${file} has no vote that can be used`)
  const [sortedPeople, sortedAbout] = [people.sorted(), about.sorted()]
  const { person, statement, vote, time } = rows.trimmed()
  return {
    votes: {
      people: sortedPeople.ids.length,
      statements: sortedAbout.ids.length,
      person: person.map((number) => sortedPeople.places[number]!),
      statement: statement.map((number) => sortedAbout.places[number]!),
      vote,
      time,
    },
    people: sortedPeople.ids,
    statements: sortedAbout.ids,
  }
}

/** Reads statements; of two rows about one, the first counts and the second is reported. Throws Unusable if no row can be used. */
export async function readStatements(file: string, report: Report): Promise<StatementsFile> {
  const statements: StatementsFile = new Map()
  const columns = { required: [['comment-id'], ['moderated']], optional: ['is-meta'] }
  await readRecords(file, columns, report, ([id, moderated, meta], line) => {
    const isMeta = /^(true|t|1)$/i.test(meta ?? '')
    const problem =
      problemWithId(id!, 'comment-id') ??
      (/^(-1|0|1)$/.test(moderated!)
        ? null
        : `has “${shortened(moderated!)}” under moderated, which is not 1, 0 or -1`) ??
      (isMeta || /^(false|f|0|)$/i.test(meta ?? '')
        ? null
        : `has “${shortened(meta!)}” under is-meta, which is not true or false`) ??
      (statements.has(id!) ? `is about statement ${id}, which an earlier row has` : null)
    if (problem) report(line, problem)
    else statements.set(id!, { isOut: moderated === '-1', isMeta })
  })
  if (statements.size === 0) throw new Unusable(`${file} has no statement that can be used`)
  return statements
}

/** Reads who is in which group; a row without a group says that the person is in none. Throws Unusable if no row can be used. */
export async function readGroups(file: string, report: Report): Promise<Map<string, string>> {
  const groups = new Map<string, string>()
  const columns = { required: [['participant'], ['group', 'group-id']], optional: [] }
  await readLines(file, columns, report, ([person, group], line) => {
    const problem =
      problemWithId(person!, 'participant') ??
      (group === '' ? null : problemWithId(group!, 'group')) ??
      (groups.has(person!) ? `is about participant ${person}, whom an earlier row has` : null)
    if (problem) report(line, problem)
    else groups.set(person!, group!)
  })
  if (![...groups.values()].some((group) => group !== '')) throw new Unusable(`${file} puts no one in a group`)
  return groups
}

const voteOf = (text: string): number | null => {
  if (text === '1' || text === '+1') return 1
  if (text === '-1') return -1
  return text === '0' ? 0 : null
}

const shortened = (text: string): string =>
  (text.length > 40 ? `${text.slice(0, 40)}…` : text).replaceAll(/\p{Cc}/gu, '�')

/** Four growing columns of numbers. */
class Rows {
  length = 0
  #person = new Uint32Array(1 << 12)
  #statement = new Uint32Array(1 << 12)
  #vote = new Int8Array(1 << 12)
  #time = new Float64Array(1 << 12)

  add(person: number, statement: number, vote: number, time: number): void {
    if (this.length === this.#vote.length) this.#grow()
    this.#person[this.length] = person
    this.#statement[this.length] = statement
    this.#vote[this.length] = vote
    this.#time[this.length++] = time
  }

  trimmed() {
    const end = this.length
    return {
      person: this.#person.subarray(0, end),
      statement: this.#statement.subarray(0, end),
      vote: this.#vote.subarray(0, end),
      time: this.#time.subarray(0, end),
    }
  }

  #grow(): void {
    const size = this.#vote.length * 2
    const [person, statement] = [new Uint32Array(size), new Uint32Array(size)]
    const [vote, time] = [new Int8Array(size), new Float64Array(size)]
    person.set(this.#person)
    statement.set(this.#statement)
    vote.set(this.#vote)
    time.set(this.#time)
    this.#person = person
    this.#statement = statement
    this.#vote = vote
    this.#time = time
  }
}
