/** The description of the API for programs: OpenAPI 3.1, made from the routes themselves. */
import { exampleOf, givenShapeOf, type Shape, shapeOf } from './json-shape.ts'
import type { Route } from './web.ts'

let known: readonly Route[] = []

/** Tells those who describe the routes which there are; the server does so when it is built. */
export const knowRoutes = (routes: readonly Route[]): void => void (known = routes)

/** Every route of the product, once a server stands over them. */
export const knownRoutes = (): readonly Route[] => known

/** Every scope that some door of the API asks for, in order, with what it lets a program do. */
export function scopesOffered(): { scope: string; does: string[] }[] {
  const offered = new Map<string, Set<string>>()
  for (const { api } of known) if (api) offered.set(api.scope, (offered.get(api.scope) ?? new Set()).add(api.does))
  return [...offered].map(([scope, does]) => ({ scope, does: [...does] })).sort((a, b) => (a.scope < b.scope ? -1 : 1))
}

/** A door of the API: a method at a path, with everything that is said of it. */
export interface Door {
  method: string
  path: string
  /** In the form of OpenAPI: /api/runs/{id}/place */
  template: string
  does: string
  scope: string
  who: string
  open: boolean
  params: readonly { name: string; shape: Shape }[]
  asks: readonly { name: string; means: string }[]
  body: Shape | undefined
  gives: Shape | undefined
}

/** Every door of the API, by path. */
export function doorsOf(routes: readonly Route[]): Door[] {
  return routes
    .flatMap((route) => (route.door === 'api' && route.api ? [doorOf(route, route.api)] : []))
    .toSorted((one, other) => order(one.path, other.path) || order(one.method, other.method))
}

function doorOf(route: Route, { does, scope, fields, gives, asks = {} }: NonNullable<Route['api']>): Door {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const all = fields && shapeOf(fields)
  const rest = Object.entries(all?.properties ?? {}).filter(([name]) => !names.includes(name))
  const required = all?.required?.filter((name) => !names.includes(name)) ?? []
  return {
    method: route.method,
    path: route.path,
    template: route.path.replaceAll(/:(\w+)/g, '{$1}'),
    does,
    scope,
    who: route.access.says,
    open: route.access.says === 'anyone',
    params: names.map((name) => ({ name, shape: all?.properties?.[name] ?? { type: 'string' } })),
    asks: Object.entries(asks).map(([name, means]) => ({ name, means })),
    body:
      all && rest.length > 0
        ? { type: 'object', properties: Object.fromEntries(rest), ...(required.length > 0 ? { required } : {}) }
        : undefined,
    gives: gives && givenShapeOf(gives),
  }
}

/** The whole description, as /api/openapi.json gives it. */
export function openapi(routes: readonly Route[], the: { address: string; organisation: string }): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const door of doorsOf(routes)) (paths[door.template] ??= {})[door.method.toLowerCase()] = operationOf(door)
  return {
    openapi: '3.1.0',
    info: {
      title: `The API of ${the.organisation}`,
      version: '1',
      description:
        'What a person can do on the pages, a program can do here, with a key that the person made, within the scopes they chose. Times are ISO 8601 in UTC, days are those of Europe/London.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: the.address }],
    paths,
    components: { securitySchemes: { key: keyScheme }, schemas: { Problems: problems }, responses },
  }
}

const keyScheme = {
  type: 'http',
  scheme: 'bearer',
  description:
    'A key made on the page of your account: Authorization: Bearer KEY. Each key has an end and its own scopes.',
}

const problems = {
  type: 'object',
  description:
    'What kept it from being done, in sentences for people, by field. What belongs to no field is named by an empty text.',
  required: ['problems'],
  properties: {
    problems: { type: 'object', additionalProperties: { type: 'string' } },
    reference: { type: 'string', description: 'Given where the fault is ours: tell it to whoever runs the server.' },
  },
}

const answer = (description: string, said: Record<string, string>, headers?: object): object => ({
  description,
  ...(headers ? { headers } : {}),
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problems' }, example: { problems: said } } },
})

const responses = {
  NoKey: answer('There is no key, or it is not known, or it has ended.', {
    '': 'Send a key, as Authorization: Bearer',
  }),
  NotAllowed: answer('The person may not do this, or the key lacks the scope.', {
    '': 'This key does not have the scope places:write',
  }),
  Absent: answer('There is no such thing, or none that this person may see.', {
    '': 'The page may have moved, or the address may be mistyped.',
  }),
  Refused: answer('A field is wrong, or a rule says no. Nothing was changed.', {
    review: 'Enter a date that exists, like 14 January 2027',
  }),
  TooMany: answer(
    'Too many writes in a minute.',
    { '': 'You have sent a lot in a short time. Wait a minute and try again.' },
    { 'retry-after': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
  ),
}

const refer = (name: keyof typeof responses) => ({ $ref: `#/components/responses/${name}` })

function operationOf(door: Door): object {
  const writes = door.method !== 'GET'
  return {
    operationId: operationId(door),
    summary: door.does,
    description: `For ${door.who}. Scope: ${door.scope}.`,
    tags: [door.path.split('/')[2] ?? 'api'],
    security: door.open && !writes ? [{}, { key: [door.scope] }] : [{ key: [door.scope] }],
    ...(door.params.length + door.asks.length > 0
      ? {
          parameters: [
            ...door.params.map(({ name, shape }) => ({
              name,
              in: 'path',
              required: true,
              schema: shape,
              example: exampleOf(shape, name),
            })),
            ...door.asks.map(({ name, means }) => ({
              name,
              in: 'query',
              description: means,
              schema: { type: 'string' },
            })),
          ],
        }
      : {}),
    ...(door.body
      ? {
          requestBody: {
            required: (door.body.required ?? []).length > 0,
            content: { 'application/json': { schema: door.body, example: exampleOf(door.body) } },
          },
        }
      : {}),
    responses: {
      200: {
        description: writes ? 'It is done.' : 'What was asked for.',
        content: { 'application/json': { schema: door.gives ?? {} } },
      },
      401: refer('NoKey'),
      403: refer('NotAllowed'),
      404: refer('Absent'),
      ...(writes ? { 422: refer('Refused'), 429: refer('TooMany') } : {}),
    },
  }
}

const operationId = ({ method, path }: Door): string =>
  method.toLowerCase() +
  path
    .slice('/api'.length)
    .split('/')
    .filter(Boolean)
    .map((part) =>
      (part.startsWith(':') ? `By-${part.slice(1)}` : part).replace(
        /(^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g,
        (_, __, letter: string) => letter.toUpperCase(),
      ),
    )
    .join('')

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
