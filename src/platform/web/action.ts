/** Something a person can do: who may, what they must say, and what then happens, as one transaction. */
import { z } from 'zod'
import { Forbidden, Invalid, type Problems, Refusal } from '#core/refusal'
import type { Access } from './access.ts'
import type { Visit } from './visit.ts'

export interface Action<Fields extends z.ZodType = z.ZodType, Done = unknown> {
  /** The scope that a program's key needs, such as places:write. */
  scope: string
  /** What it does, in one sentence, for the API's page. */
  does: string
  access: Access
  fields: Fields
  run: (visit: Visit, fields: z.output<Fields>) => Promise<Done>
}

/** Declares an action; one without an access rule does not compile. */
export const action = <Fields extends z.ZodType, Done>(the: Action<Fields, Done>): Action<Fields, Done> => the

/**
 * The one way in to an action, for forms, the API, jobs, the command line and tests alike. A refusal that is thrown undoes
 * everything; one that is returned keeps what was written, so that a wrong code counts.
 */
export async function perform<Fields extends z.ZodType, Done>(
  the: Action<Fields, Done>,
  visit: Visit,
  said: unknown,
): Promise<Kept<Done>> {
  admit(the.access, the.scope, visit)
  const done = await visit.atomically(async (inside) => the.run(inside, check(the.fields, said)))
  if (done instanceof Refusal || done instanceof Invalid) throw done
  return done as Kept<Done>
}

/** What an action gives when it did not say no. */
export type Kept<Done> = Exclude<Done, Refusal | Invalid>

/** Throws unless the actor may, with the key they act with. */
export function admit(access: Access, scope: string, { actor }: Visit): void {
  if (!access.allows(actor)) throw new Forbidden()
  if (actor.scopes && !actor.scopes.includes(scope)) throw new Forbidden(`This key does not have the scope ${scope}`)
}

/** What was said, checked; or Invalid with a problem for each field. */
export function check<Fields extends z.ZodType>(fields: Fields, said: unknown): z.output<Fields> {
  const parsed = fields.safeParse(said)
  if (parsed.success) return parsed.data
  const problems: Problems = {}
  for (const issue of parsed.error.issues) problems[issue.path.join('.')] ??= issue.message
  throw new Invalid(problems)
}
