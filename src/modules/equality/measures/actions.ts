/** Proposing a measure, deciding on one that someone else proposed, and ending one. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, mayDo, personOf, type Visit } from '#platform/web'
import { areaWithin, scopeFor } from '#platform/within'
import { knownQuestions, setsNow } from '../questions/queries.ts'
import { postDecided, postProposed } from './letters.ts'
import { checkProposal, Proposal, standingOf, traitOf } from './measure.ts'
import { findMeasure, keptWithin } from './queries.ts'

const keeps = mayDo('measures.keep')

/** Proposes a measure. It reserves nothing until someone else has approved it. */
export const proposeMeasure = action({
  scope: 'measures:write',
  does: 'Proposes a measure under which rounds can hold seats first for a group. Someone else has to approve it.',
  access: keeps,
  fields: Proposal,
  run: async (visit, said) => {
    const { db, actor, now, today } = visit
    const person = personOf(actor)
    checkProposal(said, knownQuestions(await setsNow(db)), today)
    await checkArea(visit, said.area)
    const { id } = await db
      .insertInto('measure')
      .values({
        trait: await freeTrait(visit, said.name),
        name: said.name,
        who: said.who,
        question: said.question,
        answers: [...new Set(said.answers)],
        evidence: said.evidence,
        evidence_source: said.evidenceSource,
        evidence_on: said.evidenceOn,
        aim: said.aim,
        proportionate: said.proportionate,
        review_on: said.reviewOn,
        area_code: said.area === '' ? null : said.area,
        proposed_by: person,
        proposed_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(db, actor, 'measure.proposed', { measure: id, reviewOn: said.reviewOn })
    await postProposed(visit, id)
    return { id }
  },
})

/** Where a measure is to stand has to be where the proposer may decide. */
async function checkArea({ db, actor }: Visit, code: string): Promise<void> {
  if (code === '') {
    if (scopeFor(actor, 'measures.keep').everywhere) return
    throw new Invalid({ area: 'Choose an area: you keep measures in some areas only' })
  }
  const { rows } =
    await sql`select from area where code = ${code} and ${areaWithin(actor, 'measures.keep', 'area.code')}`.execute(db)
  if (rows.length === 0) throw new Invalid({ area: 'Choose one of these areas' })
}

async function freeTrait({ db }: Visit, name: string): Promise<string> {
  const wanted = traitOf(name)
  await sql`select pg_advisory_xact_lock(4042024011)`.execute(db)
  const { rows } = await sql<{ trait: string }>`
    select trait from measure where trait = ${wanted} or trait like ${`${wanted}-%`}`.execute(db)
  const taken = new Set(rows.map(({ trait }) => trait))
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`
}

/** Holds the measure for a decision; absent where the actor does not keep measures. */
async function hold(visit: Visit, id: string) {
  const { rows } = await sql`
    select from measure where measure.id = ${id} and ${keptWithin(visit.actor)} for update of measure`.execute(visit.db)
  const measure = rows.length === 0 ? undefined : await findMeasure(visit, id)
  if (!measure) throw new Absent()
  return measure
}

/** Approves a measure that someone else proposed. */
export const approveMeasure = action({
  scope: 'measures:write',
  does: 'Approves a measure that someone else proposed: from now on rounds can hold seats under it.',
  access: keeps,
  fields: z.object({
    id: fields.id,
    sure: z
      .union([z.literal(true), z.enum(['yes', 'on', 'true'])], {
        error: 'Tick the box to show that you have read the evidence',
      })
      .describe('yes: you have read the evidence'),
  }),
  run: async (visit, { id }) => {
    const { db, actor, now, today } = visit
    const person = personOf(actor)
    const measure = await hold(visit, id)
    if (measure.proposedBy === person)
      throw new Refusal('You proposed this measure, so someone else has to approve it.')
    if (standingOf(measure, today) !== 'proposed') throw new Refusal('This measure has been decided on already.')
    if (measure.reviewOn <= today)
      throw new Refusal('Its review is due already, so it would reserve nothing. Propose it anew with fresh evidence.')
    await db.updateTable('measure').set({ approved_by: person, approved_at: now }).where('id', '=', id).execute()
    await record(db, actor, 'measure.approved', { measure: id })
    await postDecided(visit, measure, 'approved')
    return { id }
  },
})

const why = fields.text('Say why, in a sentence', 600)

/** Refuses a measure, or takes back one's own before it is approved. */
export const refuseMeasure = action({
  scope: 'measures:write',
  does: 'Refuses a proposed measure and says why; whoever proposed it can take it back in the same way.',
  access: keeps,
  fields: z.object({ id: fields.id, why }),
  run: async (visit, { id, why: reason }) => {
    const { db, actor, now, today } = visit
    const measure = await hold(visit, id)
    if (standingOf(measure, today) !== 'proposed') throw new Refusal('This measure has been decided on already.')
    await db
      .updateTable('measure')
      .set({ refused_by: personOf(actor), refused_at: now, refused_why: reason })
      .where('id', '=', id)
      .execute()
    await record(db, actor, 'measure.refused', { measure: id })
    if (measure.proposedBy !== actor.id) await postDecided(visit, measure, 'refused', reason)
    return { id }
  },
})

/** Ends a measure from today: rounds that close from now on hold nothing under it. */
export const endMeasure = action({
  scope: 'measures:write',
  does: 'Ends a measure from today and says why: rounds that close from now on hold no seats under it.',
  access: keeps,
  fields: z.object({ id: fields.id, why }),
  run: async (visit, { id, why: reason }) => {
    const { db, actor, today } = visit
    const measure = await hold(visit, id)
    const standing = standingOf(measure, today)
    if (standing === 'ended') return { id }
    if (standing !== 'in force') throw new Refusal('Only a measure that is in force can be ended.')
    await db.updateTable('measure').set({ ended_on: today, ended_why: reason }).where('id', '=', id).execute()
    await record(db, actor, 'measure.ended', { measure: id })
    return { id }
  },
})
