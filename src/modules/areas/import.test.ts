import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../../../test/own-database.ts'
import { findArea, importAreas, importPostcodes, loadBuiltInAreas, placeOf } from './index.ts'

let own: OwnDatabase
let folder = ''
let files = 0
beforeAll(async () => {
  own = await ownDatabase()
  folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-import-'))
})
afterAll(async () => {
  await own.drop()
  await rm(folder, { recursive: true })
})
beforeEach(() => sql`delete from postcode`.execute(own.db))

const afresh = async () => {
  await sql`delete from area`.execute(own.db)
  await loadBuiltInAreas(own.db)
}

const holding = async (content: string | Buffer): Promise<string> => {
  const file = path.join(folder, `${files++}.csv`)
  await writeFile(file, content)
  return file
}
const areasFrom = async (content: string, more = {}) =>
  importAreas({ url: own.url, file: await holding(content), ...more })
const postcodesFrom = async (content: string | Buffer, more = {}) =>
  importPostcodes({ url: own.url, file: await holding(content), ...more })
const count = async (table: 'area' | 'postcode' | 'happening') =>
  (
    await own.db
      .selectFrom(table)
      .select(sql<number>`count(*)::int`.as('n'))
      .executeTakeFirstOrThrow()
  ).n

describe('importing areas', () => {
  beforeEach(afresh)

  test('adds wards below their constituency, with its hexagon, and the same file again changes nothing', async () => {
    const file = 'code,name,kind,parent,lat,lon,shoe\nE05000001,Kirkby,ward,E14000535,53.1,-1.25,9\n'
    expect(await areasFrom(file)).toMatchObject({ rows: 1, added: 1, changed: 0, unknownColumns: ['shoe'] })
    expect(await findArea(own.db, 'E05000001')).toMatchObject({
      path: 'E92000001.E12000004.E14000535.E05000001',
      region: 'E12000004',
      lat: 53.1,
      hexQ: 1,
      hexR: 2,
    })
    expect(await areasFrom(file)).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
  })

  test('changes what is there, and what the file leaves empty stays', async () => {
    expect(
      await areasFrom(
        'code,name,kind,parent,lat,lon,electors\nE14000535,Ashfield & District,constituency,E12000004,53.09,-1.26,\n',
      ),
    ).toMatchObject({ changed: 1 })
    expect(await findArea(own.db, 'E14000535')).toMatchObject({
      name: 'Ashfield & District',
      lat: 53.09,
      electors: 77_091,
      hexQ: 1,
    })
  })

  test('moving an area moves all below it', async () => {
    await areasFrom('code,name,kind,parent\nE05000001,Kirkby,ward,E14000535\n')
    await areasFrom('code,name,kind,parent\nE14000535,Ashfield,constituency,E12000003\n')
    expect(await findArea(own.db, 'E05000001')).toMatchObject({
      path: 'E92000001.E12000003.E14000535.E05000001',
      region: 'E12000003',
    })
  })

  test('a bad row refuses the whole file, and each bad row is listed with its line and the reason', async () => {
    const rejects = path.join(folder, 'bad-areas.csv')
    const summary = await areasFrom(
      'code,name,kind,parent,lat,lon\nE05000001,Kirkby,ward,E14000535,,\nE 5,Bad,ward,E14000535,,\nE05000002,Bad,hamlet,E14000535,,\nE05000003,Bad,ward,,,\nE05000004,Bad,ward,E14000535,91,0\nE05000005,Bad,ward,E14000535,5,\nE05000001,Again,ward,E14000535,,\n',
      { rejects },
    )
    expect(summary).toMatchObject({ refused: 6, added: 0, problem: '6 rows cannot be used, so nothing was changed.' })
    const lines = (await readFile(rejects, 'utf8')).trim().split('\n')
    expect(lines[0]).toBe('line,reason,code,name,kind,parent,lat,lon')
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['3', '4', '5', '6', '7', '8'])
    expect(await findArea(own.db, 'E05000001')).toBeUndefined()
  })

  test.each([
    ['a parent that nobody knows', 'X1,One,ward,NOWHERE', 'The parent NOWHERE is neither in the file nor known'],
    ['a ward above a constituency', 'X1,One,constituency,X2\nX2,Two,ward,X1', 'cannot be below'],
    ['a circle', 'X1,One,region,X2\nX2,Two,region,X1', 'cannot be below'],
  ])('%s is refused, and nothing changes', async (_, rows, words) => {
    await expect(areasFrom(`code,name,kind,parent\n${rows}\n`)).rejects.toThrow(words)
    expect(await count('area')).toBe(663)
  })

  test('only tried, changes nothing but says what would', async () => {
    expect(await areasFrom('code,name,kind,parent\nE05000001,Kirkby,ward,E14000535\n', { dryRun: true })).toMatchObject(
      { added: 1 },
    )
    expect(await count('area')).toBe(663)
  })

  test('a whole set of other constituencies takes the place of the built-in set, but for those in use', async () => {
    await own.db
      .insertInto('academy')
      .values({ slug: 'old', name: 'Old', area_code: 'E14000535', opened_on: '2024-01-01', calendar_key: 'old' })
      .execute()
    try {
      const rows = Array.from({ length: 500 }, (_, n) => `N${n},New ${n},constituency,E12000004,${n},0`)
      expect(await areasFrom(`code,name,kind,parent,hex_q,hex_r\n${rows.join('\n')}\n`)).toMatchObject({
        added: 500,
        removed: 649,
        kept: 1,
      })
      expect(await findArea(own.db, 'E14000535')).toMatchObject({ hexQ: null })
      expect(await loadBuiltInAreas(own.db)).toBe(0)
    } finally {
      await sql`delete from academy`.execute(own.db)
    }
  })

  const real = path.resolve('../shared/data/uk/constituencies-2024.csv')
  test.skipIf(!existsSync(real))(
    'takes the 650 constituencies of 2024 (skipped where the data is absent)',
    async () => {
      const [head, ...lines] = (await readFile(real, 'utf8')).trim().split('\n')
      const names = head!.split(',')
      const rows = lines.map((line) => {
        const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, ''))
        const of = (name: string) => cells[names.indexOf(name)]
        return [
          of('ons_code'),
          of('name'),
          'constituency',
          of('region_code'),
          of('lat'),
          of('lon'),
          of('hex_q'),
          of('hex_r'),
          of('electorate_2024'),
        ].join(',')
      })
      const summary = await areasFrom(`code,name,kind,parent,lat,lon,hex_q,hex_r,electors\n${rows.join('\n')}\n`)
      expect(summary).toMatchObject({ rows: 650, refused: 0 })
      expect(await count('area')).toBe(663)
      expect((await placeOf(own.db, 'E14001063'))?.area).toMatchObject({
        name: 'Aldershot',
        lat: expect.closeTo(51.3, 1) as number,
      })
    },
  )
})

describe('importing postcodes', () => {
  beforeAll(afresh)

  test('from any file with a postcode and an area; the smallest known area counts, and ended postcodes do not', async () => {
    await areasFrom('code,name,kind,parent\nE05000001,Kirkby,ward,E14000535\n')
    const summary = await postcodesFrom(
      'pcds,doterm,osward,pcon24cd,lat\nNG17 1AA,,E05000001,E14000535,53\nNG17 1AB,,E05009999,E14000535,53\nNG17 1AD,201501,,E14000535,53\nCF10 1EP,,,W07000050,51\nJE2 3AB,,,,49\nZZ99 9ZZ,,,E14000535,0\nNG18 1AA,,,E99999999,0\n',
      { force: true },
    )
    expect(summary).toMatchObject({
      rows: 7,
      loaded: 3,
      terminated: 1,
      withoutArea: 1,
      refused: 1,
      unknownArea: 1,
      unknownCodes: [{ code: 'E99999999', rows: 1 }],
      unknownColumns: ['lat'],
    })
    expect(await placeOf(own.db, 'ng171aa')).toMatchObject({ exact: true, area: { code: 'E05000001' } })
    expect(await placeOf(own.db, 'NG17 1AB')).toMatchObject({ exact: true, area: { code: 'E14000535' } })
    expect(await placeOf(own.db, 'NG17 1AD')).toMatchObject({ exact: false })
  })

  test('again takes the place of what was there, whole', async () => {
    await postcodesFrom('postcode,area\nNG17 1AA,E14000535\nNG17 1AB,E14000535\n')
    expect(await postcodesFrom('postcode,area\nng171aa,e14000800\n')).toMatchObject({ loaded: 1, before: 2 })
    expect(await own.db.selectFrom('postcode').selectAll().execute()).toEqual([
      { postcode: 'NG171AA', area_code: 'E14000800' },
    ])
  })

  test('a postcode there twice is loaded once, as it stands first', async () => {
    expect(await postcodesFrom('postcode,area\nNG17 1AA,E14000535\nNG171AA,E14000800\n')).toMatchObject({
      loaded: 1,
      repeated: 1,
    })
    expect(await placeOf(own.db, 'NG17 1AA')).toMatchObject({ area: { code: 'E14000535' } })
  })

  test.each([
    ['without postcodes', 'a,area\n1,E14000535\n', /no column of postcodes/],
    ['without areas', 'postcode,b\nNG17 1AA,1\n', /no column of area codes/],
    ['that is a spreadsheet', 'PK\u0003\u0004', /spreadsheet/],
  ])('a file %s is refused', async (_, content, words) => {
    await postcodesFrom('postcode,area\nNG17 1AA,E14000535\n')
    await expect(postcodesFrom(content)).rejects.toThrow(words)
    expect(await count('postcode')).toBe(1)
  })

  test.each([
    [
      'whose areas are unknown',
      `postcode,area\n${'NG17 1AA,E99\n'.repeat(9)}`,
      'None of the area codes, such as E99, is known',
    ],
    [
      'many of whose areas are unknown',
      `postcode,area\nNG17 1AA,E14000535\n${'NG17 1AB,E99\n'.repeat(9)}`,
      '9 of 10 rows are in areas that are not known',
    ],
    [
      'many of whose rows cannot be read',
      `postcode,area\nNG17 1AA,E14000535\n${'nonsense,E14000535\n'.repeat(9)}`,
      '9 of 10 rows cannot be read',
    ],
  ])('a file %s changes nothing, and the summary says why', async (_, content, words) => {
    await postcodesFrom('postcode,area\nNG17 1AA,E14000535\n')
    expect((await postcodesFrom(content)).problem).toContain(words)
    expect(await count('postcode')).toBe(1)
    const { rows } = await sql`select from pg_class where relname = 'postcode_next'`.execute(own.db)
    expect(rows).toEqual([])
  })

  test('only tried, changes nothing', async () => {
    expect(await postcodesFrom('postcode,area\nNG17 1AA,E14000535\n', { dryRun: true })).toMatchObject({ loaded: 1 })
    expect(await count('postcode')).toBe(0)
  })

  test('two at once: the second is told to wait', async () => {
    const both = await Promise.allSettled([
      postcodesFrom(`postcode,area\n${'NG17 1AA,E14000535\n'.repeat(50_000)}`),
      postcodesFrom(`postcode,area\n${'NG17 1AA,E14000535\n'.repeat(50_000)}`),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(String((both.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason)).toContain(
      'Wait until it has ended',
    )
  })

  test('whoever asks meanwhile always finds a postcode, old or new', async () => {
    await postcodesFrom('postcode,area\nNG17 1AA,E14000535\n')
    const still = { going: true }
    const missed: unknown[] = []
    const asking = (async () => {
      while (still.going) if ((await placeOf(own.db, 'NG17 1AA'))?.exact !== true) missed.push('missed')
    })()
    for (const area of ['E14000800', 'E14000535'])
      await postcodesFrom(`postcode,area\nNG17 1AA,${area}\n${'M1 1AE,E14000807\n'.repeat(2000)}`)
    still.going = false
    await asking
    expect(missed).toEqual([])
  })

  test('a thousand odd files do no harm', async () => {
    await postcodesFrom('postcode,area\nNG17 1AA,E14000535\n')
    for (const content of [
      '\0',
      '"',
      'postcode,area\n"',
      'postcode,area\nNG17 1AA',
      'postcode,area\r\r\r',
      `postcode,area\n${'"'.repeat(99_999)}`,
      `${','.repeat(500)}\n`,
      'postcode,area,postcode\nNG17 1AA,E14000535,\n',
    ])
      await postcodesFrom(content).catch((error: Error) => expect(error.name).toMatch(/Refusal|UnusableFile/))
    expect(await placeOf(own.db, 'NG17 1AA')).toMatchObject({ exact: true })
  })

  const real = path.resolve('../shared/data/uk/postcode-outcodes.csv')
  test.skipIf(!existsSync(real))(
    'the region of each postcode area is where most of its postcodes are (skipped where the data is absent)',
    async () => {
      const [head, ...lines] = (await readFile(real, 'utf8')).trim().split('\n')
      const [code, number, seat] = ['outcode', 'postcodes', 'con2010'].map((name) =>
        head!.split(',').indexOf(name),
      ) as [number, number, number]
      const regionOf = new Map(
        (await own.db.selectFrom('area').select(['code', 'region']).execute()).map((area) => [area.code, area.region]),
      )
      const { postcodeAreas } = await import('./postcode-areas.ts')
      const sums = new Map<string, Map<string, number>>()
      for (const cells of lines.map((line) => line.split(','))) {
        const letters = /^[A-Z]+/.exec(cells[code]!)![0]
        const region = regionOf.get(cells[seat]!)
        if (!region) continue
        const sum = sums.get(letters) ?? new Map<string, number>()
        sums.set(letters, sum.set(region, (sum.get(region) ?? 0) + Number(cells[number])))
      }
      expect(sums.size).toBe(121)
      for (const [letters, sum] of sums)
        expect([letters, postcodeAreas.get(letters)?.region]).toEqual([
          letters,
          [...sum].toSorted((a, b) => b[1] - a[1])[0]![0],
        ])
    },
  )
})
