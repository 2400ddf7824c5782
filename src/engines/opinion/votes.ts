/** Votes as they come, and votes by person: the sparse table that everything else reads. */

/** Votes in any order. Of two by one person on one statement the later time counts; without times, or at the same time, the later row. */
export interface Votes {
  /** How many people there are; `person` holds numbers below this. */
  people: number
  /** How many statements there are; `statement` holds numbers below this. */
  statements: number
  person: Uint32Array
  statement: Uint16Array | Uint32Array
  /** 1 agree, −1 disagree, 0 pass. */
  vote: Int8Array
  time?: Float64Array
}

/**
 * Votes by person, one for each statement seen. Those of person i are `code[start[i]]` up to `code[start[i + 1]]`,
 * in order of statement. A code is 3 × statement + vote + 1, so a table with a row for every code replaces all arithmetic on votes.
 */
export interface Ballots {
  people: number
  statements: number
  start: Uint32Array
  code: Codes
}

export type Codes = Uint16Array | Uint32Array

/** Sorts votes by person and statement in time proportional to their number. Throws RangeError on a vote that names no one, nothing, or is not −1, 0 or 1. */
export function ballotsOf(votes: Votes): Ballots {
  const { people, statements, person, statement, vote } = votes
  check(votes)
  const byStatement = sortRows(null, statement, statements)
  const byPerson = sortRows(byStatement.rows, person, people)
  const code = codesFor(statements, person.length)
  const start = new Uint32Array(people + 1)
  let kept = 0
  for (let i = 0; i < people; i++) {
    start[i] = kept
    let last = -1
    let lastTime = 0
    for (let at = byPerson.start[i]!; at < byPerson.start[i + 1]!; at++) {
      const row = byPerson.rows[at]!
      const time = votes.time ? votes.time[row]! : 0
      if (statement[row] === last) {
        if (time < lastTime) continue
        kept--
      }
      last = statement[row]!
      lastTime = time
      code[kept++] = last * 3 + vote[row]! + 1
    }
  }
  start[people] = kept
  return { people, statements, start, code: kept === code.length ? code : code.slice(0, kept) }
}

/** The ballots after more votes, each later than any before it. Costs a copy of the old ones and the sorting of the new. */
export function withVotes(before: Ballots, more: Ballots): Ballots {
  const people = Math.max(before.people, more.people)
  const statements = Math.max(before.statements, more.statements)
  const code = codesFor(statements, before.code.length + more.code.length)
  const start = new Uint32Array(people + 1)
  let kept = 0
  for (let i = 0; i < people; i++) {
    start[i] = kept
    let old = i < before.people ? before.start[i]! : 0
    const oldEnd = i < before.people ? before.start[i + 1]! : 0
    const newEnd = i < more.people ? more.start[i + 1]! : 0
    for (let at = i < more.people ? more.start[i]! : 0; at < newEnd; at++) {
      const later = more.code[at]!
      const statement = statementOf(later)
      while (old < oldEnd && statementOf(before.code[old]!) < statement) code[kept++] = before.code[old++]!
      if (old < oldEnd && statementOf(before.code[old]!) === statement) old++
      code[kept++] = later
    }
    while (old < oldEnd) code[kept++] = before.code[old++]!
  }
  start[people] = kept
  return { people, statements, start, code: kept === code.length ? code : code.slice(0, kept) }
}

/** The statement that a code is about. */
export const statementOf = (code: number): number => (code / 3) | 0

/** How many votes a person has cast. */
export const votesOf = (ballots: Ballots, person: number): number => ballots.start[person + 1]! - ballots.start[person]!

/** The ballots of some people only, in the order named; a person named twice appears twice. `keep` may drop single votes. */
export function ballotsOfSome(ballots: Ballots, some: Uint32Array, keep?: (at: number) => boolean): Ballots {
  let size = 0
  for (const person of some) size += votesOf(ballots, person)
  const code = codesFor(ballots.statements, size)
  const start = new Uint32Array(some.length + 1)
  let kept = 0
  some.forEach((person, i) => {
    start[i] = kept
    for (let at = ballots.start[person]!; at < ballots.start[person + 1]!; at++)
      if (!keep || keep(at)) code[kept++] = ballots.code[at]!
  })
  start[some.length] = kept
  return { people: some.length, statements: ballots.statements, start, code: code.slice(0, kept) }
}

const codesFor = (statements: number, length: number): Codes =>
  statements * 3 <= 65_536 ? new Uint16Array(length) : new Uint32Array(length)

/** A stable counting sort of rows by their key. */
function sortRows(rows: Uint32Array | null, key: Codes, keys: number): { rows: Uint32Array; start: Uint32Array } {
  const start = new Uint32Array(keys + 1)
  for (let row = 0; row < key.length; row++) start[key[row]! + 1]!++
  for (let k = 0; k < keys; k++) start[k + 1]! += start[k]!
  const next = start.slice()
  const sorted = new Uint32Array(key.length)
  for (let at = 0; at < key.length; at++) {
    const row = rows ? rows[at]! : at
    sorted[next[key[row]!]!++] = row
  }
  return { rows: sorted, start }
}

function check({ people, statements, person, statement, vote, time }: Votes): void {
  if (statement.length !== person.length || vote.length !== person.length || (time && time.length !== person.length))
    throw new RangeError('Each vote needs a person, a statement and a vote')
  for (let row = 0; row < person.length; row++) {
    if (person[row]! >= people) throw new RangeError(`Vote ${row} is by person ${person[row]}, of ${people}`)
    if (statement[row]! >= statements)
      throw new RangeError(`Vote ${row} is on statement ${statement[row]}, of ${statements}`)
    if (vote[row]! < -1 || vote[row]! > 1) throw new RangeError(`Vote ${row} is ${vote[row]}, not −1, 0 or 1`)
  }
}
