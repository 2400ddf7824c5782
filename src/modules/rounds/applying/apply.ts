/** Applying: one member's ranked choice of runs, kept until the closing second. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Invalid, type Problems, Refusal } from '#core/refusal'
import { unguessableCode } from '#core/random'
import { enqueue } from '#platform/jobs'
import { isFollowed, record } from '#platform/record'
import { action, fields, members, personOf, signedIn, type Visit } from '#platform/web'
import { holdOpenRound } from '../queries.ts'

/** What someone who applies is told. */
export interface Applied {
  application: string
  /** Under which they stand on the roll. */
  pseudonym: string
  /** What it did: nothing where the same was said before. */
  did: 'made' | 'changed' | 'nothing'
}

/** Applies for runs of a round, or changes what was chosen. Sending the same again changes nothing, so trying again is safe. */
export const applyToRound = action({
  scope: 'places:write',
  does: 'Applies for runs of a round, the one you want most first. Sent again with another choice, it takes the place of the one before. It can be changed until the round closes.',
  access: members,
  fields: z.object({
    slug: z.string(),
    choices: fields.many(fields.id).describe('The runs you would come to, by id, the one you want most first.'),
    reserves: fields.ticked.describe(
      'Whether your answers to the equality questions count where seats are reserved. It never harms you.',
    ),
  }),
  run: async (visit, { slug, choices, reserves }): Promise<Applied> => {
    const person = personOf(visit.actor)
    const round = await holdOpenRound(visit, slug)
    if (choices.length === 0) throw new Invalid({ choices: 'Choose at least one run.' })
    if (new Set(choices).size < choices.length) throw new Invalid({ choices: 'Choose each run once.' })
    if (choices.length > round.most_choices)
      throw new Invalid({ choices: `Choose ${round.most_choices} runs or fewer.` })
    return keep(visit, { round: round.id, person, choices, reserves })
  },
})

/** Takes an application back. One can apply again until the round closes. */
export const withdrawApplication = action({
  scope: 'places:write',
  does: 'Takes back your application in a round. You can apply again until the round closes.',
  access: signedIn,
  fields: z.object({ slug: z.string() }),
  run: async (visit, { slug }) => {
    const { db, actor, now } = visit
    const person = personOf(actor)
    const round = await holdOpenRound(visit, slug)
    const gone = await db
      .updateTable('application')
      .set({ withdrawn_at: now, changed_at: now, tell: true })
      .where('round_id', '=', round.id)
      .where('person_id', '=', person)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (gone) await record(db, actor, 'application.withdrawn', { application: gone.id, round: round.id, person })
    return { withdrawn: gone !== undefined }
  },
})

interface Kept {
  /** What is wrong with which of the choices. */
  wrong: { run: string; why: keyof typeof reasons }[]
  now: { id: string; pseudonym: string; isNew: boolean } | null
  before: { id: string; pseudonym: string } | null
  noted: { id: number; what: string }[]
}

const reasons = {
  unknown: 'This run is not one of this round.',
  cancelled: 'This run has been cancelled. Choose another.',
  leads: 'You are one of the trainers of this run, so you cannot take a place on it.',
}

interface Application {
  round: string
  person: string
  choices: readonly string[]
  reserves: boolean
}

/** Checks the choices, keeps them and puts it on the record in one round trip: thousands may do this in the last minutes. */
async function keep({ db, actor, now }: Visit, { round, person, choices, reserves }: Application): Promise<Applied> {
  const { rows } = await sql<Kept>`
    with wrong as (
      select chosen.run, case when round_run.run_id is null then 'unknown' when run.state <> 'published' then 'cancelled' else 'leads' end as why
      from unnest(${choices}::uuid[]) with ordinality chosen (run, n)
        left join round_run on round_run.run_id = chosen.run and round_run.round_id = ${round}
        left join run on run.id = round_run.run_id
      where round_run.run_id is null or run.state <> 'published'
        or exists (select from run_trainer led where led.run_id = chosen.run and led.person_id = ${person})),
    kept as (
      insert into application (round_id, person_id, pseudonym, choices, counts_for_reserves, submitted_at, changed_at, tell)
      select ${round}, ${person}, ${unguessableCode()}, ${choices}::uuid[], ${reserves}::boolean, ${now}, ${now}, true
      where not exists (select from wrong)
      on conflict (round_id, person_id) do update
        set choices = excluded.choices, counts_for_reserves = excluded.counts_for_reserves, changed_at = excluded.changed_at,
          submitted_at = case when application.withdrawn_at is null then application.submitted_at else excluded.submitted_at end,
          withdrawn_at = null, tell = true
        where application.choices <> excluded.choices or application.counts_for_reserves <> excluded.counts_for_reserves
          or application.withdrawn_at is not null
      returning new.id, new.pseudonym, old.id is null or old.withdrawn_at is not null as "isNew"),
    noted as (
      insert into happening (what, actor_id, about)
      select case when "isNew" then 'application.made' else 'application.changed' end, ${actor.kind === 'person' ? actor.id : null}::uuid,
        jsonb_build_object('application', id, 'round', ${round}::text, 'person', ${person}::text)
      from kept returning id, what)
    select (select coalesce(json_agg(wrong), '[]'::json) from wrong) as wrong, (select row_to_json(kept) from kept) as now,
      (select json_build_object('id', id, 'pseudonym', pseudonym) from application where round_id = ${round} and person_id = ${person}) as before,
      (select coalesce(json_agg(noted), '[]'::json) from noted) as noted`.execute(db)
  const { wrong, now: kept, before, noted } = rows[0]!
  if (wrong.length > 0) throw new Invalid(problemsOf(wrong))
  for (const { id, what } of noted) if (isFollowed(what)) await enqueue(db, 'follow', { happening: id })
  if (kept) return { application: kept.id, pseudonym: kept.pseudonym, did: kept.isNew ? 'made' : 'changed' }
  const same = before ?? (await sameMoment(db, round, person))
  return { application: same.id, pseudonym: same.pseudonym, did: 'nothing' }
}

/** The application that another click of the same moment has just made, and that our statement was too early to see. */
const sameMoment = (db: Visit['db'], round: string, person: string) =>
  db
    .selectFrom('application')
    .where('round_id', '=', round)
    .where('person_id', '=', person)
    .select(['id', 'pseudonym'])
    .executeTakeFirstOrThrow(() => new Refusal('Your application could not be kept. Send it again.'))

const problemsOf = (wrong: Kept['wrong']): Problems =>
  Object.fromEntries(
    wrong.map(({ run, why }) => [why === 'unknown' ? 'choices' : `choice-${run}`, reasons[why]] as const),
  )
