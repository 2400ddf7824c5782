/** Turning JSON into a round, or saying exactly what is wrong with it and where. */
import { quoted, type Json } from './json.ts'
import { emptyRecord, Unusable, type Member, type Round, type Run } from './round.ts'

/** How long an id or a trait may be, in UTF-16 code units. */
export const longestText = 200

/**
 * Reads a round. `band`, `traits` and `reserves` may be left out (0, none, none); every other key is needed and no
 * other is known. Throws `Unusable` naming the place.
 */
export function readRound(json: Json, at = ''): Round {
  const { round, seed, runs, members } = fieldsOf(json, at, ['round', 'seed', 'runs', 'members'])
  const here = at === '' ? '' : `${at}.`
  const readRuns = entriesOf(runs, `${here}runs`, 'a run', readRun)
  const known = new Set(readRuns.map(({ id }) => id))
  return {
    round: readId(round, `${here}round`),
    seed: readSeed(seed, `${here}seed`),
    runs: readRuns,
    members: entriesOf(members, `${here}members`, 'a member', (member, place) => readMember(member, place, known)),
  }
}

function readRun(json: Json, at: string): Run {
  const { id, capacity, reserves } = fieldsOf(json, at, ['id', 'capacity'], ['reserves'])
  const run = {
    id: readId(id, `${at}.id`),
    capacity: readWhole(capacity, `${at}.capacity`),
    reserves: emptyRecord<number>(),
  }
  let reserved = 0
  for (const [trait, seats] of Object.entries(objectAt(reserves === undefined ? {} : reserves, `${at}.reserves`))) {
    readId(trait, `${at}.reserves`)
    reserved += run.reserves[trait] = readWhole(seats, `${at}.reserves.${quoted(trait)}`)
  }
  if (reserved > run.capacity)
    throw new Unusable(`${at}.reserves: run ${quoted(run.id)} reserves ${reserved} seats but has ${run.capacity}`)
  return run
}

function readMember(json: Json, at: string, runs: ReadonlySet<string>): Member {
  const { id, band, traits, preferences } = fieldsOf(json, at, ['id', 'preferences'], ['band', 'traits'])
  const member = {
    id: readId(id, `${at}.id`),
    band: band === undefined ? 0 : readWhole(band, `${at}.band`),
    traits: readIds(traits === undefined ? [] : traits, `${at}.traits`, 'has the trait'),
    preferences: readIds(preferences, `${at}.preferences`, 'lists the run'),
  }
  member.preferences.forEach((run, i) => {
    if (!runs.has(run))
      throw new Unusable(
        `${at}.preferences[${i}]: member ${quoted(member.id)} lists ${quoted(run)}, which is not a run of this round`,
      )
  })
  return member
}

/** The fields of an object that has all of these keys, perhaps some of the optional ones, and no other. */
export function fieldsOf<Key extends string, Optional extends string = never>(
  json: Json | undefined,
  at: string,
  keys: readonly Key[],
  optional: readonly Optional[] = [],
): Record<Key, Json> & Partial<Record<Optional, Json>> {
  const object = objectAt(json, at)
  for (const key of Object.keys(object))
    if (!(keys as readonly string[]).includes(key) && !(optional as readonly string[]).includes(key))
      throw new Unusable(
        `${placed(at)}the key ${quoted(key)} is not known here (known are ${[...keys, ...optional].join(', ')})`,
      )
  for (const key of keys)
    if (!Object.hasOwn(object, key)) throw new Unusable(`${placed(at)}the key “${key}” is missing`)
  return object as Record<Key, Json> & Partial<Record<Optional, Json>>
}

/** A list of things with ids, none of them twice. */
function entriesOf<Entry extends { id: string }>(
  json: Json,
  at: string,
  what: string,
  read: (entry: Json, at: string) => Entry,
): Entry[] {
  const seen = new Map<string, number>()
  return listAt(json, at).map((entry, i) => {
    const found = read(entry, `${at}[${i}]`)
    const earlier = seen.get(found.id)
    if (earlier !== undefined)
      throw new Unusable(`${at}[${i}].id: ${quoted(found.id)} is the id of ${what} already, at ${at}[${earlier}]`)
    seen.set(found.id, i)
    return found
  })
}

function readIds(json: Json, at: string, verb: string): string[] {
  const seen = new Set<string>()
  return listAt(json, at).map((entry, i) => {
    const id = readId(entry, `${at}[${i}]`)
    if (seen.has(id)) throw new Unusable(`${at}[${i}]: this member ${verb} ${quoted(id)} twice`)
    seen.add(id)
    return id
  })
}

/** An id or a trait: 1 to 200 characters, none of them a control character. */
export function readId(json: Json | undefined, at: string): string {
  const text = textAt(json, at)
  if (text === '') throw new Unusable(`${placed(at)}this text is empty`)
  if (text.length > longestText) throw new Unusable(`${placed(at)}this text is longer than ${longestText} characters`)
  if (/\p{Cc}/u.test(text)) throw new Unusable(`${placed(at)}${quoted(text)} holds a control character`)
  return text
}

/** Any text but none: without a seed anyone could know the numbers beforehand. */
function readSeed(json: Json, at: string): string {
  const text = textAt(json, at)
  if (text === '') throw new Unusable(`${placed(at)}this text is empty`)
  return text
}

/** Any text. */
export function textAt(json: Json | undefined, at: string): string {
  if (typeof json !== 'string') throw new Unusable(`${placed(at)}there should be text here, not ${kindOf(json)}`)
  return json
}

/** A whole number, 0 or more, that JSON can carry exactly. */
export function readWhole(json: Json | undefined, at: string): number {
  if (typeof json !== 'number')
    throw new Unusable(`${placed(at)}there should be a whole number here, not ${kindOf(json)}`)
  if (json < 0) throw new Unusable(`${placed(at)}${json} is negative`)
  if (!Number.isInteger(json)) throw new Unusable(`${placed(at)}${json} is not a whole number`)
  if (!Number.isSafeInteger(json)) throw new Unusable(`${placed(at)}${json} is too large`)
  return json === 0 ? 0 : json
}

/** A list of anything. */
export function listAt(json: Json | undefined, at: string): Json[] {
  if (!Array.isArray(json)) throw new Unusable(`${placed(at)}there should be a list here, not ${kindOf(json)}`)
  return json
}

function objectAt(json: Json | undefined, at: string): { [key: string]: Json } {
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new Unusable(`${placed(at)}there should be an object here, not ${kindOf(json)}`)
  return json
}

const placed = (at: string): string => (at === '' ? '' : `${at}: `)

function kindOf(json: Json | undefined): string {
  if (json === undefined) return 'nothing'
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'a list'
  if (typeof json === 'string') return `the text ${quoted(json)}`
  return typeof json === 'object' ? 'an object' : String(json)
}
