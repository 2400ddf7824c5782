/** What the demonstration stands on and does not make: the areas, the catalogue and the equality questions. */
import { sql } from 'kysely'
import type { Db } from '#platform/db'
import { hexDistance } from '../modules/areas/index.ts'
import { type QuestionSet, setsNow } from '../modules/equality/index.ts'

export interface Constituency {
  code: string
  name: string
  /** The region, or the nation that is its own region. */
  region: Region
  q: number
  r: number
  electors: number
  /** The constituencies of its region, itself first, the nearest next. */
  nearest: readonly Constituency[]
  /** Its place in the list. */
  index: number
}

export interface Region {
  code: string
  name: string
  constituencies: Constituency[]
}

export interface Course {
  id: string
  version: string
  slug: string
  title: string
  strand: string
  level: string
  mode: 'place' | 'online' | 'either'
  sessions: readonly { title: string; minutes: number }[]
}

export interface Ground {
  regions: readonly Region[]
  constituencies: readonly Constituency[]
  courses: readonly Course[]
  /** The equality questions of each nation. */
  questions: readonly QuestionSet[]
}

/** Reads the constituencies and the published courses, each in a fixed order. */
export async function readGround(db: Db): Promise<Ground> {
  const regions = new Map<string, Region>()
  const constituencies: Constituency[] = []
  const areas = await db
    .selectFrom('area')
    .innerJoin('area as above', 'above.code', 'area.region')
    .where('area.kind', '=', 'constituency')
    .select(['area.code', 'area.name', 'area.region', 'above.name as regionName'])
    .select(['area.hex_q', 'area.hex_r', 'area.electors'])
    .orderBy('area.code')
    .execute()
  for (const { code, name, region: above, regionName, hex_q, hex_r, electors } of areas) {
    const region = regions.get(above!) ?? { code: above!, name: regionName, constituencies: [] }
    regions.set(above!, region)
    const [q, r] = [hex_q ?? 0, hex_r ?? 0]
    const one = { code, name, region, q, r, electors: electors ?? 70_000, nearest: [], index: constituencies.length }
    constituencies.push(one)
    region.constituencies.push(one)
  }
  for (const one of constituencies)
    one.nearest = one.region.constituencies
      .map((other) => ({ other, far: hexDistance(one, other) }))
      .sort((a, b) => a.far - b.far || a.other.index - b.other.index)
      .map(({ other }) => other)
  return { regions: [...regions.values()], constituencies, courses: await coursesIn(db), questions: await setsNow(db) }
}

async function coursesIn(db: Db): Promise<Course[]> {
  const rows = await db
    .selectFrom('course')
    .innerJoin('course_version as version', 'version.id', 'course.published_version')
    .where('course.retired_on', 'is', null)
    .select(['course.id', 'course.slug', 'version.id as version', 'version.title', 'version.strand'])
    .select(['version.level', 'version.mode', sql<Course['sessions']>`version.sessions`.as('sessions')])
    .orderBy('course.slug')
    .execute()
  return rows as Course[]
}
