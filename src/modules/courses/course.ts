/** A course as the database holds it: its versions, and the words for its strand, level and mode. */
import type { levels, modes, strands } from './catalogue/course.ts'

export type Strand = (typeof strands)[number]
export type CourseLevel = (typeof levels)[number]
export type Mode = (typeof modes)[number]

/** The strands as people say them, in the order of the catalogue. */
export const strandNames: Readonly<Record<Strand, string>> = {
  organising: 'Organising',
  media: 'Media and communications',
  digital: 'Social, digital and new media',
  policy: 'Policy and politics',
  training: 'Training trainers',
}

/** The levels as people say them, the first to be taken first. */
export const levelNames: Readonly<Record<CourseLevel, string>> = {
  starter: 'Starter',
  growing: 'Growing',
  specialist: 'Specialist',
  trainer: 'For trainers',
}

/** How a course is given, as people say it. */
export const modeNames: Readonly<Record<Mode, string>> = {
  place: 'In person',
  online: 'Online',
  either: 'In person or online',
}

/** One meeting of a course, as it is planned. */
export interface CourseSession {
  title: string
  minutes: number
  /** Markdown. */
  outline: string
}

/** What a version of a course says. */
export interface CourseText {
  title: string
  strand: Strand
  level: CourseLevel
  mode: Mode
  hours: number
  summary: string
  who: string
  outcomes: string[]
  /** Slugs of the courses to take first, and of those it leads to. */
  prerequisites: string[]
  leadsTo: string[]
  accreditation: string | null
  practice: string
  /** Markdown. */
  description: string
  sessions: CourseSession[]
}

/** "8 hours", "1 hour", "4.5 hours" */
export const sayHours = (hours: number): string => `${hours} ${hours === 1 ? 'hour' : 'hours'}`
