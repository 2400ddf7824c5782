/** What a coordinator can choose from: courses, and the places and trainers of one of their academies. */
import type { Visit } from '#platform/web'
import type { Option } from '#design'
import { academiesWithin, type AcademyChoice, type Venue, venuesOf } from '../../academies/index.ts'
import { type CourseChoice, courseChoices, strandNames } from '../../courses/index.ts'
import { sayPlace } from './spot.ts'
import { type Trainer, trainersAt } from './trainers.ts'

export interface Choices {
  courses: CourseChoice[]
  academies: AcademyChoice[]
  /** The one whose places and trainers these are. */
  academy: AcademyChoice
  venues: Venue[]
  trainers: Trainer[]
}

/** The choices at the academy that is asked for, or at the first; nothing where the actor schedules runs at none. */
export async function choicesFor(
  { db, actor, today }: Visit,
  asked: unknown,
  courses?: CourseChoice[],
): Promise<Choices | undefined> {
  const academies = await academiesWithin(db, actor, 'runs.schedule')
  const academy = academies.find(({ id }) => id === asked) ?? academies[0]
  if (!academy) return undefined
  return {
    courses: courses ?? (await courseChoices(db)),
    academies,
    academy,
    venues: await venuesOf(db, [academy.id]),
    trainers: await trainersAt(db, academy.id, today),
  }
}

/** Every place of the academy, each venue's rooms together, and online. */
export const placeOptions = (academy: { id: string }, venues: readonly Venue[]): Option[] => [
  ...venues.flatMap(({ id, name, rooms }): Option[] =>
    rooms.length === 0
      ? [{ value: `venue:${id}`, label: name, group: name }]
      : rooms.map((room) => ({
          value: `room:${room.id}`,
          // with its venue, since the heading above it is not seen once it is chosen
          label: `${sayPlace({ venueName: name, roomName: room.name })}, holds ${room.capacity}`,
          group: name,
        })),
  ),
  { value: `online:${academy.id}`, label: 'Online', group: 'By video' },
]

/** Every course, those of a strand together. */
export const courseOptions = (courses: readonly CourseChoice[]): Option[] =>
  courses.map(({ id, title, strand }) => ({ value: id, label: title, group: strandNames[strand] }))

/** Lengths of a session, in minutes. */
export const lengthOptions: Option[] = [30, 45, 60, 75, 90, 105, 120, 135, 150, 180, 210, 240, 300, 360, 420, 480].map(
  (minutes) => ({ value: String(minutes), label: sayLength(minutes) }),
)

/** "2 hours", "1½ hours", "45 minutes" */
export function sayLength(minutes: number): string {
  if (minutes < 60) return `${minutes} minutes`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const part = { 0: '', 15: '¼', 30: '½', 45: '¾' }[rest]
  if (part === undefined) return `${hours} h ${rest} min`
  return `${hours}${part} ${hours === 1 && rest === 0 ? 'hour' : 'hours'}`
}
