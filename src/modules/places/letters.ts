/** What people are written about their places: each letter like a note from a person, in plain text. */
import { dayOf, sayDay, sayTime, sayWhen } from '#core/days'
import type { Letter } from '#platform/mail'
import { accessOf, type Run, whereOf } from '../runs/index.ts'
import { sayAhead } from './offer.ts'
import { swapped } from './swapped.ts'

/** Who a letter is for, and what it is about. */
export interface Told {
  person: string
  name: string
  email: string
  state: string
  ahead: number
  offerUntil: Date | null
  endedWhy: string
  /** Whether somebody else took them off. */
  takenOff: boolean
  /** Whether this is the first place they ever had. */
  isFirst: boolean
  /** The other run of the course on which they hold a place, which taking this one gives up. */
  holds: boolean
}

export interface About {
  run: Run
  academy: { name: string; email: string | null }
  /** The public address of this installation. */
  address: string
  /** Whether a free seat now goes to whoever takes it first. */
  open: boolean
}

type Text = Pick<Letter, 'kind' | 'subject' | 'body'>

/** The letter for a place as it now stands; nothing where there is nothing to say. */
export function letterAbout(told: Told, about: About): Text | undefined {
  if (told.state === 'waiting' && about.open) return open(told, about)
  return letters[told.state]?.(told, about)
}

const letters: Readonly<Record<string, (told: Told, about: About) => Text | undefined>> = {
  confirmed: (told, about) => ({
    kind: 'place-confirmed',
    subject: `You have a place: ${about.run.title}${from(about.run)}`,
    body: letter(told, about, 'you asked for a place', [
      `You have a place on ${about.run.title}.`,
      whenAndWhere(about.run),
      'The calendar entry that comes with this letter puts it in your calendar.',
      told.isFirst &&
        `This is your first place. What will you change where you live? Write it down in a sentence or two, and we look at it with you when the day comes:\n${about.address}/me/pledges/new?run=${about.run.id}`,
      `If you cannot come after all, please give up your place, so that someone who waits can have it:\n${runAt(about)}`,
    ]),
  }),

  waiting: (told, about) => ({
    kind: 'place-waiting',
    subject: `You are on the waiting list: ${about.run.title}${from(about.run)}`,
    body: letter(told, about, 'you asked for a place', [
      `All ${about.run.capacity} places on ${about.run.title} are taken, so you are on the waiting list. ${sayAhead(told.ahead)}.`,
      `Places do come free. As soon as one is yours we write to you, and you then say whether you take it. You need do nothing until then.`,
      `Where you stand, other runs, and how to leave the waiting list:\n${runAt(about)}`,
    ]),
  }),

  offered: (told, about) => ({
    kind: 'place-offered',
    subject: `A place is yours if you want it: ${about.run.title}${from(about.run)}`,
    body: letter(told, about, 'you were waiting for a place', [
      `A place has come free on ${about.run.title}, and you are next in line.`,
      `Please say whether you take it by ${sayUntil(told.offerUntil)}. After that it goes to the next person.\n${runAt(about)}`,
      told.holds &&
        'You hold a place on another run of this course. If you take this one, that place is given up for it.',
      whenAndWhere(about.run),
    ]),
  }),

  lapsed: (told, about) =>
    told.offerUntil
      ? {
          kind: 'place-lapsed',
          subject: `Your offer has ended: ${about.run.title}${from(about.run)}`,
          body: letter(told, about, 'you were offered a place', [
            `We kept a place on ${about.run.title} for you until ${sayUntil(told.offerUntil)}. We did not hear from you, so it has gone to the next person in line.`,
            `If you would still like to come, you can ask again, or look for another run:\n${runAt(about)}`,
          ]),
        }
      : {
          kind: 'place-not-free',
          subject: `No place came free this time: ${about.run.title}`,
          body: letter(told, about, 'you were waiting for a place', [
            `${about.run.title} has begun, and no place came free for you. We are sorry.`,
            `Other runs of the course are here:\n${about.address}/courses/${about.run.course}`,
          ]),
        },

  withdrawn: (told, about) =>
    told.takenOff
      ? {
          kind: 'place-taken-off',
          subject: `You no longer have a place: ${about.run.title}${from(about.run)}`,
          body: letter(told, about, 'you had asked for a place', [
            `The academy has taken you off ${about.run.title}. The reason they gave is: ${told.endedWhy}`,
            `If that is not right, write back to the academy${about.academy.email ? ` at ${about.academy.email}` : ''}.`,
          ]),
        }
      : told.endedWhy === swapped
        ? {
            kind: 'place-given-up',
            subject: `You have changed places: ${about.run.title}${from(about.run)}`,
            body: letter(told, about, 'you changed places with another member', [
              `You have changed places, so you no longer have one on ${about.run.title}. Another letter tells you about the run you have now.`,
              'The entry that comes with this letter takes the old one out of your calendar.',
            ]),
          }
        : {
            kind: 'place-given-up',
            subject: `You have given up your place: ${about.run.title}${from(about.run)}`,
            body: letter(told, about, 'you gave up your place', [
              `You have given up your place on ${about.run.title}. Thank you for saying so: someone who was waiting can have it.`,
              `The entry that comes with this letter takes it out of your calendar. You can ask for a place again here:\n${runAt(about)}`,
            ]),
          },
}

const open = (told: Told, about: About): Text => ({
  kind: 'place-open',
  subject: `A place is free for the first who takes it: ${about.run.title}`,
  body: letter(told, about, 'you are waiting for a place', [
    `A place has come free on ${about.run.title}, which begins at ${sayTime(about.run.sessions[0]!.startsAt)}. There is no time left to offer it in turn, so whoever takes it first has it:\n${runAt(about)}`,
    whenAndWhere(about.run),
  ]),
})

/** The letter two days before a run begins: where, when, and what to know about getting in. */
export const reminder = (told: Pick<Told, 'name'>, about: About): Text => ({
  kind: 'place-reminder',
  subject: `${about.run.title} begins on ${sayDay(about.run.startsOn)}`,
  body: letter(told, about, 'you have a place', [
    `${about.run.title} begins on ${sayDay(about.run.startsOn)}. We look forward to seeing you.`,
    whenAndWhere(about.run),
    `If you cannot come after all, please give up your place today, so that someone who waits can have it:\n${runAt(about)}`,
  ]),
})

/** The letter when what someone asked for has been seen to. What it was stays out of the mail. */
export const arrangedLetter = (
  told: Pick<Told, 'name'>,
  about: Pick<About, 'academy' | 'address'> & { run: Pick<Run, 'id' | 'title'> },
): Text => ({
  kind: 'need-arranged',
  subject: `What you asked for: ${about.run.title}`,
  body: letter(told, about, 'you told us what would help you to take part', [
    `The academy has answered what you wrote about taking part in ${about.run.title}. Because it is private, it is not in this letter. Read it here:\n${about.address}/me/places`,
  ]),
})

const letter = (
  { name }: Pick<Told, 'name'>,
  { academy, run }: { academy: About['academy']; run: Pick<Run, 'title'> },
  because: string,
  parts: readonly (string | false)[],
): string =>
  [
    `Dear ${firstName(name)},`,
    ...parts.filter((part) => part !== false),
    `${academy.name}${academy.email ? `\n${academy.email}` : ''}`,
    `You get this letter because ${because} on ${run.title}.`,
  ].join('\n\n')

function whenAndWhere(run: Run): string {
  const lines = run.sessions.map(
    ({ title, startsAt, endsAt }) => `  ${sayWhen(startsAt, endsAt)}${title ? `: ${title}` : ''}`,
  )
  const access = accessOf(run.venue)
  return [
    run.sessions.length === 1 ? 'When:' : 'When, all together:',
    ...lines,
    run.onlineLink ? `How to join: ${run.onlineLink}` : `Where: ${whereOf(run)}`,
    access && `Getting in: ${access}.`,
    run.venue?.nearestStop && `Nearest stop: ${run.venue.nearestStop}`,
    run.venue?.notes && `Good to know: ${run.venue.notes}`,
    run.trainers.length > 0 && `Led by: ${run.trainers.map((trainer) => trainer.name).join(', ')}`,
  ]
    .filter(Boolean)
    .join('\n')
}

const runAt = ({ address, run }: Pick<About, 'address'> & { run: Pick<Run, 'id'> }): string =>
  `${address}/runs/${run.id}`
const from = (run: Run): string => `, ${run.sessions.length > 1 ? 'from ' : ''}${sayDay(run.startsOn)}`
const firstName = (name: string): string => name.trim().split(/\s+/u)[0] || 'friend'

/** "Friday 27 November, noon" */
export const sayUntil = (until: Date | null): string => (until ? `${sayDay(dayOf(until))}, ${sayTime(until)}` : '')
