/** After the draw: seats that come free go down the waiting lists, by the same rule and the same numbers. */
import type { Assignment } from './allocation.ts'
import { nextInLine } from './choice.ts'
import { priorityOrder } from './lottery.ts'
import { byText, Unusable, type Applications, type Member, type Run } from './round.ts'

/** Someone goes from what they had (null: nothing) to a run they prefer. */
export interface Move {
  member: string
  from: string | null
  to: string
}

export interface Filled {
  /** What changes for whom, by member id. */
  moves: Move[]
  /** Everyone still in the round, by id. */
  assignments: Assignment[]
}

/**
 * What happens when members withdraw: each free seat goes to the next in line for it among those who listed the run
 * and have nothing they prefer; a seat they leave goes on in the same way. Nobody loses a place, or gets one they like
 * less. Seats that were free already (a raised capacity, a lapsed offer set to null) are given out too; `withdrawn`
 * may be empty. For someone who no longer waits for better runs, leave those out of their list.
 *
 * Expects everyone's present assignment; runs with free seats are taken in order of id, then as seats come free. Throws `Unusable` where
 * someone has no assignment or holds a run they do not list.
 */
export function afterWithdrawal(
  { runs, members }: Applications,
  assignments: readonly Assignment[],
  withdrawn: Iterable<string>,
): Filled {
  const gone = new Set(withdrawn)
  const queue = queueOf(
    members.filter(({ id }) => !gone.has(id)),
    assignments,
  )
  const before = new Map(queue.map((person) => [person, runAt(person)]))
  const desks = desksOf(runs, queue)
  const open = new Set(desks.values())
  for (const desk of open) {
    open.delete(desk)
    for (const person of nextInLine(desk.run, [...desk.holders], waitingAt(desk))) {
      const left = desks.get(runAt(person) ?? '')
      left?.holders.delete(person)
      if (left) open.add(left)
      desk.holders.add(person)
      person.at = person.preferences.indexOf(desk.run.id)
    }
  }
  return resultOf(queue, before)
}

/** A member as they stand: `at` is the position in their list of the run they hold, or the length of the list. */
interface Person extends Member {
  number: string
  at: number
}

/** One run, who has its seats, and everyone who lists it, by priority. */
interface Desk {
  run: Run
  holders: Set<Person>
  listedBy: Person[]
}

function desksOf(runs: readonly Run[], queue: readonly Person[]): Map<string, Desk> {
  const inOrder = [...runs].sort((a, b) => byText(a.id, b.id))
  const desks = new Map(inOrder.map((run): [string, Desk] => [run.id, { run, holders: new Set(), listedBy: [] }]))
  for (const person of queue) {
    for (const run of person.preferences) desks.get(run)?.listedBy.push(person)
    desks.get(runAt(person) ?? '')?.holders.add(person)
  }
  return desks
}

const waitingAt = ({ run, holders, listedBy }: Desk): Person[] =>
  holders.size < run.capacity ? listedBy.filter(({ preferences, at }) => preferences.indexOf(run.id) < at) : []

const runAt = ({ preferences, at }: Person): string | null => preferences[at] ?? null

function queueOf(members: readonly Member[], assignments: readonly Assignment[]): Person[] {
  const assignmentOf = new Map(assignments.map((assignment) => [assignment.member, assignment]))
  const people = members.map((member): Person => {
    const assignment = assignmentOf.get(member.id)
    if (!assignment) throw new Unusable(`member ${member.id} has no assignment`)
    const { run, number } = assignment
    const at = run === null ? member.preferences.length : member.preferences.indexOf(run)
    if (at < 0) throw new Unusable(`member ${member.id} holds ${run} but does not list it`)
    return { ...member, number, at }
  })
  return [
    ...priorityOrder(
      members,
      people.map(({ number }) => number),
    ),
  ].map((i) => people[i]!)
}

function resultOf(queue: readonly Person[], before: ReadonlyMap<Person, string | null>): Filled {
  const people = [...queue].sort((a, b) => byText(a.id, b.id))
  return {
    moves: people.flatMap((person) => {
      const [from, to] = [before.get(person)!, runAt(person)]
      return to === null || to === from ? [] : [{ member: person.id, from, to }]
    }),
    assignments: people.map((person) => {
      const run = runAt(person)
      return { member: person.id, run, choice: run === null ? null : person.at + 1, number: person.number }
    }),
  }
}
