/** better-auth's way to our own tables: in the visit's transaction, by the visit's clock, and no session token kept but as a hash. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type CleanedWhere, createAdapterFactory, type CustomAdapter } from '@better-auth/core/db/adapter'
import { type RawBuilder, sql } from 'kysely'
import { hashOf } from '../actor.ts'
import { machineClock } from '../clock.ts'
import type { Visit } from '../web/visit.ts'

/** The visit that better-auth works for. */
export const working = new AsyncLocalStorage<Visit>()

type Row = Record<string, unknown>

/** Reads and writes through the visit in `working`. */
export const ourTables = createAdapterFactory({
  config: {
    adapterId: 'hearten',
    supportsUUIDs: true,
    disableIdGeneration: true,
    // better-auth reads the machine's clock, and our rows keep the visit's: the two differ in tests alone
    customTransformInput: ({ data }: { data: unknown }) => moved(data, -1),
    customTransformOutput: ({ data }: { data: unknown }) => moved(data, 1),
  },
  adapter: ({ getFieldName }) =>
    ({
      create: async ({ model, data }) => {
        const [row] = await rowsOf(
          sql`insert into ${sql.table(model)} (${sql.join(Object.keys(data).map((name) => sql.ref(name)))})
          values (${sql.join(Object.values(hidden(model, data)))}) returning *`,
        )
        return shown(model, row!, data) as typeof data
      },
      findOne: async ({ model, where }) => {
        const [row] = await found(model, where, sql`limit 1`)
        return (row ? shown(model, row, tokenIn(where)) : null) as never
      },
      findMany: async ({ model, where, limit, sortBy, offset }) => {
        const by = sortBy && getFieldName({ model, field: sortBy.field })
        const order = by ? sql`order by ${sql.ref(by)} ${sql.raw(sortBy.direction === 'desc' ? 'desc' : 'asc')}` : sql``
        return (await found(model, where ?? [], sql`${order} limit ${limit} offset ${offset ?? 0}`)) as never
      },
      count: async ({ model, where }) => (await found(model, where ?? [], sql``)).length,
      update: async ({ model, where, update }) =>
        (await updated(model, where, oneOf(model, where), update as Row))[0] as never,
      updateMany: async ({ model, where, update }) => (await updated(model, where, sql`true`, update as Row)).length,
      incrementOne: async ({ model, where, increment, set }) => {
        const more = Object.entries(increment).map(([name, by]) => sql`${sql.ref(name)} = ${sql.ref(name)} + ${by}`)
        return ((await updated(model, where, oneOf(model, where), set ?? {}, more))[0] ?? null) as never
      },
      delete: async ({ model, where }) => void (await deleted(model, where)),
      deleteMany: async ({ model, where }) => (await deleted(model, where)).length,
      consumeOne: async ({ model, where }) => ((await deleted(model, where))[0] ?? null) as never,
    }) satisfies CustomAdapter,
})

const rowsOf = async (query: RawBuilder<unknown>): Promise<Row[]> => {
  const visit = working.getStore()
  if (!visit) throw new Error('better-auth was called outside of a visit')
  return [...((await query.execute(visit.db)).rows as Row[])]
}

/** Nobody signs in here by another site's account or a password, so that there is no such table: it is always empty. */
const found = async (model: string, where: readonly CleanedWhere[], rest: RawBuilder<unknown>): Promise<Row[]> =>
  model === 'account' ? [] : rowsOf(sql`select * from ${sql.table(model)} where ${matching(model, where)} ${rest}`)

const deleted = async (model: string, where: readonly CleanedWhere[]): Promise<Row[]> =>
  model === 'account' ? [] : rowsOf(sql`delete from ${sql.table(model)} where ${matching(model, where)} returning *`)

const updated = (
  model: string,
  where: readonly CleanedWhere[],
  which: RawBuilder<unknown>,
  set: Row,
  more: readonly RawBuilder<unknown>[] = [],
): Promise<Row[]> => {
  const changes = Object.entries(hidden(model, set)).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  return rowsOf(sql`update ${sql.table(model)} set ${sql.join([...changes, ...more])}
    where ${matching(model, where)} and ${which} returning *`)
}

const oneOf = (model: string, where: readonly CleanedWhere[]): RawBuilder<unknown> =>
  sql`id = (select id from ${sql.table(model)} where ${matching(model, where)} limit 1)`

function matching(model: string, where: readonly CleanedWhere[]): RawBuilder<unknown> {
  return where.reduce<RawBuilder<unknown>>(
    (all, one, index) => {
      const part = condition(model, one)
      if (index === 0) return part
      return one.connector === 'OR' ? sql`${all} or ${part}` : sql`${all} and ${part}`
    },
    sql`true`,
  )
}

const comparisons = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function condition(model: string, { field, operator, value }: CleanedWhere): RawBuilder<unknown> {
  const column = model === 'person' && field === 'email' ? sql`lower(email)` : sql.ref(field)
  const said = isToken(model, field) ? hashOf(String(value)) : value
  if (said === null) return operator === 'ne' ? sql`${column} is not null` : sql`${column} is null`
  if (operator === 'in') return sql`${column} = any(${said})`
  if (operator && operator in comparisons) return sql`${column} ${sql.raw(comparisons[operator as 'eq'])} ${said}`
  throw new Error(`better-auth asked for what it never needed before: ${operator} on ${model}.${field}`)
}

const isToken = (model: string, field: string): boolean => model === 'sign_in_session' && field === 'token'

const hidden = (model: string, row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isToken(model, name) ? hashOf(String(value)) : value]),
  )

/** Gives a session back with the token that was handed in, which no row holds. */
const shown = (model: string, row: Row, handedIn: Row): Row =>
  model === 'sign_in_session' ? { ...row, token: handedIn['token'] ?? '' } : row

const tokenIn = (where: readonly CleanedWhere[]): Row =>
  Object.fromEntries(where.filter(({ field }) => field === 'token').map(({ value }) => ['token', value]))

function moved(data: unknown, direction: 1 | -1): unknown {
  const visit = working.getStore()
  if (!(data instanceof Date) || !visit) return data
  return new Date(data.getTime() + direction * (machineClock().getTime() - visit.now.getTime()))
}
