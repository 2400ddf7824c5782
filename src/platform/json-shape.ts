/** The JSON that fields accept, as a JSON Schema in the words of OpenAPI 3.1, and an example of it. */
import { z } from 'zod'

/** A JSON Schema, as far as we look into it. */
export interface Shape {
  type?: string | string[]
  format?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  anyOf?: Shape[]
  oneOf?: Shape[]
  enum?: unknown[]
  const?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  examples?: unknown[]
  default?: unknown
  [other: string]: unknown
}

/**
 * What a program sends for these fields. Fields take text as forms send it and make of it what the rules need;
 * a program sends the latter, so the shape is that of the result wherever it can be said, and otherwise of what is taken.
 */
export function shapeOf(fields: z.ZodType): Shape {
  const [sent, made] = (['input', 'output'] as const).map((io) => schemaOf(fields, io)) as [Shape, Shape]
  return tidy(merge(fields, sent, made))
}

/** What is given back, where it is declared. */
export const givenShapeOf = (gives: z.ZodType): Shape => tidy(schemaOf(gives, 'output'))

function schemaOf(fields: z.ZodType, io: 'input' | 'output'): Shape {
  const { $schema: _, ...schema } = z.toJSONSchema(fields, {
    io,
    unrepresentable: 'any',
    cycles: 'throw',
    reused: 'inline',
  })
  return schema as Shape
}

function merge(fields: z.ZodType, sent: Shape, made: Shape): Shape {
  if (!sent.properties || !made.properties) return isSaid(made) ? { ...made, ...noted(sent) } : sent
  const parts = partsOf(fields)
  const names = Object.keys(sent.properties)
  const properties = Object.fromEntries(
    names.map((name) => [
      name,
      merge(parts?.[name] ?? z.any(), sent.properties![name]!, made.properties?.[name] ?? {}),
    ]),
  )
  const required = names.filter((name) =>
    parts ? !parts[name]!.safeParse(undefined).success : sent.required?.includes(name),
  )
  return { ...noted(sent), type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

/** The fields of an object, through whatever was refined about it. */
function partsOf(fields: z.ZodType): Record<string, z.ZodType> | undefined {
  if (fields instanceof z.ZodObject) return fields.shape
  if (fields instanceof z.ZodPipe) return partsOf(fields.def.in as z.ZodType)
  if (fields instanceof z.ZodDefault || fields instanceof z.ZodOptional)
    return partsOf(fields.def.innerType as z.ZodType)
  return undefined
}

const isSaid = ({ type, anyOf, oneOf, enum: listed, const: only }: Shape): boolean =>
  [type, anyOf, oneOf, listed, only].some((part) => part !== undefined)

const noted = ({ description, examples, format, default: usual }: Shape): Shape =>
  JSON.parse(JSON.stringify({ description, examples, format, default: usual })) as Shape

/** Leaves out what only forms send (an empty text for nothing, "on" for a tick) and patterns that say less than the format. */
function tidy(shape: Shape): Shape {
  const { anyOf, ...rest } = shape
  const tidied: Shape = { ...rest }
  if (tidied.format && tidied.format !== 'regex') delete tidied['pattern']
  if (tidied.default === null || tidied.default === '') delete tidied.default
  if (tidied.properties) {
    tidied.properties = Object.fromEntries(Object.entries(tidied.properties).map(([name, part]) => [name, tidy(part)]))
  }
  if (tidied.items) tidied.items = tidy(tidied.items)
  if (!anyOf) return tidied
  const several = anyOf.filter((one) => one.const !== '')
  if (several.some(({ type }) => type === 'boolean')) return { ...tidied, type: 'boolean' }
  const number = several.find(({ type }) => type === 'integer' || type === 'number')
  if (number && several.some(({ type }) => type === 'string')) return { ...tidied, ...tidy(number) }
  return several.length === 1 ? { ...tidied, ...tidy(several[0]!) } : { ...tidied, anyOf: several.map(tidy) }
}

/** An example that fits a shape: the same each time. */
export function exampleOf(shape: Shape, name = ''): unknown {
  if (shape.examples?.length) return shape.examples[0]
  if (shape.const !== undefined) return shape.const
  if (shape.enum?.length) return shape.enum[0]
  const one = shape.anyOf?.find(({ type }) => type !== 'null') ?? shape.oneOf?.[0]
  if (one) return exampleOf(one, name)
  const type = Array.isArray(shape.type) ? shape.type[0] : shape.type
  if (type === 'object' || shape.properties) {
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([part, inner]) => [part, exampleOf(inner, part)]),
    )
  }
  if (type === 'array') return shape.items && isSaid(shape.items) ? [exampleOf(shape.items, name)] : []
  if (type === 'integer' || type === 'number')
    return shape.minimum && shape.minimum > 0 ? shape.minimum : Math.min(1, shape.maximum ?? 1)
  if (type === 'boolean') return true
  return exampleText(shape, name)
}

const byFormat: Record<string, string> = {
  uuid: '01934f6e-7c1a-7000-8000-000000000001',
  email: 'name@example.org',
  date: '2027-01-14',
  'date-time': '2027-01-14T19:00:00Z',
  uri: 'https://example.org/',
}

const byName: readonly (readonly [RegExp, string])[] = [
  [/postcode/i, 'NG17 1AA'],
  [/slug/i, 'listening-on-the-doorstep'],
  [/(day|date|On)$|^on$/, '2027-01-14'],
  [/(area|code)$/i, 'E14000532'],
]

function exampleText({ format, maxLength }: Shape, name: string): string {
  const said = (format && byFormat[format]) ?? byName.find(([rule]) => rule.test(name))?.[1] ?? 'Some words'
  return said.slice(0, maxLength ?? 200)
}
