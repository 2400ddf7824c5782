/** Adding, changing and removing partners: for those who look after every academy. */
import { z } from 'zod'
import { Absent, Forbidden, Invalid } from '#core/refusal'
import { slugFor } from '#core/slug'
import { record } from '#platform/record'
import { type Access, action, type Actor, mayDo, type Visit } from '#platform/web'
import { scopeFor } from '#platform/within'
import { areasNamed, placeOf } from '../areas/index.ts'
import { findPartner, PartnerSaid, slugShape } from './partner.ts'

/** Whether someone looks after every academy, and so the partners too. */
export const keepsPartners = (actor: Actor): boolean => scopeFor(actor, 'academies.edit').everywhere

/** Whoever holds academies.edit everywhere. */
export const everywhere: Access = {
  ...mayDo('academies.edit'),
  says: 'whoever holds academies.edit everywhere',
  allows: keepsPartners,
}

const slug = z.string().max(100).regex(slugShape)

/** Adds a partner. */
export const addPartner = action({
  scope: 'partners:write',
  does: 'Adds a partner institution.',
  access: everywhere,
  fields: PartnerSaid,
  async run(visit, said) {
    const { db, actor } = visit
    const columns = await columnsOf(visit, said)
    const slug = slugFor(said.name)
    if (!slugShape.test(slug) || slug === 'new') throw new Invalid({ name: 'Use a name of some words' })
    const added = await db
      .insertInto('partner')
      .values({ ...columns, slug })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) throw new Invalid({ name: 'There is already a partner of this name' })
    await workWith(visit, added.id, said.academies)
    await record(db, actor, 'partner.added', { partner: added.id })
    return { slug }
  },
})

/** Changes a partner, and with which academies it works. */
export const changePartner = action({
  scope: 'partners:write',
  does: 'Changes a partner institution, and with which academies it works.',
  access: everywhere,
  fields: PartnerSaid.extend({ slug }),
  async run(visit, { slug, ...said }) {
    const { db, actor } = visit
    const partner = await findPartner(db, slug)
    if (!partner) throw new Absent()
    await db
      .updateTable('partner')
      .set(await columnsOf(visit, said))
      .where('id', '=', partner.id)
      .execute()
    await workWith(visit, partner.id, said.academies)
    await record(db, actor, 'partner.changed', { partner: partner.id })
    return { slug }
  },
})

/** Removes a partner. */
export const removePartner = action({
  scope: 'partners:write',
  does: 'Removes a partner institution.',
  access: everywhere,
  fields: z.object({ slug }),
  async run(visit, { slug }) {
    const { db, actor } = visit
    if (!keepsPartners(actor)) throw new Forbidden()
    const gone = await db.deleteFrom('partner').where('slug', '=', slug).returning(['id', 'name']).executeTakeFirst()
    if (!gone) throw new Absent()
    await record(db, actor, 'partner.removed', { partner: gone.id, name: gone.name })
    return { name: gone.name }
  },
})

type Said = z.output<typeof PartnerSaid>

async function columnsOf({ db }: Visit, { name, kind, summary, website, area }: Said) {
  const columns = { name, kind, summary, website, area_code: null as string | null }
  if (area === '') return columns
  const found = (await placeOf(db, area))?.area
  const likest = found ? [found] : await areasNamed(db, area, 5)
  const meant = likest.filter((one) => one === found || one.name.toLowerCase() === area.toLowerCase())
  if (meant.length !== 1)
    throw new Invalid({ area: 'We do not know this area. Enter its name or code as on the map, or a postcode.' })
  return { ...columns, area_code: meant[0]!.code }
}

/** Sets with which academies a partner works. */
async function workWith({ db }: Visit, partner: string, academies: readonly string[]): Promise<void> {
  const ids = [...new Set(academies)]
  await db.deleteFrom('partner_academy').where('partner_id', '=', partner).execute()
  if (ids.length === 0) return
  const known = await db.selectFrom('academy').where('id', 'in', ids).select('id').execute()
  if (known.length !== ids.length) throw new Invalid({ academies: 'Choose academies from the list' })
  await db
    .insertInto('partner_academy')
    .values(known.map(({ id }) => ({ partner_id: partner, academy_id: id })))
    .execute()
}
