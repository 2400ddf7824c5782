/** Adding, changing and closing venues and their rooms. */
import { z } from 'zod'
import { Absent, Invalid, Refusal } from '#core/refusal'
import { record } from '#platform/record'
import { action, fields, mayDo, type Visit } from '#platform/web'
import { academyWithin } from '#platform/within'
import { readPostcode, sayPostcode } from '../../areas/index.ts'
import { nearWhat } from '../../courses/index.ts'
import { slugShape } from '../reading.ts'
import { areaSaid, held } from './academy-actions.ts'
import { runsInTheWay } from './runs-in-the-way.ts'

const editing = mayDo('academies.edit')

const degrees = (most: number, missing: string) =>
  z
    .union(
      [
        z.literal('').transform(() => null),
        z.null(),
        z.number(),
        z
          .string()
          .trim()
          .regex(/^-?\d{1,3}(\.\d{1,9})?$/, missing)
          .transform(Number),
      ],
      {
        error: missing,
      },
    )
    .refine((said) => said === null || Math.abs(said) <= most, missing)
    .default(null)

const venueFields = {
  name: fields.text('Enter the name of the venue', 100),
  address: fields.text('Enter its address', 200),
  postcode: fields.text('Enter its postcode, like NG17 1AA', 10),
  area: fields.optionalText(80),
  lat: degrees(90, 'Enter a latitude, like 53.1257, or leave it empty'),
  lon: degrees(180, 'Enter a longitude, like -1.2613, or leave it empty'),
  stepFree: fields.ticked,
  hearingLoop: fields.ticked,
  parking: fields.ticked,
  quietRoom: fields.ticked,
  childrenSpace: fields.ticked,
  nearestStop: fields.optionalText(120),
  notes: fields.optionalText(500),
}
type VenueSaid = z.output<z.ZodObject<typeof venueFields>>

/** Adds a venue to an academy. */
export const addVenue = action({
  scope: 'academies:write',
  does: 'Adds a venue to an academy.',
  access: editing,
  fields: z.object({ ...venueFields, slug: z.string().max(100).regex(slugShape) }),
  async run(visit, { slug, ...said }) {
    const { db, actor } = visit
    const academy = await held(visit, slug)
    const columns = await columnsOf(visit, said)
    const { id } = await db
      .insertInto('venue')
      .values({ ...columns, academy_id: academy.id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(db, actor, 'venue.added', { academy: academy.id, venue: id })
    return { id, slug }
  },
})

/** Changes what is known of a venue. */
export const changeVenue = action({
  scope: 'academies:write',
  does: 'Changes what is known of a venue.',
  access: editing,
  fields: z.object({ ...venueFields, id: fields.id }),
  async run(visit, { id, ...said }) {
    const { db, actor } = visit
    const venue = await heldVenue(visit, id)
    const columns = await columnsOf(visit, said)
    await db.updateTable('venue').set(columns).where('id', '=', id).execute()
    const moved = { was: sayAddress(venue), is: sayAddress(columns) }
    await record(db, actor, 'venue.changed', {
      academy: venue.academy_id,
      venue: id,
      area: columns.area_code,
      ...moved,
    })
    return { id, slug: venue.slug }
  },
})

/** Closes a venue, unless runs ahead there are in the way. */
export const closeVenue = action({
  scope: 'academies:write',
  does: 'Closes a venue that has no runs ahead.',
  access: editing,
  fields: z.object({ id: fields.id }),
  async run(visit, { id }) {
    const { db, actor, today } = visit
    const venue = await heldVenue(visit, id)
    const inTheWay = await runsInTheWay(db, { venue: id, today })
    if (inTheWay)
      throw new Refusal(`This venue cannot be closed while it has runs ahead: ${inTheWay}. Move or cancel them first.`)
    await db.updateTable('venue').set({ closed_on: today }).where('id', '=', id).execute()
    await record(db, actor, 'venue.closed', { academy: venue.academy_id, venue: id })
    return { slug: venue.slug }
  },
})

const roomFields = {
  name: fields.text('Enter the name of the room', 80),
  capacity: fields.whole(1, 5000, 'Enter how many people it holds, like 20'),
}

/** Adds a room to a venue. */
export const addRoom = action({
  scope: 'academies:write',
  does: 'Adds a room to a venue.',
  access: editing,
  fields: z.object({ ...roomFields, id: fields.id }),
  async run(visit, { id, ...columns }) {
    const { db, actor } = visit
    const venue = await heldVenue(visit, id)
    const room = await db
      .insertInto('room')
      .values({ ...columns, venue_id: id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(db, actor, 'room.added', { academy: venue.academy_id, venue: id, room: room.id })
    return { id: room.id, venue: id, slug: venue.slug }
  },
})

/** Changes a room; it cannot become smaller than a run ahead in it. */
export const changeRoom = action({
  scope: 'academies:write',
  does: 'Changes the name and capacity of a room.',
  access: editing,
  fields: z.object({ ...roomFields, id: fields.id }),
  async run(visit, { id, ...columns }) {
    const { db, actor, today } = visit
    const room = await heldRoom(visit, id)
    const tooLarge = await runsInTheWay(db, { room: id, above: columns.capacity, today })
    if (tooLarge) throw new Invalid({ capacity: `These runs ahead have more places than that: ${tooLarge}` })
    await db.updateTable('room').set(columns).where('id', '=', id).execute()
    await record(db, actor, 'room.changed', { academy: room.academy_id, room: id, capacity: columns.capacity })
    return { venue: room.venue_id, slug: room.slug }
  },
})

/** Closes a room, unless runs ahead in it are in the way. */
export const closeRoom = action({
  scope: 'academies:write',
  does: 'Closes a room that has no runs ahead.',
  access: editing,
  fields: z.object({ id: fields.id }),
  async run(visit, { id }) {
    const { db, actor, today } = visit
    const room = await heldRoom(visit, id)
    const inTheWay = await runsInTheWay(db, { room: id, today })
    if (inTheWay)
      throw new Refusal(`This room cannot be closed while it has runs ahead: ${inTheWay}. Move or cancel them first.`)
    await db.updateTable('room').set({ closed_on: today }).where('id', '=', id).execute()
    await record(db, actor, 'room.closed', { academy: room.academy_id, room: id })
    return { venue: room.venue_id, slug: room.slug }
  },
})

/** A venue that is open and that the actor may change, held until the transaction ends. */
async function heldVenue({ db, actor }: Visit, id: string) {
  const venue = await db
    .selectFrom('venue')
    .innerJoin('academy', 'academy.id', 'venue.academy_id')
    .where('venue.id', '=', id)
    .where('venue.closed_on', 'is', null)
    .where(academyWithin(actor, 'academies.edit', 'venue.academy_id'))
    .select(['venue.academy_id', 'academy.slug', 'venue.name', 'venue.address', 'venue.postcode'])
    .forUpdate('venue')
    .executeTakeFirst()
  if (!venue) throw new Absent()
  return venue
}

async function heldRoom({ db, actor }: Visit, id: string) {
  const room = await db
    .selectFrom('room')
    .innerJoin('venue', 'venue.id', 'room.venue_id')
    .innerJoin('academy', 'academy.id', 'venue.academy_id')
    .where('room.id', '=', id)
    .where('room.closed_on', 'is', null)
    .where('venue.closed_on', 'is', null)
    .where(academyWithin(actor, 'academies.edit', 'venue.academy_id'))
    .select(['room.venue_id', 'venue.academy_id', 'academy.slug'])
    .forUpdate('room')
    .executeTakeFirst()
  if (!room) throw new Absent()
  return room
}

/** Where a venue is, for those who have to find it: whoever has a place there is told when this changes. */
const sayAddress = (venue: { name: string; address: string; postcode: string | null }): string =>
  [venue.name, venue.address, venue.postcode].filter(Boolean).join(', ')

/** The columns of what was said; the postcode tells the area where it can. */
async function columnsOf(visit: Visit, { area: areaNamed, postcode: typed, lat, lon, ...said }: VenueSaid) {
  const postcode = readPostcode(typed)?.whole
  if (postcode === undefined) throw new Invalid({ postcode: 'Enter a whole postcode, like NG17 1AA' })
  if ((lat === null) !== (lon === null))
    throw new Invalid({ [lat === null ? 'lat' : 'lon']: 'Enter both the latitude and the longitude, or neither' })
  const { area } = areaNamed === '' ? await nearWhat(visit, postcode) : { area: await areaSaid(visit, areaNamed) }
  if (area?.kind !== 'constituency' && area?.kind !== 'ward')
    throw new Invalid({ area: 'Enter the constituency it is in: its postcode alone does not tell us' })
  const { stepFree, hearingLoop, quietRoom, childrenSpace, nearestStop, ...same } = said
  return {
    ...same,
    postcode: sayPostcode(postcode),
    area_code: area.code,
    lat,
    lon,
    step_free: stepFree,
    hearing_loop: hearingLoop,
    quiet_room: quietRoom,
    children_space: childrenSpace,
    nearest_stop: nearestStop,
  }
}
