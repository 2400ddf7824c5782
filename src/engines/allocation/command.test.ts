/** `hearten allocate` and `hearten allocation verify`, with good files and every sort of bad one. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditOf } from './audit.ts'
import { canonical } from './canonical.ts'
import { auditLines, runAllocate, runVerify } from './command.ts'

let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'allocation-'))))
afterAll(() => rm(folder, { recursive: true }))

type Command = (io: { write: (text: string) => void; error: (text: string) => void }) => Promise<number>

async function said(command: Command) {
  const [written, errors]: string[][] = [[], []]
  const code = await command({ write: (text) => written!.push(text), error: (text) => errors!.push(text) })
  return { code, text: written!.join(''), errors: errors!.map((text) => text.replaceAll(`${folder}/`, '')) }
}

async function allocating(round: string | Uint8Array, more: { out?: string } = {}) {
  const file = join(folder, 'round.json')
  await writeFile(file, round)
  return said((io) => runAllocate({ file, ...more }, io))
}

async function verifying(audit: string) {
  const file = join(folder, 'audit.json')
  await writeFile(file, audit)
  return said((io) => runVerify({ file }, io))
}

const round = {
  round: 'spring-2027',
  seed: 'any text',
  runs: [
    { id: 'r2', capacity: 1 },
    { id: 'r1', capacity: 2, reserves: { woman: 1 } },
  ],
  members: [
    { id: 'm4', band: 1, traits: ['woman'], preferences: ['r1', 'r2'] },
    { id: 'm3', band: 0, traits: [], preferences: ['r1'] },
    { id: 'm2', preferences: ['r1', 'r2'] },
    { id: 'm1', band: 0, traits: ['woman'], preferences: ['r2', 'r1'] },
  ],
}

const golden = `{
  "round": "spring-2027",
  "assignments": [
    {"member":"m1","run":"r2","choice":1,"number":"9cf3d8e132ca291ca063ffe3c9a406f87819fe055352c9e2bc5fb8d7bed3f060"},
    {"member":"m2","run":"r1","choice":1,"number":"40c11e9cced53da85369ba88fc7d86e2b0baa1a874fe5f9410211b624cfc4d7c"},
    {"member":"m3","run":null,"choice":null,"number":"d3e6e9ca0bc10b93568835ecf58a31e3a6804761962bf0ec1dc9b1d8827c1bd2"},
    {"member":"m4","run":"r1","choice":1,"number":"94e9b64967c5f71dfd927fe900c8d38eea87a630098e5bd334b59d8017e85407"}
  ],
  "runs": [
    {"id":"r1","held":["m2","m4"],"waiting":["m3"],"lastOpen":{"band":0,"number":"40c11e9cced53da85369ba88fc7d86e2b0baa1a874fe5f9410211b624cfc4d7c"},"lastReserved":{"woman":{"band":1,"number":"94e9b64967c5f71dfd927fe900c8d38eea87a630098e5bd334b59d8017e85407"}}},
    {"id":"r2","held":["m1"],"waiting":[],"lastOpen":{"band":0,"number":"9cf3d8e132ca291ca063ffe3c9a406f87819fe055352c9e2bc5fb8d7bed3f060"},"lastReserved":{}}
  ],
  "digest": "30b91c527d5e475fe8f6808926e5b1ec464ae290c0ae1f61b80ff57583dea691"
}
`

describe('allocating the round of a file', () => {
  test('prints exactly this', async () => {
    expect(await allocating(JSON.stringify(round))).toEqual({ code: 0, text: golden, errors: [] })
  })

  test('writes the same bytes to a file', async () => {
    const out = join(folder, 'result.json')
    expect(await allocating(JSON.stringify(round, null, 2), { out })).toEqual({ code: 0, text: '', errors: [] })
    expect(await readFile(out, 'utf8')).toBe(golden)
  })

  test('prints a digest anyone can compute from what stands above it', () => {
    const { digest, ...above } = JSON.parse(golden) as { digest: string }
    expect(createHash('sha256').update(canonical(above)).digest('hex')).toBe(digest)
  })

  test('prints an empty round too', async () => {
    const { text } = await allocating('{"round":"none","seed":"s","runs":[],"members":[]}')
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['round', 'assignments', 'runs', 'digest'])
  })
})

describe('a file that cannot be used gets one error naming the place, and nothing is written', () => {
  const refused = async (text: string | Uint8Array, problem: string) =>
    expect(await allocating(text)).toEqual({ code: 1, text: '', errors: [problem] })

  test('not JSON', () =>
    refused('round: 1', 'round.json: line 1, column 1: this is not JSON: a value should stand here.\n'))
  test('cut short', () => refused('{"round":', 'round.json: line 1, column 10: the file ends before its JSON does.\n'))
  test('empty', () => refused('', 'round.json: line 1, column 1: the file ends before its JSON does.\n'))

  test('an unknown run', () => {
    const members = [{ id: 'm1', preferences: ['r9'] }]
    const problem = 'members[0].preferences[0]: member “m1” lists “r9”, which is not a run of this round'
    return refused(JSON.stringify({ ...round, members }), `round.json: ${problem}.\n`)
  })

  test('a repeated member', () => {
    const problem = 'members[4].id: “m4” is the id of a member already, at members[0]'
    return refused(
      JSON.stringify({ ...round, members: [...round.members, round.members[0]] }),
      `round.json: ${problem}.\n`,
    )
  })

  test('reserves above the capacity', () => {
    const runs = [{ id: 'r1', capacity: 1, reserves: { woman: 1, young: 1 } }]
    const problem = 'runs[0].reserves: run “r1” reserves 2 seats but has 1'
    return refused(JSON.stringify({ ...round, runs }), `round.json: ${problem}.\n`)
  })

  test('a gigabyte of spaces', async () => {
    const file = join(folder, 'spaces.json')
    const handle = await open(file, 'w')
    await handle.truncate(1_000_000_000)
    await handle.close()
    const problem = 'spaces.json is larger than 500 MB, which is the most that is read.\n'
    expect(await said((io) => runAllocate({ file }, io))).toEqual({ code: 1, text: '', errors: [problem] })
    await rm(file)
  })

  test('two megabytes of spaces', () =>
    refused(' '.repeat(2_000_000), 'round.json: line 1, column 2000001: the file ends before its JSON does.\n'))

  test('no file, or a folder', async () => {
    for (const name of ['missing.json', 'folder.json']) {
      if (name === 'folder.json') await mkdir(join(folder, name))
      const { code, errors } = await said((io) => runAllocate({ file: join(folder, name) }, io))
      expect([code, errors.length]).toEqual([1, 1])
      expect(errors[0]).toMatch(new RegExp(`^${name} cannot be read: E\\w+`))
    }
  })

  test('a place where the result cannot be written', async () => {
    const { code, text, errors } = await allocating(JSON.stringify(round), { out: join(folder, 'no', 'result.json') })
    expect([code, text, errors.length]).toEqual([1, '', 1])
    expect(errors[0]).toMatch(/^no\/result\.json cannot be written: ENOENT/)
  })
})

describe('verifying an audit file', () => {
  const parts = { beacon: { network: 'quicknet', round: 9, randomness: '0f'.repeat(32) } }
  const members = round.members.map((member) => Object.assign({ band: 0, traits: [] }, member))
  const runs = round.runs.map((run) => Object.assign({ reserves: {} }, run))
  const audit = [...auditLines(auditOf({ round: round.round, runs, members }, parts))].join('')

  test('says yes to a true one', async () => {
    expect(await verifying(audit)).toEqual({
      code: 0,
      text: 'Yes. The roll, the seed and what each of 4 members got are what the rule gives.\n',
      errors: [],
    })
  })

  test('says exactly where a false one differs', async () => {
    const { code, text, errors } = await verifying(audit.replace(/("member":"m2",.*"choice":)\w+/, '$17'))
    expect([code, errors]).toEqual([1, []])
    expect(text).toMatch(
      /^No\. The file differs from what the rule gives in one place\.\nresult\.assignments\[m2\]\.choice\n {2}expected \w+\n {2}found {4}7\n$/,
    )
  })

  test('counts what it does not show, and does not drown in a file made to differ everywhere', async () => {
    const many = (count: number) => audit.replace(/"held":\["\w+"/, (held) => held + ',"x"'.repeat(count))
    const { text } = await verifying(many(150))
    expect(text).toMatch(/^No\. The file differs from what the rule gives in \d+ places\.\n/)
    expect(text).toMatch(/The first 100 are shown\.\n$/)
    expect((await verifying(many(200_000))).text).toMatch(/in more than 10,000 places\.\n/)
  })

  test.each([
    ['{}', 'audit.json: the key “engine” is missing.\n'],
    [
      audit.replace('"seedFrom": {', '"seedFrom": {"nonces":[],'),
      'audit.json: seedFrom: there should be either “beacon” or “nonces” here.\n',
    ],
    [
      audit.replace(/"beacon":\{.*\}\}/, '"nonces":[{"digest":"x"}]}'),
      'audit.json: seedFrom.nonces[0]: the key “nonce” is missing.\n',
    ],
    [audit.replace('"round":9', '"round":-9'), 'audit.json: seedFrom.beacon.round: -9 is negative.\n'],
    [
      audit.replace('"capacity":2', '"capacity":0'),
      'audit.json: input.runs[0].reserves: run “r1” reserves 1 seats but has 0.\n',
    ],
  ])('refuses what is not an audit file', async (text, problem) => {
    expect(await verifying(text)).toEqual({ code: 1, text: '', errors: [problem] })
  })
})
