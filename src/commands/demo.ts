/** `hearten demo`: the demonstration programme, of any size, into an empty database. */
import { loadDemonstration } from '../demo/index.ts'
import { withProduct } from './opening.ts'
import { fillIn, isEmpty } from './preparing.ts'
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
    await fillIn(product)
    await loadDemonstration({ url: product.ownerUrl, now: product.clock(), members, tell })
    end()
    console.log(`The demonstration programme is loaded, with ${members.toLocaleString('en-GB')} members.`)
  })
