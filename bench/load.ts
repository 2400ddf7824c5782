/** A crowd of browsers, in a process of its own: as many requests as it can at once, or so many a second whatever happens. */
import { once } from 'node:events'
import { type ChildProcess, fork } from 'node:child_process'
import http from 'node:http'
import autocannon from 'autocannon'
import { seeded } from '#core/random'
import { percentile } from './figure.ts'

export interface Wanted {
  address: string
  seconds: number
  /** Asked in turn; each browser begins somewhere else. */
  requests: readonly { path: string; cookie?: string | undefined }[]
  /** So many that each ask again as soon as they are answered; or so many requests a second, each due at its own moment. */
  as: { connections: number } | { perSecond: number }
}

export interface Measured {
  requests: number
  /** Answers other than 200, and requests without one. */
  failed: number
  seconds: number
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
  most: number
}

/** Measures from outside, so that the crowd does not share a process with anything. */
export async function measure(wanted: Wanted): Promise<Measured> {
  const child: ChildProcess = fork(import.meta.filename, ['measure'], { stdio: 'inherit' })
  child.send(wanted)
  const [measured] = (await once(child, 'message')) as [Measured]
  return measured
}

const headersFor = (cookie: string | undefined): Record<string, string> => ({
  accept: 'text/html',
  'accept-encoding': 'br, gzip',
  ...(cookie === undefined ? {} : { cookie }),
})

async function atOnce({ address, seconds, requests }: Wanted, connections: number): Promise<Measured> {
  const times: number[] = []
  let failed = 0
  const asked = requests.map(({ path, cookie }) => ({ path, headers: headersFor(cookie) }))
  let next = 0
  const options = {
    url: address,
    connections,
    duration: seconds,
    timeout: 30,
    setupClient: (client: autocannon.Client) => {
      const from = (next++ * 7919) % asked.length
      client.setRequests([...asked.slice(from), ...asked.slice(0, from)])
    },
  }
  return new Promise((resolve, reject) => {
    const run = autocannon(options, (error: Error | null, result) => {
      if (error) reject(error)
      else resolve(summary(times, failed + result.errors, result.duration))
    })
    run.on('response', (_, status, __, milliseconds) => {
      times.push(milliseconds)
      if (status !== 200) failed++
    })
  })
}

/** Requests come when they come, as people do (a Poisson process); each is timed from the moment it was due. */
async function steadily({ address, seconds, requests }: Wanted, perSecond: number): Promise<Measured> {
  const random = seeded('steady')
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1000 })
  const times: number[] = []
  let failed = 0
  const began = performance.now()
  const waiting: Promise<void>[] = []
  const one = async (url: string, headers: Record<string, string>, wasDue: number): Promise<void> => {
    const ok = await get(url, agent, headers)
    times.push(performance.now() - wasDue)
    if (!ok) failed++
  }
  for (let due = 0, n = 0; ; n++) {
    due += (-Math.log(1 - random.next()) / perSecond) * 1000
    if (due > seconds * 1000) break
    const wait = began + due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const { path, cookie } = requests[n % requests.length]!
    waiting.push(one(`${address}${path}`, headersFor(cookie), began + due))
  }
  await Promise.all(waiting)
  agent.destroy()
  return summary(times, failed, (performance.now() - began) / 1000)
}

const get = (url: string, agent: http.Agent, headers: Record<string, string>): Promise<boolean> =>
  new Promise((resolve) => {
    const request = http.get(url, { agent, headers, timeout: 30_000 }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode === 200))
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })

function summary(times: readonly number[], failed: number, seconds: number): Measured {
  const sorted = Float64Array.from(times).sort()
  return {
    requests: sorted.length,
    failed,
    seconds,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    most: sorted.at(-1) ?? Number.NaN,
  }
}

if (process.argv[2] === 'measure' && process.send) {
  process.once('message', (wanted: Wanted) => {
    const measuring =
      'connections' in wanted.as ? atOnce(wanted, wanted.as.connections) : steadily(wanted, wanted.as.perSecond)
    void measuring.then((measured) => process.send!(measured, () => process.disconnect()))
  })
}
