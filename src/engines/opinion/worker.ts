/** The worker thread's entry: one request in, one answer out. */
import { parentPort, workerData } from 'node:worker_threads'
import { addVotes, computeOpinion, recomputeOpinion, type Opinion, type Settings } from './opinion.ts'
import type { Votes } from './votes.ts'

/** What a worker may be asked: a full result, the same again from a warm start, or more votes counted in. */
export type Request =
  | { do: 'compute'; votes: Votes; settings: Settings }
  | { do: 'recompute'; last: Opinion; settings?: Settings }
  | { do: 'add'; last: Opinion; votes: Votes }

/** What it answers. */
export type Answer = { opinion: Opinion } | { problem: string }

const answer = answerTo(workerData as Request)
parentPort?.postMessage(answer, 'opinion' in answer ? largeBuffersOf(answer.opinion) : [])

function answerTo(request: Request): Answer {
  try {
    if (request.do === 'compute') return { opinion: computeOpinion(request.votes, request.settings) }
    if (request.do === 'add') return { opinion: addVotes(request.last, request.votes) }
    return { opinion: recomputeOpinion(request.last, request.settings) }
  } catch (problem) {
    return { problem: (problem as Error).message }
  }
}

/** What is handed over and not copied. */
function largeBuffersOf({ ballots, positions }: Opinion): ArrayBuffer[] {
  return [ballots.code, ballots.start, positions].map(({ buffer }) => buffer as ArrayBuffer)
}
