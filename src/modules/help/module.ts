import { job } from '#platform/jobs'
import { type Happening, moduleOf } from '#platform/module'
import type { Visit } from '#platform/web'
import { routes } from './routes.ts'
import { settleAll, sweep } from './settle.ts'

/** A place that ended, or all of a run: what was asked for with it. */
const settleWith = async (visit: Visit, { about }: Happening): Promise<void> => {
  const { place, run } = about as { place?: string; run?: string }
  await settleAll(visit, place === undefined ? { run } : { place })
}

/**
 * The manifest of this part. Places that end are followed one by one; those that are confirmed come by the thousand in a
 * rush, so once a minute one query finds which of them somebody asked for help with, and whatever else was missed.
 */
export const help = moduleOf({
  name: 'help',
  routes,
  jobs: [job({ name: 'help.sweep', every: '* * * * *', run: sweep })],
  on: {
    'place.withdrawn': settleWith,
    'place.declined': settleWith,
    'place.lapsed': settleWith,
    'place.cancelled': settleWith,
  },
})
