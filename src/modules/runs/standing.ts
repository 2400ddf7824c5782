/** A saved run as it stands, in the shape in which its clashes and what is to be noted are found. */
import type { Visit } from '#platform/web'
import { findRun } from './queries.ts'
import type { Run } from './run.ts'
import type { Wanted } from './schedule/clash.ts'
import { type Note, notesOn } from './schedule/notes.ts'
import { holidaysHeld } from './schedule/plan.ts'
import { choiceOf, findPlace, type Place } from './schedule/spot.ts'
import { type Trainer, trainersAmong } from './schedule/trainers.ts'

export interface Standing {
  run: Run
  place: Place
  trainers: Trainer[]
  wanted: Wanted
  notes: Note[]
}

/** The run as it stands; nothing where the actor does not schedule runs there. */
export async function standingOf(visit: Visit, id: string): Promise<Standing | undefined> {
  const { db, actor, today, now } = visit
  const run = await findRun(visit, id)
  if (!run?.mayChange) return undefined
  const place = await findPlace(db, actor, choiceOf(run))
  if (!place) return undefined
  const ids = run.trainers.map((trainer) => trainer.id)
  const known = ids.length > 0 ? await trainersAmong(db, place.academy.id, today, { ids, said: '' }) : []
  // someone whose right has ended still leads what they were to lead, until it is changed
  const trainers = run.trainers.map(
    (trainer) => known.find((the) => the.id === trainer.id) ?? { ...trainer, here: false, until: null },
  )
  const ahead = run.sessions.filter(({ startsAt }) => startsAt > now)
  const notes = notesOn({
    today,
    course: run,
    place,
    link: run.online ? (run.onlineLink ?? '') : null,
    sessions: ahead,
    skipped: [],
    unused: [],
    held: holidaysHeld(place, ahead),
    trainers,
    capacity: run.capacity,
  })
  return { run, place, trainers, wanted: { ...place, trainers, sessions: ahead }, notes }
}
