/** Runs the engine on a thread of its own, so that nothing else has to wait. */
import { Worker } from 'node:worker_threads'
import type { Opinion, Settings } from './opinion.ts'
import type { Votes } from './votes.ts'
import type { Answer, Request } from './worker.ts'

/** The full result, computed on a thread of its own. Rejects with RangeError on votes out of range. */
export const runOnWorker = (votes: Votes, settings: Settings): Promise<Opinion> =>
  askWorker({ do: 'compute', votes, settings })

/** Any request, answered on a thread of its own, which ends with the answer. */
export function askWorker(request: Request): Promise<Opinion> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: request })
    worker.once('message', (answer: Answer) => {
      if ('opinion' in answer) resolve(answer.opinion)
      else reject(new RangeError(answer.problem))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The opinion worker ended without an answer (${code})`)))
  })
}
