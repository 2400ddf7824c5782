/** Everything the page of a member's application shows, whichever way the round is gone. */
import type { Visit } from '#platform/web'
import { findArea } from '../../areas/index.ts'
import { bandOfMember } from '../bands.ts'
import { findRound } from '../queries.ts'
import { type Result, resultOf } from '../result/result.ts'
import type { Round } from '../round.ts'
import { type Facts, factsOf, type Mine, mineOf } from './mine.ts'

export interface ApplicationShown extends Mine {
  round: Round
  /** In which band they are, or would be. */
  band: number
  /** The runs that can be chosen, the nearest first; only while it is open. */
  options: Facts[]
  /** Since the draw, for whoever applied. */
  result: Result | undefined
}

/** Loads it, in at most six queries. */
export async function loadApplication(visit: Visit, { slug }: { slug: string }): Promise<ApplicationShown | undefined> {
  const { db, actor } = visit
  const round = await findRound(visit, slug)
  if (!round || round.phase === 'draft') return undefined
  if (round.phase === 'drawn') {
    const result = await resultOf(visit, round)
    const application = result?.application
    return { round, application, rehearsal: undefined, band: application?.band ?? 0, options: [], result }
  }
  const mine = await mineOf(visit, round.id)
  const band = mine.application?.band ?? (round.bands.length > 0 ? await bandOfMember(visit, round, actor.id) : 0)
  const shown = { round, ...mine, band, options: [], result: undefined }
  if (round.phase !== 'open') return shown
  const home = actor.areaCode === null ? undefined : await findArea(db, actor.areaCode)
  return { ...shown, options: await factsOf(visit, round.id, home) }
}
