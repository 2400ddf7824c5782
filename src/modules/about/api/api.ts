/** The API described: for programs as one document, for people as a page. Made from the routes once, and then kept. */
import { type Door, doorsOf, knownRoutes, openapi } from '#platform/openapi'
import type { Route, Visit } from '#platform/web'

const doors = new WeakMap<readonly Route[], Door[]>()
const documents = new WeakMap<readonly Route[], Map<string, string>>()

/** A part of the product with its doors. */
export interface Part {
  name: string
  doors: Door[]
}

/** Every door of the API, by the part of the product it belongs to. */
export function apiParts(): Part[] {
  const routes = knownRoutes()
  const all = doors.get(routes) ?? doorsOf(routes)
  doors.set(routes, all)
  const parts = Map.groupBy(all, ({ path }) => path.split('/')[2] ?? '')
  return [...parts].map(([name, of]) => ({ name, doors: of }))
}

/** The OpenAPI document of this installation, as text. */
export function apiDocument({ address, frame }: Pick<Visit, 'address' | 'frame'>): string {
  const routes = knownRoutes()
  const made = documents.get(routes) ?? new Map<string, string>()
  documents.set(routes, made)
  const the = { address, organisation: frame.organisation }
  const key = JSON.stringify(the)
  const text = made.get(key) ?? JSON.stringify(openapi(routes, the))
  made.set(key, text)
  return text
}
