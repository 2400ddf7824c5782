/** Adding someone who turned up: whoever is in the room is in the register, with or without a place. */
import { z } from 'zod'
import { Invalid } from '#core/refusal'
import { action, fields, mayDo, type Visit } from '#platform/web'
import { contactBy } from '../people/index.ts'
import { seatForTurnedUp } from '../places/index.ts'
import { holdSession, noteMarks } from './keep.ts'
import type { Mark } from './mark.ts'

const said = z.object({
  id: fields.id,
  number: fields.optionalText(40).describe('Their membership number, if they have one at hand.'),
  name: fields.optionalText(120).describe('Otherwise their name,'),
  email: z
    .union([z.literal(''), fields.email])
    .default('')
    .describe('and their email address.'),
  mark: z.enum(['present', 'late'], { error: 'Choose present or late' }).default('present'),
})

/** Adds them, marked as there. They get a place if a seat is free; if not, only that they came is noted. */
export const addTurnedUp = action({
  scope: 'register:write',
  does: 'Adds someone who turned up to the register of a session. They get a place if a seat is free; otherwise only that they came is noted.',
  access: mayDo('runs.lead'),
  fields: said,
  run: async (visit, fieldsSaid) => {
    const session = await holdSession(visit, fieldsSaid.id)
    const person = await whoIs(visit, fieldsSaid)
    const leads = await visit.db
      .selectFrom('run_trainer')
      .where('run_id', '=', session.run)
      .where('person_id', '=', person.id)
      .select('person_id')
      .executeTakeFirst()
    if (leads) throw new Invalid({ number: 'This is one of the trainers of the run, who are not in the register' })
    const seat = await seatForTurnedUp(visit, session.run, person.id)
    const before = await visit.db
      .selectFrom('attendance')
      .where('session_id', '=', session.id)
      .where('person_id', '=', person.id)
      .select('mark')
      .executeTakeFirst()
    const was = (before?.mark ?? null) as Mark | null
    if (was !== fieldsSaid.mark)
      await noteMarks(visit, session, [{ person: person.id, was, now: fieldsSaid.mark }], 'Turned up')
    return { session: session.id, run: session.run, person: person.id, name: person.name, place: seat }
  },
})

async function whoIs(
  { db, actor }: Pick<Visit, 'db' | 'actor'>,
  { number, name, email }: z.output<typeof said>,
): Promise<{ id: string; name: string }> {
  if (number !== '') {
    const member = await db
      .selectFrom('person')
      .where('membership_number', '=', number)
      .where('standing', 'in', ['member', 'contact'])
      .select(['id', 'name'])
      .executeTakeFirst()
    if (!member) throw new Invalid({ number: 'No member has this number. Enter their name and email address instead.' })
    return member
  }
  if (name === '' && email === '')
    throw new Invalid({ number: 'Enter a membership number, or a name and an email address' })
  if (name === '') throw new Invalid({ name: 'Enter their name' })
  if (email === '') throw new Invalid({ email: 'Enter their email address, so that they can find what they did here' })
  return contactBy(db, actor, { name, email })
}
