/** What the pages on which a round is made need to know. */
import { dayOf, timeOf } from '#core/days'
import type { Problems } from '#core/refusal'
import type { Visit } from '#platform/web'
import { academiesWithin } from '../../academies/index.ts'
import { findRound } from '../queries.ts'
import type { Round } from '../round.ts'
import { measuresToChoose, type RunToChoose, runsToChoose } from './contents.ts'
import { missingFrom } from './publish.ts'

export interface Fresh {
  academies: { id: string; name: string }[]
}

export interface Editing {
  round: Round
  runs: RunToChoose[]
  measures: { id: string; name: string; who: string; reviewOn: string }[]
  /** What keeps it from being published. */
  missing: Problems
}

/** The academies at which this person opens rounds. */
export const loadFresh = async ({ db, actor }: Visit): Promise<Fresh> => ({
  academies: await academiesWithin(db, actor, 'rounds.open'),
})

/** A round that this person may change, with what can be chosen for it. */
export async function loadEditing(visit: Visit, { slug }: { slug: string }): Promise<Editing | undefined> {
  const round = await findRound(visit, slug)
  if (!round?.mayChange) return undefined
  if (round.state !== 'draft') return { round, runs: [], measures: [], missing: {} }
  const drafted = {
    id: round.id,
    seed_from: round.seedFrom,
    closes_at: round.closesAt,
    reveal_until: round.revealUntil,
  }
  return {
    round,
    runs: await runsToChoose(visit, round.id),
    measures: await measuresToChoose(visit, round.id),
    missing: await missingFrom(visit, drafted),
  }
}

/** The rules of a round in the fields of its form. */
export function fieldsOf(round: Round | undefined): Record<string, string> {
  if (!round) return {}
  const days = Math.round((round.revealUntil.getTime() - round.closesAt.getTime()) / 86_400_000)
  return {
    name: round.name,
    summary: round.summary,
    opensOn: dayOf(round.opensAt),
    opensAt: timeOf(round.opensAt),
    closesOn: dayOf(round.closesAt),
    closesAt: timeOf(round.closesAt),
    revealDays: String(days),
    offerDays: String(round.offerDays),
    mostChoices: String(round.mostChoices),
    seedFrom: round.seedFrom,
    ...Object.fromEntries(round.bands.map((fact, index) => [`band${index + 1}`, fact])),
  }
}
