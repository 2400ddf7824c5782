/** Reading a round: what may be left out, and one clear sentence naming the place of anything else. */
import { describe, expect, test } from 'vitest'
import { parseJson } from './json.ts'
import { longestText, readRound } from './reading.ts'

const reading = (text: string) => readRound(parseJson(Buffer.from(text)))
const withRuns = (runs: string) => `{"round":"r","seed":"s","runs":${runs},"members":[]}`
const withMembers = (members: string) =>
  `{"round":"r","seed":"s","runs":[{"id":"r1","capacity":1},{"id":"r2","capacity":1}],"members":${members}}`

test('band, traits and reserves may be left out', () => {
  expect(reading(withMembers('[{"id":"m1","preferences":["r2"]}]'))).toEqual({
    round: 'r',
    seed: 's',
    runs: ['r1', 'r2'].map((id) => ({ id, capacity: 1, reserves: {} })),
    members: [{ id: 'm1', band: 0, traits: [], preferences: ['r2'] }],
  })
})

test('a seed is any text, of any length, with lines in it', () => {
  const seed = `one\ntwo ${'long '.repeat(1_000)}`
  expect(reading(JSON.stringify({ round: 'r', seed, runs: [], members: [] })).seed).toBe(seed)
  expect(() => reading('{"round":"r","seed":"","runs":[],"members":[]}')).toThrow('seed: this text is empty')
})

test('a trait named like a part of the language is a trait like any other', () => {
  const { runs } = reading(withRuns('[{"id":"r1","capacity":2,"reserves":{"__proto__":1,"constructor":1}}]'))
  expect(Object.entries(runs[0]!.reserves)).toEqual([
    ['__proto__', 1],
    ['constructor', 1],
  ])
  expect(() => reading(withRuns('[{"id":"r1","capacity":1,"reserves":{"__proto__":2}}]'))).toThrow('reserves 2 seats')
})

describe('in runs', () => {
  test.each([
    ['{}', 'runs: there should be a list here, not an object'],
    ['[3]', 'runs[0]: there should be an object here, not 3'],
    ['[{"id":"r1"}]', 'runs[0]: the key “capacity” is missing'],
    [
      '[{"id":"r1","capacity":1,"reserve":{}}]',
      'runs[0]: the key “reserve” is not known here (known are id, capacity, reserves)',
    ],
    ['[{"id":"r1","capacity":1,"__proto__":{}}]', 'runs[0]: the key “__proto__” is not known here'],
    ['[{"id":"r1","capacity":-1}]', 'runs[0].capacity: -1 is negative'],
    ['[{"id":"r1","capacity":1.5}]', 'runs[0].capacity: 1.5 is not a whole number'],
    ['[{"id":"r1","capacity":1e400}]', 'runs[0].capacity: Infinity is not a whole number'],
    ['[{"id":"r1","capacity":9007199254740993}]', 'runs[0].capacity: 9007199254740992 is too large'],
    ['[{"id":"r1","capacity":"1"}]', 'runs[0].capacity: there should be a whole number here, not the text “1”'],
    ['[{"id":"r1","capacity":null}]', 'runs[0].capacity: there should be a whole number here, not null'],
    ['[{"id":1,"capacity":1}]', 'runs[0].id: there should be text here, not 1'],
    ['[{"id":"","capacity":1}]', 'runs[0].id: this text is empty'],
    [`[{"id":"${'x'.repeat(longestText + 1)}","capacity":1}]`, 'runs[0].id: this text is longer than 200 characters'],
    [String.raw`[{"id":"a\nb","capacity":1}]`, 'runs[0].id: “a�b” holds a control character'],
    ['[{"id":"r1","capacity":1},{"id":"r1","capacity":2}]', 'runs[1].id: “r1” is the id of a run already, at runs[0]'],
    ['[{"id":"r1","capacity":2,"reserves":{"a":2,"b":1}}]', 'runs[0].reserves: run “r1” reserves 3 seats but has 2'],
    ['[{"id":"r1","capacity":2,"reserves":{"a":-1}}]', 'runs[0].reserves.“a”: -1 is negative'],
    ['[{"id":"r1","capacity":2,"reserves":{"":1}}]', 'runs[0].reserves: this text is empty'],
    ['[{"id":"r1","capacity":2,"reserves":null}]', 'runs[0].reserves: there should be an object here, not null'],
    ['[{"id":"r1","capacity":2,"reserves":[]}]', 'runs[0].reserves: there should be an object here, not a list'],
  ])('%s', (runs, problem) => {
    expect(() => reading(withRuns(runs))).toThrow(problem)
  })
})

describe('in members', () => {
  test.each([
    ['[{"preferences":[]}]', 'members[0]: the key “id” is missing'],
    ['[{"id":"m1"}]', 'members[0]: the key “preferences” is missing'],
    [
      '[{"id":"m1","preferences":["r9"]}]',
      'members[0].preferences[0]: member “m1” lists “r9”, which is not a run of this round',
    ],
    ['[{"id":"m1","preferences":["__proto__"]}]', 'lists “__proto__”, which is not a run of this round'],
    ['[{"id":"m1","preferences":["r1","r2","r1"]}]', 'members[0].preferences[2]: this member lists the run “r1” twice'],
    ['[{"id":"m1","preferences":"r1"}]', 'members[0].preferences: there should be a list here, not the text “r1”'],
    ['[{"id":"m1","preferences":[["r1"]]}]', 'members[0].preferences[0]: there should be text here, not a list'],
    ['[{"id":"m1","preferences":[],"traits":["a","a"]}]', 'members[0].traits[1]: this member has the trait “a” twice'],
    ['[{"id":"m1","preferences":[],"traits":null}]', 'members[0].traits: there should be a list here, not null'],
    ['[{"id":"m1","preferences":[],"band":-1}]', 'members[0].band: -1 is negative'],
    ['[{"id":"m1","preferences":[],"band":true}]', 'members[0].band: there should be a whole number here, not true'],
    [
      '[{"id":"m1","preferences":[]},{"id":"m1","preferences":[]}]',
      'members[1].id: “m1” is the id of a member already, at members[0]',
    ],
  ])('%s', (members, problem) => {
    expect(() => reading(withMembers(members))).toThrow(problem)
  })

  test('a very long list with one run twice is refused at once', () => {
    const runs = Array.from({ length: 50_000 }, (_, r) => ({ id: `r${r}`, capacity: 1 }))
    const preferences = [...runs.map(({ id }) => id), 'r49999']
    const round = JSON.stringify({ round: 'r', seed: 's', runs, members: [{ id: 'm1', preferences }] })
    expect(() => reading(round)).toThrow('members[0].preferences[50000]: this member lists the run “r49999” twice')
  })
})

describe('at the top', () => {
  test.each([
    ['[]', 'there should be an object here, not a list'],
    ['"round"', 'there should be an object here, not the text “round”'],
    ['null', 'there should be an object here, not null'],
    ['{}', 'the key “round” is missing'],
    ['{"round":"r","seed":7,"runs":[],"members":[]}', 'seed: there should be text here, not 7'],
    ['{"round":"r","seed":"s","runs":[],"members":[],"officer":1}', 'the key “officer” is not known here'],
  ])('%s', (text, problem) => {
    expect(() => reading(text)).toThrow(problem)
  })
})
