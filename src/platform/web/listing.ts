/** A long table's state, kept in the address: which page of it, and by what it is sorted. */
import type { Visit } from './visit.ts'

export interface Listing<Sort extends string> {
  sort: Sort
  descending: boolean
  /** How many rows a page shows, and how many come before it. */
  limit: number
  offset: number
  /** For a column's heading: the address that sorts by it, and how it is sorted now. */
  by: (sort: Sort) => { sort: string; sorted: 'ascending' | 'descending' | undefined }
  /** For `Table`: where one is among all the rows, with the pages before and after. */
  paging: (total: number) => { from: number; total: number; previous: string | undefined; next: string | undefined }
  /** This address with other answers in it; one that is undefined is left out. */
  with: (changes: Readonly<Record<string, string | undefined>>) => string
}

const lastPage = 10_000

/** Reads the page and the sorting from the address. The first of `sorts` is the usual one; one that begins with - descends. */
export function listing<const Sort extends string>(
  { path, query }: Pick<Visit, 'path' | 'query'>,
  { sorts, size = 25 }: { sorts: readonly Sort[]; size?: number },
): Listing<Bare<Sort>> {
  const said = query.get('sort') ?? ''
  const known = sorts.some((sort) => bare(sort) === bare(said))
  const chosen = known ? said : sorts[0]!
  const [sort, descending] = [bare(chosen) as Bare<Sort>, chosen.startsWith('-')]
  const number = Number(query.get('page') ?? 1)
  const page = Number.isInteger(number) && number >= 1 && number <= lastPage ? number : 1
  const change: Listing<Bare<Sort>>['with'] = (changes) => {
    const answers = new URLSearchParams(query)
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) answers.delete(name)
      else answers.set(name, value)
    }
    const text = answers.toString()
    return text === '' ? path : `${path}?${text}`
  }
  const toPage = (n: number): string => change({ page: n === 1 ? undefined : String(n) })
  return {
    sort,
    descending,
    limit: size,
    offset: (page - 1) * size,
    by: (column) => {
      const current = column === sort
      return {
        sort: change({ sort: current && !descending ? `-${column}` : column, page: undefined }),
        sorted: current ? (descending ? 'descending' : 'ascending') : undefined,
      }
    },
    paging: (total) => ({
      from: (page - 1) * size + 1,
      total,
      previous: page > 1 ? toPage(page - 1) : undefined,
      next: page * size < total ? toPage(page + 1) : undefined,
    }),
    with: change,
  }
}

type Bare<Sort extends string> = Sort extends `-${infer Rest}` ? Rest : Sort

const bare = (sort: string): string => sort.replace(/^-/, '')
