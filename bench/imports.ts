/** A whole membership roll and every postcode of the country, by the commands an operator runs; and how soon a postcode is found. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Random, seeded } from '#core/random'
import { openDb, openPool } from '#platform/db'
import { createDatabase, startDatabaseServer } from '#platform/embedded'
import { builtInAreas } from '../src/modules/areas/built-in.ts'
import { placeOf } from '../src/modules/areas/index.ts'
import { postcodeAreas } from '../src/modules/areas/postcode-areas.ts'
import { type Options, percentile, type Section } from './figure.ts'
import { processorSeconds } from './machine.ts'
import { ask } from './programme.ts'
import { command, databasePid } from './served.ts'

/** Measures `hearten import` with made-up files of a country's size, each in a process of its own. */
export async function benchImports({ quick, data, tell }: Options): Promise<Section> {
  const [members, postcodes] = quick ? [10_000, 50_000] : [500_000, 2_600_000]
  const folder = path.join(data, `imports-${process.pid}`)
  await mkdir(folder, { recursive: true })
  const server = await startDatabaseServer(path.join(folder, 'postgres'))
  try {
    const url = server.url.replace(/\/hearten$/, '/imports')
    await createDatabase(url)
    await command(['migrate'], url)
    const roll = await written(folder, 'roll.csv', rollOf(members, postcodes))
    const codes = await written(folder, 'postcodes.csv', postcodesOf(postcodes))
    const database = await databasePid(url)
    const rows: (string | number)[][] = []
    const timed = async (what: string, target: number, words: readonly string[], count: string): Promise<void> => {
      tell(what)
      const [before, began] = [await processorSeconds([process.pid, database]), performance.now()]
      await command(['import', ...words], url)
      const seconds = (performance.now() - began) / 1000
      const after = await processorSeconds([process.pid, database])
      const used = before === undefined || after === undefined ? 'not known' : after - before
      const [counted] = await ask<{ n: number }>(url, `select count(*)::int as n from ${count}`)
      rows.push([what, counted!.n, seconds, target, used])
    }
    const [people, codesSaid] = [members.toLocaleString('en-GB'), postcodes.toLocaleString('en-GB')]
    const asMembers = `person where standing = 'member'`
    await timed(`a roll of ${people}, no postcodes known`, 180, ['members', roll], asMembers)
    await timed(`${codesSaid} postcodes`, 120, ['postcodes', codes], 'postcode')
    await timed('the same roll again', 180, ['members', roll], asMembers)
    await timed('the same postcodes again', 120, ['postcodes', codes], 'postcode')
    return {
      title: 'Imports',
      says: [
        `A whole membership roll and every postcode, from made-up files; each by the command that an operator runs, its start included.`,
        'Processor time is that of the command and of the database together.',
      ],
      tables: [
        { columns: ['what', 'then there', 's', 'at most, s', 'processor s'], rows },
        {
          columns: ['what', 'p50, ms', 'p95, ms', 'p99, ms', 'at most, ms'],
          rows: [await lookUps(url, postcodes, quick)],
        },
      ],
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** How long the area of a postcode takes to find, one after another, as a page does it. */
async function lookUps(url: string, postcodes: number, quick: boolean): Promise<(string | number)[]> {
  const db = openDb(openPool(url, { size: 1 }))
  const [random, at] = [seeded('looked up'), postcodeAt()]
  const times = new Float64Array(quick ? 1_000 : 20_000)
  try {
    for (let n = -500; n < times.length; n++) {
      const said = at(random.below(postcodes))
      const began = performance.now()
      const found = await placeOf(db, said)
      // the first few hundred warm the connection up, as on a server that has served for a minute
      if (n >= 0) times[n] = performance.now() - began
      if (!found?.exact) throw new Error(`The postcode ${said} was not found`)
    }
  } finally {
    await db.destroy()
  }
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times.sort(), share)) as [number, number, number]
  return ['the area of a postcode', p50, p95, p99, 1]
}

const lines = 10_000

/** Writes a file of lines, some thousands at a time. */
async function written(folder: string, name: string, content: Iterable<string>): Promise<string> {
  const file = path.join(folder, name)
  await pipeline(Readable.from(content), createWriteStream(file))
  return file
}

function* inParts(header: string, count: number, line: (n: number) => string): Generator<string> {
  yield `${header}\n`
  for (let from = 0; from < count; from += lines)
    yield Array.from({ length: Math.min(lines, count - from) }, (_, n) => `${line(from + n)}\n`).join('')
}

/** A roll in which one in fifty gives no address for letters, and one in a hundred has left. */
function rollOf(members: number, postcodes: number): Generator<string> {
  const [random, at] = [seeded('a roll'), postcodeAt()]
  const name = (): string => capital(syllables(random))
  return inParts('membership_number,name,email,postcode,joined_on,status', members, (n) => {
    const [first, last] = [name(), name()]
    const email = n % 50 === 7 ? '' : `${first}.${last}.${n}@example.org`.toLowerCase()
    const joined = `${2010 + random.below(16)}-0${1 + random.below(9)}-${10 + random.below(18)}`
    return `M${1_000_000 + n},${first} ${last},${email},${at(random.below(postcodes))},${joined},${n % 100 === 3 ? 'lapsed' : 'member'}`
  })
}

/** Every postcode with its constituency, with the columns of the directory that is published. */
function* postcodesOf(count: number): Generator<string> {
  const random = seeded('postcodes')
  const at = postcodeAt()
  const known = new Map<string, string[]>()
  for (const { code, kind, region } of areas) {
    if (kind !== 'constituency') continue
    if (known.has(region!)) known.get(region!)!.push(code)
    else known.set(region!, [code])
  }
  yield* inParts('pcds,doterm,oslaua,pcon', count, (n) => `${at(n)},,E06000001,${random.pick(known.get(regionAt(n))!)}`)
}

const areas = await builtInAreas()
const inside = [...postcodeAreas].filter(([, { region }]) => region !== null)
const units = Array.from('ABDEFGHJLNPQRSTUWXYZ')

/** The postcodes of the country by number: each another one, and those that follow each other far apart. */
function postcodeAt(): (n: number) => string {
  const [most, size] = [inside.length, units.length]
  return (n) => {
    const nth = Math.floor(n / most)
    const [letters] = inside[n % most]!
    const unit = `${units[nth % size]}${units[Math.floor(nth / size) % size]}`
    const rest = Math.floor(nth / size ** 2)
    return `${letters}${1 + Math.floor(rest / 10)} ${rest % 10}${unit}`
  }
}

const regionAt = (n: number): string => inside[n % inside.length]![1].region!

const [openings, endings] = [Array.from('bdfghjklmnprstvw'), ['a', 'e', 'i', 'o', 'u', 'an', 'el', 'in', 'or']]
const syllables = (random: Random): string =>
  Array.from({ length: 2 + random.below(2) }, () => random.pick(openings) + random.pick(endings)).join('')
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
