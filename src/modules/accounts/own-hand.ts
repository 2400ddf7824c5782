/** What guards an account is changed by its person alone: in a browser, signed in not long ago, never by a program. */
import { Refusal } from '#core/refusal'
import { personOf } from '#platform/actor'
import { post } from '#platform/mail'
import type { Visit } from '#platform/web'

/** Someone at their own browser. */
export interface Self {
  person: string
  session: string
  name: string
  email: string | null
  secondFactor: boolean
  /** Whether a second factor was shown in this browser. */
  shown: boolean
}

const freshHours = 24

/** The person at this browser; a refusal for a program, and for a session that is a day old. */
export async function ownHand({ db, actor, now }: Visit): Promise<Self> {
  const person = personOf(actor)
  if (actor.scopes || !actor.sessionId)
    throw new Refusal('This is for you to do in your browser. A program cannot do it with a key.')
  const session = await db
    .selectFrom('sign_in_session')
    .innerJoin('person', 'person.id', 'sign_in_session.person_id')
    .where('sign_in_session.id', '=', actor.sessionId)
    .where('person.id', '=', person)
    .select([
      'person.name',
      'person.email',
      'person.two_factor_enabled',
      'second_factor_at',
      'sign_in_session.created_at',
    ])
    .executeTakeFirstOrThrow()
  if (now.getTime() - session.created_at.getTime() >= freshHours * 3_600_000)
    throw new Refusal(
      'You signed in a while ago. Sign out and in again, so that we know that it is you, and then do this.',
    )
  return {
    person,
    session: actor.sessionId,
    name: session.name,
    email: session.email,
    secondFactor: session.two_factor_enabled,
    shown: session.second_factor_at !== null,
  }
}

/** Writes to a person that something which guards their account has changed. */
export async function tell({ db, address, frame }: Visit, self: Self, what: string): Promise<void> {
  if (!self.email) return
  await post(db, [
    {
      person: self.person,
      address: self.email,
      kind: 'account-changed',
      subject: `A change to your account with ${frame.organisation}`,
      body: `Hello ${self.name},

${what}

If it was you, there is nothing to do. If it was not, sign in, sign out everywhere else, and undo it: ${address}/account

You get this letter whenever something changes that guards your account.
`,
    },
  ])
}
