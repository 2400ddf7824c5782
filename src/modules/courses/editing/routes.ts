/** Where courses are written, published, compared and retired. */
import { api, check, form, mayDo, page, problemsIn, read, type Route, type Visit } from '#platform/web'
import { courseNames, coursesNamed, findCourse, versionsOf } from '../reading.ts'
import { textOf } from '../versions.ts'
import {
  allowSeveralPlaces,
  changeCourse,
  offerAgain,
  publishVersion,
  restoreVersion,
  retireCourse,
  writeCourse,
} from './actions.ts'
import { EditPage, type Editing } from './edit-page.tsx'
import { CourseSaid, textFrom, withSessions } from './fields.ts'
import { ComparisonPage, type Version, VersionPage, type Versions, VersionsPage } from './version-pages.tsx'

const writing = mayDo('courses.edit')

const fresh = {
  load: async ({ db }: Visit): Promise<Editing> => ({ course: undefined, others: await courseNames(db) }),
  view: EditPage,
}

async function loadEditing({ db, actor }: Visit, { slug }: { slug: string }): Promise<Editing | undefined> {
  const course = await findCourse(db, actor, slug, 'newest')
  return course && { course, others: await courseNames(db) }
}
const edited = { load: loadEditing, view: EditPage }

async function loadVersions({ db, actor }: Visit, { slug }: { slug: string }): Promise<Versions | undefined> {
  const course = await findCourse(db, actor, slug, 'newest')
  return course && { course, versions: await versionsOf(db, slug) }
}
const versions = { load: loadVersions, view: VersionsPage }

async function loadVersion(
  { db, actor }: Visit,
  { slug, number }: { slug: string; number: string },
): Promise<Version | undefined> {
  const course = await findCourse(db, actor, slug, numberIn(number))
  if (!course) return undefined
  const named = await coursesNamed(db, [...course.prerequisites, ...course.leadsTo])
  const among = (slugs: readonly string[]) => named.filter((one) => slugs.includes(one.slug))
  return { course, needs: among(course.prerequisites), leadsTo: among(course.leadsTo) }
}
const version = { load: loadVersion, view: VersionPage }

async function loadComparison({ db, actor, query }: Visit, { slug }: { slug: string }) {
  const from = await findCourse(db, actor, slug, numberIn(query.get('from') ?? ''))
  const to = await findCourse(db, actor, slug, numberIn(query.get('to') ?? ''))
  return from && to && { from, to }
}

/** The version that a number in an address names; what is not a number names none. */
const numberIn = (said: string): number => (/^[1-9]\d{0,6}$/.test(said) ? Number(said) : 0)

/** The form again, as it was typed and with how it will read: nothing is saved. */
const preview = (
  path: string,
  performs: object,
  load: (visit: Visit, params: { slug: string }) => Promise<Editing | undefined>,
): Route => ({
  method: 'POST',
  path,
  access: writing,
  door: 'form',
  performs,
  answer: async (visit, params, body) => {
    const editing = await load(visit, params as { slug: string })
    if (!editing) return { kind: 'absent' }
    const typed = { ...visit, typed: body }
    try {
      const text = textFrom(check(CourseSaid, withSessions(body)))
      return { kind: 'page', status: 200, page: EditPage({ ...editing, preview: text }, typed) }
    } catch (error) {
      return { kind: 'page', status: 422, page: EditPage(editing, typed, problemsIn(error)) }
    }
  },
})

const draftSaid = ({ number, saved }: { number: number; saved: boolean }) =>
  saved ? `Version ${number} is saved as a draft` : `Nothing had changed, so it is still version ${number}`

const toVersions = ({ slug }: { slug: string }) => `/courses/${slug}/versions`
const toVersion = (_: unknown, { slug, number }: { slug: string; number: number }) =>
  `/courses/${slug}/versions/${number}`

export const editingRoutes = [
  page('/courses/new', { ...fresh, access: writing }),
  form('/courses/new', {
    ...fresh,
    action: writeCourse,
    reads: withSessions,
    to: toVersion,
    says: draftSaid,
  }),
  preview('/courses/preview', writeCourse, fresh.load),
  api('POST', '/api/courses', writeCourse),

  page('/courses/:slug/edit', { ...edited, access: writing }),
  form('/courses/:slug/edit', {
    ...edited,
    action: changeCourse,
    reads: withSessions,
    to: toVersion,
    says: draftSaid,
  }),
  preview('/courses/:slug/preview', changeCourse, loadEditing),
  api('PUT', '/api/courses/:slug', changeCourse),

  page('/courses/:slug/versions', { ...versions, access: writing }),
  page('/courses/:slug/versions/:number', { ...version, access: writing }),
  page('/courses/:slug/comparison', { access: writing, load: loadComparison, view: ComparisonPage }),
  read('/api/courses/:slug/versions', {
    does: 'Lists the versions of a course.',
    scope: 'courses:read',
    access: writing,
    load: async (visit, params) => (await loadVersions(visit, params))?.versions,
  }),
  read('/api/courses/:slug/versions/:number', {
    does: 'Reads one version of a course.',
    scope: 'courses:read',
    access: writing,
    load: async (visit, params) => {
      const found = await loadVersion(visit, params)
      return found && { ...textOf(found.course), slug: found.course.slug, number: found.course.number }
    },
  }),

  form('/courses/:slug/versions/:number/publication', {
    ...version,
    action: publishVersion,
    to: ({ slug }) => `/courses/${slug}`,
    says: ({ number }) => `Version ${number} is published`,
  }),
  api('POST', '/api/courses/:slug/versions/:number/publication', publishVersion),
  form('/courses/:slug/versions/:number/restoration', {
    ...version,
    action: restoreVersion,
    to: toVersion,
    says: ({ number }) => `It is copied into version ${number}, a draft`,
  }),
  api('POST', '/api/courses/:slug/versions/:number/restoration', restoreVersion),

  form('/courses/:slug/retirement', {
    ...versions,
    action: retireCourse,
    to: toVersions,
    says: () => 'The course is retired',
  }),
  api('POST', '/api/courses/:slug/retirement', retireCourse),
  form('/courses/:slug/reopening', {
    ...versions,
    action: offerAgain,
    to: toVersions,
    says: () => 'The course is offered again',
  }),
  api('DELETE', '/api/courses/:slug/retirement', offerAgain),
  form('/courses/:slug/several-places', {
    ...versions,
    action: allowSeveralPlaces,
    to: toVersions,
    says: () => 'It is saved',
  }),
  api('PUT', '/api/courses/:slug/several-places', allowSeveralPlaces),
]
