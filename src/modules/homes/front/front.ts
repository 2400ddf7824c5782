/** What the front page shows of the programme. */
import { type Area, findArea } from '../../areas/index.ts'
import { type RunSummary, runsAhead } from '../../runs/index.ts'
import { remembered } from '#platform/remember'
import type { Visit } from '#platform/web'
import { type Figures, figures } from '../figures.ts'
import { type Picture, pictureOfCountry } from './picture.ts'

export interface Front {
  figures: Figures
  /** Where the person who is signed in lives, if that is known. */
  home: Area | undefined
  soon: RunSummary[]
  picture: Picture
}

const shown = 3
// a few more than are shown, so that full ones can give way
const few = shown * 4

/** Everything the front page shows, in at most four queries. What it says of the country is up to ten seconds old. */
export async function loadFront(visit: Visit): Promise<Front> {
  const { db, actor, now, today } = visit
  const home = actor.areaCode ? await findArea(db, actor.areaCode) : undefined
  const country = await remembered(db, `country ${today}`, 10, async () => ({
    figures: await figures(db, now, today),
    picture: await pictureOfCountry(db, today),
  }))
  const ahead =
    actor.kind === 'person'
      ? await runsAhead(visit, { limit: few, near: home, person: actor.id })
      : await remembered(db, `soon ${today}`, 10, () => runsAhead(visit, { limit: few }))
  return { ...country, home, soon: soonest(ahead, shown) }
}

/** So many of the runs, those with places before those without, set out by when they begin. */
export const soonest = <Run extends Pick<RunSummary, 'startsOn' | 'taken' | 'capacity'>>(
  runs: readonly Run[],
  count: number,
): Run[] => {
  const [free, full] = [runs.filter((run) => run.taken < run.capacity), runs.filter((run) => run.taken >= run.capacity)]
  return [...free, ...full]
    .slice(0, count)
    .toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0))
}
