/** Who asks for a place on each run: people near it, those who have been before more often, nobody twice in a course. */
import { type Random, seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'
import type { Constituency, Ground, Region } from './ground.ts'
import type { Person } from './members.ts'
import { type Ask, type Place, playQueue } from './queue.ts'
import type { Asking } from './story.ts'
import type { Run } from './timetable.ts'

const day = 86_400_000

/** Fills every run that is open, in the order in which they begin, and cancels a few. */
export function fillRuns(
  runs: readonly Run[],
  story: ReadonlyMap<Run, Asking>,
  people: readonly Person[],
  ground: Ground,
  cast: Cast,
  calendar: Calendar,
): void {
  const random = seeded('demonstration places')
  const choose = chooserOf(people, ground, random, [cast.amina, cast.dylan, cast.grace, cast.tomasz])
  // the story's first, so that nothing else stands in its way
  for (const [run, asking] of story) askFor(run, asking)
  for (const run of runs) {
    if (story.has(run) || run.published === null || run.how === 'round') continue
    if (random.next() < 0.025) callOff(run, calendar, random)
    askFor(run, askingOf(run, cast, calendar, random))
    if (run.state === 'published' && random.next() < 0.08) letIn(run)
  }

  /** Someone who came along on the first evening, where there was a seat, was let in. */
  function letIn(run: Run): void {
    const first = run.sessions[0]!
    const taken = run.places.filter(({ state }) => state === 'confirmed').length
    const person = first.day < 0 && taken < run.capacity ? choose.near(run) : undefined
    const at = first.starts + 300_000
    const never = { offeredAt: null, offerUntil: null, endedAt: null }
    if (person)
      run.places.push({
        person,
        state: 'confirmed',
        turnedUp: true,
        askedAt: at,
        confirmedAt: at,
        standing: 'confirmed',
        ...never,
      })
  }

  function askFor(run: Run, asking: Asking): void {
    const begins = run.sessions[0]!.starts
    const now = run.cancelled?.at ?? calendar.midnight
    const shuts = Math.min(now, begins - day / 2)
    const opens = run.published!
    const times = Array.from({ length: asking.asks }, () =>
      Math.floor(awake(opens + (shuts - opens) * 0.94 * random.next() ** 1.6, calendar, opens, shuts)),
    ).sort((a, b) => a - b)
    const asks: Ask[] = []
    const chosen = new Map(asking.cast.map(({ person, turn }) => [turn, person]))
    for (const person of chosen.values()) if (!choose.reserve(person, run)) return
    const leaver = asking.leaving === 'one yesterday' ? 3 : -1
    times.forEach((at, turn) => {
      const person = chosen.get(turn) ?? choose.near(run)
      if (!person) return
      const mayLeave = asking.leaving === 'some' && random.next() < 0.08
      const until = Math.min(now, begins - 3 * day)
      const left = mayLeave && until > at + day ? Math.floor(at + (until - at) * random.next()) : null
      const reply = random.next()
      asks.push({
        person,
        at,
        leaves: turn === leaver ? calendar.some(-1, random) : left,
        answer: chosen.has(turn) ? 'nothing' : reply < 0.78 ? 'yes' : reply < 0.9 ? 'no' : 'nothing',
        after: Math.floor((0.5 + 40 * random.next() ** 2) * 3_600_000),
      })
    })
    run.places = playQueue({ capacity: run.capacity, offerDays: run.offerDays, begins }, asks, now)
    if (run.cancelled) for (const place of run.places) if (place.endedAt === null) endWith(place, run.cancelled.at)
    for (const place of run.places) if (place.confirmedAt !== null) choose.remember(place.person)
  }
}

/** How many ask: most runs that began were nearly full; those to come fill up as their day comes near. */
function askingOf(run: Run, cast: Cast, calendar: Calendar, random: Random): Asking {
  const first = run.sessions[0]!.day
  const open = Math.max(1, (Math.min(calendar.midnight, run.sessions[0]!.starts) - run.published!) / day)
  const wanted = first < 0 ? 0.62 + 0.75 * random.next() : demandOf(random) * Math.min(1, 0.5 + open / 50)
  const asks = Math.round(run.capacity * wanted)
  const nearJoan = run.academy.plan.slug === 'east-midlands' || run.link !== null
  const joins = nearJoan && first < 60 && asks > 3 && random.next() < 0.5
  const news = first > 5 && asks > run.capacity && random.next() < 0.4
  return { asks, cast: joins ? [{ person: cast.joan, turn: 2 }] : [], leaving: news ? 'one yesterday' : 'some' }
}

/** A third of runs have more who ask than places, some have hardly anyone. */
function demandOf(random: Random): number {
  const kind = random.next()
  if (kind < 0.38) return 1.12 + 0.6 * random.next()
  return kind < 0.82 ? 0.45 + 0.5 * random.next() : 0.05 + 0.3 * random.next()
}

/** Calls a run off some days before it begins, if that day has come. */
function callOff(run: Run, calendar: Calendar, random: Random): void {
  const first = run.sessions[0]!.day
  const at = calendar.some(Math.min(-1, first - 4 - random.below(6)), random)
  if (first > 40 || at <= run.published! + 3 * day) return
  run.state = 'cancelled'
  run.cancelled = { at, why: random.pick(reasons) }
}

function endWith(place: Place, at: number): void {
  place.state = 'cancelled'
  place.endedAt = at
}

const reasons = [
  'The hall has had a burst pipe and is shut for repairs. We are looking for another date.',
  'The trainer is ill and we could not find another in time. We are sorry. A new date will be in the catalogue soon.',
  'The council needs the hall for the count on that evening. We will run it again next month.',
]

interface Chooser {
  /** Someone who might ask for this run, or nobody. */
  near: (run: Run) => Person | undefined
  /** Keeps this person's days and their one place in the course; false where they could not come. */
  reserve: (person: Person, run: Run) => boolean
  /** Whoever has been on one course is likelier to come to another. */
  remember: (person: Person) => void
}

function chooserOf(people: readonly Person[], ground: Ground, random: Random, kept: readonly Person[]): Chooser {
  const living = ground.constituencies.map((): Person[] => [])
  const inRegion = new Map<Region, Person[]>(ground.regions.map((region) => [region, []]))
  const known = new Map<Region, Person[]>(ground.regions.map((region) => [region, []]))
  const learners = people.filter((person) => !person.staff && person.number !== null && !kept.includes(person))
  for (const person of learners) {
    living[person.home.index]!.push(person)
    inRegion.get(person.home.region)!.push(person)
  }
  const courseOf = new Map(ground.courses.map((course, index) => [course.id, index]))
  const doing = new Set<number>()
  const days = new Set<number>()
  const dayKey = (person: Person, on: number): number => person.index * 4096 + on + 2048
  const courseKey = (person: Person, run: Run): number => person.index * 256 + courseOf.get(run.course.id)!

  const reserve = (person: Person, run: Run): boolean => {
    if (!couldJoin(person, run)) return false
    if (doing.has(courseKey(person, run)) || run.sessions.some((session) => days.has(dayKey(person, session.day))))
      return false
    doing.add(courseKey(person, run))
    for (const session of run.sessions) days.add(dayKey(person, session.day))
    return true
  }
  const guess = (run: Run, attempt: number): Person | undefined => {
    const { region } = run.academy
    const veterans = known.get(region)!
    const kind = random.next()
    if (attempt > 60) return random.pick(learners)
    if (veterans.length > 20 && kind < 0.3) return random.pick(veterans)
    if (run.venue === null && kind < 0.65) return random.pick(learners)
    if (run.venue === null || attempt > 30) return random.pick(inRegion.get(region)!)
    return random.pick(living[nearby(run.venue.area, random).index]!)
  }
  return {
    reserve,
    near: (run) => {
      for (let attempt = 0; attempt < 120; attempt++) {
        const person = guess(run, attempt)
        if (person && reserve(person, run)) return person
      }
      return undefined
    },
    remember: (person) => void (kept.includes(person) || known.get(person.home.region)!.push(person)),
  }
}

/** Whether someone had joined by the time a run was published, and had not left before it ended. */
const couldJoin = ({ joined, closed }: Person, { sessions }: Run): boolean =>
  joined < sessions[0]!.day - 80 && (closed === null || (closed > sessions.at(-1)!.day && sessions.at(-1)!.day < 0))

/** A constituency near this one: itself, most often. */
function nearby(area: Constituency, random: Random): Constituency {
  const rank = Math.floor(-Math.log(1 - random.next()) * 3.2)
  return area.nearest[Math.min(rank, area.nearest.length - 1)]!
}

/** The same moment, but never in the night. */
function awake(at: number, calendar: Calendar, opens: number, shuts: number): number {
  const hour = new Date(at).getUTCHours()
  const moved = hour < 7 ? at + 8 * 3_600_000 : at
  return Math.max(opens + 60_000, Math.min(moved, shuts - 60_000, calendar.midnight - 60_000))
}
