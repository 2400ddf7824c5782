/** The runs on which the cast meet: planned one by one, so that each of them has something to do today. */
import type { Calendar } from './calendar.ts'
import type { Cast } from './cast.ts'
import type { Person } from './members.ts'
import type { Run, Timetable } from './timetable.ts'

/** How many ask for a run, and when those of the cast do. */
export interface Asking {
  asks: number
  /** Of the cast: their turn among all who ask, from 0. */
  cast: readonly { person: Person; turn: number }[]
  /** Whether some give up their place: some as usual, none, or exactly one, yesterday. */
  leaving: 'some' | 'none' | 'one yesterday'
}

/** Adds the story's runs to the timetable; resolves to who asks for each. */
export function planStory(cast: Cast, calendar: Calendar, timetable: Timetable): Map<Run, Asking> {
  const { amina, dylan, grace, joan, ruth, callum } = cast
  const asked = new Map<Run, Asking>()
  const [, , parminder, janet] = cast.trainers.get('east-midlands')!
  // tonight, or this afternoon at a weekend
  const time = calendar.weekday(0) >= 5 ? '14:00' : '18:30'
  const nextMonth = dayAfter(calendar, 26, 3)

  asked.set(
    timetable.add({
      course: 'listening-on-the-doorstep',
      academy: 'east-midlands',
      venue: 'Sutton Community Academy',
      room: 'Room 4',
      day: -14,
      time,
      trainers: [ruth, callum],
      capacity: 16,
      always: true,
    }),
    { asks: 21, cast: [], leaving: 'some' },
  )
  asked.set(
    timetable.add({
      course: 'organising-where-the-work-went',
      academy: 'east-midlands',
      venue: 'Mansfield Miners’ Welfare',
      room: 'Committee room',
      day: -30,
      time: '18:30',
      every: 14,
      trainers: [ruth, janet!],
      capacity: 14,
    }),
    { asks: 13, cast: [{ person: joan, turn: 1 }], leaving: 'some' },
  )
  asked.set(
    timetable.add({
      course: 'listening-on-the-doorstep',
      academy: 'east-midlands',
      venue: 'Sutton Community Academy',
      room: 'Room 4',
      day: nextMonth,
      time: '19:00',
      trainers: [ruth, callum],
      capacity: 20,
      publishedBefore: 44,
    }),
    { asks: 11, cast: [{ person: amina, turn: 3 }], leaving: 'none' },
  )
  asked.set(
    timetable.add({
      course: 'talking-politics-with-people-you-know',
      academy: 'east-midlands',
      venue: 'Sneinton Hermitage Centre',
      room: 'Garden room',
      day: dayAfter(calendar, -96, 1),
      time: '19:00',
      trainers: [parminder!, ruth],
      capacity: 16,
    }),
    { asks: 15, cast: [{ person: amina, turn: 5 }], leaving: 'none' },
  )
  asked.set(
    timetable.add({
      course: 'speaking-in-public',
      academy: 'wales',
      venue: 'Clive Street Rooms',
      room: 'Ystafell Werdd',
      day: dayAfter(calendar, 15, 1),
      time: '19:00',
      trainers: [],
      capacity: 12,
    }),
    { asks: 17, cast: [{ person: dylan, turn: 14 }], leaving: 'none' },
  )
  asked.set(
    timetable.add({
      course: 'speaking-to-the-media-with-confidence',
      academy: 'yorkshire-and-the-humber',
      venue: 'Harehills Welcome Centre',
      room: 'Training room',
      day: dayAfter(calendar, 17, 5),
      time: '10:00',
      trainers: [],
      capacity: 12,
    }),
    { asks: 16, cast: [{ person: grace, turn: 12 }], leaving: 'one yesterday' },
  )
  asked.set(
    timetable.add({
      course: 'facilitating-adults',
      academy: 'east-midlands',
      venue: 'Highfields Neighbourhood Hall',
      room: 'Upstairs room',
      day: dayAfter(calendar, 9, 2),
      time: '18:30',
      trainers: [callum, parminder!],
      capacity: 12,
      publishedBefore: 70,
    }),
    { asks: 15, cast: [{ person: joan, turn: 2 }], leaving: 'some' },
  )
  return asked
}

/** The first such weekday from so many days on that is not between Christmas and New Year. */
function dayAfter(calendar: Calendar, from: number, weekday: number): number {
  let day = from
  while (calendar.weekday(day) !== weekday || calendar.shut(day)) day++
  return day
}
