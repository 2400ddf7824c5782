/** The rules that hold between courses: who needs whom, what leads where, and that no two share a name. */
import type { CatalogueCourse } from './course.ts'
import type { Fault } from './fault.ts'

type Entry = Pick<CatalogueCourse, 'slug' | 'title' | 'prerequisites' | 'leadsTo'>

/** Every breach between the courses. `known` names the courses that may be referred to, even those that are faulty. */
export function faultsBetween(
  courses: readonly Entry[],
  known: ReadonlySet<string> = new Set(courses.map(({ slug }) => slug)),
): Fault[] {
  return [
    ...repeated(courses, 'slug', (course) => course.slug),
    ...repeated(courses, 'title', (course) => course.title.toLocaleLowerCase('en-GB')),
    ...courses.flatMap((course) => strayNames(course, known)),
    ...cyclesAmong(courses),
    ...backwardSteps(courses),
  ]
}

const fault = ({ slug }: Entry, field: string, message: string): Fault => ({
  file: `${slug}.md`,
  line: null,
  field,
  message,
})

function repeated(courses: readonly Entry[], field: string, keyOf: (course: Entry) => string): Fault[] {
  const first = new Map<string, Entry>()
  return courses.flatMap((course) => {
    const other = first.get(keyOf(course))
    if (other === undefined) first.set(keyOf(course), course)
    return other === undefined ? [] : [fault(course, field, `is the same as that of ${other.slug}.md`)]
  })
}

function strayNames(course: Entry, known: ReadonlySet<string>): Fault[] {
  return (['prerequisites', 'leadsTo'] as const).flatMap((field) =>
    course[field]
      .filter((slug) => !known.has(slug))
      .map((slug) => fault(course, field, `names “${slug}”, which is not a course`)),
  )
}

/** Takes away, again and again, the courses that need none of those left; what then remains goes round in circles. */
function cyclesAmong(courses: readonly Entry[]): Fault[] {
  const left = new Map(courses.map((course) => [course.slug, course]))
  for (let before = -1; before !== left.size;) {
    before = left.size
    for (const { slug, prerequisites } of left.values())
      if (!prerequisites.some((needed) => left.has(needed))) left.delete(slug)
  }
  const told = new Set<string>()
  return [...left.values()].flatMap((start) => {
    const path = [start]
    for (let next = stepFrom(start, left); next !== undefined; next = stepFrom(next, left)) {
      const met = path.indexOf(next)
      if (met === -1) {
        path.push(next)
        continue
      }
      const circle = path.slice(met)
      if (circle.some(({ slug }) => told.has(slug))) return []
      for (const { slug } of circle) told.add(slug)
      const way = [...circle, next].map(({ slug }) => slug).join(' → ')
      return [fault(next, 'prerequisites', `go round in a circle: ${way}`)]
    }
    return []
  })
}

const stepFrom = (course: Entry, left: ReadonlyMap<string, Entry>): Entry | undefined =>
  course.prerequisites.map((slug) => left.get(slug)).find((next) => next !== undefined)

/** A course must not send people on to itself, or back to one that it needs, however far back. */
function backwardSteps(courses: readonly Entry[]): Fault[] {
  const bySlug = new Map(courses.map((course) => [course.slug, course]))
  return courses.flatMap((course) => {
    const behind = new Set([course.slug])
    for (const slug of behind) for (const needed of bySlug.get(slug)?.prerequisites ?? []) behind.add(needed)
    return course.leadsTo
      .filter((slug) => behind.has(slug))
      .map((slug) => fault(course, 'leadsTo', `names “${slug}”, which comes before it or is the course itself`))
  })
}
