/** What a person is told of a right that they are given, or that ends. */
import { post } from '#platform/mail'
import type { Visit } from '#platform/web'
import { type Right, sayWhere, sayWhile, withArticle } from './right.ts'

/** Tells someone that they hold a role from now on, or from a day to come. */
export async function postGranted(visit: Visit, right: Right, email: string | null): Promise<void> {
  if (email === null) return
  const { db, address, frame, today } = visit
  const when = sayWhile(right, today)
  const are = right.startsOn > today ? 'You will be' : 'You are now'
  const what = `${are} ${withArticle(right.role)} ${sayWhere(right)} in ${frame.organisation}${when ? `, ${when}` : ''}.`
  await post(db, [
    {
      person: right.personId,
      address: email,
      kind: 'right-granted',
      subject: `${are} ${withArticle(right.role)}`,
      body: `Hello ${right.name},

${what} ${sayBy(visit)}

With a role you can see or change what concerns other people. So when you sign in, you are also asked for a code from an app. Set that up here: ${address}/account/second-factor/new

You get this letter because your role has changed. If it should not have, reply to whoever gave it to you.
`,
    },
  ])
}

/** Tells someone that a role of theirs has ended. */
export async function postEnded(visit: Visit, right: Right): Promise<void> {
  const { db, frame } = visit
  const person = await db.selectFrom('person').select('email').where('id', '=', right.personId).executeTakeFirst()
  if (!person?.email) return
  await post(db, [
    {
      person: right.personId,
      address: person.email,
      kind: 'right-ended',
      subject: `You are no longer ${withArticle(right.role)}`,
      body: `Hello ${right.name},

You are no longer ${withArticle(right.role)} ${sayWhere(right)} in ${frame.organisation}. ${sayBy(visit)}

You get this letter because your role has changed. If it should not have, tell whoever runs ${frame.organisation} near you.
`,
    },
  ])
}

const sayBy = ({ actor }: Visit): string => (actor.kind === 'person' ? `This was done by ${actor.name}.` : '')
