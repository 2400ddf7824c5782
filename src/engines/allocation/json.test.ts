/** Reading JSON strictly: the language’s own reader where it accepts, and a place for every fault. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deepest, parseJson, quoted, type Json } from './json.ts'
import { always } from './made-up.ts'

const parse = (text: string) => parseJson(Buffer.from(text))

test('whatever the language writes is read as the language reads it', () => {
  const anyJson = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })
  const spaced = fc.record({ value: anyJson, space: fc.constantFrom(undefined, 1, '\t') })
  always(spaced, 700, ({ value, space }) => {
    const text = JSON.stringify(value, null, space)
    expect(parse(text)).toEqual(JSON.parse(text))
    expect(parse(`\ufeff \r\n\t${text} \n`)).toEqual(JSON.parse(text))
  })
})

test('text that the language refuses is refused, and text it accepts is the same, unless a key comes twice', () => {
  const anySigns = fc.string({
    unit: fc.constantFrom(...'{}[]:,"\\u0e-+.1 \n'.split(''), 'true', 'null', '"a"', 'é'),
    maxLength: 12,
  })
  always(anySigns, 4_000, (text) => {
    const [ours, theirs] = [outcome(() => parse(text)), outcome(() => JSON.parse(text) as Json)]
    if (theirs.ok)
      expect(ours.ok ? ours.value : ours.problem).toEqual(
        ours.ok ? theirs.value : expect.stringMatching(/twice|half a/),
      )
    else expect(ours.ok).toBe(false)
  })
})

function outcome(read: () => Json): { ok: true; value: Json } | { ok: false; problem: string } {
  try {
    return { ok: true, value: read() }
  } catch (problem) {
    return { ok: false, problem: (problem as Error).message }
  }
}

test('escapes, and characters of every length', () => {
  expect(parse(String.raw`"\"\\\/\b\f\n\r\té\ud83d\ude00 €"`)).toBe('"\\/\b\f\n\r\té😀 €')
})

test('a key named like a part of the language is a key like any other', () => {
  const value = parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": null}') as {
    [key: string]: Json
  }
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString'])
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(({} as { polluted?: boolean }).polluted).toBe(undefined)
  expect(() => parse('{"__proto__": 1, "__proto__": 2}')).toThrow('the key “__proto__” is given twice')
})

describe('a fault is named with its line and column, in characters', () => {
  test.each([
    ['', 'line 1, column 1: the file ends before its JSON does'],
    ['   ', 'line 1, column 4: the file ends before its JSON does'],
    ['{"é€": [1,\n  2,]}', 'line 2, column 5: this is not JSON: a value should stand here'],
    ['{"a": 1,}', 'line 1, column 9: this is not JSON: a key in double quotes should stand here'],
    ["{'a': 1}", 'line 1, column 2: this is not JSON: a key in double quotes should stand here'],
    ['{"a" 1}', 'line 1, column 6: this is not JSON: a colon should stand here'],
    ['{"a": 1 "b"}', 'line 1, column 9: this is not JSON: a comma or } should stand here'],
    ['[1 2]', 'line 1, column 4: this is not JSON: a comma or ] should stand here'],
    ['{"a": 1, "b": 2,\n "a": 3}', 'line 2, column 2: the key “a” is given twice in one object'],
    [String.raw`{"a": 1, "\u0061": 2}`, 'line 1, column 10: the key “a” is given twice in one object'],
    ['"é', 'line 1, column 1: this is not JSON: this text has no closing quote'],
    ['"a\nb"', 'line 1, column 3: this is not JSON: text goes over the end of a line or holds a control character'],
    [String.raw`"\x"`, 'line 1, column 1: this text is not valid JSON in UTF-8'],
    [String.raw`["\ud800"]`, 'line 1, column 2: this text holds half a character'],
    ['01', 'line 1, column 1: this is not a number as JSON writes it'],
    ['-', 'line 1, column 1: this is not a number as JSON writes it'],
    ['NaN', 'line 1, column 1: this is not JSON: a value should stand here'],
    ['[] []', 'line 1, column 4: there is something after the end of the JSON'],
    ['nul', 'line 1, column 1: this is not JSON: a value should stand here'],
    [`[${'1'.repeat(401)}]`, 'line 1, column 2: this number has more than 400 characters'],
  ])('%j', (text, problem) => {
    expect(() => parse(text)).toThrow(problem)
  })

  test('bytes that are not UTF-8', () => {
    const bytes = Buffer.from([0x22, 0xc3, 0x28, 0x22])
    expect(() => parseJson(bytes)).toThrow('line 1, column 1: this text is not valid JSON in UTF-8')
    expect(() => parseJson(Buffer.from('"é"', 'utf16le'))).toThrow('line 1, column 2')
  })

  test('nesting without end, which is not followed to the bottom', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(() => parse(nested(deepest))).not.toThrow()
    expect(() => parse(nested(deepest + 1))).toThrow(
      'line 1, column 33: lists and objects are nested more than 32 deep',
    )
    expect(() => parse('{"a":'.repeat(1_000_000))).toThrow('nested more than 32 deep')
  })
})

test('what a message quotes is short and shows nothing invisible', () => {
  expect(quoted(`a\u001b[2J\u202e\u2028b`)).toBe('“a�[2J��b”')
  expect(quoted('x'.repeat(60))).toBe(`“${'x'.repeat(40)}…”`)
  expect(quoted(`${'x'.repeat(39)}😀`)).toBe(`“${'x'.repeat(39)}�…”`)
})
