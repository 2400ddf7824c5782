/** Opening, changing and closing academies, and the areas they serve. */
import { z } from 'zod'
import { unguessable } from '#core/random'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { slugFor } from '#core/slug'
import { record } from '#platform/record'
import { action, fields, mayDo, type Visit } from '#platform/web'
import { areaWithin, scopeFor } from '#platform/within'
import { nearWhat } from '../../courses/index.ts'
import { type Academy, findAcademy, slugShape } from '../reading.ts'
import { runsInTheWay } from './runs-in-the-way.ts'

const editing = mayDo('academies.edit')
const slug = z.string().max(100).regex(slugShape)

const academyFields = {
  name: fields.text('Enter a name', 80),
  summary: fields.optionalText(400),
  email: z
    .union([z.literal('').transform(() => null), z.null(), fields.email], {
      error: 'Enter an email address, like name@example.org',
    })
    .default(null),
  phone: fields.optionalText(40).transform((said) => said || null),
}

/** Opens an academy in an area that the actor's right reaches. It serves that area from the start. */
export const openAcademy = action({
  scope: 'academies:write',
  does: 'Opens an academy in an area.',
  access: editing,
  fields: z.object({ ...academyFields, area: fields.text('Say in which area it is', 80) }),
  async run(visit, { area: said, ...columns }) {
    const { db, actor, today } = visit
    const area = await areaSaid(visit, said)
    const { everywhere, paths } = scopeFor(actor, 'academies.edit')
    const within = everywhere || paths.some((path) => area.path === path || area.path.startsWith(`${path}.`))
    if (!within) throw new Invalid({ area: 'You may open academies only in the areas that you look after' })
    const slug = slugFor(columns.name)
    if (!slugShape.test(slug) || reserved.has(slug)) throw new Invalid({ name: 'Use a name of some words' })
    const added = await db
      .insertInto('academy')
      .values({ ...columns, slug, area_code: area.code, opened_on: today, calendar_key: unguessable() })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) throw new Invalid({ name: 'There is already an academy of this name' })
    await db.insertInto('academy_area').values({ academy_id: added.id, area_code: area.code }).execute()
    await record(db, actor, 'academy.opened', { academy: added.id, area: area.code })
    return { slug }
  },
})

/** Changes what an academy says of itself. */
export const changeAcademy = action({
  scope: 'academies:write',
  does: 'Changes the name, summary, email and phone of an academy.',
  access: editing,
  fields: z.object({ ...academyFields, slug }),
  async run(visit, { slug, ...columns }) {
    const { db, actor } = visit
    const academy = await held(visit, slug)
    await db.updateTable('academy').set(columns).where('id', '=', academy.id).execute()
    await record(db, actor, 'academy.changed', { academy: academy.id })
    return { slug }
  },
})

/** Closes an academy, unless runs ahead there are in the way. */
export const closeAcademy = action({
  scope: 'academies:write',
  does: 'Closes an academy that has no runs ahead.',
  access: editing,
  fields: z.object({ slug }),
  async run(visit, { slug }) {
    const { db, actor, today } = visit
    const academy = await held(visit, slug)
    if (academy.closedOn) throw new Refusal('This academy is closed already.')
    const inTheWay = await runsInTheWay(db, { academy: academy.id, today })
    if (inTheWay)
      throw new Refusal(`This academy cannot be closed while it has runs ahead: ${inTheWay}. Cancel them first.`)
    await db.updateTable('academy').set({ closed_on: today }).where('id', '=', academy.id).execute()
    await record(db, actor, 'academy.closed', { academy: academy.id })
    return { slug }
  },
})

/** Lets an academy serve an area. Nobody can widen their own reach by this: the area must be within it already. */
export const serveArea = action({
  scope: 'academies:write',
  does: 'Lets an academy serve an area.',
  access: editing,
  fields: z.object({ slug, area: fields.text('Say which area', 80) }),
  async run(visit, { slug, area: said }) {
    const { db, actor } = visit
    const academy = await held(visit, slug)
    const area = await areaSaid(visit, said)
    const reached = await db
      .selectFrom('area')
      .where('code', '=', area.code)
      .where(areaWithin(actor, 'academies.edit', 'area.code'))
      .select('code')
      .executeTakeFirst()
    if (!reached)
      throw new Invalid({
        area: `${area.name} is outside the areas that you look after. Ask an administrator to add it.`,
      })
    const added = await db
      .insertInto('academy_area')
      .values({ academy_id: academy.id, area_code: area.code })
      .onConflict((conflict) => conflict.doNothing())
      .returning('area_code')
      .executeTakeFirst()
    if (added) await record(db, actor, 'academy.area-added', { academy: academy.id, area: area.code })
    return { slug, name: area.name }
  },
})

/** Takes an area from those an academy serves; the last one stays. */
export const leaveArea = action({
  scope: 'academies:write',
  does: 'Takes an area from those that an academy serves.',
  access: editing,
  fields: z.object({ slug, area: z.string().max(32) }),
  async run(visit, { slug, area }) {
    const { db, actor } = visit
    const academy = await held(visit, slug)
    const leaving = academy.serves.find(({ code }) => code === area)
    if (!leaving) throw new Absent()
    if (academy.serves.length === 1)
      throw new Refusal('An academy serves at least one area. Add another before you take this one away.')
    await db.deleteFrom('academy_area').where('academy_id', '=', academy.id).where('area_code', '=', area).execute()
    await record(db, actor, 'academy.area-removed', { academy: academy.id, area })
    return { slug, name: leaving.name }
  },
})

/** The academy, held until the transaction ends; absent for whoever may not change it. */
export async function held(visit: Visit, slug: string): Promise<Academy> {
  await visit.db.selectFrom('academy').where('slug', '=', slug).select('id').forUpdate().execute()
  const academy = await findAcademy(visit, slug)
  if (!academy?.mayEdit) throw new Absent()
  return academy
}

/** The area that someone named, by code, name or postcode. */
export async function areaSaid(visit: Visit, said: string, field = 'area') {
  const { area, likest } = await nearWhat(visit, said)
  if (area) return area
  const names = likest.map(({ name, code }) => `${name} (${code})`).join(', ')
  throw new Invalid({
    [field]: `We do not know this area. ${names ? `Did you mean one of these: ${names}? You can enter the code.` : 'Enter its name as on the map, or a postcode.'}`,
  })
}

// addresses below /academies that are pages of their own
const reserved = new Set(['new', 'venues'])
