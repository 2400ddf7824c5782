/** What the record would hold, had all this really happened: one row for each thing that someone did. */
import type { AccessNeed } from './access-needs.ts'
import type { Calendar } from './calendar.ts'
import type { Pledge } from './pledges.ts'
import type { Place } from './queue.ts'
import type { Programme } from './staff.ts'
import type { Run } from './timetable.ts'

export interface Happening {
  at: number
  what: string
  actor: string | null
  about: Record<string, unknown>
}

interface Life {
  calendar: Calendar
  programme: Programme
  runs: readonly Run[]
  pledges: readonly Pledge[]
  needs: readonly AccessNeed[]
  /** The id of each place. */
  ids: ReadonlyMap<Place, string>
}

/** Everything that happened, the earliest first. */
export function happeningsOf({ calendar, programme, runs, pledges, needs, ids }: Life): Happening[] {
  const all: Happening[] = []
  const say = (at: number, what: string, actor: string | null, about: Record<string, unknown>): void =>
    void all.push({ at, what, actor, about })

  for (const academy of programme.academies)
    say(calendar.morning(academy.opened), 'academy.opened', null, { academy: academy.id, area: academy.home.code })
  for (const { id, person, role, by, from, area, academy } of programme.rights)
    say(calendar.morning(from), 'right.granted', by?.id ?? null, {
      right: id,
      person: person.id,
      role,
      area,
      academy: academy?.id ?? null,
    })
  for (const run of runs) {
    const [coordinator] = run.academy.coordinators
    const by = coordinator?.id ?? null
    say(run.made, 'run.scheduled', by, { run: run.id, course: run.course.id })
    if (run.published !== null) say(run.published, 'run.published', by, { run: run.id })
    if (run.cancelled) {
      say(run.cancelled.at, 'run.cancelled', by, { run: run.id, why: run.cancelled.why })
      const ended = run.places.filter(({ state }) => state === 'cancelled').length
      if (ended > 0) say(run.cancelled.at + 1000, 'place.cancelled', null, { run: run.id, places: ended })
    }
    for (const place of run.places)
      placeHappenings(
        place,
        run.trainers[0]?.id ?? null,
        { place: ids.get(place)!, run: run.id, person: place.person.id },
        say,
      )
    const people = run.places.filter(({ state }) => state === 'confirmed').length
    for (const { id, doneAt, doneBy } of run.sessions)
      if (doneAt !== null) say(doneAt, 'register.closed', doneBy!.id, { run: run.id, session: id, people })
  }
  for (const { place, run, arrangedAt } of needs)
    if (arrangedAt !== null) {
      const about = { place: ids.get(place)!, run: run.id, person: place.person.id }
      say(arrangedAt, 'need.arranged', run.academy.coordinators[0]!.id, about)
    }
  for (const { id, person, run, made, review, reviewed, state, by } of pledges) {
    say(calendar.morning(made), 'pledge.made', person.id, {
      pledge: id,
      person: person.id,
      run: run.id,
      reviewOn: calendar.day(review),
    })
    if (reviewed !== null)
      say(calendar.at(reviewed, '20:00'), 'pledge.reviewed', by?.id ?? null, {
        pledge: id,
        person: person.id,
        outcome: state,
      })
  }
  return all.sort((a, b) => a.at - b.at)
}

function placeHappenings(
  place: Place,
  trainer: string | null,
  about: { place: string; run: string; person: string },
  say: (at: number, what: string, actor: string | null, about: Record<string, unknown>) => void,
): void {
  const { person, askedAt, offeredAt, confirmedAt, endedAt, state, standing, turnedUp } = place
  if (turnedUp) return say(askedAt, 'place.confirmed', trainer, { ...about, turnedUp })
  if (place.application === undefined) say(askedAt, 'place.asked', person.id, { ...about, standing })
  if (offeredAt !== null) say(offeredAt, 'place.offered', null, about)
  if (confirmedAt !== null) say(confirmedAt, 'place.confirmed', person.id, about)
  if (endedAt === null || state === 'cancelled') return
  const was = confirmedAt !== null ? 'confirmed' : offeredAt !== null ? 'offered' : 'waiting'
  say(endedAt, `place.${state}`, state === 'lapsed' ? null : person.id, { ...about, was })
}
