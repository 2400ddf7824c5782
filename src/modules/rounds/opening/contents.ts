/** What a round gives places in, and which seats are reserved: chosen while it is a draft. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Invalid } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { sayPattern } from '#core/pattern'
import { measuresInForce } from '../../equality/index.ts'
import { slugField } from './fields.ts'
import { holdDraft, opens } from './open.ts'

/** Says which runs a round gives places in. Each is given in one round alone. */
export const chooseRuns = action({
  scope: 'rounds:write',
  does: 'Says which runs a round gives places in. Only runs whose places are given by round, and each in one round alone.',
  access: opens,
  fields: z.object({ slug: slugField, runs: fields.many(fields.id) }),
  run: async (visit, { slug, runs: said }) => {
    const { db, actor } = visit
    const round = await holdDraft(visit, slug)
    const runs = [...new Set(said)]
    const known = new Set((await runsToChoose(visit, round.id)).map(({ id }) => id))
    if (runs.some((run) => !known.has(run)))
      throw new Invalid({ runs: 'One of these runs cannot be chosen any more. Choose again from the list.' })
    await db
      .deleteFrom('round_run')
      .where('round_id', '=', round.id)
      .$if(runs.length > 0, (gone) => gone.where('run_id', 'not in', runs))
      .execute()
    if (runs.length > 0)
      await db
        .insertInto('round_run')
        .values(runs.map((run_id) => ({ run_id, round_id: round.id })))
        .onConflict((conflict) => conflict.column('run_id').doNothing())
        .execute()
    const { count } = await db
      .selectFrom('round_run')
      .where('round_id', '=', round.id)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count !== runs.length)
      throw new Invalid({ runs: 'One of these runs has just been put into another round. Choose again from the list.' })
    await record(db, actor, 'round.changed', { round: round.id, runs })
    return { slug }
  },
})

/** Says how many seats of each run are held first for those whom a measure names. */
export const reserveSeats = action({
  scope: 'rounds:write',
  does: 'Says how many seats of each run are held first for those whom a measure names. Seats that none of them want go to anyone.',
  access: opens,
  fields: z.object({
    slug: slugField,
    reserves: z
      .array(z.object({ run: fields.id, measure: fields.id, seats: fields.whole(0, 5000, 'Enter a number of seats') }))
      .max(2000)
      .default([]),
  }),
  run: async (visit, { slug, reserves }) => {
    const { db, actor } = visit
    const round = await holdDraft(visit, slug)
    const wanted = reserves.filter(({ seats }) => seats > 0)
    const problems = await problemsWith(visit, round.id, wanted)
    if (problems) throw new Invalid(problems)
    await db.deleteFrom('round_reserve').where('round_id', '=', round.id).execute()
    if (wanted.length > 0)
      await db
        .insertInto('round_reserve')
        .values(
          wanted.map(({ run, measure, seats }) => ({ round_id: round.id, run_id: run, measure_id: measure, seats })),
        )
        .execute()
    await record(db, actor, 'round.changed', { round: round.id, reserves: wanted })
    return { slug }
  },
})

type Wanted = { run: string; measure: string; seats: number }

async function problemsWith(visit: Visit, round: string, wanted: readonly Wanted[]) {
  const measures = new Set((await measuresToChoose(visit, round)).map(({ id }) => id))
  const rows = await visit.db
    .selectFrom('round_run')
    .innerJoin('run', 'run.id', 'round_run.run_id')
    .where('round_run.round_id', '=', round)
    .select(['run.id', 'run.capacity'])
    .execute()
  const capacity = new Map(rows.map(({ id, capacity: seats }) => [id, seats]))
  const taken = new Map<string, number>()
  const seen = new Set<string>()
  for (const { run, measure, seats } of wanted) {
    const field = seatsField(run, measure)
    if (!capacity.has(run) || seen.has(field)) return { [field]: 'This run is not in the round' }
    if (!measures.has(measure)) return { [field]: 'This measure is not in force' }
    seen.add(field)
    taken.set(run, (taken.get(run) ?? 0) + seats)
    if (taken.get(run)! > capacity.get(run)!)
      return { [field]: `This run has ${capacity.get(run)} places, so no more can be reserved` }
  }
  return undefined
}

/** The name of the field that holds how many seats of a run a measure reserves. */
export const seatsField = (run: string, measure: string): string => `seats.${run}.${measure}`

/** What the fields of a form say is reserved. */
export const reservesIn = (body: Record<string, unknown>): Record<string, unknown>[] =>
  Object.entries(body).flatMap(([name, seats]) => {
    const [word, run, measure] = name.split('.')
    return word === 'seats' && run && measure && seats !== '' ? [{ run, measure, seats }] : []
  })

export interface RunToChoose {
  id: string
  title: string
  academy: string
  startsOn: string
  state: string
  capacity: number
  pattern: string
  where: string
}

/** The runs this person can put into a round: given by round, still to begin, with no places yet, and in no other round. */
export async function runsToChoose({ db, actor, today }: Visit, round: string): Promise<RunToChoose[]> {
  const { rows } = await sql<RunToChoose & { times: { startsAt: string; endsAt: string }[] }>`
    select run.id, version.title, academy.name as academy, run.starts_on as "startsOn", run.state, run.capacity,
      coalesce(venue.name, 'Online') as "where",
      (select coalesce(json_agg(json_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at) order by s.number), '[]'::json)
        from run_session s where s.run_id = run.id) as times
    from run join course_version version on version.id = run.course_version_id join academy on academy.id = run.academy_id
      left join venue on venue.id = run.venue_id left join round_run on round_run.run_id = run.id
    where run.how = 'round' and run.drawn_at is null and run.state in ('draft', 'published') and run.starts_on > ${today}::date
      and ${academyWithin(actor, 'rounds.open', 'run.academy_id')}
      and (round_run.round_id is null or round_run.round_id = ${round})
      and not exists (select from place where place.run_id = run.id and place.state in ('offered', 'confirmed', 'waiting'))
    order by run.starts_on, version.title, run.id limit 300`.execute(db)
  return rows.map(({ times, ...run }) => {
    const sessions = times.map(({ startsAt, endsAt }) => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }))
    return Object.assign(run, { pattern: sayPattern(sessions) })
  })
}

/** The measures by which seats of a round can be reserved: in force, and standing wherever its runs are given. */
export async function measuresToChoose({ db, today }: Visit, round: string) {
  const { rows } = await sql<{ area: string }>`
    select distinct academy.area_code as area from round join academy on academy.id = round.academy_id where round.id = ${round}
    union select academy.area_code from round_run join run on run.id = round_run.run_id join academy on academy.id = run.academy_id
      where round_run.round_id = ${round}`.execute(db)
  return measuresInForce(
    db,
    today,
    rows.map(({ area }) => area),
  )
}
