/** `hearten demo`: the demonstration programme, of any size, into an empty database. */
import path from 'node:path'
import { dayOf } from '#core/days'
import { loadDemonstration } from '../demo/index.ts'
import { loadBuiltInAreas } from '../modules/areas/index.ts'
import { syncCatalogue } from '../modules/courses/index.ts'
import { syncQuestions } from '../modules/equality/index.ts'
import { contentFolder } from '../root.ts'
import { withProduct } from './opening.ts'
import { isEmpty } from './preparing.ts'
import { progress } from './progress.ts'
import { Unusable } from './stopping.ts'

/** Loads it, or says why it cannot be loaded here. */
export const demo = (members: number): Promise<void> =>
  withProduct(async (product) => {
    if (!(await isEmpty(product)))
      throw new Unusable(
        'This database holds people already, and made-up people never mix with real ones. Use an empty database.',
      )
    const { tell, end } = progress()
    await loadBuiltInAreas(product.db)
    await syncCatalogue(product.db, path.join(contentFolder, 'courses'))
    await syncQuestions(product.db, path.join(contentFolder, 'equality'), dayOf(product.clock()))
    await loadDemonstration({ url: product.ownerUrl, now: product.clock(), members, tell })
    end()
    console.log(`The demonstration programme is loaded, with ${members.toLocaleString('en-GB')} members.`)
  })
