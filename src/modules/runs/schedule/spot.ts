/** Where a run is to be: a room, a venue or online, always at an academy whose runs the coordinator schedules. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { academyWithin } from '#platform/within'
import type { Actor } from '#platform/web'
import { type Nation, nationNamed } from './bank-holidays.ts'
import type { Spot } from './travel.ts'

/** A choice of where: 'room:…', 'venue:…' or 'online:…' with the academy's id. */
export const whereShape = /^(room|venue|online):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export interface Place extends Spot {
  academy: { id: string; name: string }
  nation: Nation
  venueName: string | null
  venueClosed: boolean
  roomId: string | null
  roomName: string | null
  roomCapacity: number | null
  areaCode: string | null
}

/** The place that a choice means; nothing where there is none in the coordinator's scope. */
export async function findPlace(db: Db, actor: Actor, where: string): Promise<Place | undefined> {
  if (!whereShape.test(where)) return undefined
  const [kind, id] = where.split(':') as ['room' | 'venue' | 'online', string]
  const chosen = {
    online: sql`a.id = ${id} and v.id is null`,
    venue: sql`v.id = ${id}`,
    room: sql`r.id = ${id}`,
  }[kind]
  const venue = {
    online: sql`false`,
    venue: sql`v.id = ${id}`,
    room: sql`v.id = (select venue_id from room where id = ${id})`,
  }[kind]
  const { rows } = await sql<Row>`
    select a.id, a.name,
      (select n.name from area n where n.code = subpath(coalesce(at.path, own.path), 0, 1)::text) as nation,
      v.id as venue, v.name as "venueName", coalesce(v.closed_on, r.closed_on, a.closed_on) is not null as closed, v.area_code as "areaCode",
      r.id as room, r.name as "roomName", r.capacity, ${positionOf()}
    from academy a join area own on own.code = a.area_code
      left join venue v on v.academy_id = a.id and ${venue}
      left join room r on r.venue_id = v.id and ${kind === 'room' ? sql`r.id = ${id}` : sql`false`}
      left join area at on at.code = v.area_code
    where ${chosen} and ${academyWithin(actor, 'runs.schedule', 'a.id')}`.execute(db)
  return rows[0] && placeFrom(rows[0])
}

/** The position of a venue `v` whose area is `at`: its own, or its constituency's. */
export const positionOf = () => sql`
  case when v.lat is not null and v.lon is not null then v.lat when at.kind in ('constituency', 'ward') then at.lat end as lat,
  case when v.lat is not null and v.lon is not null then v.lon when at.kind in ('constituency', 'ward') then at.lon end as lon,
  case at.kind when 'constituency' then at.code when 'ward' then at.parent end as constituency, at.region`

interface Row extends Omit<Spot, 'venueId'> {
  id: string
  name: string
  nation: string | null
  venue: string | null
  venueName: string | null
  closed: boolean
  areaCode: string | null
  room: string | null
  roomName: string | null
  capacity: number | null
}

const placeFrom = ({ id, name, nation, venue, venueName, closed, room, roomName, capacity, ...rest }: Row): Place => ({
  ...rest,
  academy: { id, name },
  nation: nationNamed(nation),
  venueId: venue,
  venueName,
  venueClosed: closed,
  roomId: room,
  roomName,
  roomCapacity: capacity,
})

/** The choice that means where a run is now. */
export const choiceOf = (run: {
  venue: { id: string } | null
  room: { id: string } | null
  academy: { id: string }
}): string => (run.room ? `room:${run.room.id}` : run.venue ? `venue:${run.venue.id}` : `online:${run.academy.id}`)

/** "Hall, Sutton Community Academy", "Sutton Community Academy" or "online". */
export const sayPlace = ({ venueName, roomName }: { venueName: string | null; roomName: string | null }): string =>
  venueName === null ? 'online' : roomName ? `${roomName}, ${venueName}` : venueName
