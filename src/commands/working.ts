/** The worker of this process, begun again whenever the database went away under it. */
import type { Runner } from 'graphile-worker'
import { setTimeout as pause } from 'node:timers/promises'
import { startWorker } from '#platform/jobs'
import { jobsOf, type Product, workingVisit } from '../compose.ts'

export interface Worker {
  /** What keeps it from working; empty when it works. */
  unready: () => string[]
  /** Finishes the jobs in hand and takes no more. */
  stop: () => Promise<void>
}

/** Works jobs from now until stopped. */
export function keepWorking(product: Product): Worker {
  let runner: Runner | undefined
  const stopping = new AbortController()
  const jobs = jobsOf(product)
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        runner = await startWorker(product.ownerUrl, jobs, () => workingVisit(product), product.log)
        if (stopping.signal.aborted) await runner.stop()
        await runner.promise
      } catch (error) {
        product.log.warn({ err: { message: (error as Error).message } }, 'The worker stopped and is begun again')
      }
      runner = undefined
      if (!stopping.signal.aborted) await pause(1_000)
    }
  })()
  return {
    unready: () => (runner ? [] : ['The worker is not running']),
    stop: async () => {
      stopping.abort()
      await runner?.stop().catch(() => {})
      await loop
    },
  }
}
