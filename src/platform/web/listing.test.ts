import { expect, test } from 'vitest'
import { listing } from './listing.ts'

const at = (query: string) =>
  listing({ path: '/people', query: new URLSearchParams(query) }, { sorts: ['name', '-since'], size: 25 })

test('the first page comes first, by the usual sorting', () => {
  expect(at('')).toMatchObject({ sort: 'name', descending: false, limit: 25, offset: 0 })
})

test('the address says which page, and by what it is sorted', () => {
  expect(at('page=3&sort=-since')).toMatchObject({ sort: 'since', descending: true, offset: 50 })
})

test('nonsense in the address is the first page by the usual sorting', () => {
  for (const query of ['page=-1', 'page=1.5', 'page=99999999', 'page=x', 'sort=password', 'sort=--name', 'page=1%00'])
    expect(at(query), query).toMatchObject({ sort: 'name', offset: 0 })
})

test('sorting again by the same column turns it round and goes back to the first page', () => {
  const shown = at('page=2&sort=name&q=amina')
  expect(shown.by('name')).toEqual({ sort: '/people?sort=-name&q=amina', sorted: 'ascending' })
  expect(shown.by('since')).toEqual({ sort: '/people?sort=since&q=amina', sorted: undefined })
})

test('there is a page before where there is one, and a page after where there are more rows', () => {
  expect(at('').paging(25)).toEqual({ from: 1, total: 25, previous: undefined, next: undefined })
  expect(at('page=2').paging(51)).toEqual({ from: 26, total: 51, previous: '/people', next: '/people?page=3' })
})
