/** Pages with a country's members loaded: how fast, for how many at once, at a steady rate, and with how many queries. */
import { seeded } from '#core/random'
import type { Options, Section } from './figure.ts'
import { measure, type Measured, type Wanted } from './load.ts'
import { processorSeconds } from './machine.ts'
import { ask, openProgramme, signIn } from './programme.ts'
import { databasePid, type Served, serveProduct } from './served.ts'

type Requests = Wanted['requests']

interface PageToMeasure {
  name: string
  requests: Requests
  /** Whether it must stay fast at a steady rate. */
  steady?: boolean
}

/** Measures the five pages that are asked for most, on the built server. */
export async function benchPages(options: Options): Promise<Section> {
  const programme = await openProgramme(options.quick ? 20_000 : 500_000, options)
  const database = await databasePid(programme.url)
  const server = await serveProduct(programme.url)
  try {
    const wanted = await pagesToMeasure(programme.url)
    const queries = new Map<string, number>()
    const missing: string[] = []
    for (const page of wanted) {
      const [status, most] = await queriesOf(server, page)
      if (status === 200) queries.set(page.name, most)
      else missing.push(`Not measured: the ${page.name} answers with ${status}.`)
    }
    const pages = wanted.filter(({ name }) => queries.has(name))
    const crowds = options.quick ? [20] : [1, 20, 100]
    const seconds = options.quick ? 2 : 12
    const rows: (string | number)[][] = []
    for (const page of pages) {
      await measure({
        address: server.address,
        seconds: options.quick ? 1 : 4,
        requests: page.requests,
        as: { connections: 10 },
      })
      for (const connections of crowds) {
        options.tell(`${page.name}, ${connections} at once`)
        const before = await processorSeconds([server.pid, database])
        const measured = await measure({
          address: server.address,
          seconds,
          requests: page.requests,
          as: { connections },
        })
        const used = await spent(before, [server.pid, database])
        rows.push([
          page.name,
          connections,
          ...times(measured),
          measured.requests / measured.seconds,
          perCore(measured, used),
          measured.failed,
        ])
      }
    }
    const steady: (string | number)[][] = []
    const rate = options.quick ? 50 : 200
    for (const page of pages.filter((each) => each.steady)) {
      options.tell(`${page.name}, ${rate} a second`)
      const measured = await measure({
        address: server.address,
        seconds: options.quick ? 3 : 30,
        requests: page.requests,
        as: { perSecond: rate },
      })
      steady.push([page.name, ...times(measured), measured.most, measured.requests, measured.failed])
    }
    const { members, runs, places, megabytes } = programme.size
    const loaded = programme.seconds === undefined ? '' : ` Loading them took ${Math.round(programme.seconds)} s.`
    return {
      title: 'Pages',
      says: [
        `With ${members.toLocaleString('en-GB')} members, ${runs.toLocaleString('en-GB')} runs and ${places.toLocaleString('en-GB')} places (${megabytes.toLocaleString('en-GB')} MB).${loaded}`,
        'One process serves and works jobs; the database and the crowd (autocannon, in a process of its own) are on the same machine. Each request is another person or another search, compressed as for a browser. Times are milliseconds; requests a core are requests for each second of processor time that the server and the database used together.',
        `At a steady ${rate} requests a second each request is timed from the moment it was due; the 95th percentile must stay below 100 ms.`,
        ...missing,
      ],
      tables: [
        { columns: ['page', 'queries'], rows: pages.map(({ name }) => [name, queries.get(name)!]) },
        { columns: ['page', 'at once', 'p50', 'p95', 'p99', 'a second', 'a second and core', 'failed'], rows },
        { columns: [`page, ${rate} a second`, 'p50', 'p95', 'p99', 'most', 'requests', 'failed'], rows: steady },
      ],
    }
  } finally {
    await server.stop()
    await programme.close()
  }
}

const times = ({ p50, p95, p99 }: Measured): number[] => [p50, p95, p99]
const perCore = ({ requests }: Measured, seconds: number | undefined): string | number =>
  seconds === undefined || seconds === 0 ? 'unknown' : requests / seconds

async function spent(before: number | undefined, pids: readonly number[]): Promise<number | undefined> {
  const after = await processorSeconds(pids)
  return before === undefined || after === undefined ? undefined : after - before
}

async function pagesToMeasure(url: string): Promise<PageToMeasure[]> {
  const random = seeded('pages')
  const ids = async (query: string): Promise<string[]> => (await ask<{ id: string }>(url, query)).map(({ id }) => id)
  const withPlace = await ids(
    `select person_id as id from place join run on run.id = run_id where starts_on > current_date and place.state = 'confirmed' order by place.id limit 400`,
  )
  const others = await ids(
    `select id from person where standing = 'member' and id > gen_random_uuid() order by id limit 400`,
  )
  const coordinators = await ids(
    `select distinct person_id as id from held_right where role = 'coordinator' and ends_on is null order by 1`,
  )
  const runs = await ids(
    `select id from run where state = 'published' and starts_on > current_date order by id limit 1000`,
  )
  const areas = (
    await ask<{ code: string }>(url, `select code from area where kind = 'constituency' order by code`)
  ).map(({ code }) => code)
  const people = [...new Set([...withPlace, ...others])]
  const members = await signIn(url, people)
  const staff = await signIn(url, coordinators)
  const anyone = (): string => random.pick(members)
  const words = ['listening', 'doorstop+listning', 'leaflets', 'speaking+in+publik']
  const searches = ['', '?strand=organising&strand=media', '?level=starter', '?mode=online']
  searches.push(
    ...words.map((word) => `?q=${word}`),
    ...Array.from({ length: 40 }, () => `?near=${random.pick(areas)}`),
  )
  const many = <Item>(items: readonly Item[], request: (item: Item) => Requests[number]): Requests =>
    Array.from({ length: 1000 }, (_, n) => request(items[n % items.length]!))
  return [
    {
      name: 'catalogue',
      steady: true,
      requests: many(searches, (search) => ({
        path: `/courses${search}`,
        cookie: random.next() < 0.5 ? anyone() : undefined,
      })),
    },
    { name: 'member’s home', steady: true, requests: many(members, (cookie) => ({ path: '/me', cookie })) },
    { name: 'run page', requests: many(runs, (run) => ({ path: `/runs/${run}`, cookie: anyone() })) },
    { name: 'coordinator’s home', requests: many(staff, (cookie) => ({ path: '/coordinating', cookie })) },
    { name: 'map', requests: many([0], () => ({ path: '/map', cookie: random.next() < 0.5 ? anyone() : undefined })) },
  ]
}

/** The answer's status, and the most queries that any of some requests took, as the server says itself. */
async function queriesOf({ address }: Served, { requests }: PageToMeasure): Promise<[status: number, most: number]> {
  let most = 0
  for (const { path, cookie } of requests.slice(0, 60)) {
    const headers = cookie === undefined ? {} : { cookie }
    const answer = await fetch(`${address}${path}`, { headers, redirect: 'manual' })
    await answer.arrayBuffer()
    if (answer.status !== 200) return [answer.status, most]
    most = Math.max(most, Number(/db;desc="(\d+)"/.exec(answer.headers.get('server-timing') ?? '')?.[1] ?? 0))
  }
  return [200, most]
}
