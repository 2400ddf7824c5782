/** Asking for a place: at once a place, or a wait and why. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Absent, Refusal } from '#core/refusal'
import { enqueue } from '#platform/jobs'
import { isFollowed, record } from '#platform/record'
import { action, fields, members, personOf, type Visit } from '#platform/web'
import { lastHours } from './offer.ts'
import { fillSeats, telling, tellSoon } from './seats.ts'

/** What someone who asks is told. */
export interface Asked {
  place: string
  standing: 'confirmed' | 'waiting' | 'offered'
  /** How many who wait asked before. */
  ahead: number
  /** False where this person had asked before: then nothing changed. */
  isNew: boolean
}

export const needsField = fields.optionalText(500)

/** Gives the person a place, or a turn on the waiting list. Asking twice changes nothing, so asking again after a lost connection is safe. */
export const askForPlace = action({
  scope: 'places:write',
  does: 'Asks for a place on a run. The answer says whether there is one, or how many are waiting before you. Asking again changes nothing.',
  access: members,
  fields: z.object({
    id: fields.id,
    needs: needsField.describe('What would help you to take part. Only you and those who arrange it see this.'),
    instead: fields.ticked.describe(
      'Gives up the place you hold on another run of the same course, if this one has a seat.',
    ),
  }),
  run: (visit, { id, needs, instead }) =>
    giveOrQueue(visit, { run: id, person: personOf(visit.actor), needs, instead }),
})

interface Asking {
  run: string
  person: string
  needs?: string
  instead?: boolean
  /** The words in which it is refused. */
  says?: Readonly<Record<string, string>>
}

/** What asking does, for whoever asks: the person, or someone who arranges on their behalf. */
export async function giveOrQueue(visit: Visit, asking: Asking): Promise<Asked> {
  const { db, actor } = visit
  const { run, person, says = refusals } = asking
  const { answer, place_id, is_new, ahead, left_run, seats_left, noted } = await asked(visit, asking)
  if (answer === 'absent') throw new Absent()
  if (!place_id) throw new Refusal(says[answer] ?? 'You cannot ask for a place on this run.')
  const standing = answer as Asked['standing']
  for (const { id, what } of noted) if (isFollowed(what)) await enqueue(db, 'follow', { happening: id })
  // a seat that nobody has been offered yet goes to whoever is first in line, which may be this person
  if (is_new && standing === 'waiting' && seats_left > 0) await fillSeats(visit, run)
  if (left_run) {
    await record(db, actor, 'place.withdrawn', { run: left_run, person, for: place_id })
    await tellSoon(db, left_run, visit.now)
    await fillSeats(visit, left_run)
  }
  return { place: place_id, standing, ahead, isNew: is_new }
}

/** Why a place cannot be asked for, in the words that the person is told. */
export const refusals: Readonly<Record<string, string>> = {
  cancelled: 'This run has been cancelled, so nobody can ask for a place on it.',
  'by round':
    'Places on this run are given in a round, not to the first who ask. You will be able to apply when the round opens.',
  'too late': 'This run has begun, so it is too late to ask for a place. Look for another run of the course.',
  leads: 'You are one of the trainers of this run, so you do not need a place on it.',
  holds:
    'You already hold a place on another run of this course. Say that you would rather come to this one, and that place is given up for it.',
}

interface Row {
  answer: string
  place_id: string | null
  is_new: boolean
  ahead: number
  left_run: string | null
  seats_left: number
  noted: { id: number; what: string }[]
}

/**
 * Asks, puts it on the record and has it told, all in one round trip: the run is held for this statement and the commit, and
 * no longer. In a rush that is what everybody else waits for.
 */
async function asked({ db, actor, now }: Visit, { run, person, needs = '', instead = false }: Asking): Promise<Row> {
  const told = telling(run, now)
  const { rows } = await sql<Row>`
    with asked as materialized (
      select * from ask_for_place(${run}, ${person}, ${now}, ${needs}, ${instead}, make_interval(hours => ${lastHours}), ${told.at})),
    noted as (
      insert into happening (what, actor_id, about)
      select it.what, ${actor.kind === 'person' ? actor.id : null}::uuid, it.about || jsonb_build_object(
        'place', asked.place_id, 'run', ${run}::text, 'person', ${person}::text)
      from asked, lateral (values ('place.asked', jsonb_build_object('standing', asked.answer)), ('place.confirmed', '{}'::jsonb)) it (what, about)
      where asked.is_new and (it.what = 'place.asked' or asked.answer = 'confirmed') returning id, what),
    told as materialized (
      select enqueue(${told.name}, ${JSON.stringify(told.payload)}::json, ${told.at}, ${told.key}) from asked where tell_soon)
    select asked.*, coalesce((select json_agg(noted) from noted), '[]'::json) as noted, (select count(*) from told) as told
    from asked`.execute(db)
  return rows[0]!
}
