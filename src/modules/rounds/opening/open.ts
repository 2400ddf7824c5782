/** Opening a round and changing its rules while it is a draft. */
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, mayDo, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { academiesWithin } from '../../academies/index.ts'
import { claimRound } from '../queries.ts'
import { columnsOf, rules, slugField } from './fields.ts'

export const opens = mayDo('rounds.open')

/** Writes a round as a draft, which nobody else sees before it is published. */
export const openRound = action({
  scope: 'rounds:write',
  does: 'Writes a round as a draft: when it opens and closes, and by which rule places are given.',
  access: opens,
  fields: z.object({ academy: fields.id, ...rules }),
  run: async (visit, { academy, ...said }) => {
    const { db, actor, now } = visit
    const columns = columnsOf(said, now)
    const there = await academiesWithin(db, actor, 'rounds.open')
    if (!there.some(({ id }) => id === academy)) throw new Invalid({ academy: 'Choose an academy from the list' })
    const slug = slugOf(said.name)
    if (slug === '' || reserved.has(slug)) throw new Invalid({ name: 'Use a name of some words' })
    const added = await db
      .insertInto('round')
      .values({ ...columns, slug, academy_id: academy, made_by: actor.kind === 'person' ? actor.id : null })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) throw new Invalid({ name: 'There is a round of this name already' })
    await record(db, actor, 'round.drafted', { round: added.id })
    return { slug }
  },
})

/** Changes the rules of a draft. */
export const changeRound = action({
  scope: 'rounds:write',
  does: 'Changes the rules of a round that is still a draft. Once it is published they stand.',
  access: opens,
  fields: z.object({ slug: slugField, ...rules }),
  run: async (visit, { slug, ...said }) => {
    const round = await holdDraft(visit, slug)
    await visit.db.updateTable('round').set(columnsOf(said, visit.now)).where('id', '=', round.id).execute()
    await record(visit.db, visit.actor, 'round.changed', { round: round.id })
    return { slug }
  },
})

/** The round's own row, held; absent where the actor does not open rounds there. */
export async function holdRound({ db, actor }: Visit, slug: string) {
  await claimRound(db, slug)
  const round = await db
    .selectFrom('round')
    .selectAll('round')
    .where('round.slug', '=', slug)
    .where(academyWithin(actor, 'rounds.open', 'round.academy_id'))
    .forUpdate()
    .executeTakeFirst()
  if (!round) throw new Absent()
  return round
}

/** The same, refused where its rules stand already. */
export async function holdDraft(visit: Visit, slug: string) {
  const round = await holdRound(visit, slug)
  if (round.state !== 'draft')
    throw new Refusal('This round is published, so its rules stand. If they must change, cancel it and open another.')
  return round
}

const reserved = new Set(['new', 'open'])

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}’'ʼ]+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 90)
    .replace(/^-+|-+$/g, '')
