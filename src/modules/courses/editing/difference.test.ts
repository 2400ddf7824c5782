import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import type { CourseText } from '../course.ts'
import { differencesOf, lineDifference } from './difference.ts'

const said = (before: string, after: string) =>
  lineDifference(before.split(''), after.split(''))
    .map(({ kind, text }) => (kind === 'same' ? ' ' : kind === 'gone' ? '-' : '+') + text)
    .join('')

test('what stayed, what went and what came are told apart, in order', () => {
  expect(said('abc', 'abc')).toBe(' a b c')
  expect(said('abc', 'adc')).toBe(' a-b+d c')
  expect(said('', 'a')).toBe('+a')
  expect(said('abcd', 'bd')).toBe('-a b-c d')
})

test('both texts can be read from the difference, and no other has fewer changed lines', () => {
  const text = array(constantFrom('a', 'b', 'c'), { maxLength: 7 })
  assert(
    property(text, text, (before, after) => {
      const lines = lineDifference(before, after)
      expect(lines.filter(({ kind }) => kind !== 'new').map(({ text }) => text)).toEqual(before)
      expect(lines.filter(({ kind }) => kind !== 'gone').map(({ text }) => text)).toEqual(after)
      const shared = lines.filter(({ kind }) => kind === 'same').length
      expect(shared).toBe(mostShared(before, after))
    }),
  )
})

test('two long texts with nothing in common are told apart at once', () => {
  const lines = (word: string) => Array.from({ length: 5000 }, (_, at) => `${word}${at}`)
  expect(lineDifference(lines('a'), lines('b'))).toHaveLength(10_000)
})

test('only the fields that differ are shown', () => {
  const course: CourseText = {
    title: 'Listening',
    strand: 'organising',
    level: 'starter',
    mode: 'place',
    hours: 2,
    summary: 'Listen.',
    who: 'Anyone',
    outcomes: ['hear'],
    prerequisites: [],
    leadsTo: [],
    accreditation: null,
    practice: 'Go.',
    description: 'One.\n\nTwo.',
    sessions: [{ title: 'First', minutes: 120, outline: '- a\n- b' }],
  }
  const second = { title: 'Second', minutes: 60, outline: '- c' }
  expect(differencesOf(course, course)).toEqual([])
  const after = {
    ...course,
    level: 'growing' as const,
    description: 'One.\n\n2.',
    sessions: [...course.sessions, second],
  }
  expect(differencesOf(course, after).map(({ label }) => label)).toEqual(['Level', 'Description', 'Session 2'])
})

/** The same by trying everything. */
function mostShared([a, ...before]: string[], after: string[]): number {
  if (a === undefined || after.length === 0) return 0
  const at = after.indexOf(a)
  const without = mostShared(before, after)
  return at === -1 ? without : Math.max(without, 1 + mostShared(before, after.slice(at + 1)))
}
