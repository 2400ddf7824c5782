/** The whole demonstration, made in memory: who, where, when, and what happened. */
import { seeded } from '#core/random'
import { type AccessNeed, askForAccess } from './access-needs.ts'
import type { Calendar } from './calendar.ts'
import { appointLead, type Cast, castOf, grantCast } from './cast.ts'
import { type Equality, makeEquality } from './equality.ts'
import { fillRuns } from './filling.ts'
import type { Ground } from './ground.ts'
import { type Happening, happeningsOf } from './happenings.ts'
import { askForHelp, type Help } from './help.ts'
import { idsFrom } from './ids.ts'
import { fillRoll, membershipFrom, type Person } from './members.ts'
import { makePledges, type Pledge } from './pledges.ts'
import type { Place } from './queue.ts'
import { type Attendance, keepRegisters } from './registers.ts'
import { makeRounds, planRounds, type Rounds } from './rounds.ts'
import { openProgramme, type Programme } from './staff.ts'
import { planStory } from './story.ts'
import { type Run, timetableOf } from './timetable.ts'
import { makeWishes, type Wish } from './wishes.ts'

export interface Life {
  calendar: Calendar
  cast: Cast
  people: readonly Person[]
  programme: Programme
  runs: readonly Run[]
  /** Every place, in the order in which they were asked for. */
  places: readonly { id: string; run: Run; place: Place }[]
  /** Places about which their people are still to be written to, so that there are letters to read. */
  news: ReadonlySet<Place>
  needs: readonly AccessNeed[]
  registers: readonly Attendance[]
  pledges: readonly Pledge[]
  equality: Equality
  rounds: Rounds
  help: Help
  wishes: readonly Wish[]
  happenings: readonly Happening[]
}

/** How many runs there are for so many members: never fewer than ninety, and one for a hundred members when there are many. */
export const runsFor = (members: number): number =>
  Math.max(Math.round(members / 100), Math.min(320, 80 + Math.round(members / 20)))

/** Makes it all up. The same ground, day and number of members give the same life. */
export function imagine(ground: Ground, calendar: Calendar, members: number): Life {
  const membership = membershipFrom(calendar)
  const early = castOf(ground, membership)
  const count = runsFor(members)
  const trainers = members < 1000 ? 4 : 5 + Math.ceil(count / 240)
  const programme = openProgramme(calendar, ground, membership, early, trainers)
  grantCast(early, programme, calendar)
  fillRoll(membership, ground, members, 1)
  const cast: Cast = { ...early, lead: appointLead(ground, membership, programme, calendar) }

  const timetable = timetableOf(calendar, ground, programme.academies)
  const story = planStory(cast, calendar, timetable)
  const planned = planRounds(calendar, timetable)
  timetable.fill(count)
  const { runs } = timetable
  fillRuns(runs, story, membership.people, ground, cast, calendar)
  const taking = new Set(
    runs.flatMap((run) => run.places.flatMap((place) => (place.state === 'confirmed' ? [place.person] : []))),
  )
  const equality = makeEquality(ground.questions, membership.people, taking, cast, calendar)
  const rounds = makeRounds(planned, programme.academies, membership.people, taking, equality, cast, calendar)

  const id = idsFrom(seeded('demonstration place ids'))
  const places = runs
    .flatMap((run) => run.places.map((place) => ({ run, place })))
    .sort((a, b) => a.place.askedAt - b.place.askedAt)
    .map(({ run, place }) => ({ run, place, id: id(place.askedAt) }))
  const registers = keepRegisters(runs, (run) => story.has(run) && run.trainers[0] === cast.ruth)
  const pledges = makePledges(runs, cast, calendar)
  const ids = new Map(places.map((one) => [one.place, one.id]))
  const needs = askForAccess(runs, calendar)
  const help = askForHelp(programme.academies, places, cast, calendar)
  const { wishes, happenings: wished } = makeWishes(ground, membership.people, runs, cast, calendar)
  const happenings = [
    ...happeningsOf({ calendar, programme, runs, pledges, needs, ids }),
    ...equality.happenings,
    ...help.happenings,
    ...rounds.happenings,
    ...wished,
  ].sort((a, b) => a.at - b.at)
  const news = newsOf([...story.keys()], cast, calendar)
  return {
    calendar,
    cast,
    people: membership.people,
    programme,
    runs,
    places,
    news,
    needs,
    registers,
    pledges,
    equality,
    rounds,
    help,
    wishes,
    happenings,
  }
}

/** On the story's runs to come: what changed for anyone since yesterday morning, and where the cast stand. */
function newsOf(runs: readonly Run[], { amina, dylan, grace }: Cast, { midnight }: Calendar): Set<Place> {
  const coming = runs.filter((run) => run.sessions[0]!.day > 0)
  const changed = ({ askedAt, offeredAt, confirmedAt, endedAt }: Place): number =>
    Math.max(askedAt, offeredAt ?? 0, confirmedAt ?? 0, endedAt ?? 0)
  const isNews = (place: Place): boolean =>
    changed(place) > midnight - 86_400_000 || [amina, dylan, grace].includes(place.person)
  return new Set(coming.flatMap((run) => run.places.filter(isNews)))
}
