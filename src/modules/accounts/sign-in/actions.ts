/** Ways in and the way out. None of them tells whether an address is known here. */
import { z } from 'zod'
import { Refusal } from '#core/refusal'
import { enqueue } from '#platform/jobs'
import { record } from '#platform/record'
import {
  cookiesAway,
  cookiesFor,
  linksFromPlace,
  linksToAddress,
  ownPath,
  placeOf,
  type SignedIn,
  signInsFromPlace,
  useLink,
  withinLimit,
} from '#platform/sign-in'
import { action, anyone, fields, type Visit } from '#platform/web'

/** The page one wanted. What is not one is as if nothing were said. */
export const next = z.string().optional().catch(undefined)

/** Asks for a link. Whatever the address, the same is done here: whom it belongs to is found out by a job, later. */
export const askForLink = action({
  scope: 'sign-in:write',
  does: 'Sends a link to sign in with to this address, if we know it',
  access: anyone,
  fields: z.object({ email: fields.email, next }),
  run: async ({ db, now, from, address }, said) => {
    if (!(await withinLimit(db, `links from ${placeOf(from.ip)}`, linksFromPlace, now)))
      return new Refusal('Many links were asked for from where you are. Wait an hour and try again.')
    if (!(await withinLimit(db, `links to ${said.email}`, linksToAddress, now)))
      return new Refusal(
        'Five links were asked for with this address within an hour. Look for the newest letter, or wait an hour.',
      )
    await enqueue(db, 'sign-in.send-link', { email: said.email, next: ownPath(said.next, address) })
    return {}
  },
})

/** Uses a link up, and signs its person in here, in place of whoever was signed in. */
export const signInByLink = action({
  scope: 'sign-in:write',
  does: 'Signs in with the token of an emailed link, which works once',
  access: anyone,
  fields: z.object({ token: z.string().max(200).default(''), next }),
  run: async (visit, said) => {
    if (!(await withinLimit(visit.db, `sign-ins from ${placeOf(visit.from.ip)}`, signInsFromPlace, visit.now)))
      return new Refusal('Many links were tried from where you are. Wait an hour and try again.')
    const signedIn = said.token === '' ? undefined : await useLink(visit, said.token)
    if (!signedIn) return new Refusal('This link was used before, or is older than 15 minutes. Ask for a new one.')
    return welcome(visit, signedIn, 'link', said.next)
  },
})

/** Ends the session of this browser. */
export const signOut = action({
  scope: 'sign-in:write',
  does: 'Ends the session of this browser',
  access: anyone,
  fields: z.object({}),
  run: async ({ db, actor, address }) => {
    const ended = actor.sessionId
      ? await db
          .deleteFrom('sign_in_session')
          .where('id', '=', actor.sessionId)
          .returning('person_id')
          .executeTakeFirst()
      : undefined
    if (ended) await record(db, actor, 'person.signed-out', { person: ended.person_id })
    return { cookies: cookiesAway(address) }
  },
})

/** Notes that someone signed in, and says where they go on to and with which cookies. */
export async function welcome(visit: Visit, { person, name, owes, token }: SignedIn, by: string, wants: unknown) {
  await record(visit.db, visit.actor, 'person.signed-in', { person, by })
  const wanted = ownPath(wants, visit.address)
  const factor = `/account/second-factor${wanted ? `?next=${encodeURIComponent(wanted)}` : ''}`
  return { name, owes, goOn: owes ? factor : (wanted ?? '/me'), cookies: cookiesFor(visit.address, token) }
}

export type Welcome = Awaited<ReturnType<typeof welcome>>
