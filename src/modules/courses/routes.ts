/** Where courses are found and read. */
import { anyone, listing, page, read, type Visit } from '#platform/web'
import { remembered } from '#platform/remember'
import { runsAheadOf } from './ahead.ts'
import { type Catalogue, CataloguePage } from './catalogue-page.tsx'
import { CoursePage, type CourseShown } from './course-page.tsx'
import { findCourses } from './finding.ts'
import { nearWhat } from './near.ts'
import { textOf } from './versions.ts'
import { coursesNamed, draftCourses, findCourse, isWished, mayWrite } from './reading.ts'
import { placeIn, wantedIn } from './wanted.ts'

const pageSize = 20
const [runsFirst, runsAtMost] = [6, 100]
// so old may the catalogue be; a run's own page is never old
const secondsOld = 5

/** The courses that the address asks for, with each one's next run. */
async function loadCatalogue(visit: Visit): Promise<Catalogue> {
  const { db, actor, today, query } = visit
  const wanted = wantedIn(query)
  const near = await nearWhat(visit, wanted.place)
  const { limit, offset, paging } = listing(visit, { sorts: ['fit'], size: pageSize })
  const question = JSON.stringify([{ ...wanted, place: undefined }, near.area?.code, today, offset])
  const { courses, runs } = await remembered(db, `courses ${question}`, secondsOld, async () => {
    const found = await findCourses(db, { wanted, today, near: near.area, limit, offset })
    const next = found.flatMap(({ run }) => run ?? [])
    return { courses: found, runs: await runsAheadOf(db, { runs: next, today, near: near.area, limit: pageSize }) }
  })
  const total = courses[0]?.total ?? 0
  return {
    wanted,
    near,
    courses,
    total,
    runs: new Map(runs.map((run) => [run.id, run])),
    paging: paging(total),
    drafts: mayWrite(actor) ? await draftCourses(db) : undefined,
  }
}

async function loadCourse(visit: Visit, { slug }: { slug: string }): Promise<CourseShown | undefined> {
  const { db, actor, today, query } = visit
  const course = await findCourse(db, actor, slug)
  if (!course) return undefined
  const near = await nearWhat(visit, placeIn(query))
  const named = await coursesNamed(db, [...course.prerequisites, ...course.leadsTo])
  const most = query.has('all') ? runsAtMost : runsFirst
  const runs = await runsAheadOf(db, { course: course.id, today, near: near.area, limit: most + 1 })
  const { with: addressWith } = listing(visit, { sorts: ['near'] })
  const among = (slugs: readonly string[]) => named.filter((one) => slugs.includes(one.slug))
  return {
    course,
    needs: among(course.prerequisites),
    leadsTo: among(course.leadsTo),
    runs: runs.slice(0, most),
    more: runs.length > most && most < runsAtMost ? addressWith({ all: 'yes' }) : undefined,
    near,
    wished: actor.kind === 'person' && (await isWished(db, course.id, actor.id)),
  }
}

export const readingRoutes = [
  page('/courses', { access: anyone, load: loadCatalogue, view: CataloguePage }),
  page('/courses/:slug', { access: anyone, load: loadCourse, view: CoursePage }),
  read('/api/courses', {
    does: 'Finds courses by the same questions as the page, each with its next run.',
    scope: 'courses:read',
    access: anyone,
    asks: {
      q: 'words to search for; typing errors are forgiven',
      strand: 'organising, media, digital, policy or training; may be repeated',
      level: 'starter, growing, specialist or trainer',
      mode: 'near for runs in a place near enough, online for those online',
      near: 'a postcode, or the code or name of an area',
      page: 'which page of twenty',
    },
    load: async (visit) => {
      const { courses, total, runs } = await loadCatalogue(visit)
      const shown = courses.map(({ slug, title, strand, level, mode, hours, run }) => {
        const next = run === null ? null : (runs.get(run) ?? null)
        return { slug, title, strand, level, mode, hours, next }
      })
      return { total, courses: shown }
    },
  }),
  read('/api/courses/:slug', {
    does: 'Reads one course and its runs ahead.',
    scope: 'courses:read',
    access: anyone,
    asks: {
      near: 'a postcode, or the code or name of an area: the nearest runs come first',
      all: 'yes for more than six runs',
    },
    load: async (visit, params) => {
      const found = await loadCourse(visit, params)
      return found && { ...textOf(found.course), slug: found.course.slug, runs: found.runs }
    },
  }),
]
