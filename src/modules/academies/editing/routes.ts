/** Where academies, their areas, venues and rooms are changed. */
import { api, form, mayDo, page, type Visit } from '#platform/web'
import { type Venue, venuesOf } from '../queries.ts'
import { findAcademy } from '../reading.ts'
import { changeAcademy, closeAcademy, leaveArea, openAcademy, serveArea } from './academy-actions.ts'
import { AreasPage, ChangePage, type Changing, OpenPage } from './academy-pages.tsx'
import { addRoom, addVenue, changeRoom, changeVenue, closeRoom, closeVenue } from './venue-actions.ts'
import { type RoomEdited, RoomPage, type VenueEdited, VenuePage } from './venue-pages.tsx'

const editing = mayDo('academies.edit')

/** The academy with its open venues, for whoever may change it. */
async function loadChanging(visit: Visit, { slug }: { slug: string }): Promise<Changing | undefined> {
  const academy = await findAcademy(visit, slug)
  return academy?.mayEdit ? { academy, venues: await venuesOf(visit.db, [academy.id]) } : undefined
}
const changing = { load: loadChanging, view: ChangePage }
const areas = { load: loadChanging, view: AreasPage }
const opening = { load: async () => ({}), view: OpenPage }

const newVenue = {
  load: async (visit: Visit, params: { slug: string }): Promise<VenueEdited | undefined> => {
    const found = await loadChanging(visit, params)
    return found && { academy: found.academy, venue: undefined }
  },
  view: VenuePage,
}

type OfVenue = { slug: string; id: string }

async function loadVenue(visit: Visit, { slug, id }: OfVenue): Promise<(Changing & { venue: Venue }) | undefined> {
  const found = await loadChanging(visit, { slug })
  const venue = found?.venues.find((one) => one.id === id)
  return found && venue && { ...found, venue }
}
const venue = { load: loadVenue, view: VenuePage }
const newRoom = {
  load: async (visit: Visit, params: OfVenue): Promise<RoomEdited | undefined> => {
    const found = await loadVenue(visit, params)
    return found && { academy: found.academy, venue: found.venue, room: undefined }
  },
  view: RoomPage,
}

async function loadRoom(visit: Visit, { slug, id }: { slug: string; id: string }): Promise<RoomEdited | undefined> {
  const found = await loadChanging(visit, { slug })
  for (const venue of found?.venues ?? []) {
    const room = venue.rooms.find((one) => one.id === id)
    if (found && room) return { academy: found.academy, venue, room }
  }
  return undefined
}
const room = { load: loadRoom, view: RoomPage }

const toAcademy = (_: unknown, { slug }: { slug: string }) => `/academies/${slug}`
const toAreas = ({ slug }: { slug: string }) => `/academies/${slug}/areas`
const toVenue = (_: unknown, { slug, venue }: { slug: string; venue: string }) =>
  `/academies/${slug}/venues/${venue}/edit`

export const editingRoutes = [
  page('/academies/new', { ...opening, access: editing }),
  form('/academies/new', { ...opening, action: openAcademy, to: toAcademy, says: () => 'The academy is open' }),
  api('POST', '/api/academies', openAcademy),
  page('/academies/:slug/edit', { ...changing, access: editing }),
  form('/academies/:slug/edit', { ...changing, action: changeAcademy, to: toAcademy, says: () => 'It is saved' }),
  api('PUT', '/api/academies/:slug', changeAcademy),
  form('/academies/:slug/closing', { ...changing, action: closeAcademy, to: toAcademy }),
  api('POST', '/api/academies/:slug/closing', closeAcademy),

  page('/academies/:slug/areas', { ...areas, access: editing }),
  form('/academies/:slug/areas', {
    ...areas,
    action: serveArea,
    to: toAreas,
    says: ({ name }) => `It now serves ${name}`,
  }),
  api('POST', '/api/academies/:slug/areas', serveArea),
  form('/academies/:slug/areas/:area/removal', {
    ...areas,
    action: leaveArea,
    to: toAreas,
    says: ({ name }) => `It no longer serves ${name}`,
  }),
  api('DELETE', '/api/academies/:slug/areas/:area', leaveArea),

  page('/academies/:slug/venues/new', { ...newVenue, access: editing }),
  form('/academies/:slug/venues/new', {
    ...newVenue,
    action: addVenue,
    to: (_, { slug, id }) => `/academies/${slug}/venues/${id}/rooms`,
    says: () => 'The venue is added. Now add a room.',
  }),
  api('POST', '/api/academies/:slug/venues', addVenue),
  page('/academies/:slug/venues/:id/edit', { ...venue, access: editing }),
  form('/academies/:slug/venues/:id/edit', { ...venue, action: changeVenue, to: toAcademy, says: () => 'It is saved' }),
  api('PUT', '/api/venues/:id', changeVenue),
  form('/academies/:slug/venues/:id/closing', {
    ...venue,
    action: closeVenue,
    to: toAcademy,
    says: () => 'The venue is closed',
  }),
  api('POST', '/api/venues/:id/closing', closeVenue),

  page('/academies/:slug/venues/:id/rooms', { ...newRoom, access: editing }),
  form('/academies/:slug/venues/:id/rooms', {
    ...newRoom,
    action: addRoom,
    to: toVenue,
    says: () => 'The room is added',
  }),
  api('POST', '/api/venues/:id/rooms', addRoom),
  page('/academies/:slug/rooms/:id/edit', { ...room, access: editing }),
  form('/academies/:slug/rooms/:id/edit', { ...room, action: changeRoom, to: toVenue, says: () => 'It is saved' }),
  api('PUT', '/api/rooms/:id', changeRoom),
  form('/academies/:slug/rooms/:id/closing', {
    ...room,
    action: closeRoom,
    to: toVenue,
    says: () => 'The room is closed',
  }),
  api('POST', '/api/rooms/:id/closing', closeRoom),
]
