/** Walks every route as everyone, holds the answer against the access it declares, and writes docs/permissions.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test as plainly, vi } from 'vitest'
import { roles } from '#core/rights'
import { apiDocs, permissionsTable } from '#platform/routes-in-words'
import type { Route } from '#platform/web'
import { modules } from '../src/modules.ts'
import { test } from './world.ts'

vi.setConfig({ testTimeout: 120_000 }) // each walk makes some hundred requests

const routes: readonly Route[] = modules.flatMap((module) => module.routes ?? [])
const someId = '00000000-0000-4000-8000-00000000abcd'

/** The address of a route, with an id that belongs to nothing in each of its gaps. */
const addressOf = ({ path }: Route): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'number' ? '1' : name === 'id' ? someId : 'none-such'))

/** Whether an answer says "you may not". */
const refused = (route: Route, status: number, location: string | undefined): boolean =>
  status === 401 ||
  status === 403 ||
  (status === 303 && route.method === 'GET' && (location ?? '').startsWith('/sign-in?next='))

for (const who of ['stranger', 'member', 'closed member', ...roles] as const) {
  test(`each route lets in, or turns away, a ${who} as it says`, async ({ person, stranger, visit, academy }) => {
    const elsewhere = await academy()
    const them =
      who === 'stranger'
        ? stranger()
        : who === 'member'
          ? await person()
          : who === 'closed member'
            ? await person({ standing: 'closed' })
            : await person({ rights: [{ role: who, academy: elsewhere }] })
    const { actor } = who === 'stranger' ? { actor: (await visit()).actor } : await visit(them.id)
    const wrong: string[] = []
    for (const route of routes) {
      const seen =
        route.door === 'api'
          ? await them.api(route.method, addressOf(route), route.method === 'GET' ? undefined : {})
          : route.method === 'GET'
            ? await them.get(addressOf(route))
            : await them.post(addressOf(route))
      const allowed = route.access.allows(who === 'stranger' ? { ...actor, kind: 'stranger' } : actor)
      const away = refused(route, seen.status, seen.location)
      if (seen.status >= 500) wrong.push(`${route.method} ${route.path} failed with ${seen.status} for a ${who}`)
      else if (allowed && away)
        wrong.push(`${route.method} ${route.path} (${route.access.says}) turned away a ${who} with ${seen.status}`)
      else if (!allowed && !away && seen.status !== 404)
        wrong.push(`${route.method} ${route.path} (${route.access.says}) let in a ${who} with ${seen.status}`)
    }
    expect(wrong).toEqual([])
  })
}

plainly('every action that a form performs can be performed through the API too', () => {
  const inApi = new Set(routes.filter(({ door }) => door === 'api').map(({ performs }) => performs))
  const missing = routes.filter(({ door, performs }) => door === 'form' && !inApi.has(performs)).map(({ path }) => path)
  expect(missing.filter((path) => !onlyForBrowsers.some((one) => path.startsWith(one)))).toEqual([])
})

/** Signing in is for browsers: programs hold a key. */
const onlyForBrowsers = ['/sign-in', '/sign-out', '/account']

plainly('no two routes share an address and a method', () => {
  const keys = routes.map(({ method, path }) => `${method} ${path}`)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

plainly.for([
  ['docs/permissions.md', permissionsTable],
  ['docs/api.md', apiDocs],
] as const)('%s is what the routes say', ([file, write]) => {
  const text = write(routes)
  if (process.env['WRITE_DOCS'] === 'yes') writeFileSync(file, text)
  expect(readFileSync(file, 'utf8'), 'Run npm run docs, and read what changed').toBe(text)
})
