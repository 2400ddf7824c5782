/** What a run would be after a change, and what of it changes: looked at before anything is saved. */
import { dayOf } from '#core/days'
import { Absent, Invalid, type Problems, Refusal } from '#core/refusal'
import { instantAt } from '#core/days'
import type { Visit } from '#platform/web'
import { roundOf } from '../cancel.ts'
import type { Run, RunSession } from '../run.ts'
import type { Wanted } from '../schedule/clash.ts'
import { type Note, notesOn } from '../schedule/notes.ts'
import { after } from '../schedule/plan-sessions.ts'
import { chosenTrainers, holidaysHeld } from '../schedule/plan.ts'
import { choiceOf, findPlace, type Place, sayPlace } from '../schedule/spot.ts'
import type { Trainer } from '../schedule/trainers.ts'
import { findRun } from '../queries.ts'
import { type Change, timesOf } from './changes.ts'
import type { Said, SaidSession } from './fields.ts'

/** A session as it will be; one that is new has no id yet. */
export interface NextSession {
  id: string | null
  title: string
  startsAt: Date
  endsAt: Date
}

export interface ChangePlan {
  run: Run
  place: Place
  link: string | null
  trainers: Trainer[]
  capacity: number
  sessions: NextSession[]
  dropped: RunSession[]
  /** In the order in which they are told; a session that is new has no id until it is saved. */
  changes: Change[]
  wanted: Wanted
  notes: Note[]
}

/** A run that is over, or was cancelled, stays as it was. */
export function mayChangeNow({ state, sessions }: Pick<Run, 'state' | 'sessions'>, now: Date): void {
  if (state === 'cancelled') throw new Refusal('This run was cancelled, so it can no longer be changed.')
  const last = sessions.at(-1)
  if (state === 'published' && last && last.endsAt <= now)
    throw new Refusal('This run is over, so it can no longer be changed.')
}

/** A session that has begun, or whose register is done, stays as it was. */
export const isFixed = (
  { startsAt, registerDoneAt }: Pick<RunSession, 'startsAt' | 'registerDoneAt'>,
  run: Pick<Run, 'state'>,
  now: Date,
) => run.state === 'published' && (startsAt <= now || registerDoneAt !== null)

/** The run as it would be, or Invalid with what has to be said otherwise. */
export async function planChange(visit: Visit, said: Said): Promise<ChangePlan> {
  const { db, actor, today, now } = visit
  const run = await findRun(visit, said.id)
  if (!run?.mayChange) throw new Absent()
  mayChangeNow(run, now)
  const problems: Problems = {}
  const place = await findPlace(db, actor, said.where)
  if (!place || place.academy.id !== run.academy.id || (place.venueClosed && said.where !== choiceOf(run)))
    problems['where'] = 'Choose a place of this academy that is in use'
  const online = place?.venueId === null
  if (online && run.state === 'published' && said.link === '') problems['link'] = 'Enter the link for joining'
  if (said.capacity < run.taken)
    problems['capacity'] = `${run.taken} places are taken, so there must be at least ${run.taken}`
  const round = run.how === 'round' ? await roundOf(db, run.id) : undefined
  if (round?.state === 'closed' && said.capacity < round.capacity!)
    problems['capacity'] =
      `Its round is closed and being drawn for ${round.capacity} places, so there must be at least ${round.capacity}`

  const { sessions, dropped } = nextSessions(run, said.sessions, now, problems)
  const trainers = await chosenTrainers(db, run.academy.id, today, said, problems, run.trainers)
  if (!place || Object.keys(problems).length > 0) throw new Invalid(problems)

  const link = online ? said.link : null
  const ahead = sessions
    .map(({ startsAt, endsAt }, index) => ({ startsAt, endsAt, number: index + 1 }))
    .filter(({ startsAt }) => startsAt > now)
  const { capacity } = said
  const held = holidaysHeld(place, ahead)
  return {
    run,
    place,
    link,
    trainers,
    capacity,
    sessions,
    dropped,
    changes: changesTo(run, { place, link, trainers, sessions, dropped }),
    wanted: { ...place, trainers, sessions: ahead },
    notes: notesOn({
      today,
      course: run,
      place,
      link,
      sessions: ahead,
      skipped: [],
      unused: [],
      held,
      trainers,
      capacity,
    }),
  }
}

function nextSessions(run: Run, said: readonly SaidSession[], now: Date, problems: Problems) {
  const rows = new Map(said.flatMap((row, index) => (row.id === null ? [] : [[row.id, { row, index }] as const])))
  const dropped: RunSession[] = []
  const next: (NextSession & { index: number | undefined })[] = []
  for (const { id } of [...rows.values()].map(({ row }) => row))
    if (!run.sessions.some((session) => session.id === id))
      problems['sessions'] = 'One of these sessions is no longer there. Load the page again'
  for (const session of run.sessions) {
    const { row, index } = rows.get(session.id) ?? {}
    if (row && (row.drop || moves(session, row)) && isFixed(session, run, now))
      problems[`sessions.${index}.day`] = `Session ${session.number} has begun, so it stays as it is`
    else if (row?.drop) dropped.push(session)
    else next.push({ ...spanOf(session, row), id: session.id, title: row?.title || session.title, index })
  }
  said.forEach((row, index) => {
    if (row.id === null && !row.drop)
      next.push({ ...spanOf(undefined, row), id: null, title: row.title || `Session ${next.length + 1}`, index })
  })
  next.sort((one, other) => +one.startsAt - +other.startsAt)
  next.forEach((session, n) => {
    const before = next[n - 1]
    const was = run.sessions.find(({ id }) => id === session.id)
    if (session.index === undefined) return
    if (was && isFixed(was, run, now)) return
    if (session.startsAt <= now)
      problems[`sessions.${session.index}.day`] ??= 'A session must be ahead of us. Choose a later day or time'
    if (dayOf(session.endsAt) !== dayOf(session.startsAt))
      problems[`sessions.${session.index}.time`] ??= 'A session must end before midnight'
    if (before && before.endsAt > session.startsAt)
      problems[`sessions.${session.index}.time`] ??= 'This session begins before another one has ended'
  })
  if (next.length === 0) problems['sessions'] = 'Keep at least one session, or cancel the run'
  if (next.length > 60) problems['sessions'] = 'A run has at most 60 sessions'
  return { sessions: next, dropped }
}

const moves = (session: RunSession, row: SaidSession): boolean => {
  const { startsAt, endsAt } = spanOf(session, row)
  return +startsAt !== +session.startsAt || +endsAt !== +session.endsAt
}

function spanOf(session: RunSession | undefined, row: SaidSession | undefined) {
  if (!row) return { startsAt: session!.startsAt, endsAt: session!.endsAt }
  const startsAt = instantAt(row.day, row.time)
  return { startsAt, endsAt: after(startsAt, row.minutes) }
}

function changesTo(run: Run, next: Pick<ChangePlan, 'place' | 'link' | 'trainers' | 'sessions' | 'dropped'>): Change[] {
  const { place, link, trainers } = next
  const sessions = next.sessions.flatMap((session): Change[] => {
    const before = run.sessions.find(({ id }) => id === session.id)
    if (!before) return [{ what: 'session added', session: '', now: timesOf(session) }]
    if (+before.startsAt === +session.startsAt && +before.endsAt === +session.endsAt) return []
    return [
      { what: 'session moved', session: before.id, number: before.number, was: timesOf(before), now: timesOf(session) },
    ]
  })
  const gone = next.dropped.map((session): Change => ({
    what: 'session dropped',
    session: session.id,
    number: session.number,
    was: timesOf(session),
  }))
  const moved = place.venueId !== (run.venue?.id ?? null) || place.roomId !== (run.room?.id ?? null)
  const was = { venueName: run.venue?.name ?? null, roomName: run.room?.name ?? null }
  const where: Change[] = moved ? [{ what: 'moved', was: sayPlace(was), now: sayPlace(place) }] : []
  const joined: Change[] =
    link !== null && run.venue === null && link !== (run.onlineLink ?? '') ? [{ what: 'link' }] : []
  const added = trainers.filter(({ id }) => !run.trainers.some((trainer) => trainer.id === id))
  const left = run.trainers.filter(({ id }) => !trainers.some((trainer) => trainer.id === id))
  return [
    ...sessions,
    ...gone,
    ...where,
    ...joined,
    ...added.map(({ id }): Change => ({ what: 'trainer added', person: id })),
    ...left.map(({ id }): Change => ({ what: 'trainer left', person: id })),
  ]
}
