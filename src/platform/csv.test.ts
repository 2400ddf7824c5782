import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnsIn, type CsvFault, type CsvLimits, openCsv } from './csv.ts'

let folder = ''
let files = 0
beforeAll(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'hearten-csv-'))))
afterAll(() => rm(folder, { recursive: true }))

const holding = async (content: string | Buffer): Promise<string> => {
  const file = path.join(folder, `${files++}.csv`)
  await writeFile(file, content)
  return file
}
const read = async (content: string | Buffer, size = 100, limits: Partial<CsvLimits> = {}) => {
  const csv = await openCsv(await holding(content), limits)
  const rows: [number, ...string[]][] = []
  const faults: CsvFault[] = []
  const sizes: number[] = []
  for await (const batch of csv.batches(size)) {
    rows.push(...batch.rows.map(({ line, cells }): [number, ...string[]] => [line, ...cells]))
    faults.push(...batch.faults)
    sizes.push(batch.rows.length)
  }
  return { csv, rows, faults, sizes }
}
const utf16 = (text: string, big = false): Buffer => {
  const bytes = Buffer.from(text, 'utf16le')
  return big ? bytes.swap16() : bytes
}

describe('rows', () => {
  test('keep the line they begin on, across empty lines and values of several lines', async () => {
    const { rows, csv } = await read('a,b\r\n1,2\r\n\r\n3,"four\nand\nmore"\n5,6\r7,8')
    expect(csv.header).toEqual(['a', 'b'])
    expect(rows).toEqual([
      [2, '1', '2'],
      [4, '3', 'four\nand\nmore'],
      [7, '5', '6'],
      [8, '7', '8'],
    ])
  })

  test('come so many at a time', async () => {
    const { sizes } = await read(`a\n${'x\n'.repeat(25)}`, 10)
    expect(sizes).toEqual([10, 10, 5])
  })

  test('separated by semicolons or tabs are read as well', async () => {
    expect((await read('a;b\n1;2,5')).rows).toEqual([[2, '1', '2,5']])
    expect((await read('a\tb\n1\t2,5')).rows).toEqual([[2, '1', '2,5']])
  })
})

describe('a broken line', () => {
  test('is told of by itself, and swallows none of those that follow', async () => {
    const { rows, faults } = await read(
      'a,b\n1,"never closed\n2,fine\n3,"quoted"\n4,in "the" middle\n5,"closed" badly\n6,fine',
    )
    expect(rows).toEqual([
      [3, '2', 'fine'],
      [4, '3', 'quoted'],
      [7, '6', 'fine'],
    ])
    expect(faults.map(({ line }) => line)).toEqual([2, 5, 6])
    expect(faults[0]!.reason).toContain('quote mark')
  })

  test('with too many or too few values is told of; empty values at the end do not count', async () => {
    const { rows, faults } = await read('a,b\n1\n1,2,3\n1,2,,\n')
    expect(rows).toEqual([[4, '1', '2', '', '']])
    expect(faults).toEqual([
      { line: 2, reason: 'It has 1 values, where the first line names 2 columns' },
      { line: 3, reason: 'It has 3 values, where the first line names 2 columns' },
    ])
  })

  test('that is far too long is passed over, in constant memory', async () => {
    const { rows, faults } = await read(`a,b\n1,2\n3,${'x'.repeat(2_000_000)}\n5,6\n`, 100, { rowBytes: 1000 })
    expect(rows).toEqual([
      [2, '1', '2'],
      [4, '5', '6'],
    ])
    expect(faults).toMatchObject([{ line: 3, reason: expect.stringContaining('1,000 bytes') as string }])
  })

  test('too many times over means that the file is refused', async () => {
    await expect(read(`a,b\n${'1\n'.repeat(50)}`, 100, { faults: 20 })).rejects.toThrow(
      'More than 20 lines cannot be read',
    )
  })

  test('at the very end is told of too', async () => {
    expect((await read('a,b\n1,2\n3,"')).faults).toMatchObject([{ line: 3 }])
  })
})

describe('an encoding', () => {
  const text = 'name\nZoë Ó Briain\nŁukasz\n'
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16, little end first', utf16(`\uFEFF${text}`), 'utf-16le'],
    ['UTF-16, big end first', utf16(`\uFEFF${text}`, true), 'utf-16be'],
    ['UTF-16 without its mark', utf16(text), 'utf-16le'],
  ])('%s is found out', async (_, bytes, encoding) => {
    const { csv, rows } = await read(bytes)
    expect(csv.encoding).toBe(encoding)
    expect(csv.header).toEqual(['name'])
    expect(rows).toEqual([
      [2, 'Zoë Ó Briain'],
      [3, 'Łukasz'],
    ])
  })

  test('Latin 1 is found out, even far into the file', async () => {
    const { csv, rows } = await read(Buffer.from(`name\n${'plain\n'.repeat(100_000)}Zoë\n`, 'latin1'))
    expect(csv.encoding).toBe('windows-1252')
    expect(rows.at(-1)).toEqual([100_002, 'Zoë'])
  })

  test('UTF-8 whose letters fall between two pieces is still UTF-8', async () => {
    for (const shift of [0, 1, 2]) {
      const { csv } = await read(Buffer.from(`name${'x'.repeat(shift)}\n${'é€😀\n'.repeat(60_000)}`), 1000)
      expect(csv.encoding).toBe('utf-8')
    }
  })

  test.each([
    ['a mixture', Buffer.concat([Buffer.from('name\nZoë\n'), Buffer.from('Zoë\n', 'latin1')]), 'line 3'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004 and so on'), 'save it as CSV'],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'Unpack'],
    ['zero bytes', Buffer.from('name\nZo\0e\n'), 'zero byte'],
    ['nothing', Buffer.alloc(0), 'is empty'],
    ['empty lines', Buffer.from('\n\n\n'), 'no first line'],
    ['a character of no known encoding', Buffer.from([0x61, 0x0a, 0x81, 0x0a]), 'neither UTF-8 nor'],
  ])('%s is refused in words', async (_, bytes, words) => {
    await expect(read(bytes)).rejects.toThrow(words)
  })

  test('a file that is not there, and one with too many columns, are refused in words', async () => {
    await expect(openCsv(path.join(folder, 'none.csv'))).rejects.toThrow('There is no file')
    await expect(read(`${'a,'.repeat(1000)}a\n`)).rejects.toThrow('1001 columns')
  })
})

describe('columns', () => {
  test('are known by any of their names, however they are written', () => {
    const found = columnsIn(['Membership Number ', 'E-mail', 'Shoe size', ''], {
      number: ['membership_number'],
      email: ['email', 'e_mail'],
      name: ['name'],
    })
    expect(found).toEqual({ at: { number: 0, email: 1 }, unknown: ['Shoe size'] })
  })

  test('of one name twice are refused', () => {
    expect(() => columnsIn(['email', 'Email'], { email: ['email'] })).toThrow('there twice')
  })
})
