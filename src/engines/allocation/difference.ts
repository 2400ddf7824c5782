/** Where two JSON values differ, in the words of a path, as exactly as can be said. */
import { quoted, visible } from './json.ts'

/** One place where a file does not say what it should; both sides as JSON, shortened. */
export interface Difference {
  path: string
  expected: string
  found: string
}

type Differences = Generator<Difference, void, undefined>

/**
 * Every place where `found` differs, one after another. Lists of things with an id are compared by id; order of keys
 * means nothing. What stands in `found` is believed to be hostile: nothing of it reaches a message unshortened.
 */
export function* differencesBetween(path: string, expected: unknown, found: unknown): Differences {
  if (Array.isArray(expected) && Array.isArray(found)) yield* betweenLists(path, expected, found)
  else if (isRecord(expected) && isRecord(found)) yield* betweenRecords(path, expected, found)
  else if (!Object.is(expected, found)) yield { path, expected: shown(expected), found: shown(found) }
}

function* betweenRecords(path: string, expected: Fields, found: Fields): Differences {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)]))
    yield* differencesBetween(`${path}.${named(key)}`, own(expected, key), own(found, key))
}

function* betweenLists(path: string, expected: unknown[], found: unknown[]): Differences {
  const [expectedIds, foundIds] = [expected.map(idOf), found.map(idOf)]
  if (expected.length === 0 || expectedIds.includes(null) || new Set(foundIds).size < found.length) {
    yield* byPosition(path, expected, found)
    return
  }
  const foundBy = new Map(found.map((entry, i) => [foundIds[i]!, entry]))
  let areEqual = true
  for (const difference of byName(path, expected, expectedIds as string[], foundBy)) {
    areEqual = false
    yield difference
  }
  const known = new Set(expectedIds)
  for (let i = 0; i < found.length; i++) {
    if (known.has(foundIds[i]!)) continue
    areEqual = false
    yield { path: `${path}[${named(foundIds[i] ?? String(i))}]`, expected: nothing, found: shown(found[i]) }
  }
  if (areEqual) yield* byPosition(path, expectedIds, foundIds)
}

function* byName(path: string, expected: unknown[], ids: string[], found: ReadonlyMap<string, unknown>): Differences {
  for (let i = 0; i < expected.length; i++)
    yield* differencesBetween(`${path}[${named(ids[i]!)}]`, expected[i], found.get(ids[i]!))
}

function* byPosition(path: string, expected: unknown[], found: unknown[]): Differences {
  for (let i = 0; i < Math.max(expected.length, found.length); i++)
    yield* differencesBetween(`${path}[${i}]`, expected[i], found[i])
}

type Fields = Readonly<Record<string, unknown>>

const nothing = 'nothing'

const isRecord = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const own = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined)

/** What tells an entry of a result from the others: its member or its id. */
function idOf(entry: unknown): string | null {
  if (!isRecord(entry)) return null
  const id = own(entry, 'member') ?? own(entry, 'id')
  return typeof id === 'string' ? id : null
}

const named = (id: string): string => (/^[\w-]{1,80}$/.test(id) ? id : quoted(id))

/** The beginning of a value as JSON; never builds more of it than is shown. */
function shown(value: unknown): string {
  if (value === undefined) return nothing
  let text = ''
  for (const piece of piecesOf(value)) {
    text += piece
    if (text.length > mostShown) break
  }
  return visible(text, mostShown)
}

const mostShown = 160

function* piecesOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield JSON.stringify(value.slice(0, mostShown + 1))
  else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      yield i === 0 ? '[' : ','
      yield* piecesOf(value[i])
    }
    yield value.length === 0 ? '[]' : ']'
  } else if (isRecord(value)) {
    const keys = Object.keys(value)
    for (let i = 0; i < keys.length; i++) {
      yield `${i === 0 ? '{' : ','}${JSON.stringify(keys[i]!.slice(0, mostShown))}:`
      yield* piecesOf(value[keys[i]!])
    }
    yield keys.length === 0 ? '{}' : '}'
  } else yield JSON.stringify(value)
}
