/** Routes as values: pages, forms, downloads and the API. Nothing can be reached without saying who may use it. */
import { stringify } from 'csv-stringify/sync'
import type { VNode } from 'preact'
import type { z } from 'zod'
import { Absent, Invalid, type Problems, Refusal } from '#core/refusal'
import type { Access } from './access.ts'
import { type Action, admit, type Kept, perform } from './action.ts'
import type { Visit } from './visit.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type Answer =
  | { kind: 'page'; page: VNode; status: 200 | 409 | 422; cookies?: string[] }
  | { kind: 'go'; to: string; cookies?: string[]; said?: string | undefined }
  | { kind: 'json'; json: unknown; status: number; cookies?: string[] }
  | {
      kind: 'file'
      type: string
      body: string | Buffer
      name?: string
      status?: number
      headers?: Record<string, string>
    }
  | { kind: 'absent' }

export interface Route {
  method: Method
  path: string
  access: Access
  door: 'page' | 'form' | 'file' | 'api'
  /** For the API's description. */
  api?: {
    does: string
    scope: string
    fields?: z.ZodType
    gives?: z.ZodType
    /** What may be asked for in the query, by name, with what it means. */
    asks?: Readonly<Record<string, string>>
  }
  /** The action it performs, by which a test finds that every form's action is also in the API. */
  performs?: object
  /** Larger bodies than usual, in bytes, for uploads. */
  bodyLimit?: number
  answer: (visit: Visit, params: Record<string, string>, body: Record<string, unknown>) => Promise<Answer>
}

type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & Params<`/${Rest}`>
  : Path extends `${string}:${infer Name}.${string}`
    ? Record<Name, string>
    : Path extends `${string}:${infer Name}`
      ? Record<Name, string>
      : unknown

interface Shown<Path extends string, Data> {
  load: (visit: Visit, params: Params<Path>) => Promise<Data | undefined>
  view: (data: Data, visit: Visit, problems?: Problems) => VNode
}

/** A page. Nothing loaded means it is absent: 404. */
export function page<Path extends string, Data>(path: Path, the: Shown<Path, Data> & { access: Access }): Route {
  return {
    method: 'GET',
    path,
    access: the.access,
    door: 'page',
    answer: (visit, params) => show(the, visit, params as Params<Path>),
  }
}

/** A form that works without JavaScript. Done, it goes on to a page; refused, it is shown again with what was typed, and says why. */
export function form<Path extends string, Data, Fields extends z.ZodType, Done>(
  path: Path,
  the: Shown<Path, Data> & {
    action: Action<Fields, Done>
    /** Makes what the action takes of what the browser sent, where the two differ in shape. */
    reads?: (body: Record<string, unknown>) => Record<string, unknown>
    /** Where the browser goes on to when it is done. */
    to: (params: Params<Path>, done: Kept<Done>, said: Record<string, unknown>) => string
    /** A sentence that the next page shows once, where it would not be plain from the page itself that all is done. */
    says?: (done: Kept<Done>) => string | undefined
    /** Cookies that the answer sets. */
    cookies?: (done: Kept<Done>) => string[]
    /** A page in place of going on, for what is shown only once. */
    instead?: (done: Kept<Done>, visit: Visit) => VNode
  },
): Route {
  return {
    method: 'POST',
    path,
    access: the.action.access,
    door: 'form',
    performs: the.action,
    answer: async (visit, params, body) => {
      try {
        const done = await perform(the.action, visit, { ...(the.reads?.(body) ?? body), ...params })
        const cookies = the.cookies?.(done) ?? []
        if (the.instead) return { kind: 'page', status: 200, page: the.instead(done, visit), cookies }
        return { kind: 'go', to: the.to(params as Params<Path>, done, body), said: the.says?.(done), cookies }
      } catch (error) {
        const problems = problemsIn(error)
        return show(the, { ...visit, typed: body }, params as Params<Path>, problems)
      }
    },
  }
}

/** A table as a CSV file, safe to open in a spreadsheet. */
export function csv<Path extends string>(
  path: Path,
  the: {
    access: Access
    load: (
      visit: Visit,
      params: Params<Path>,
    ) => Promise<{ name: string; columns: readonly string[]; rows: readonly (readonly unknown[])[] } | undefined>
  },
): Route {
  return {
    method: 'GET',
    path,
    access: the.access,
    door: 'file',
    answer: async (visit, params) => {
      const table = await the.load(visit, params as Params<Path>)
      if (!table) return { kind: 'absent' }
      const body = stringify([table.columns, ...table.rows.map((row) => row.map((cell) => cell ?? ''))], {
        bom: true,
        escape_formulas: true,
      })
      return { kind: 'file', type: 'text/csv; charset=utf-8', body, name: `${table.name}.csv` }
    },
  }
}

/** Anything else that is read: a calendar feed, a picture, a document. */
export function file<Path extends string>(
  path: Path,
  the: {
    access: Access
    load: (visit: Visit, params: Params<Path>) => Promise<Omit<Extract<Answer, { kind: 'file' }>, 'kind'> | undefined>
  },
): Route {
  return {
    method: 'GET',
    path,
    access: the.access,
    door: 'file',
    answer: async (visit, params) => {
      const found = await the.load(visit, params as Params<Path>)
      return found ? { kind: 'file', ...found } : { kind: 'absent' }
    },
  }
}

/** An action as JSON. */
export function api<Fields extends z.ZodType, Done>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: `/api/${string}`,
  the: Action<Fields, Done>,
  /** What the answer gives of what was done, where not all of it, and cookies that it sets. */
  {
    gives = (done) => done ?? {},
    cookies,
  }: { gives?: (done: Kept<Done>) => unknown; cookies?: (done: Kept<Done>) => string[] } = {},
): Route {
  return {
    method,
    path,
    access: the.access,
    door: 'api',
    performs: the,
    api: { does: the.does, scope: the.scope, fields: the.fields },
    answer: async (visit, params, body) => {
      const done = await perform(the, visit, { ...body, ...params })
      return { kind: 'json', status: 200, json: gives(done), cookies: cookies?.(done) ?? [] }
    },
  }
}

/** Something to read as JSON. */
export function read<Path extends `/api/${string}`, Data>(
  path: Path,
  the: {
    does: string
    scope: string
    access: Access
    gives?: z.ZodType
    /** What may be asked for in the query, by name, with what it means: { near: 'a postcode or the code of an area' }. */
    asks?: Readonly<Record<string, string>>
    load: (visit: Visit, params: Params<Path>) => Promise<Data | undefined>
  },
): Route {
  return {
    method: 'GET',
    path,
    access: the.access,
    door: 'api',
    api: {
      does: the.does,
      scope: the.scope,
      ...(the.gives ? { gives: the.gives } : {}),
      ...(the.asks ? { asks: the.asks } : {}),
    },
    answer: async (visit, params) => {
      admit(the.access, the.scope, visit)
      const json = await the.load(visit, params as Params<Path>)
      return json === undefined ? { kind: 'absent' } : { kind: 'json', status: 200, json }
    },
  }
}

async function show<Path extends string, Data>(
  the: Shown<Path, Data>,
  visit: Visit,
  params: Params<Path>,
  problems?: Problems,
): Promise<Answer> {
  const data = await the.load(visit, params)
  return data === undefined
    ? { kind: 'absent' }
    : { kind: 'page', status: problems ? 422 : 200, page: the.view(data, visit, problems) }
}

/** What a person is told of an error; one that is not theirs is thrown on. */
export function problemsIn(error: unknown): Problems {
  if (error instanceof Invalid) return error.problems
  if (error instanceof Refusal) return { '': error.message }
  if (error instanceof Absent) throw error
  throw error
}
