/** Who wants to be told when a course runs near them: many for what nobody gives nearby, few for the rest. */
import { seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'
import type { Course, Ground } from './ground.ts'
import type { Happening } from './happenings.ts'
import { idsFrom } from './ids.ts'
import type { Person } from './members.ts'
import type { Run } from './timetable.ts'

export interface Wish {
  id: string
  person: Person
  course: Course
  askedAt: number
}

export interface Wishes {
  wishes: Wish[]
  happenings: Happening[]
}

/** One in four of a small membership, one in forty of a large one; never for a course in which they have a place to come. */
export function makeWishes(
  { courses }: Ground,
  people: readonly Person[],
  runs: readonly Run[],
  cast: Cast,
  calendar: Calendar,
): Wishes {
  const random = seeded('demonstration wishes')
  const id = idsFrom(random)
  const coming = new Set(
    runs.flatMap(({ course, sessions, places }) =>
      sessions.at(-1)!.day >= -200 ? places.map(({ person }) => `${person.id} ${course.id}`) : [],
    ),
  )
  // what few academies give is wished for most
  const given = new Map(courses.map((course) => [course, runs.filter((run) => run.course === course).length]))
  const wanted = courses.toSorted((a, b) => given.get(a)! - given.get(b)! || (a.slug < b.slug ? -1 : 1))
  const share = people.length > 20_000 ? 0.025 : 0.25
  const wishes: Wish[] = []
  const wish = (person: Person, course: Course, ago: number): void => {
    const askedAt = calendar.some(-ago, random)
    if (!coming.has(`${person.id} ${course.id}`)) wishes.push({ id: id(askedAt), person, course, askedAt })
  }
  for (const person of people) {
    if (person.staff || person.closed !== null || person.number === null || person.joined > -40) continue
    if (random.next() > share) continue
    const course = wanted[Math.floor(wanted.length * random.next() ** 2)]!
    wish(person, course, 1 + random.below(Math.min(180, -person.joined - 2)))
  }
  const media = courses.find(({ slug }) => slug === 'speaking-in-public')
  const already = wishes.some(({ person, course }) => person === cast.tomasz && course === media)
  if (media && !already) wish(cast.tomasz, media, 9)
  return {
    wishes,
    happenings: wishes.map(({ id: made, person, course, askedAt }) => ({
      at: askedAt,
      what: 'wish.made',
      actor: person.id,
      about: { wish: made, course: course.id, person: person.id, area: person.home.code },
    })),
  }
}
