import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { modules } from '../modules.ts'
import { exampleOf, shapeOf } from './json-shape.ts'
import { openapi } from './openapi.ts'
import { apiDocs, permissionsTable } from './routes-in-words.ts'
import { action, anyone, api, fields, mayDo, members, page, read } from './web.ts'

const pledge = action({
  scope: 'pledges:write',
  does: 'Writes a pledge.',
  access: members,
  fields: z.object({
    id: fields.id,
    commitment: fields.text('Write what you will change', 500),
    review: fields.day(),
    note: fields.optionalText(200),
    told: fields.ticked,
    again: fields.optionalDay,
    people: fields.whole(1, 50, 'How many?'),
    sessions: z.array(z.object({ at: fields.time(), title: fields.optionalText() })).default([]),
    with: fields.many(fields.id),
  }),
  run: async () => ({}),
})

const routes = [
  api('PUT', '/api/pledges/:id', pledge),
  read('/api/pledges', {
    does: 'Lists pledges.',
    scope: 'pledges:read',
    access: mayDo('reports.see'),
    gives: z.object({ pledges: z.array(z.object({ id: z.uuid() })) }),
    asks: { page: 'which page of them' },
    load: async () => ({ pledges: [] }),
  }),
  read('/api/areas', { does: 'Lists areas.', scope: 'areas:read', access: anyone, load: async () => [] }),
  page('/pledges', { access: anyone, load: async () => ({}), view: () => null as never }),
]
const the = { address: 'https://academy.example.org', organisation: 'Hearten' }

test('a field is described as a program sends it, with what a rule asks of it', () => {
  const { properties, required } = shapeOf(pledge.fields)
  expect(properties).toMatchObject({
    commitment: { type: 'string', minLength: 1, maxLength: 500 },
    review: { type: 'string', format: 'date' },
    note: { type: 'string', maxLength: 200 },
    told: { type: 'boolean' },
    again: { anyOf: [{ type: 'null' }, { type: 'string', format: 'date' }] },
    people: { type: 'integer', minimum: 1, maximum: 50 },
    sessions: { type: 'array', items: { type: 'object' } },
    with: { type: 'array', items: { type: 'string', format: 'uuid' } },
  })
  expect(required).toEqual(['id', 'commitment', 'review', 'people'])
})

test('the example of each door is accepted by its own fields', () => {
  expect(pledge.fields.safeParse(exampleOf(shapeOf(pledge.fields))).error?.issues).toBeUndefined()
})

test('what is in the path is a parameter and not in the body; a read says what may be asked', () => {
  const doc = openapi(routes, the) as {
    paths: Record<string, Record<string, { parameters?: object[]; requestBody?: object; security: object[] }>>
  }
  expect(Object.keys(doc.paths)).toEqual(['/api/areas', '/api/pledges', '/api/pledges/{id}'])
  const put = doc.paths['/api/pledges/{id}']!['put']!
  expect(put.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }])
  expect(JSON.stringify(put.requestBody)).not.toContain('"id":{')
  expect(put.security).toEqual([{ key: ['pledges:write'] }])
  expect(doc.paths['/api/areas']!['get']!.security).toEqual([{}, { key: ['areas:read'] }])
  expect(doc.paths['/api/pledges']!['get']!.parameters).toMatchObject([{ name: 'page', in: 'query' }])
})

test('the description is valid OpenAPI 3.1, of made-up routes and of every route there is', async () => {
  const every = modules.flatMap((module) => module.routes ?? [])
  for (const some of [routes, every]) {
    const { valid, errors } = await new Validator().validate(openapi(some, the) as Record<string, unknown>)
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
  }
})

test('every operation has a name of its own', () => {
  const every = modules.flatMap((module) => module.routes ?? [])
  const { paths } = openapi(every, the) as { paths: Record<string, Record<string, { operationId: string }>> }
  const names = Object.values(paths).flatMap((doors) => Object.values(doors).map((door) => door.operationId))
  expect(new Set(names).size).toBe(names.length)
})

test('the tables in words name every route with its rule', () => {
  const table = permissionsTable(routes)
  expect(table).toContain('| GET | `/pledges` | anyone |')
  expect(table).toContain('| PUT | `/api/pledges/:id` | members |')
  expect(table).toContain('| runs.lead | yes | yes |')
  const docs = apiDocs(routes)
  expect(docs).toContain('## PUT /api/pledges/{id}')
  expect(docs).toContain('| `commitment` | text of at most 500 characters | yes |')
  expect(docs).toContain('| `sessions[].at` |')
  expect(docs).toContain('curl -X PUT https://academy.example.org/api/pledges/01934f6e')
})
