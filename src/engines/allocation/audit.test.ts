/** Property 16: what is published is enough to compute everything again, and shows exactly what was tampered with. */
import { describe, expect, test } from 'vitest'
import { auditOf, readAudit, verify, type Audit } from './audit.ts'
import { auditLines } from './command.ts'
import { parseJson, type Json } from './json.ts'
import { always, anyMarket, inOrder, turnedRound } from './made-up.ts'
import type { Applications } from './round.ts'
import { commitmentTo } from './seed.ts'

const parts = { beacon: { network: 'made-up', round: 7, randomness: 'ab'.repeat(32) } }
const published = (audit: Audit) => [...auditLines(audit)].join('')
const read = (text: string) => readAudit(parseJson(new TextEncoder().encode(text)))

test('16: the published roll and the parts of the seed give the same bytes again', () => {
  always(anyMarket, 250, (round) => {
    const text = published(auditOf(round, parts))
    const audit = read(text)
    expect([...verify(audit)]).toEqual([])
    expect(published(auditOf(audit.input, audit.seedFrom))).toBe(text)
  })
})

test('16: the order in which runs, members, traits and reserves were read changes no byte', () => {
  always(anyMarket, 200, (round) => {
    expect(published(auditOf(turnedRound(round), parts))).toBe(published(auditOf(round, parts)))
  })
})

const applications: Applications = inOrder(
  [
    { id: 'r1', capacity: 1, reserves: { woman: 1 } },
    { id: 'r2', capacity: 1, reserves: {} },
  ],
  [
    { id: 'm1', traits: [], preferences: ['r1', 'r2'] },
    { id: 'm2', traits: ['woman'], preferences: ['r1'] },
    { id: 'm3', traits: [], preferences: ['r2'] },
  ],
)
const text = published(auditOf(applications, parts))
const pathsWith = (change: (text: string) => string) => {
  const changed = change(text)
  expect(changed).not.toBe(text)
  return [...verify(read(changed))].map(({ path }) => path)
}

describe('a changed result', () => {
  test('is named to the very value, whichever it is', () => {
    always(anyMarket, 150, (round) => {
      const audit = auditOf(round, parts)
      for (const [path, result] of everyChangeOf(JSON.parse(JSON.stringify(audit.result)) as Json, 'result'))
        expect([...verify({ ...audit, result })].map((difference) => difference.path)).toEqual([path])
    })
  })

  test('shows what the rule gives and what the file says', () => {
    const changed = text.replace('{"member":"m3","run":null', '{"member":"m3","run":"r2"')
    expect([...verify(read(changed))]).toEqual([
      { path: 'result.assignments[m3].run', expected: 'null', found: '"r2"' },
    ])
  })

  test('names a member left out, one put in, and two in each other’s place', () => {
    const line = /^ {4}\{"member":"m1".*\n/m
    expect(pathsWith((all) => all.replace(line, ''))).toEqual(['result.assignments[m1]'])
    expect(pathsWith((all) => all.replace('{"member":"m1"', '{"member":"m0"'))).toEqual([
      'result.assignments[m1]',
      'result.assignments[m0]',
    ])
    const [first] = line.exec(text)!
    const [second] = /^ {4}\{"member":"m2".*\n/m.exec(text)!
    const swapped = pathsWith((all) => all.replace(first + second, second + first))
    expect(swapped).toEqual(['result.assignments[0]', 'result.assignments[1]'])
  })

  test('is shown without anything that a terminal would obey, and shortened', () => {
    const hostile = String.raw`{"member":"\u001b[2J\u202e\nYes. All is well","run":"` + 'x'.repeat(5_000) + '"},'
    const [difference, ...others] = [...verify(read(text.replace('"assignments": [', `"assignments": [${hostile}`)))]
    expect(others).toEqual([])
    expect(difference!.path).toBe('result.assignments[“�[2J��Yes. All is well”]')
    expect(difference!.found.length).toBeLessThan(200)
  })

  test('may be anything at all', () => {
    for (const result of [
      'null',
      '7',
      '"yes"',
      '[]',
      '{}',
      '[[[]]]',
      '{"runs":{"id":[]},"assignments":[1,null,{"id":1}]}',
    ])
      expect(pathsWith((all) => `${all.slice(0, all.indexOf('"result"'))}"result":${result}}`).length).toBeGreaterThan(
        0,
      )
  })
})

describe('a changed input', () => {
  test('shows in the roll and the seed, and in no result it does not concern', () => {
    expect(pathsWith((all) => all.replace('"id":"m3","band":2', '"id":"m3","band":3'))).toEqual([
      'rollDigest',
      'input.seed',
    ])
  })

  test('shows in every result it concerns', () => {
    const paths = pathsWith((all) => all.replace('"traits":["woman"]', '"traits":[]'))
    expect(paths).toContain('rollDigest')
    expect(paths).toContain('result.assignments[m1].run')
    expect(paths).toContain('result.digest')
  })

  test('shows where only the seed was chosen', () => {
    const paths = pathsWith((all) => all.replace(/"seed": "\w+"/, '"seed": "a better one"'))
    expect(paths[0]).toBe('input.seed')
    expect(paths).not.toContain('rollDigest')
  })

  test('shows where the proof of the seed does not hold', () => {
    expect(pathsWith((all) => all.replace('abab', 'ABAB'))).toEqual(['seedFrom'])
    expect(pathsWith((all) => all.replace('abab', 'abac'))).toEqual(['input.seed'])
    expect(pathsWith((all) => all.replace('allocation 1', 'allocation 0'))).toEqual(['engine'])
  })
})

describe('drawing a round', () => {
  test('takes nothing into the file but the fields of a round', () => {
    const more = applications.members.map((member) => Object.assign({ email: 'ann@example.org' }, member))
    expect(published(auditOf({ ...applications, members: more }, parts))).toBe(text)
  })

  test('refuses applications no file could hold', () => {
    const [first, ...others] = applications.members as [Applications['members'][0]]
    for (const [wrong, problem] of [
      [{ ...first, preferences: ['r9'] }, 'which is not a run of this round'],
      [{ ...first, preferences: ['r1', 'r1'] }, 'lists the run “r1” twice'],
      [{ ...first, id: 'm2' }, 'is the id of a member already'],
      [{ ...first, band: -1 }, 'is negative'],
    ] as const)
      expect(() => auditOf({ ...applications, members: [wrong, ...others] }, parts)).toThrow(problem)
    const [run] = applications.runs as [Applications['runs'][0]]
    expect(() => auditOf({ ...applications, runs: [{ ...run, reserves: { woman: 2 } }] }, parts)).toThrow('reserves 2')
  })

  test('with officers’ nonces, too, keeps a missing reveal on record and verifies', () => {
    const nonces = [
      { digest: commitmentTo('north'), nonce: 'north' },
      { digest: commitmentTo('south'), nonce: null },
    ]
    const audit = read(published(auditOf(applications, { nonces })))
    expect(audit.seedFrom).toEqual({ nonces })
    expect([...verify(audit)]).toEqual([])
  })
})

/** A value with one thing in it changed, for each thing that can be, with the path of it; ids are left alone. */
function* everyChangeOf(value: Json, path: string): Generator<[path: string, changed: Json]> {
  if (value === null || typeof value !== 'object') yield [path, value === 'changed' ? 'other' : 'changed']
  else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) yield* changesOfEntry(value, i, path)
  else
    for (const [key, field] of Object.entries(value))
      if (key !== 'id' && key !== 'member')
        for (const [at, changed] of everyChangeOf(field, `${path}.${key}`)) yield [at, { ...value, [key]: changed }]
}

function* changesOfEntry(list: Json[], i: number, path: string): Generator<[path: string, changed: Json]> {
  const entry = list[i] as { id?: string; member?: string } | string
  const name = typeof entry === 'string' ? String(i) : (entry.member ?? entry.id!)
  for (const [at, changed] of everyChangeOf(list[i]!, `${path}[${name}]`)) yield [at, list.with(i, changed)]
}
