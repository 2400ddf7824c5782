/** Which courses run when and where: past and coming, no room and no trainer twice on one day. */
import { type Random, seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Course, Ground } from './ground.ts'
import { idsFrom } from './ids.ts'
import { type Person, shuffle } from './members.ts'
import { type Pattern, patternsFor } from './pattern.ts'
import type { Place } from './queue.ts'
import type { Academy, Room, Venue } from './staff.ts'

export interface Session {
  id: string
  number: number
  title: string
  /** Days from today. */
  day: number
  starts: number
  ends: number
  doneAt: number | null
  doneBy: Person | null
}

export interface Run {
  id: string
  course: Course
  academy: Academy
  venue: Venue | null
  room: Room | null
  link: string | null
  capacity: number
  offerDays: number
  state: 'draft' | 'published' | 'cancelled'
  sessions: Session[]
  trainers: Person[]
  made: number
  published: number | null
  cancelled: { at: number; why: string } | null
  places: Place[]
  how: 'first come' | 'round'
  /** When its round was drawn. */
  drawn: number | null
}

/** A run that the story needs, where all else is left to chance. */
export interface RunWanted {
  course: string
  academy: string
  /** A venue and a room of it, by name; online where left out. */
  venue?: string
  room?: string
  /** The day of its first session, and the time. */
  day: number
  time: string
  /** Days between sessions. */
  every?: number
  trainers: readonly Person[]
  capacity: number
  /** Days before its first session that it was published. */
  publishedBefore?: number
  /** Whether it goes on between Christmas and New Year. */
  always?: boolean
  /** How its places are given: to whoever asks first where left out. */
  how?: Run['how']
}

export interface Timetable {
  runs: Run[]
  /** Adds a run as wanted, clashes or not. */
  add: (wanted: RunWanted) => Run
  /** Adds runs until there are so many. */
  fill: (count: number) => void
}

const days = { past: 720, coming: 120 }
/** Of a hundred runs, how many have begun by today. */
const begun = 0.62

/** A timetable that grows run by run. */
export function timetableOf(calendar: Calendar, ground: Ground, academies: readonly Academy[]): Timetable {
  const random = seeded('demonstration runs')
  const id = idsFrom(random)
  const busy = new Set<string>()
  const runs: Run[] = []
  const menus = academies.map(() => shuffle([...menuOf(ground.courses)], random))

  const keysOf = (run: Pick<Run, 'room' | 'trainers'>, day: number): string[] =>
    [run.room?.id, ...run.trainers.map((trainer) => trainer.id)].flatMap((one) => (one ? [`${one} ${day}`] : []))
  const keep = (run: Run): Run => {
    for (const { day } of run.sessions) for (const key of keysOf(run, day)) busy.add(key)
    runs.push(run)
    return run
  }
  const sessionsOf = (course: Course, days: readonly number[], times: readonly string[]): Session[] =>
    course.sessions.map(({ title, minutes }, n) => {
      const starts = calendar.at(days[n]!, times[n]!)
      const session = { number: n + 1, title, day: days[n]!, starts, ends: starts + minutes * 60_000 }
      return { id: id(starts), ...session, doneAt: null, doneBy: null }
    })

  const add = (wanted: RunWanted): Run => {
    const course = ground.courses.find(({ slug }) => slug === wanted.course) ?? ground.courses[0]!
    const academy = academies.find(({ plan }) => plan.slug === wanted.academy)!
    const venue = academy.venues.find(({ plan }) => plan.name === wanted.venue) ?? null
    const room = venue?.rooms.find(({ name }) => name === wanted.room) ?? venue?.rooms[0] ?? null
    const on: number[] = []
    for (let day = wanted.day; on.length < course.sessions.length; day += wanted.every ?? 7) {
      while (calendar.shut(day) && !wanted.always) day += 7
      on.push(day)
    }
    const published = wanted.day - (wanted.publishedBefore ?? 60)
    return keep({
      ...blank(course, academy),
      id: id(calendar.at(published - 4, '10:00')),
      venue,
      room,
      link: venue ? null : linkFor(course, random),
      capacity: wanted.capacity,
      sessions: sessionsOf(
        course,
        on,
        course.sessions.map(() => wanted.time),
      ),
      trainers: [...wanted.trainers],
      how: wanted.how ?? 'first come',
      made: calendar.some(published - 4, random),
      published: calendar.some(Math.min(-1, published), random),
    })
  }

  const schedule = (start: number, number: number): Run => {
    const place = number % academies.length
    const academy = academies[place]!
    const menu = menus[place]!
    const course = menu[Math.floor(number / academies.length) % menu.length]!
    const online = course.mode === 'online' || (course.mode === 'either' && random.next() < 0.35)
    for (let attempt = 0; ; attempt++) {
      const last = attempt > 12
      const venue = online || last ? null : random.pick(academy.venues)
      const room = venue ? random.pick(venue.rooms) : null
      const later = 7 * Math.ceil(attempt / 3)
      const pattern = patternsFor(course, calendar, start < 0 ? start - later : start + later, venue === null, random)
      // a run by today stays one, and a coming run stays to come
      if (start < 0 && pattern.days[0]! > 0 && !last) continue
      const capacity = capacityOf(course, room, random)
      const free = (person: Person): boolean => pattern.days.every((day) => !busy.has(`${person.id} ${day}`))
      const trainers = trainersFrom(academy, free, course.level === 'trainer' || capacity > 16 ? 2 : 1, random)
      const roomFree = !room || pattern.days.every((day) => !busy.has(`${room.id} ${day}`))
      if ((!roomFree || trainers.length === 0 || capacity < 6) && !last) continue
      return keep(runFrom(course, academy, venue, room, pattern, capacity, trainers))
    }
  }
  const runFrom = (
    course: Course,
    academy: Academy,
    venue: Venue | null,
    room: Room | null,
    pattern: Pattern,
    capacity: number,
    trainers: Person[],
  ): Run => {
    const first = pattern.days[0]!
    const notice = 35 + random.below(45)
    const published = Math.min(first - notice, -1 - random.below(20))
    const draft = first > 35 && random.next() < 0.1
    const made = published - 1 - random.below(9)
    return {
      ...blank(course, academy),
      id: id(calendar.at(made, '10:00')),
      venue,
      room,
      link: venue ? null : linkFor(course, random),
      capacity,
      state: draft ? 'draft' : 'published',
      sessions: sessionsOf(course, pattern.days, pattern.times),
      // a few that are to come still look for a trainer
      trainers: first > 21 && random.next() < 0.06 ? [] : trainers,
      made: calendar.some(made, random),
      published: draft ? null : calendar.some(published, random),
    }
  }
  const fill = (count: number): void => {
    const missing = Math.max(0, count - runs.length)
    const past = Math.round(missing * begun)
    const starts = Array.from({ length: missing }, (_, n) =>
      n < past
        ? -1 - Math.floor(days.past * ((n + random.next()) / past) ** 1.5)
        : 2 + Math.floor(days.coming * ((n - past + random.next()) / (missing - past)) ** 1.2),
    )
    // in no order, so that each academy has its share of each season
    shuffle(starts, random).forEach((start, number) => schedule(start, number))
    runs.sort((a, b) => a.sessions[0]!.starts - b.sessions[0]!.starts || (a.id < b.id ? -1 : 1))
  }
  return { runs, add, fill }
}

const blank = (course: Course, academy: Academy) => ({
  course,
  academy,
  offerDays: 3,
  state: 'published' as Run['state'],
  cancelled: null,
  how: 'first come' as Run['how'],
  drawn: null,
  places: [],
})

/** The catalogue as often as each course is asked for: first steps three times as often as what only a few need. */
const menuOf = (courses: readonly Course[]): Course[] =>
  courses.flatMap((course) => {
    const often = { starter: 3, growing: 2, specialist: 1, trainer: 1 }[course.level] ?? 1
    return Array.from({ length: course.strand === 'organising' ? often + 1 : often }, () => course)
  })

function capacityOf(course: Course, room: Room | null, random: Random): number {
  const usual =
    course.level === 'trainer' ? [8, 10, 12] : course.level === 'specialist' ? [10, 12, 14] : [12, 14, 16, 18, 20, 24]
  const wanted = room ? random.pick(usual) : random.pick([16, 18, 20, 24, 30])
  return Math.min(wanted, room?.capacity ?? wanted)
}

function trainersFrom(academy: Academy, free: (person: Person) => boolean, wanted: number, random: Random): Person[] {
  const from = random.below(academy.trainers.length)
  const inTurn = [...academy.trainers.slice(from), ...academy.trainers.slice(0, from)]
  return inTurn.filter(free).slice(0, wanted)
}

const linkFor = (course: Course, random: Random): string =>
  `https://meet.example.org/${course.slug.split('-').slice(0, 3).join('-')}-${random.below(9000) + 1000}`
