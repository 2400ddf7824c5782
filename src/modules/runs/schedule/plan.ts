/** What a coordinator said, made into a run that can be looked at before anything is saved. */
import { addDays, dayOf } from '#core/days'
import type { Span } from '#core/pattern'
import { Invalid, type Problems } from '#core/refusal'
import type { Db } from '#platform/db'
import type { Visit } from '#platform/web'
import { type CourseChoice, courseChoices } from '../../courses/index.ts'
import { type BankHoliday, bankHolidays } from './bank-holidays.ts'
import { bookingsAround } from './bookings.ts'
import { type Clash, clashesAmong, confirmationOf, type Wanted } from './clash.ts'
import { daysIn } from './days-in.ts'
import type { Said } from './fields.ts'
import { type Note, notesOn } from './notes.ts'
import { type PlannedSession, planSessions, type Skipped } from './plan-sessions.ts'
import { findPlace, type Place } from './spot.ts'
import { type Trainer, trainersAmong } from './trainers.ts'

export interface Plan {
  course: CourseChoice
  place: Place
  link: string | null
  sessions: PlannedSession[]
  skipped: Skipped[]
  trainers: Trainer[]
  capacity: number
  how: Said['how']
  notes: Note[]
}

/** A run as it was said, or Invalid with what has to be said otherwise. */
export async function planRun(visit: Visit, said: Said, courses?: readonly CourseChoice[]): Promise<Plan> {
  const { db, actor, today } = visit
  const problems: Problems = {}
  const course = (courses ?? (await courseChoices(db))).find(({ id }) => id === said.course)
  if (!course) problems['course'] = 'Choose a course that is published'
  const skip = daysIn(said.skip, said.day)
  if ('unread' in skip)
    problems['skip'] = `Write days to skip like 24 December, 31 December. This could not be read: ${skip.unread}`
  if (said.day < today) problems['day'] = 'The first session must be today or later'
  if (said.day > addDays(today, 3 * 365)) problems['day'] = 'The first session must be within the next three years'
  const place = await findPlace(db, actor, said.where)
  if (!place || place.venueClosed) problems['where'] = 'Choose a place that is in use'
  if (!place || !course || 'unread' in skip) throw new Invalid(problems)

  const trainers = await chosenTrainers(db, place.academy.id, today, said, problems)
  const capacity = said.capacity ?? place.roomCapacity
  if (capacity === null) problems['capacity'] = 'Say how many people can take part'
  const when = {
    firstDay: said.day,
    time: said.time,
    minutes: said.minutes,
    rhythm: said.often,
    count: said.count,
    skip: skip.days,
  }
  const holidays = (from: string, to: string) => (said.onHolidays ? [] : bankHolidays(place.nation, from, to))
  const { sessions, skipped } = planSessions(when, { title: course.title, outline: course.sessions }, holidays)
  if (sessions.length < (said.often === 'once' ? 1 : (said.count ?? 1)))
    problems['skip'] = 'So many days are skipped that the sessions do not fit. Skip fewer days'
  if (sessions.some(({ startsAt, endsAt }) => dayOf(endsAt) !== dayOf(startsAt)))
    problems['time'] = 'Each session must end before midnight. Begin earlier, or make it shorter'
  if (Object.keys(problems).length > 0) throw new Invalid(problems)

  const plan = {
    course,
    place,
    link: place.venueId === null ? said.link : null,
    sessions,
    skipped,
    trainers,
    capacity: capacity!,
    how: said.how,
  }
  const unused = skip.days.filter((day) => !skipped.some((the) => the.day === day))
  return { ...plan, notes: notesOn({ ...plan, today, unused, held: holidaysHeld(place, sessions) }) }
}

/** The bank holidays on which there is a session. */
export function holidaysHeld({ nation }: Place, sessions: readonly Span[]): BankHoliday[] {
  if (sessions.length === 0) return []
  const days = sessions.map(({ startsAt }) => dayOf(startsAt))
  return bankHolidays(nation, days[0]!, days.at(-1)!).filter(({ day }) => days.includes(day))
}

/**
 * The trainers that were ticked and the one that was named; what is wrong with the naming goes to `problems`. Those
 * who lead it already (`keep`) may go on, even if their right has ended.
 */
export async function chosenTrainers(
  db: Db,
  academy: string,
  today: string,
  { trainers: ids, other }: { trainers: readonly string[]; other: string },
  problems: Problems,
  keep: readonly { id: string; name: string }[] = [],
): Promise<Trainer[]> {
  if (ids.length === 0 && other === '') return []
  const found = await trainersAmong(db, academy, today, { ids, said: other })
  const asked: Trainer[] = found.filter((trainer) => trainer.asked)
  for (const { id, name } of keep)
    if (ids.includes(id) && !asked.some((the) => the.id === id)) asked.push({ id, name, here: false, until: null })
  if (asked.length < new Set(ids).size) problems['trainers'] = 'One of these may no longer lead a run. Choose again'
  const named = found.filter((trainer) => !trainer.asked)
  if (other !== '' && named.length === 0 && !asked.some(({ name }) => same(name, other)))
    problems['other'] = `No trainer is called ${other}, or has that email address`
  if (named.length > 1)
    problems['other'] = `Several trainers are called ${other}. Enter the email address of the one you mean`
  return [...asked, ...named]
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** What is wanted, for finding its clashes. */
export const wantedOf = ({ place, trainers, sessions }: Pick<Plan, 'place' | 'trainers' | 'sessions'>): Wanted => ({
  ...place,
  trainers,
  sessions,
})

/** Clashes as they are now, and what confirms the grave ones. */
export interface Clashes {
  all: Clash[]
  /** What the tick sends; empty where nothing has to be confirmed. */
  confirmation: string
}

/** The clashes of a plan with everything that is booked, apart from the run itself. */
export async function clashesOf({ db, actor }: Visit, wanted: Wanted, self: string | null = null): Promise<Clashes> {
  const all = clashesAmong(wanted, await bookingsAround(db, actor, wanted, self))
  return { all, confirmation: confirmationOf(all) }
}

/** Refuses to go on unless these grave clashes were confirmed. */
export function mustConfirm({ all, confirmation }: Clashes, said: string): void {
  if (confirmation === said || confirmation === '') return
  const first = all.find(({ grave }) => grave)!.words
  throw new Invalid({
    confirm: `${said === '' ? '' : 'Something else was booked meanwhile. '}${first} Choose otherwise, or tick the box to book it all the same`,
  })
}
