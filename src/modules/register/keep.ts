/** Keeping a register: marking who came, closing it, and correcting it later. */
import { z } from 'zod'
import { dayOf, sayDay } from '#core/days'
import { Absent, Invalid, Refusal } from '#core/refusal'
import type { Db } from '#platform/db'
import { record } from '#platform/record'
import { action, fields, mayDo, personOf, type Visit } from '#platform/web'
import { type Change, changesIn, type Mark, marks, sayNames } from './mark.ts'
import { findSession, type RegisterSession, rowsOf } from './session.ts'

const most = 1000
const mark = z.enum(marks, { error: 'Choose one of the marks' })
const marksField = z
  .record(fields.id, mark)
  .refine((all) => Object.keys(all).length <= most, 'These are too many people')

/** A form has a field for each person, mark.ID and was.ID; a program sends them together. */
function gathered(said: unknown): unknown {
  if (typeof said !== 'object' || said === null) return said
  const { marks: together, was: before, ...rest } = said as Record<string, unknown>
  const [gatheredMarks, gatheredWas] = [new Map<string, unknown>(), new Map<string, unknown>()]
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith('mark.')) gatheredMarks.set(name.slice(5), value)
    else if (name.startsWith('was.')) gatheredWas.set(name.slice(4), value)
  }
  return {
    ...rest,
    marks: together ?? Object.fromEntries(gatheredMarks),
    was: before ?? Object.fromEntries(gatheredWas),
  }
}

const registerFields = z.preprocess(
  gathered,
  z.object({
    id: fields.id,
    marks: marksField.default({}).describe('The mark of each person, by their id.'),
    was: z
      .record(fields.id, z.union([mark, z.literal('')]))
      .default({})
      .describe('What your list showed before, so that you do not undo what another trainer noted meanwhile.'),
    do: z
      .enum(['save', 'everyone', 'close'])
      .default('save')
      .describe('Save; save and mark everyone else as present; or save and close the register.'),
    why: fields.optionalText(300).describe('Why a closed register is corrected.'),
  }),
)

/** Notes who came. Saving the same twice changes nothing. */
export const keepRegister = action({
  scope: 'register:write',
  does: 'Notes who came to a session. A register that is closed is corrected with a reason; every change is kept.',
  access: mayDo('runs.lead'),
  fields: registerFields,
  run: async (visit, { id, marks: said, was, do: does, why }) => {
    const session = await holdSession(visit, id)
    const rows = await rowsOf(visit.db, session)
    const current = new Map(rows.map(({ person, mark: before }) => [person, before]))
    const stray = Object.keys(said).find((person) => !current.has(person))
    if (stray !== undefined) throw new Refusal('Someone you marked is no longer on this run. Load the page again.')
    const changes = changesIn(current, { marks: said, was }, { everyone: does === 'everyone' })
    if (session.doneAt && changes.length > 0 && why === '')
      throw new Invalid({ why: 'Say why you correct the register. It is kept with the change.' })
    await noteMarks(visit, session, changes, session.doneAt ? why : '')
    if (does === 'close' && !session.doneAt) {
      const after = new Map(changes.map(({ person, now }) => [person, now]))
      const unmarked = rows.filter((row) => row.place && row.mark === null && !after.has(row.person))
      if (unmarked.length > 0)
        throw new Refusal(
          `Mark ${sayNames(unmarked.map(({ name }) => name))} before you close the register, or choose “Everyone else was present”.`,
        )
      await visit.db
        .updateTable('run_session')
        .set({ register_done_at: visit.now, register_done_by: personOf(visit.actor) })
        .where('id', '=', id)
        .execute()
      await record(visit.db, visit.actor, 'register.closed', { run: session.run, session: id, people: rows.length })
    }
    return {
      session: id,
      run: session.run,
      changed: changes.length,
      closed: session.doneAt !== null || does === 'close',
    }
  },
})

/** Finds a session whose register may be kept now, and holds it, so that two trainers save one after the other. */
export async function holdSession(visit: Visit, id: string): Promise<RegisterSession> {
  await visit.db.selectFrom('run_session').where('id', '=', id).select('id').forNoKeyUpdate().execute()
  const session = await findSession(visit, id)
  if (!session) throw new Absent()
  const closed = notYet(session, visit.today)
  if (closed) throw new Refusal(closed)
  return session
}

/** Why a register cannot be kept yet, or at all; nothing where it can. */
export function notYet(session: Pick<RegisterSession, 'startsAt' | 'runState'>, today: string): string | undefined {
  if (session.runState === 'cancelled') return 'This run was cancelled, so there is no register to keep.'
  if (session.runState === 'draft') return 'This run is not published yet, so there is no register to keep.'
  const day = dayOf(session.startsAt)
  return today < day ? `The register opens on the day of the session, ${sayDay(day)}.` : undefined
}

/** Writes marks, each with its trail, and puts on the record that it was done. */
export async function noteMarks(
  { db, actor, now }: Pick<Visit, 'db' | 'actor' | 'now'>,
  session: Pick<RegisterSession, 'id' | 'run' | 'doneAt'>,
  changes: readonly Change[],
  why: string,
): Promise<void> {
  if (changes.length === 0) return
  const by = personOf(actor)
  await upsert(db, session.id, changes, by, now)
  await db
    .insertInto('attendance_change')
    .values(
      changes.map(({ person, was, now: mark }) => ({
        session_id: session.id,
        person_id: person,
        was,
        now: mark,
        why,
        changed_by: by,
        changed_at: now,
      })),
    )
    .execute()
  const what = session.doneAt ? 'register.corrected' : 'register.noted'
  await record(db, actor, what, { run: session.run, session: session.id, people: changes.length })
}

const upsert = (db: Db, session: string, changes: readonly Change[], by: string, at: Date): Promise<unknown> =>
  db
    .insertInto('attendance')
    .values(
      changes.map(({ person, now }: { person: string; now: Mark }) => ({
        session_id: session,
        person_id: person,
        mark: now,
        noted_by: by,
        noted_at: at,
      })),
    )
    .onConflict((again) =>
      again.columns(['session_id', 'person_id']).doUpdateSet((eb) => ({
        mark: eb.ref('excluded.mark'),
        noted_by: eb.ref('excluded.noted_by'),
        noted_at: eb.ref('excluded.noted_at'),
      })),
    )
    .execute()
