import { assert, integer, property } from 'fast-check'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { test } from '../../../test/world.ts'
import { test as plainTest } from 'vitest'
import { hexDistance, hexNeighbours } from './area.ts'
import { builtInAreas } from './built-in.ts'
import {
  areasNamed,
  constituencies,
  findArea,
  loadBuiltInAreas,
  nearness,
  nearOf,
  placeOf,
  regions,
  sayNear,
} from './index.ts'

describe('the built-in areas', () => {
  test('are four nations, nine regions of England and 650 constituencies, and are loaded only once', async ({ db }) => {
    expect(await loadBuiltInAreas(db)).toBe(663)
    expect(await loadBuiltInAreas(db)).toBe(0)
    const found = await db
      .selectFrom('area')
      .select(['kind', sql<number>`count(*)::int`.as('n')])
      .groupBy('kind')
      .execute()
    expect(Object.fromEntries(found.map(({ kind, n }) => [kind, n]))).toEqual({
      nation: 4,
      region: 9,
      constituency: 650,
    })
    expect(await regions(db)).toHaveLength(12)
    expect(await constituencies(db, 'E12000004')).toHaveLength(46)
    expect(await findArea(db, 'E14000535')).toMatchObject({
      name: 'Ashfield',
      path: 'E92000001.E12000004.E14000535',
      region: 'E12000004',
      regionName: 'East Midlands',
      hexQ: 1,
      hexR: 2,
      electors: 77_091,
    })
    expect(await findArea(db, 'W07000041')).toMatchObject({
      name: 'Ynys Môn',
      region: 'W92000004',
      regionName: 'Wales',
    })
  })

  plainTest('no two hexagons lie on one another', async () => {
    const placed = (await builtInAreas()).filter(({ hex_q }) => hex_q !== null)
    expect(new Set(placed.map(({ hex_q, hex_r }) => `${hex_q} ${hex_r}`)).size).toBe(650)
  })
})

describe('where a postcode is', () => {
  test('is its region where no postcodes are loaded, and its constituency where they are', async ({ db }) => {
    await loadBuiltInAreas(db)
    expect(await placeOf(db, 'ng17 1aa')).toMatchObject({ exact: false, area: { code: 'E12000004', kind: 'region' } })
    await db.insertInto('postcode').values({ postcode: 'NG171AA', area_code: 'E14000535' }).execute()
    expect(await placeOf(db, 'NGI7 IAA')).toMatchObject({ exact: true, area: { code: 'E14000535', name: 'Ashfield' } })
    expect(await placeOf(db, 'NG17')).toMatchObject({ exact: false, area: { code: 'E12000004' } })
    expect(await placeOf(db, 'cf10 1ep')).toMatchObject({ exact: false, area: { code: 'W92000004', kind: 'nation' } })
  })

  test('can also be said as an area’s code', async ({ db }) => {
    await loadBuiltInAreas(db)
    expect(await placeOf(db, 'e14000535')).toMatchObject({ exact: true, area: { name: 'Ashfield' } })
  })

  test('is nowhere for an island outside the country, for nonsense, and for what is meant to harm', async ({ db }) => {
    await loadBuiltInAreas(db)
    for (const said of ['JE2 3AB', 'nonsense', '', "'; drop table area", '\u0000', 'é'.repeat(10_000)])
      expect(await placeOf(db, said)).toBeUndefined()
  })

  test('a name with a typing error finds its area', async ({ db }) => {
    await loadBuiltInAreas(db)
    expect((await areasNamed(db, 'ashfeild'))[0]).toMatchObject({ name: 'Ashfield' })
    expect((await areasNamed(db, 'ynys mon'))[0]).toMatchObject({ name: 'Ynys Môn' })
    expect(await areasNamed(db, '%')).toEqual([])
  })
})

describe('near', () => {
  const from = async (db: Parameters<typeof findArea>[0], code: string) => (await findArea(db, code))!
  const nearby = async (db: Parameters<typeof findArea>[0], code: string) => {
    const home = await from(db, code)
    const { rows } = await sql<{ name: string; near: Parameters<typeof sayNear>[0] }>`
      select at.name, ${nearOf(home, { area: 'at' })} as near from area at where kind = 'constituency'
      order by ${nearness(home, { area: 'at' })} nulls last, name limit 8`.execute(db)
    return rows.map(({ name, near }) => [name, sayNear(near, home)])
  }

  test('is by hexagons where positions are unknown', async ({ db }) => {
    await loadBuiltInAreas(db)
    const found = await nearby(db, 'E14000535')
    expect(found[0]).toEqual(['Ashfield', 'in your constituency'])
    expect(found.slice(1, 7).map(([, words]) => words)).toEqual(Array(6).fill('next to your constituency'))
    expect(found.map(([name]) => name)).toContain('Mansfield')
    expect(found[7]![1]).toBe('2 constituencies away')
  })

  test('is by miles where positions are known, and the position of a venue comes before that of its area', async ({
    db,
  }) => {
    await loadBuiltInAreas(db)
    await sql`update area set lat = 53.09, lon = -1.26 where code = 'E14000535'`.execute(db)
    await sql`update area set lat = 53.14, lon = -1.20 where name = 'Mansfield'`.execute(db)
    const home = await from(db, 'E14000535')
    const { rows } = await sql<{
      at: Parameters<typeof sayNear>[0]
      venue: Parameters<typeof sayNear>[0]
      nowhere: null
    }>`
      select ${nearOf(home, { area: 'at' })} as at, ${nearOf(home, { area: 'at', lat: 'v.lat', lon: 'v.lon' })} as venue, ${nearOf(home, { area: 'none' })} as nowhere
      from area at left join area none on false, (values (53.0::float8, -1.26::float8)) v(lat, lon) where at.name = 'Mansfield'`.execute(
      db,
    )
    expect(sayNear(rows[0]!.at, home)).toBe('4 miles away')
    expect(sayNear(rows[0]!.venue, home)).toBe('6 miles away')
    expect(rows[0]!.nowhere).toBeNull()
  })

  test('from a region is said as the region', async ({ db }) => {
    await loadBuiltInAreas(db)
    const region = await from(db, 'E12000004')
    expect(region.hexQ).not.toBeNull()
    expect(sayNear({ miles: null, hexes: 3, inside: true, sameRegion: true }, region)).toBe('in the East Midlands')
    expect(sayNear({ miles: null, hexes: 9, inside: false, sameRegion: false }, region)).toBe('')
  })

  plainTest(
    'the grid: six neighbours, each one step away; steps are the same both ways and never shorter by a detour',
    () => {
      const at = () => integer({ min: -40, max: 40 })
      assert(
        property(at(), at(), at(), at(), at(), at(), (q1, r1, q2, r2, q3, r3) => {
          const [a, b, c] = [
            { q: q1, r: r1 },
            { q: q2, r: r2 },
            { q: q3, r: r3 },
          ]
          const around = hexNeighbours(a)
          return (
            new Set(around.map(({ q, r }) => `${q} ${r}`)).size === 6 &&
            around.every((next) => hexDistance(a, next) === 1) &&
            hexDistance(a, b) === hexDistance(b, a) &&
            hexDistance(a, c) <= hexDistance(a, b) + hexDistance(b, c)
          )
        }),
      )
    },
  )

  test('the database counts the same steps', async ({ db }) => {
    const pairs = (await builtInAreas()).filter(({ hex_q }) => hex_q !== null).slice(0, 40)
    const { rows } = await sql<{ a: number; b: number; steps: number }>`
      with placed as (select * from json_to_recordset(${JSON.stringify(pairs.map(({ hex_q: q, hex_r: r }, n) => ({ n, q, r })))}::json) as given(n int, q int, r int))
      select a.n as a, b.n as b, hexes_between(a.q, a.r, b.q, b.r) as steps from placed a, placed b`.execute(db)
    for (const { a, b, steps } of rows) {
      const [one, other] = [pairs[a]!, pairs[b]!]
      expect(steps).toBe(hexDistance({ q: one.hex_q!, r: one.hex_r! }, { q: other.hex_q!, r: other.hex_r! }))
    }
  })
})
