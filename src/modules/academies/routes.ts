/** Where academies are found and read. */
import { anyone, csv, page, read, type Visit } from '#platform/web'
import { nearWhat, placeIn, runsAheadOf } from '../courses/index.ts'
import { AcademiesPage, type AcademiesShown, AcademyPage, type AcademyShown } from './pages.tsx'
import { accessNames, type Venue, venues, venuesOf } from './queries.ts'
import { academyLines, findAcademy } from './reading.ts'

const runsShown = 20

async function loadAcademies(visit: Visit): Promise<AcademiesShown> {
  const said = placeIn(visit.query)
  const near = said ? await nearWhat(visit, said) : { area: undefined, said: '', problem: undefined, likest: [] }
  return { academies: await academyLines(visit, near.area), near, narrowed: near.area !== undefined }
}

async function loadAcademy(visit: Visit, { slug }: { slug: string }): Promise<AcademyShown | undefined> {
  const academy = await findAcademy(visit, slug)
  if (!academy) return undefined
  // by date, wherever one lives: whoever reads an academy's page wants to know what is next there
  return {
    academy,
    venues: await venuesOf(visit.db, [academy.id]),
    runs: await runsAheadOf(visit.db, { academy: academy.id, today: visit.today, limit: runsShown }),
  }
}

const columns = [
  'academy',
  'venue',
  'address',
  'postcode',
  'area',
  'lat',
  'lon',
  ...accessNames.map(([, name]) => name),
]
const moreColumns = ['nearest stop', 'notes', 'rooms']

const rowOf = (academy: string, venue: Venue): unknown[] => [
  academy,
  venue.name,
  venue.address,
  venue.postcode,
  venue.areaCode,
  venue.lat,
  venue.lon,
  ...accessNames.map(([fact]) => (venue[fact] ? 'yes' : 'no')),
  venue.nearestStop,
  venue.notes,
  venue.rooms.map(({ name, capacity }) => `${name} (${capacity})`).join('; '),
]

export const readingRoutes = [
  page('/academies', { access: anyone, load: loadAcademies, view: AcademiesPage }),
  page('/academies/:slug', { access: anyone, load: loadAcademy, view: AcademyPage }),
  csv('/academies/venues.csv', {
    access: anyone,
    load: async ({ db }) => {
      const all = await venues(db)
        .innerJoin('academy', 'academy.id', 'venue.academy_id')
        .where('venue.closed_on', 'is', null)
        .where('academy.closed_on', 'is', null)
        .select('academy.name as academy')
        .limit(20_000)
        .execute()
      return { name: 'venues', columns: [...columns, ...moreColumns], rows: all.map((one) => rowOf(one.academy, one)) }
    },
  }),
  csv('/academies/:slug/venues.csv', {
    access: anyone,
    load: async (visit, { slug }) => {
      const academy = await findAcademy(visit, slug)
      if (!academy) return undefined
      const rows = (await venuesOf(visit.db, [academy.id])).map((venue) => rowOf(academy.name, venue))
      return { name: `venues-${slug}`, columns: [...columns, ...moreColumns], rows }
    },
  }),
  read('/api/academies', {
    does: 'Lists the academies, or those that serve a place.',
    scope: 'academies:read',
    access: anyone,
    asks: { near: 'a postcode, or the code or name of an area that the academies serve' },
    load: async (visit) => ({ academies: (await loadAcademies(visit)).academies }),
  }),
  read('/api/academies/:slug', {
    does: 'Reads one academy, with its venues and runs ahead.',
    scope: 'academies:read',
    access: anyone,
    load: async (visit, params) => {
      const found = await loadAcademy(visit, params)
      if (!found) return undefined
      const { mayEdit: _may, id: _id, ...academy } = found.academy
      return { ...academy, venues: found.venues, runs: found.runs }
    },
  }),
]
