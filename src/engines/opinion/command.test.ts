import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runOpinion, type OpinionArguments } from './command.ts'
import { compareIds } from './ids.ts'
import { reviewWithCamps, shuffled } from './made-up.ts'
import { realFile, testWithReal } from './real-data.ts'
import type { OpinionReport } from './report.ts'

let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'opinion-'))))
afterAll(() => rm(folder, { recursive: true }))

const header = 'timestamp,datetime,comment-id,voter-id,vote'
const rows = reviewWithCamps(2, 40, 12, 'files').map(
  ({ person, statement, vote, time }) => `${1_500_000_000_000 + time},Mon Jul 17 2017,${statement},${person},${vote}`,
)
const statements = [
  'comment-id,author-id,moderated,comment-body',
  ...[...Array(12).keys()].map((j) => `${j},1,1,"One, ""two""\nthree"`),
]

async function run(
  files: Partial<Record<'votes' | 'statements' | 'groups', string | Buffer>>,
  more: Partial<OpinionArguments> = {},
) {
  const args: OpinionArguments = { votes: join(folder, 'votes.csv'), ...more }
  for (const [name, text] of Object.entries(files)) {
    args[name as 'votes'] = join(folder, `${name}.csv`)
    await writeFile(args[name as 'votes'], text)
  }
  const [written, said]: string[][] = [[], []]
  const code = await runOpinion(args, { write: (text) => written!.push(text), error: (text) => said!.push(text) })
  return {
    code,
    text: written!.join(''),
    report: (written!.length ? JSON.parse(written!.join('')) : null) as OpinionReport,
    errors: said!.map((text) => text.replaceAll(`${folder}/`, '')),
  }
}

const votesFile = (...lines: string[]): string => [header, ...lines, ''].join('\n')
const whole = votesFile(...rows)

describe('the report', () => {
  test('has exactly the keys that the documentation lists, in that order', async () => {
    const { report, code, errors } = await run({ votes: whole, statements: statements.join('\n') })
    expect([code, errors]).toEqual([0, []])
    expect(Object.keys(report)).toEqual(
      'people grouped statements votes components means groups majority consensus priorities positions stability heldOut'.split(
        ' ',
      ),
    )
    expect(Object.keys(report.groups[0]!)).toEqual(['id', 'size', 'members', 'representative'])
    expect(Object.keys(report.groups[0]!.representative[0]!)).toEqual(
      'statement side agrees disagrees seen probability repness test'.split(' '),
    )
    expect(Object.keys(report.consensus[0]!)).toEqual(['statement', 'value', 'disagree', 'mean', 'low'])
    expect(Object.keys(report.priorities[0]!)).toEqual(['statement', 'value', 'extremity'])
    expect(Object.keys(report.positions[0]!)).toEqual(['person', 'x', 'y', 'group'])
    const votesBy = Map.groupBy(rows, (row) => row.split(',')[3])
    const grouped = [...votesBy.values()].filter(({ length }) => length >= 7).length
    expect([report.people, report.grouped, report.statements, report.votes]).toEqual([40, grouped, 12, rows.length])
  })

  test('lists by id, whole numbers by size', async () => {
    const { report } = await run({ votes: whole })
    expect(report.positions.map(({ person }) => person)).toEqual([...Array(40).keys()].map(String))
    expect(report.priorities.map(({ statement }) => statement)).toEqual([...Array(12).keys()].map(String))
    for (const { members } of report.groups) expect(members).toEqual(members.toSorted(compareIds))
    expect(['b', '10', '9', '09', 'a', '1'].toSorted(compareIds)).toEqual(['1', '9', '09', '10', 'a', 'b'])
  })

  test('is the same to the byte whatever the order of rows and columns', async () => {
    const first = await run({ votes: whole })
    const second = await run({ votes: votesFile(...shuffled(rows, 'files')) })
    const columns = [header, ...rows].map((row) => row.split(',').toReversed().join(','))
    const third = await run({ votes: columns.join('\r\n') })
    expect(second.text).toBe(first.text)
    expect(third.text).toBe(first.text)
  })

  test('leaves statements moderated out of every list, and asks meta statements first', async () => {
    const marked = [
      'comment-id,moderated,is-meta',
      ...[...Array(13).keys()].map((j) => `${j},${j === 3 ? -1 : 1},${j === 5}`),
    ]
    const { report } = await run({ votes: whole, statements: marked.join('\n') })
    expect(JSON.stringify(report)).not.toContain('"statement":"3"')
    expect(report.consensus.length).toBe(12)
    expect([report.means.length, report.components[0].length, report.components[1].length]).toEqual([12, 12, 12])
    expect(report.priorities.find(({ statement }) => statement === '5')!.value).toBe(49)
    expect(report.priorities.find(({ statement }) => statement === '12')!.value).toBeCloseTo((0.5 * 0.5 * 9) ** 2, 9)
  })

  test('is about the groups given, when they are', async () => {
    const given = [
      'participant,group',
      ...[...Array(38).keys()].map((i) => `${i},${i < 20 ? 'early' : 'late'}`),
      '38,',
      '77,late',
    ]
    const { report, errors } = await run({ votes: whole, groups: given.join('\n') })
    expect(report.groups.map(({ id, size }) => [id, size])).toEqual([
      ['early', 20],
      ['late', 18],
    ])
    expect(report.positions.slice(37).map(({ group }) => group)).toEqual(['late', null, null])
    expect([report.grouped, report.stability]).toEqual([38, null])
    expect(errors).toEqual(['groups.csv: 1 in a group have no vote and are left out.\n'])
  })

  test('goes to the file asked for', async () => {
    const { text } = await run({ votes: whole })
    const { text: nothing } = await run({ votes: whole }, { out: join(folder, 'out.json') })
    expect(nothing).toBe('')
    expect(await readFile(join(folder, 'out.json'), 'utf8')).toBe(text)
    const { code, errors } = await run({ votes: whole }, { out: join(folder, 'no such folder', 'out.json') })
    expect(code).toBe(1)
    expect(errors[0]).toContain('cannot be written')
  })

  testWithReal('brexit-consensus/votes.csv', 'a real export is read without complaint', async () => {
    const { code, report, errors } = await run(
      {},
      {
        votes: realFile('brexit-consensus/votes.csv'),
        statements: realFile('brexit-consensus/comments.csv'),
        groups: realFile('brexit-consensus/participants-votes.csv'),
      },
    )
    expect([code, errors]).toEqual([0, []])
    expect([report.people, report.statements, report.votes, report.grouped]).toEqual([204, 50, 5303, 197])
    expect(report.groups.map(({ id, size }) => [id, size])).toEqual([
      [0, 106],
      [1, 91],
    ])
  })
})

describe('broken input', () => {
  test('each broken row is reported with its line and left out, and the rest counts', async () => {
    const { text } = await run({ votes: whole })
    const broken: [string, string][] = [
      ['1,x,1,1', 'has 4 columns where the header has 5'],
      ['1,x,1,1,1,1', 'has 6 columns where the header has 5'],
      ['1,x,1,1,2', 'has the vote “2”, which is not 1, 0 or -1'],
      ['1,x,1,1,agree', 'has the vote “agree”, which is not 1, 0 or -1'],
      ['1,x,1,1,', 'has the vote “”, which is not 1, 0 or -1'],
      ['yesterday,x,1,1,1', 'has the timestamp “yesterday”, which is not a number'],
      ['1e400,x,1,1,1', 'has the timestamp “1e400”, which is not a number'],
      ['1,x,,1,1', 'has no comment-id'],
      ['1,x,1, ,1', 'has no voter-id'],
      [`1,x,${'9'.repeat(201)},1,1`, 'has a comment-id longer than 200 characters'],
      ['1,x,1,a\u0007b,1', 'has a voter-id with control characters'],
      ['1,x,1,a\uFFFDb,1', 'has a voter-id that is not readable as UTF-8'],
      ['1,"x,1,1,1', 'has a quotation mark out of place'],
      [`1,${'x'.repeat(300_000)},1,1,1`, 'is longer than 100,000 characters'],
    ]
    const { code, errors, text: same } = await run({ votes: votesFile(...broken.map(([row]) => row), ...rows) })
    expect(code).toBe(0)
    expect(errors).toEqual(broken.map(([, problem], at) => `votes.csv, line ${at + 2}: ${problem}. It is left out.\n`))
    expect(same).toBe(text)
  })

  test('a byte-order mark, either line ending, blank lines, quoted fields, spaces and UTF-16 are all read', async () => {
    const { text } = await run({ votes: whole })
    const quoted = [header, ...rows].map((row) =>
      row
        .split(',')
        .map((cell) => `"${cell}"`)
        .join(','),
    )
    for (const votes of [
      `\uFEFF${whole}`,
      whole.replaceAll('\n', '\r\n'),
      whole.replaceAll('\n', '\r'),
      whole.replaceAll('\n', '\n\n'),
      quoted.join('\n'),
      whole.replaceAll(',', ' , '),
      Buffer.from(`\uFEFF${whole}`, 'utf16le'),
    ]) {
      const { code, errors, text: same } = await run({ votes })
      expect([code, errors]).toEqual([0, []])
      expect(same).toBe(text)
    }
  })

  test('bytes that are no text spoil their own row only', async () => {
    const { errors, report } = await run({
      votes: Buffer.concat([Buffer.from(whole), Buffer.from([49, 44, 44, 49, 44, 0xe9, 0xff, 44, 49, 10])]),
    })
    expect(errors).toEqual([
      `votes.csv, line ${rows.length + 2}: has a voter-id that is not readable as UTF-8. It is left out.\n`,
    ])
    expect(report.votes).toBe(rows.length)
  })

  test('without times the later row counts', async () => {
    const { report } = await run({ votes: 'comment-id,voter-id,vote\n7,a,1\n7,a,-1\n' })
    expect(report.means).toEqual([-1])
    expect(report.votes).toBe(1)
  })

  test('a file with nothing usable is an error, said in words', async () => {
    for (const [votes, problem] of [
      ['', 'votes.csv is empty.\n'],
      ['\n\n', 'votes.csv is empty.\n'],
      [votesFile(), 'votes.csv has no vote that can be used.\n'],
      ['a,b\n1,2\n', 'votes.csv has no column “comment-id” and no column “voter-id” and no column “vote”.\n'],
      [
        Buffer.from([0, 255, 254, 1, 2, 200]),
        'votes.csv has no column “comment-id” and no column “voter-id” and no column “vote”.\n',
      ],
    ] as const) {
      const { code, errors, text } = await run({ votes })
      expect([code, errors.at(-1), text]).toEqual([1, problem, ''])
    }
    const absent = await run({}, { votes: join(folder, 'absent.csv') })
    expect([absent.code, absent.errors]).toEqual([1, ['There is no file absent.csv.\n']])
    const directory = await run({}, { votes: folder })
    expect([directory.code, directory.errors.length]).toEqual([1, 1])
    const strangers = await run({ votes: whole, groups: 'participant,group\nx,1\n' })
    expect([strangers.code, strangers.errors]).toEqual([1, ['groups.csv puts no one who has voted in a group.\n']])
    const silent = await run({ votes: whole, statements: 'comment-id,moderated\n' })
    expect([silent.code, silent.errors]).toEqual([1, ['statements.csv has no statement that can be used.\n']])
  })

  test('a second row about the same statement or person is reported, and the first stands', async () => {
    const about = 'comment-id,moderated\n1,1\n1,-1\n2,perhaps\n'
    const groups = 'participant,group\n1,0\n2,1\n1,1\n'
    const { errors, report } = await run({ votes: whole, statements: about, groups })
    expect(errors).toEqual([
      'statements.csv, line 3: is about statement 1, which an earlier row has. It is left out.\n',
      'statements.csv, line 4: has “perhaps” under moderated, which is not 1, 0 or -1. It is left out.\n',
      'groups.csv, line 4: is about participant 1, whom an earlier row has. It is left out.\n',
    ])
    expect(report.groups.map(({ members }) => members)).toEqual([['1'], ['2']])
    expect(report.priorities.length).toBe(12)
  })

  test('words may hold commas, quotation marks and line ends; a mark never closed is reported', async () => {
    const about = `comment-id,comment-body,moderated\n1,"so, ""he""\nsaid",-1\n2,say "so" now,1\n3,"never closed,1\n4,x,1\n`
    const { report, errors } = await run({ votes: whole, statements: about })
    expect(report.priorities.some(({ statement }) => statement === '1')).toBe(false)
    expect(errors.length).toBe(1)
    expect(errors[0]).toContain('has a quotation mark out of place')
    const long = (size: number): string => `comment-id,comment-body,moderated\n1,"${'x\n'.repeat(size)}",1\n2,x,-1\n`
    const { report: other, errors: said } = await run({ votes: whole, statements: long(100_000) })
    expect(other.priorities.some(({ statement }) => statement === '2')).toBe(false)
    expect(said).toEqual([])
    const tooLong = await run({ votes: whole, statements: long(6_000_000) })
    expect([tooLong.code, tooLong.errors.length]).toEqual([1, 1])
    expect(tooLong.errors[0]).toContain('a row of more than 10 million characters')
  })

  test('ten thousand broken rows are counted, and a thousand of them named', async () => {
    const { errors, code } = await run({ votes: votesFile(...Array<string>(10_000).fill('1,x,1,1,9'), ...rows) })
    expect([code, errors.length]).toEqual([0, 1_001])
    expect(errors.at(-1)).toBe('votes.csv: 9,000 more rows are broken and are left out.\n')
  })

  test('names that mean something to the language are only names', async () => {
    const names = ['__proto__', 'constructor', 'toString']
    const { report } = await run({
      votes: ['comment-id,voter-id,vote', ...names.map((name) => `${name},${name},1`)].join('\n'),
    })
    expect(report.positions.map(({ person }) => person)).toEqual(names.toSorted())
  })
})
