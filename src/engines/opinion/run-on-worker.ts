/** Runs the engine on a thread of its own, so that nothing else has to wait. */
import { Worker } from 'node:worker_threads'
import type { Opinion, Settings } from './opinion.ts'
import type { Votes } from './votes.ts'
import type { Answer, Request } from './worker.ts'

/**
 * The full result, computed on a thread of its own. Rejects with RangeError on votes out of range. With `handOver` the votes
 * are not copied but given away: the caller's arrays are empty afterwards.
 */
export function runOnWorker(votes: Votes, settings: Settings, { handOver = false } = {}): Promise<Opinion> {
  const lists = [votes.person, votes.statement, votes.vote, ...(votes.time ? [votes.time] : [])]
  const buffers = lists.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer)
  return askWorker({ do: 'compute', votes, settings }, handOver ? buffers : [])
}

/** Any request, answered on a thread of its own, which ends with the answer; `given` are buffers to give away and not copy. */
export function askWorker(request: Request, given: ArrayBuffer[] = []): Promise<Opinion> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: request, transferList: given })
    worker.once('message', (answer: Answer) => {
      if ('opinion' in answer) resolve(answer.opinion)
      else reject(new RangeError(answer.problem))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The opinion worker ended without an answer (${code})`)))
  })
}
