/** The ways in which an action says no. */

/** What keeps a form from being accepted, by field. A rule's refusal has no field: its name is ''. */
export type Problems = Record<string, string>

/** A rule said no. The message is what the person is told. */
export class Refusal extends Error {
  override name = 'Refusal'
}

/** The person may not do this at all. */
export class Forbidden extends Error {
  override name = 'Forbidden'
}

/** There is no such thing, or none that this person may see. */
export class Absent extends Error {
  override name = 'Absent'
}

/** What was sent is not acceptable; each problem names its field. */
export class Invalid extends Error {
  override name = 'Invalid'
  readonly problems: Problems
  constructor(problems: Problems) {
    super(Object.values(problems).join(' '))
    this.problems = problems
  }
}
