/** Near where: what someone typed, or else the area that a member is in. */
import type { Visit } from '#platform/web'
import { type Area, areasNamed, findArea, placeOf } from '../areas/index.ts'

export interface NearWhat {
  area: Area | undefined
  /** What stands in the field: what was typed, or the name of the member's own area. */
  said: string
  /** What was typed found nothing: why, and areas whose names are like it. */
  problem: string | undefined
  likest: Area[]
}

/** Finds the place that `said` names: a postcode, an area's code or its name. Undefined means the member's own area. */
export async function nearWhat({ db, actor }: Visit, said: string | undefined): Promise<NearWhat> {
  const nothing: NearWhat = { area: undefined, said: said ?? '', problem: undefined, likest: [] }
  if (said === undefined) {
    const own = actor.areaCode === null ? undefined : await findArea(db, actor.areaCode)
    return own ? { ...nothing, area: own, said: own.name } : nothing
  }
  if (said === '') return nothing
  const found = await placeOf(db, said)
  if (found) return { ...nothing, area: found.area }
  const likest = await areasNamed(db, said, 5)
  const meant = likest.filter(({ name }) => plain(name) === plain(said))
  if (meant.length === 1) return { ...nothing, area: meant[0] }
  return {
    ...nothing,
    likest,
    problem: 'We do not know this place. Enter a postcode, like NG17 1AA, or a constituency.',
  }
}

const plain = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
