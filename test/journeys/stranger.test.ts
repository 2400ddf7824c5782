/** A stranger, and a member without a right, at every door that is not theirs: sign-in, nothing there, or refused. */
import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { kinds, personWith } from './browser.ts'

interface Door {
  method: string
  path: string
  who: string
}

/** Every door, from the list that is made from the code. What stands in for a name or an id leads to nobody's record. */
const doors: Door[] = [
  ...readFileSync('docs/permissions.md', 'utf8').matchAll(/^\| (GET|POST|PUT|DELETE) \| `([^`]+)` \| (.+) \|$/gm),
].map(([, method, path, who]) => ({ method: method!, path: pathTo(path!), who: who! }))
const closed = doors.filter(({ who }) => who !== 'anyone')
const staffOnly = closed.filter(({ who }) => who.startsWith('whoever holds'))

function pathTo(pattern: string): string {
  return pattern
    .replace(':slug', pattern.startsWith('/courses') ? 'listening-on-the-doorstep' : 'east-midlands')
    .replace(':number', '1')
    .replaceAll(/:\w+/g, '0198f4a2-0000-7000-8000-000000000000')
}

const knock = ({ method, path }: Door, headers: Record<string, string> = {}, body?: string) =>
  fetch(`${inject('address')}${path}`, {
    method,
    redirect: 'manual',
    headers,
    ...(method === 'GET' ? {} : { body: body ?? '' }),
  })

test('the list of doors is long, so that this test looks at something', () => {
  expect(staffOnly.length).toBeGreaterThan(80)
})

test('to a stranger every page that is not for all leads to sign-in or is not there', async () => {
  for (const door of closed.filter(({ method, path }) => method === 'GET' && !path.startsWith('/api'))) {
    const answer = await knock(door)
    const leads = answer.status === 303 && answer.headers.get('location')!.startsWith('/sign-in?next=')
    expect(leads || answer.status === 404, `${door.path} answered ${answer.status}`).toBe(true)
  }
})

test('from a stranger no program and no form is obeyed', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const door of closed.filter(({ path }) => path.startsWith('/api'))) {
    const json = door.method === 'GET' ? {} : { 'content-type': 'application/json' }
    expect((await knock(door, json, '{}')).status, `${door.method} ${door.path}`).toBe(401)
  }
  for (const door of closed.filter(({ method, path }) => method === 'POST' && !path.startsWith('/api'))) {
    const answers = [
      await knock(door, form, 'csrf=forged'),
      await knock(door, { ...form, origin: 'https://elsewhere.example' }, 'csrf=forged'),
      await knock(door, { ...form, 'sec-fetch-site': 'cross-site' }, ''),
    ]
    for (const answer of answers)
      expect([401, 403, 404], `${door.method} ${door.path} answered ${answer.status}`).toContain(answer.status)
  }
})

test('a member without a right is refused at every door of staff, and a forged form of theirs as well', async () => {
  const member = await personWith(kinds[0]!)
  await member.signsInAs('Tomasz Kowalski')
  const cookie = (await member.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await member.visits('/account')
  const csrf = await member.page.locator('input[name=csrf]').first().inputValue()
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: inject('address') }
  for (const door of staffOnly.filter(({ path }) => !path.startsWith('/api'))) {
    const answer = await knock(door, headers, `csrf=${csrf}`)
    expect([403, 404], `${door.method} ${door.path} answered ${answer.status}`).toContain(answer.status)
  }
  const mine = { method: 'POST', path: '/account/sessions/ending', who: '' }
  expect((await knock(mine, headers, 'csrf=forged')).status).toBe(403)
  expect((await knock(mine, { ...headers, origin: 'https://elsewhere.example' }, `csrf=${csrf}`)).status).toBe(403)
  await member.visits('/me')
  expect(await member.page.locator('header .me').innerText()).toContain('Tomasz Kowalski')
  await member.leaves()
})

test.for(kinds)('what a stranger finds at a closed door is a page that works: %o', async (kind) => {
  const stranger = await personWith(kind)
  for (const path of ['/coordinating', '/administration/rights', '/runs/new']) {
    await stranger.visits(path)
    expect(new URL(stranger.page.url()).pathname).toBe('/sign-in')
  }
  await stranger.visits(pathTo('/runs/:id'))
  expect(await stranger.reads()).toContain('not')
  await stranger.leaves()
})
