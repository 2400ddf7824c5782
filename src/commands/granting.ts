/** `hearten grant`: a role for someone, from the machine itself; how the first administrator comes about. */
import { perform } from '#platform/web'
import { workingVisit } from '../compose.ts'
import { grantRight } from '../modules/accounts/index.ts'
import { withProduct } from './opening.ts'

/** Grants the role and says to whom, where and until when. */
export const grant = (
  person: string,
  role: string,
  { area, academy, until }: { area?: string; academy?: string; until?: string },
): Promise<void> =>
  withProduct(async (product) => {
    const visit = workingVisit(product)
    const reach = academy ? 'academy' : area ? 'area' : 'everywhere'
    await perform(grantRight, visit, { person, role, reach, area, academy, until, from: visit.today })
    console.log(`${person} is now ${role}.`)
  })
