/** Letters about a run: to those who come, those who wait and those who lead it. */
import { sayDay } from '#core/days'
import type { Letter } from '#platform/mail'
import { type Change, sayChange, touchesAll } from '../change/changes.ts'

/** The run that letters are about. */
export interface About {
  id: string
  title: string
  /** The course's slug. */
  course: string
  academy: string
  /** "Hall, Sutton Community Academy, High Pavement, NG17 1EE" or "Online". */
  where: string
  link: string | null
  startsOn: string
  /** "Thu 14 Jan, 7 to 9 pm" for each session. */
  times: readonly string[]
  why: string | null
  address: string
}

export interface Reader {
  person: string
  name: string
  email: string
  standing: 'offered' | 'confirmed' | 'waiting' | 'trainer' | 'left'
}

type Written = Omit<Letter, 'calendar'>

/** To a trainer: a run they lead is published. */
export const publishedLetter = (about: About, to: Reader): Written =>
  letter(about, to, 'run-published', `You lead ${about.title} from ${sayDay(about.startsOn)}`, [
    `A run of ${about.title} is now open to members, and you are one of its trainers.`,
    sayWhole(about),
    `The sessions are with this letter, to put into your calendar. Everything else is on the run’s page: ${pageOf(about)}`,
    'If you cannot lead it, tell the academy as soon as you can.',
  ])

/** To everyone concerned: what changed. */
export function changedLetter(
  about: About,
  to: Reader,
  changes: readonly Change[],
  nameOf: (person: string) => string,
): Written {
  if (to.standing === 'left')
    return letter(about, to, 'run-changed', `You no longer lead ${about.title}`, [
      `The academy has changed who leads the run of ${about.title} that begins on ${sayDay(about.startsOn)}. You no longer lead it.`,
      'You need not do anything. The file with this letter takes the sessions out of your calendar.',
      'If you did not know of this, please ask the academy.',
    ])
  const isNew = changes.some(
    ({ what, ...the }) => what === 'trainer added' && 'person' in the && the.person === to.person,
  )
  const told = to.standing === 'trainer' ? changes : changes.filter(touchesAll)
  return letter(about, to, 'run-changed', isNew ? `You now lead ${about.title}` : `Changed: ${about.title}`, [
    isNew
      ? `You are now one of the trainers of a run of ${about.title}.`
      : `Something has changed in the run of ${about.title} ${standings[to.standing]}.`,
    isNew ? undefined : told.map((change) => `- ${sayChange(change, nameOf)}`).join('\n'),
    `How it is now:\n\n${sayWhole(about, to.standing === 'confirmed' || to.standing === 'trainer')}`,
    `The file with this letter brings your calendar up to date. The run’s page: ${pageOf(about)}`,
    to.standing === 'trainer'
      ? 'If you cannot lead it as it is now, tell the academy as soon as you can.'
      : `If you cannot come any more, please give your place back, so that someone else can have it: ${about.address}/me/places`,
  ])
}

/** To everyone concerned: the run is cancelled, and why. */
export const cancelledLetter = (about: About, to: Reader): Written =>
  letter(about, to, 'run-cancelled', `Cancelled: ${about.title} from ${sayDay(about.startsOn)}`, [
    `The run of ${about.title} that was to begin on ${sayDay(about.startsOn)} is cancelled. It is the one ${standings[to.standing]}.`,
    `Why: ${about.why ?? ''}`,
    to.standing === 'waiting'
      ? 'You need not do anything.'
      : 'You need not do anything. The file with this letter takes the sessions out of your calendar.',
    to.standing === 'trainer'
      ? undefined
      : `You can ask for a place on another run of the course: ${about.address}/courses/${about.course}`,
  ])

const standings: Record<Reader['standing'], string> = {
  offered: 'in which you were offered a place',
  confirmed: 'in which you have a place',
  waiting: 'for which you are waiting',
  trainer: 'that you lead',
  left: 'that you led',
}

const reasons: Record<Reader['standing'], string> = {
  offered: 'you were offered a place on this run',
  confirmed: 'you have a place on this run',
  waiting: 'you asked for a place on this run',
  trainer: 'you lead this run',
  left: 'you led this run',
}

const pageOf = ({ address, id }: About): string => `${address}/runs/${id}`

/** When and where it is, with the link for those who may have it. */
const sayWhole = ({ times, where, link }: About, joins = true): string =>
  [...times, `Where: ${where}`, joins && link ? `Join here: ${link}` : undefined].filter(Boolean).join('\n')

const letter = (
  about: About,
  { person, name, email, standing }: Reader,
  kind: string,
  subject: string,
  parts: readonly (string | undefined)[],
): Written => ({
  person,
  address: email,
  kind,
  subject,
  body: [
    `Dear ${name.split(/\s+/)[0] ?? name},`,
    ...parts.filter((part) => part !== undefined),
    about.academy,
    `We write to you because ${reasons[standing]}. We do so only when something about it changes.`,
  ].join('\n\n'),
})
