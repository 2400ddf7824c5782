/** Ending sessions: one, or every one but this browser's. */
import { z } from 'zod'
import { Absent } from '#core/refusal'
import { personOf } from '#platform/actor'
import { record } from '#platform/record'
import { action, fields, signedIn } from '#platform/web'

/** Ends one of one's own sessions; its browser is signed out at once. */
export const endSession = action({
  scope: 'account:write',
  does: 'Signs you out of one browser',
  access: signedIn,
  fields: z.object({ id: fields.id }),
  run: async ({ db, actor }, { id }) => {
    const ended = await db
      .deleteFrom('sign_in_session')
      .where('id', '=', id)
      .where('person_id', '=', personOf(actor))
      .executeTakeFirst()
    if (ended.numDeletedRows === 0n) throw new Absent()
    await record(db, actor, 'person.signed-out', { person: actor.id, session: id })
    return {}
  },
})

/** Ends every session but the one of this browser. */
export const endOtherSessions = action({
  scope: 'account:write',
  does: 'Signs you out everywhere but here',
  access: signedIn,
  fields: z.object({}),
  run: async ({ db, actor }) => {
    const person = personOf(actor)
    const ended = await db
      .deleteFrom('sign_in_session')
      .where('person_id', '=', person)
      .$if(actor.sessionId !== null, (query) => query.where('id', '<>', actor.sessionId!))
      .executeTakeFirst()
    const many = Number(ended.numDeletedRows)
    if (many > 0) await record(db, actor, 'person.signed-out', { person, sessions: many })
    return { ended: many }
  },
})
