/**
 * Settling a request by the places its member has: it waits for a confirmed place; then the published rule gives it at once
 * where it may and the pot has it; and when the place is given up, what was not paid goes back to the pot.
 */
import { sql } from 'kysely'
import type { Day } from '#core/days'
import { actAs, type Db } from '#platform/db'
import { record } from '#platform/record'
import type { Visit } from '#platform/web'
import { type Step, tellStep } from './letters.ts'
import { giveBack, takeFrom } from './pot.ts'

interface Held {
  id: string
  person: string
  kind: string
  state: 'asked' | 'half decided' | 'awarded'
  asked: number
  awarded: number
  pot: string | null
  run: string | null
  ofApplication: boolean
  /** The best place they have for it now. */
  place: string | null
  placeState: 'confirmed' | 'offered' | 'waiting' | null
  placeRun: string | null
  academy: string | null
  startsOn: Day | null
  /** Whether the draw of its application is still to come. */
  drawIsAhead: boolean
}

/** Settles one request, in a transaction that acts as its member. Doing it again changes nothing. */
export async function settle(visit: Visit, id: string): Promise<Step | undefined> {
  const held = await hold(visit.db, id)
  if (!held) return undefined
  if (held.placeState === 'confirmed') return held.run === held.placeRun ? undefined : attach(visit, held)
  if (held.placeState !== null || held.drawIsAhead) return held.run === null ? undefined : detach(visit, held)
  return end(visit, held)
}

async function hold(db: Db, id: string): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    select r.id, r.person_id as person, r.kind, r.state, r.asked_pence as asked, r.awarded_pence as awarded, r.pot_id as pot,
      r.run_id as run, r.application_id is not null as "ofApplication", live.id as place, live.state as "placeState",
      live.run_id as "placeRun", live.academy_id as academy, live.starts_on as "startsOn",
      coalesce(application.withdrawn_at is null and round.state in ('draft', 'published', 'closed'), false) as "drawIsAhead"
    from help_request r left join application on application.id = r.application_id left join round on round.id = application.round_id
      left join lateral (
        select p.id, p.state, p.run_id, run.academy_id, run.starts_on from place p join run on run.id = p.run_id
        where p.person_id = r.person_id and p.state in ('confirmed', 'offered', 'waiting')
          and case when r.application_id is null then p.id = r.place_id else p.application_id = r.application_id end
        order by p.state = 'confirmed' desc, p.run_id is not distinct from r.run_id desc limit 1) live on true
    where r.id = ${id} and r.state in ('asked', 'half decided', 'awarded') for update of r`.execute(db)
  return rows[0]
}

/** They have a confirmed place: from now on it is for that run, under the rules and from the pot of its academy. */
async function attach({ db, actor, now }: Visit, held: Held): Promise<Step> {
  await giveBack(db, held.pot, held.awarded)
  const [academy, startsOn] = [held.academy!, held.startsOn!]
  const rule = await db
    .selectFrom('help_rule')
    .where('academy_id', '=', academy)
    .where('kind', '=', held.kind)
    .where('offered', '=', true)
    .select('by_rule_pence')
    .executeTakeFirst()
  const may = rule !== undefined && held.asked <= rule.by_rule_pence
  const pot = may && held.asked > 0 ? await takeFrom(db, academy, startsOn, held.asked) : undefined
  const given = may && (held.asked === 0 || pot !== undefined)
  await db
    .updateTable('help_request')
    .set({
      ...undecided,
      run_id: held.placeRun,
      academy_id: academy,
      ...(held.ofApplication ? { place_id: held.place } : {}),
      ...(given
        ? {
            state: 'awarded',
            awarded_pence: held.asked,
            pot_id: pot ?? null,
            decided_at: now,
            decided_why: byRuleWords,
          }
        : {}),
    })
    .where('id', '=', held.id)
    .execute()
  const about = { request: held.id, person: held.person, run: held.placeRun, academy }
  if (given) await record(db, actor, 'help.awarded', { ...about, pence: held.asked, by: 'rule' })
  else await record(db, actor, 'help.to-decide', about)
  return given ? 'awarded' : 'to decide'
}

const byRuleWords = 'By the published rule'

/** They have a turn or an offer, but no place (any more): it waits again. */
async function detach({ db, actor }: Visit, held: Held): Promise<undefined> {
  await giveBack(db, held.pot, held.awarded)
  await db
    .updateTable('help_request')
    .set({ ...undecided, run_id: null, ...(held.ofApplication ? { place_id: null } : {}) })
    .where('id', '=', held.id)
    .execute()
  const about = { request: held.id, person: held.person, run: held.run, pence: held.awarded }
  await record(db, actor, 'help.returned', about)
}

/** They have no place and no turn any more: it ends, and the pot has its money again. */
async function end({ db, actor, now }: Visit, held: Held): Promise<Step> {
  await giveBack(db, held.pot, held.awarded)
  await db
    .updateTable('help_request')
    .set({ ...undecided, state: 'ended', ended_at: now })
    .where('id', '=', held.id)
    .execute()
  const about = { request: held.id, person: held.person, run: held.run, pence: held.awarded }
  await record(db, actor, 'help.ended', about)
  return 'ended'
}

/** As it was when it was asked for. */
export const undecided = {
  state: 'asked',
  awarded_pence: 0,
  pot_id: null,
  first_by: null,
  first_at: null,
  first_pence: null,
  first_why: '',
  decided_by: null,
  decided_at: null,
  decided_why: '',
} as const

const batch = 500

/** Settles what may have changed with a place, with a run, or, without either, whatever does not agree with the places there are. */
export async function settleAll(
  visit: Visit,
  { place, run }: { place?: string | undefined; run?: string | undefined } = {},
): Promise<number> {
  const { rows } = await sql<{ request: string; person: string }>`
    select * from help_to_settle(${place ?? null}::uuid, ${run ?? null}::uuid, ${batch})`.execute(visit.db)
  for (const { request, person } of rows)
    await visit.atomically(async (inside) => {
      // the rows are shown to nobody but the member and those who arrange, so it is done in the member's name
      await actAs(inside.db, person)
      const step = await settle(inside, request)
      if (step) await tellStep(inside, step, request)
      await actAs(inside.db, inside.actor.id)
    })
  return rows.length
}

/** Settles whatever does not agree with the places there are. */
export async function sweep(visit: Visit): Promise<void> {
  for (let round = 0; round < 20; round++) if ((await settleAll(visit)) < batch) return
}
