/** Where two JSON values differ, in the words of a path, as exactly as can be said. */

/** One place where a file does not say what it should; both sides as JSON, shortened. */
export interface Difference {
  path: string
  expected: string
  found: string
}

/** Every place where `found` differs. Lists of things with an id are compared by id; order of keys means nothing. */
export function differencesBetween(path: string, expected: unknown, found: unknown): Difference[] {
  if (Array.isArray(expected) && Array.isArray(found)) return betweenLists(path, expected, found)
  if (isRecord(expected) && isRecord(found)) return betweenRecords(path, expected, found)
  return Object.is(expected, found) ? [] : [{ path, expected: shown(expected), found: shown(found) }]
}

function betweenRecords(path: string, expected: Fields, found: Fields): Difference[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)])
  return [...keys].flatMap((key) => differencesBetween(`${path}.${key}`, own(expected, key), own(found, key)))
}

function betweenLists(path: string, expected: unknown[], found: unknown[]): Difference[] {
  const [expectedIds, foundIds] = [expected.map(idOf), found.map(idOf)]
  if (expected.length === 0 || expectedIds.includes(null) || new Set(foundIds).size < found.length)
    return byPosition(path, expected, found)
  const foundBy = new Map(found.map((entry, i) => [foundIds[i]!, entry]))
  const known = new Set(expectedIds)
  const differences = expected.flatMap((entry, i) =>
    differencesBetween(`${path}[${expectedIds[i]!}]`, entry, foundBy.get(expectedIds[i]!)),
  )
  found.forEach((entry, i) => {
    if (!known.has(foundIds[i]!))
      differences.push({ path: `${path}[${foundIds[i] ?? i}]`, expected: nothing, found: shown(entry) })
  })
  if (differences.length > 0) return differences
  const moved = expectedIds.findIndex((id, i) => id !== foundIds[i])
  return moved < 0 ? [] : byPosition(path, expectedIds, foundIds)
}

function byPosition(path: string, expected: unknown[], found: unknown[]): Difference[] {
  const differences: Difference[] = []
  for (let i = 0; i < Math.max(expected.length, found.length); i++)
    differences.push(...differencesBetween(`${path}[${i}]`, expected[i], found[i]))
  return differences
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

function shown(value: unknown): string {
  if (value === undefined) return nothing
  const text = JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 160).toWellFormed()}…` : text
}
