/** Runs the engine on a thread of its own, so that nothing else has to wait. */
import { Worker } from 'node:worker_threads'
import type { Audit } from './audit.ts'
import type { Rehearsal } from './rehearsal.ts'
import { Unusable, type Applications } from './round.ts'
import type { SeedParts } from './seed.ts'
import type { Answer, Request } from './worker.ts'

/** The draw as `auditOf` computes it, on a thread of its own. Rejects with `Unusable` where applications or parts are unfit. */
export async function drawOnWorker(applications: Applications, parts: SeedParts): Promise<Audit> {
  return ((await ask({ do: 'draw', applications, parts })) as { audit: Audit }).audit
}

/** A rehearsal as `rehearse` computes it, on a thread of its own. */
export async function rehearseOnWorker(
  applications: Applications,
  seeds: readonly string[],
  bands: number,
): Promise<Rehearsal> {
  return ((await ask({ do: 'rehearse', applications, seeds, bands })) as { rehearsal: Rehearsal }).rehearsal
}

const ask = (request: Request): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: request })
    worker.once('message', (answer: Answer) => {
      if ('problem' in answer) reject(new Unusable(answer.problem))
      else resolve(answer)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The allocation worker ended without an answer (${code})`)))
  })
