/** The addresses of what is said about the product: its data, privacy, accessibility, places, the API and the record. */
import { dayOf, timeOf } from '#core/days'
import { anyone, csv, file, mayDo, page, read, type Route } from '#platform/web'
import { AccessibilityPage } from './accessibility.tsx'
import { apiDocument, apiParts } from './api/api.ts'
import { ApiPage } from './api/page.tsx'
import { DataPage, loadSources } from './data.tsx'
import { PlacesPage } from './places.tsx'
import { loadKinds, PrivacyPage } from './privacy.tsx'
import { RecordPage } from './record/page.tsx'
import { readRecord, readRecordFile } from './record/record.ts'

const nothing = async (): Promise<object> => ({})
const reads = mayDo('record.read')

export const routes: Route[] = [
  page('/about/data', { access: anyone, load: loadSources, view: DataPage }),
  page('/privacy', { access: anyone, load: loadKinds, view: PrivacyPage }),
  page('/accessibility', { access: anyone, load: nothing, view: AccessibilityPage }),
  page('/about/places', { access: anyone, load: nothing, view: PlacesPage }),
  page('/about/api', { access: anyone, load: async () => ({ parts: apiParts() }), view: ApiPage }),
  file('/api/openapi.json', {
    access: anyone,
    load: async (visit) => ({ type: 'application/json; charset=utf-8', body: apiDocument(visit) }),
  }),
  read('/api/data-kinds', {
    does: 'Lists the kinds of data held about people: why, on what basis, and for how long.',
    scope: 'about:read',
    access: anyone,
    load: loadKinds,
  }),
  page('/administration/record', { access: reads, load: (visit) => readRecord(visit), view: RecordPage }),
  csv('/administration/record.csv', {
    access: reads,
    load: async (visit) => ({
      name: 'record',
      columns: ['number', 'day', 'time', 'what', 'who', 'who id', 'about whom', 'whom id', 'about what', 'sealed'],
      rows: (await readRecordFile(visit)).map(({ id, at, what, who, whom, about, sealed }) => [
        id,
        dayOf(at),
        timeOf(at),
        what,
        who?.name,
        who?.id,
        whom?.name,
        whom?.id,
        JSON.stringify(about),
        sealed ? 'yes' : 'no',
      ]),
    }),
  }),
  read('/api/record', {
    does: 'Reads the record, the latest first: who did what, about whom. That you read what one person did stands in the record too.',
    scope: 'record:read',
    access: reads,
    asks: {
      what: 'one kind of happening, such as place.asked',
      person: 'an id, an email address or a membership number',
      day: 'one day, like 2027-01-14',
      before: 'entries before this one, by its id',
    },
    load: (visit) => readRecord(visit),
  }),
]
