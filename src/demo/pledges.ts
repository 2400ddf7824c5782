/** What people pledged when they took a first place, and what came of it. */
import { type Random, seeded } from '#core/random'
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'
import { idsFrom } from './ids.ts'
import type { Person } from './members.ts'
import { commitments, learnt } from './pledge-words.ts'
import type { Place } from './queue.ts'
import type { Run } from './timetable.ts'

export interface Pledge {
  id: string
  person: Person
  run: Run
  commitment: string
  /** Days from today. */
  made: number
  review: number
  state: 'open' | 'kept' | 'partly kept' | 'not kept' | 'withdrawn'
  reviewed: number | null
  by: Person | null
  learnt: string
}

/** Pledges by three in five of those who had a first place, and by Joan again and again. */
export function makePledges(runs: readonly Run[], cast: Cast, calendar: Calendar): Pledge[] {
  const random = seeded('demonstration pledges')
  const id = idsFrom(random)
  const pledged = new Set<Person>([cast.amina])
  const pledges: Pledge[] = []
  for (const run of runs) {
    for (const place of run.places) {
      const { person } = place
      if (place.state !== 'confirmed' || place.confirmedAt === null || pledged.has(person)) continue
      if (person !== cast.joan) pledged.add(person)
      if (random.next() > (person === cast.joan ? 0.3 : 0.6)) continue
      const pledge = pledgeFor(run, place, calendar, random)
      if (pledge) pledges.push({ id: id(calendar.morning(pledge.made)), ...pledge })
    }
  }
  const first = runs.find((run) => run.places.some(({ person }) => person === cast.amina))
  if (first)
    pledges.push({
      id: id(calendar.morning(-60)),
      person: cast.amina,
      run: first,
      made: -60,
      review: 19,
      state: 'open',
      reviewed: null,
      by: null,
      learnt: '',
      commitment:
        'Get the bus stop on Outram Street moved back, with thirty neighbours who have never been to a meeting.',
    })
  return pledges
}

function pledgeFor(run: Run, place: Place, calendar: Calendar, random: Random): Omit<Pledge, 'id'> | undefined {
  const { person } = place
  const asked = Math.ceil((place.confirmedAt! - calendar.midnight) / 86_400_000)
  const made = asked + random.below(9)
  const review = run.sessions.at(-1)!.day + 28 + 7 * random.below(6)
  if (made >= 0 || review <= made) return undefined
  const words = random.pick(commitments[run.course.strand] ?? commitments['organising']!)
  const pledge = {
    person,
    run,
    commitment: words.replace('{place}', townOf(person)),
    made,
    review,
    by: null,
    learnt: '',
  }
  const overdue = review < 0 && random.next() < 0.12
  if (review >= 0 || overdue) return { ...pledge, state: 'open', reviewed: null }
  const chance = random.next()
  if (chance < 0.04) return { ...pledge, state: 'withdrawn', reviewed: null }
  const state = chance < 0.6 ? 'kept' : chance < 0.9 ? 'partly kept' : 'not kept'
  const reviewed = Math.min(-1, review + random.below(8))
  const by = random.next() < 0.7 ? (run.trainers[0] ?? null) : person
  return { ...pledge, state, reviewed, by, learnt: random.pick(learnt[state]) }
}

/** How people call where they live: "Mansfield", "Leeds", "Cardiff". */
function townOf({ home }: Person): string {
  const first = home.name.split(/,| and /)[0]!
  return first
    .replace(/ (Central|North|South|East|West|North East|North West|South East|South West|Riverside)$/, '')
    .replace(/^City of /, '')
}
