/** Academies and venues as other parts need them. */
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Permission } from '#core/rights'
import type { Db } from '#platform/db'
import { academyWithin } from '#platform/within'
import type { Actor } from '#platform/web'

export interface AcademyChoice {
  id: string
  slug: string
  name: string
  areaCode: string
}

/** The open academies at which the actor holds a permission, by name: for a form's choices. */
export async function academiesWithin(db: Db, actor: Actor, permission: Permission): Promise<AcademyChoice[]> {
  return db
    .selectFrom('academy')
    .where('closed_on', 'is', null)
    .where(academyWithin(actor, permission, 'academy.id'))
    .select(['id', 'slug', 'name', 'area_code as areaCode'])
    .orderBy('name')
    .execute()
}

/** Where people meet, what it is like to get in, and the rooms that are in use. */
export interface Venue {
  id: string
  academyId: string
  name: string
  address: string
  postcode: string | null
  areaCode: string | null
  lat: number | null
  lon: number | null
  stepFree: boolean
  hearingLoop: boolean
  parking: boolean
  quietRoom: boolean
  childrenSpace: boolean
  nearestStop: string
  notes: string
  closedOn: string | null
  rooms: { id: string; name: string; capacity: number }[]
}

/** The open venues of these academies, by name, each with its rooms. */
export const venuesOf = (db: Db, academyIds: readonly string[]): Promise<Venue[]> =>
  academyIds.length === 0
    ? Promise.resolve([])
    : venues(db).where('venue.academy_id', 'in', academyIds).where('venue.closed_on', 'is', null).execute()

/** A query for venues with their rooms, by name. */
export const venues = (db: Db) =>
  db
    .selectFrom('venue')
    .select((eb) => [
      'venue.id',
      'venue.academy_id as academyId',
      'venue.name',
      'venue.address',
      'venue.postcode',
      'venue.area_code as areaCode',
      'venue.lat',
      'venue.lon',
      'venue.step_free as stepFree',
      'venue.hearing_loop as hearingLoop',
      'venue.parking',
      'venue.quiet_room as quietRoom',
      'venue.children_space as childrenSpace',
      'venue.nearest_stop as nearestStop',
      'venue.notes',
      'venue.closed_on as closedOn',
      jsonArrayFrom(
        eb
          .selectFrom('room')
          .whereRef('room.venue_id', '=', 'venue.id')
          .where('room.closed_on', 'is', null)
          .select(['room.id', 'room.name', 'room.capacity'])
          .orderBy('room.name'),
      ).as('rooms'),
    ])
    .orderBy('venue.name')
    .orderBy('venue.id')

/** What a venue offers to those who need it, in words, each a phrase; nothing where nothing is known. */
export const accessFacts = (venue: AccessOf): string[] =>
  accessNames.flatMap(([fact, name]) => (venue[fact] ? [name] : []))

type AccessOf = Pick<Venue, 'stepFree' | 'hearingLoop' | 'parking' | 'quietRoom' | 'childrenSpace'>

export const accessNames: readonly (readonly [keyof AccessOf, string])[] = [
  ['stepFree', 'step-free'],
  ['hearingLoop', 'hearing loop'],
  ['parking', 'parking'],
  ['quietRoom', 'quiet room'],
  ['childrenSpace', 'space for children'],
]
