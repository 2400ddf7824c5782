/** The routes in words, for docs/permissions.md and docs/api.md. */
import { permissionsOf, roles } from '#core/rights'
import { exampleOf, type Shape } from './json-shape.ts'
import { type Door, doorsOf } from './openapi.ts'
import type { Route } from './web.ts'

/** Who may do what, as Markdown: the roles with their permissions, then every route with its access rule. */
export function permissionsTable(routes: readonly Route[]): string {
  const every = [...new Set(Object.values(permissionsOf).flat())].toSorted()
  return `${[
    '# Who may do what',
    '',
    'Made from the code by a test; do not edit it. Where a right is held (everywhere, in an area, at an academy) is part of each query: what lies outside is absent, 404.',
    '',
    '## Roles',
    '',
    table(
      ['permission', ...roles],
      every.map((permission) => [
        permission,
        ...roles.map((role) => (permissionsOf[role].includes(permission) ? 'yes' : '')),
      ]),
    ),
    '',
    ...doors.flatMap(([door, title]) => {
      const found = routes.filter((route) => route.door === door)
      return [
        `## ${title}`,
        '',
        table(
          ['method', 'address', 'who'],
          found.map(({ method, path, access }) => [method, `\`${path}\``, access.says]).toSorted(byAddress),
        ),
        '',
      ]
    }),
  ]
    .join('\n')
    .trimEnd()}\n`
}

const doors = [
  ['page', 'Pages'],
  ['form', 'Forms'],
  ['file', 'Downloads and feeds'],
  ['api', 'API'],
] as const

const byAddress = (one: string[], other: string[]): number =>
  one[1]! < other[1]! ? -1 : one[1]! > other[1]! ? 1 : one[0]! < other[0]! ? -1 : 1

/** The API as Markdown: each address, what it does, who may, its scope, its fields and an example. */
export function apiDocs(routes: readonly Route[]): string {
  const parts = doorsOf(routes).flatMap((door) => [
    `## ${door.method} ${door.template}`,
    '',
    door.does,
    '',
    `For ${door.who}. Scope: \`${door.scope}\`.`,
    '',
    ...(door.asks.length > 0
      ? [
          table(
            ['query', 'meaning'],
            door.asks.map(({ name, means }) => [`\`${name}\``, means]),
          ),
          '',
        ]
      : []),
    ...(door.body
      ? [
          table(
            ['field', 'is', 'needed'],
            fieldRows(door.body).map(({ name, is, needed }) => [`\`${name}\``, is, needed ? 'yes' : '']),
          ),
          '',
        ]
      : []),
    '```sh',
    curlFor(door, 'https://academy.example.org'),
    '```',
    '',
  ])
  return `${[
    '# The API',
    '',
    'Made from the code by a test; do not edit it. The same for programs is at `/api/openapi.json`, and for reading at `/about/api`.',
    '',
    'Make a key on the page of your account, choose its scopes, and send it as `Authorization: Bearer KEY`. A program may do what you may do, within those scopes.',
    '',
    ...parts,
  ]
    .join('\n')
    .trimEnd()}\n`
}

/** The fields of a body, one row each, those of objects within it after a dot. */
export function fieldRows(shape: Shape, before = ''): { name: string; is: string; needed: boolean }[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, part]) => {
    const own = { name: before + name, is: sayShape(part), needed: shape.required?.includes(name) ?? false }
    const inner = part.properties ? part : part.items?.properties ? part.items : undefined
    return inner ? [own, ...fieldRows(inner, `${before}${name}${part.items ? '[]' : ''}.`)] : [own]
  })
}

/** What a value is, in words: "text of at most 500 characters". */
export function sayShape(shape: Shape): string {
  const said = sayBare(shape)
  const usual = shape.default === undefined ? said : `${said}; ${JSON.stringify(shape.default)} if left out`
  return typeof shape['description'] === 'string' ? `${usual}. ${shape['description']}` : usual
}

function sayBare({ type, format, enum: listed, const: only, anyOf, oneOf, items, ...bounds }: Shape): string {
  if (listed) return `one of ${listed.map((one) => JSON.stringify(one)).join(', ')}`
  if (only !== undefined) return JSON.stringify(only)
  const several = anyOf ?? oneOf
  if (several) return several.map(sayBare).join(' or ')
  if (type === 'array') return `a list, each ${items ? sayBare(items) : 'anything'}`
  if (type === 'integer' || type === 'number')
    return sayNumber(type === 'integer' ? 'a whole number' : 'a number', bounds)
  if (type === 'string') return sayText(format, bounds.maxLength)
  return (typeof type === 'string' && words[type]) || 'anything'
}

const words: Record<string, string> = { boolean: 'true or false', object: 'an object', null: 'null' }

function sayNumber(kind: string, { minimum, maximum }: Shape): string {
  // a bound this large only says how far a number can be counted
  const [low, high] = [minimum, maximum].map((bound) => (Math.abs(bound ?? 1e15) < 1e15 ? bound : undefined))
  if (low !== undefined && high !== undefined) return `${kind} from ${low} to ${high}`
  if (low !== undefined) return `${kind} from ${low}`
  return high === undefined ? kind : `${kind} up to ${high}`
}

const formats: Record<string, string> = {
  uuid: 'an id',
  date: 'a day, like 2027-01-14',
  'date-time': 'a time, like 2027-01-14T19:00:00Z',
  email: 'an email address',
  uri: 'an address on the web',
}

const sayText = (format: string | undefined, most: number | undefined): string =>
  (format && formats[format]) ||
  (most === undefined ? 'text' : `text of at most ${most.toLocaleString('en-GB')} characters`)

/** A command that tries a door. */
export function curlFor(door: Door, address: string): string {
  const at = door.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    String(exampleOf(door.params.find((one) => one.name === name)?.shape ?? {}, name)),
  )
  const body = door.body ? JSON.stringify(exampleOf(door.body)).replaceAll("'", String.raw`'\''`) : undefined
  return [
    `curl${door.method === 'GET' ? '' : ` -X ${door.method}`} ${address}${at}`,
    ...(door.open && door.method === 'GET' ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...(body ? ["-H 'Content-Type: application/json'", `-d '${body}'`] : []),
  ].join(' \\\n  ')
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
