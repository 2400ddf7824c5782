/** The table of contents: every module, and which others it may use. A test keeps it. */
import type { Module } from '#platform/module'
import { about } from './modules/about/index.ts'
import { academies } from './modules/academies/index.ts'
import { accounts } from './modules/accounts/index.ts'
import { areas } from './modules/areas/index.ts'
import { courses } from './modules/courses/index.ts'
import { equality } from './modules/equality/index.ts'
import { help } from './modules/help/index.ts'
import { homes } from './modules/homes/index.ts'
import { partners } from './modules/partners/index.ts'
import { people } from './modules/people/index.ts'
import { places } from './modules/places/index.ts'
import { pledges } from './modules/pledges/index.ts'
import { register } from './modules/register/index.ts'
import { reports } from './modules/reports/index.ts'
import { rounds } from './modules/rounds/index.ts'
import { runs } from './modules/runs/index.ts'
import { wishes } from './modules/wishes/index.ts'

export const modules: readonly Module[] = [
  areas,
  people,
  accounts,
  academies,
  partners,
  courses,
  equality,
  runs,
  places,
  rounds,
  wishes,
  help,
  register,
  pledges,
  reports,
  homes,
  about,
]

/** Which modules each may import, and then only their index.ts. */
export const uses: Readonly<Record<string, readonly string[]>> = {
  areas: [],
  people: ['areas'],
  accounts: ['areas', 'people'],
  academies: ['areas', 'people', 'courses'],
  partners: ['areas', 'academies'],
  courses: ['areas'],
  equality: ['people', 'areas'],
  runs: ['areas', 'people', 'academies', 'courses'],
  places: ['areas', 'people', 'academies', 'courses', 'runs'],
  rounds: ['areas', 'people', 'academies', 'courses', 'runs', 'places', 'equality'],
  wishes: ['areas', 'courses', 'runs'],
  help: [],
  register: ['people', 'runs', 'places'],
  pledges: ['people', 'runs', 'places'],
  reports: ['areas', 'runs'],
  homes: ['areas', 'people', 'academies', 'courses', 'runs', 'places', 'rounds', 'register', 'pledges', 'reports'],
  about: ['people'],
}
