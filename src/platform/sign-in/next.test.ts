import { expect, test } from 'vitest'
import { ownPath } from './next.ts'
import { placeOf } from './tries.ts'

test('a page of ours is kept, with what it was asked', () => {
  const own = (said: unknown) => ownPath(said, 'https://academy.example.org')
  expect(own('/runs/7?a=1#register')).toBe('/runs/7?a=1#register')
  expect(own('/courses?q=élan')).toBe('/courses?q=%C3%A9lan')
})

test('any other address is no place to go on to', () => {
  const hostile = ['https://evil.example/', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example']
  hostile.push(
    '/..//evil.example',
    '/.//evil.example',
    '/%0d%0aset-cookie:a',
    '/a\r\nset-cookie: b',
    '/\n/evil.example',
  )
  hostile.push(
    'javascript:alert(1)',
    'evil.example',
    '',
    ' /',
    '@evil.example',
    '/sign-in',
    '/sign-in?next=/',
    '/api/x',
  )
  for (const said of [...hostile, null, undefined, ['/a'], 7]) {
    const kept = ownPath(said, 'https://academy.example.org')
    if (kept === undefined) continue
    const url = new URL(kept, 'https://academy.example.org')
    expect(url.origin, String(said)).toBe('https://academy.example.org')
    expect(kept).not.toMatch(/[\r\n]|^\/\//)
  }
  expect(ownPath('/..//evil.example', 'https://academy.example.org')).toBeUndefined()
  expect(ownPath('/sign-in?next=/', 'https://academy.example.org')).toBeUndefined()
})

test('a home network is one place, however many addresses it has', () => {
  expect(placeOf('203.0.113.9')).toBe('203.0.113.9')
  expect(placeOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(placeOf('2001:db8:1:2::9')).toBe('2001:db8:1:2')
  expect(placeOf('2001:0db8:0001:0002::')).toBe('2001:db8:1:2')
  expect(placeOf('2001:db8::1')).toBe('2001:db8:0:0')
  expect(placeOf('::1')).toBe('0:0:0:0')
  expect(placeOf('::ffff:203.0.113.9')).toBe('::ffff:203.0.113.9')
})
