/** The worker thread's entry: one request in, one answer out. */
import { parentPort, workerData } from 'node:worker_threads'
import { auditOf, type Audit } from './audit.ts'
import { rehearse, type Rehearsal } from './rehearsal.ts'
import type { Applications } from './round.ts'
import type { SeedParts } from './seed.ts'

/** What a worker may be asked: the draw itself, or a rehearsal of it. */
export type Request =
  | { do: 'draw'; applications: Applications; parts: SeedParts }
  | { do: 'rehearse'; applications: Applications; seeds: readonly string[]; bands: number }

/** What it answers. */
export type Answer = { audit: Audit } | { rehearsal: Rehearsal } | { problem: string }

parentPort?.postMessage(answerTo(workerData as Request), [])

function answerTo(request: Request): Answer {
  try {
    if (request.do === 'draw') return { audit: auditOf(request.applications, request.parts) }
    return { rehearsal: rehearse(request.applications, request.seeds, request.bands) }
  } catch (problem) {
    return { problem: (problem as Error).message }
  }
}
