/** Why a member got what they got, as data: enough to check each refusal by comparing two numbers. */
import { byText, emptyRecord, type Priority, type Round } from './round.ts'
import type { Allocation, RunOutcome } from './allocation.ts'

/** One run of a member's list. */
export interface ListedRun {
  run: string
  /** 1 for the first choice. */
  choice: number
  /** `not needed`: the member got a run they prefer, so this one was never asked. */
  standing: 'offered' | 'full' | 'not needed'
  /** Where the run was full: how far it went, and the member's place on its waiting list, 1 the first. */
  refusal: Refusal | null
}

/**
 * A run refuses a member whose priority comes after `lastOpen` and after `lastReserved` of each of their traits. Null
 * means that there was no open seat, or no seat of that reserve, to be had.
 */
export interface Refusal {
  lastOpen: Priority | null
  /** For those of the member's traits this run reserves seats for. */
  lastReserved: Record<string, Priority | null>
  waitingAt: number
}

export interface Explanation {
  member: string
  priority: Priority
  run: string | null
  runs: ListedRun[]
}

/** Prepares explanations of an allocation; the function it returns explains one member by id, or gives null for a stranger. */
export function explaining(
  { members }: Round,
  { assignments, runs }: Allocation,
): (member: string) => Explanation | null {
  const memberOf = new Map(members.map((member) => [member.id, member]))
  const assignmentOf = new Map(assignments.map((assignment) => [assignment.member, assignment]))
  const runOf = new Map(runs.map((run) => [run.id, run]))
  const waitingAt = waitingListsOf(runOf)
  return (id) => {
    const [member, got] = [memberOf.get(id), assignmentOf.get(id)]
    if (!member || !got) return null
    const reached = got.choice ?? member.preferences.length + 1
    return {
      member: id,
      priority: { band: member.band, number: got.number },
      run: got.run,
      runs: member.preferences.map((run, i): ListedRun => {
        const choice = i + 1
        if (choice >= reached)
          return { run, choice, standing: choice === reached ? 'offered' : 'not needed', refusal: null }
        return {
          run,
          choice,
          standing: 'full',
          refusal: { ...lastsFor(runOf.get(run)!, member.traits), waitingAt: waitingAt(run, id) },
        }
      }),
    }
  }
}

/** Whether one priority comes before another: a smaller band, or the same band and a smaller number. */
export const comesBefore = (a: Priority, b: Priority): boolean => (a.band - b.band || byText(a.number, b.number)) < 0

/** Numbers each waiting list once, when it is first asked for. */
function waitingListsOf(runOf: ReadonlyMap<string, RunOutcome>): (run: string, member: string) => number {
  const lists = new Map<string, ReadonlyMap<string, number>>()
  return (run, member) => {
    const known = lists.get(run)
    const list = known ?? new Map(runOf.get(run)!.waiting.map((id, i) => [id, i + 1]))
    if (!known) lists.set(run, list)
    return list.get(member)!
  }
}

function lastsFor(run: RunOutcome, traits: readonly string[]): Omit<Refusal, 'waitingAt'> {
  const lastReserved = emptyRecord<Priority | null>()
  for (const trait of Object.keys(run.lastReserved))
    if (traits.includes(trait)) lastReserved[trait] = run.lastReserved[trait]!
  return { lastOpen: run.lastOpen, lastReserved }
}
