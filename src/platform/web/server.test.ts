import { h } from 'preact'
import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import { Refusal } from '#core/refusal'
import { stranger } from '../actor.ts'
import { openDb, openPool } from '../db.ts'
import { openLog } from '../log.ts'
import { readSettings } from '../settings.ts'
import { action, anyone, api, form, mayDo, page, signedIn, visitOf } from '../web.ts'
import { tokenFor } from './csrf.ts'
import { buildServer } from './server.ts'

const secret = 'a secret for the tests, of good length'
const kept: string[] = []
const keep = action({
  scope: 'notes:write',
  does: 'Keeps a note.',
  access: anyone,
  fields: z.object({ note: z.string('Write a note').min(1, 'Write a note').max(20) }),
  run: async (_, { note }) => {
    if (note === 'no') throw new Refusal('That note is not kept.')
    kept.push(note)
    return { note }
  },
})
const shown = {
  load: async () => ({}),
  view: (_: object, visit: { typed: object; frame: { said?: string | undefined } }, problems?: object) =>
    h('p', {}, JSON.stringify({ ...visit.typed, problems, said: visit.frame.said })),
}
const routes = [
  page('/', { access: anyone, ...shown }),
  page('/mine', { access: signedIn, ...shown }),
  page('/staff', { access: mayDo('runs.schedule'), ...shown }),
  page('/broken', {
    access: anyone,
    view: shown.view,
    load: async () => Promise.reject(new Error('select secret from person')),
  }),
  page('/gone/:id', { access: anyone, view: shown.view, load: async () => undefined }),
  form('/notes', { ...shown, action: keep, to: () => '/', says: () => 'The note is kept.' }),
  api('POST', '/api/notes', keep),
]

const serverWith = async (settings: Record<string, string> = {}) => {
  const db = openDb(openPool(inject('databaseUrl'), { size: 2 }))
  const server = await buildServer({
    settings: readSettings({ WRITES_PER_MINUTE: '1000', WRITES_PER_ADDRESS: '1000', ...settings }),
    log: openLog('silent'),
    routes,
    secret,
    assets: process.cwd(),
    signInPath: '/sign-in',
    unready: async () => ['not yet'],
    problemPage: (_, problem) => h('p', {}, `${problem.title} ${problem.what}`),
    open: async ({ csrf, url }) =>
      visitOf({
        db,
        actor: stranger,
        now: new Date('2026-11-24T12:00:00Z'),
        frame: { ...visitOf({ db, actor: stranger, now: new Date('2026-11-24') }).frame, csrf },
        path: url.pathname,
        query: url.searchParams,
      }),
  })
  server.addHook('onClose', async () => db.destroy())
  return server
}

const browser = {
  cookie: '__Host-hearten-form=abc',
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
}
const noted = (note: string, token = tokenFor(secret, 'abc')) => new URLSearchParams({ note, csrf: token }).toString()

test('every answer forbids what a page here never needs', async () => {
  await using server = await closing(serverWith())
  const { headers } = await server.inject('/')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['cache-control']).toBe('private, no-cache')
  expect(String(headers['set-cookie'])).toMatch(/__Host-hearten-form=.+HttpOnly.*Secure.*SameSite=Lax/i)
})

test('a form is accepted from our own page, and from nowhere else', async () => {
  await using server = await closing(serverWith())
  const post = (headers: Record<string, string>, payload: string) =>
    server.inject({ method: 'POST', url: '/notes', headers, payload })
  expect((await post(browser, noted('one'))).statusCode).toBe(303)
  const elsewhere = [
    await post({ ...browser, 'sec-fetch-site': 'cross-site' }, noted('two')),
    await post({ ...browser, origin: 'https://evil.example' }, noted('two')),
    await post({ ...browser, cookie: '' }, noted('two')),
    await post({ ...browser, cookie: '__Host-hearten-form=other' }, noted('two')),
    await post(browser, noted('two', 'forged.token')),
    await post(browser, 'note=two'),
  ]
  expect(elsewhere.map(({ statusCode }) => statusCode)).toEqual(elsewhere.map(() => 403))
  expect(kept).toEqual(['one'])
})

test('what was done is said once on the page that follows', async () => {
  await using server = await closing(serverWith())
  const done = await server.inject({ method: 'POST', url: '/notes', headers: browser, payload: noted('said') })
  const said = done.cookies.find(({ name }) => name.endsWith('said'))!
  const next = await server.inject({ url: '/', cookies: { [said.name]: said.value } })
  expect(next.body).toContain('The note is kept.')
  expect(next.cookies.find(({ name }) => name === said.name)?.value).toBe('')
})

test('a form that is refused comes back as it was typed, with what is wrong', async () => {
  await using server = await closing(serverWith())
  const refused = await server.inject({ method: 'POST', url: '/notes', headers: browser, payload: noted('no') })
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('That note is not kept.')
  const long = await server.inject({ method: 'POST', url: '/notes', headers: browser, payload: noted('x'.repeat(21)) })
  expect(long.statusCode).toBe(422)
  expect(long.body).toContain('x'.repeat(21))
})

test('a fault of ours shows a reference, and neither SQL nor a stack', async () => {
  await using server = await closing(serverWith())
  const { statusCode, body } = await server.inject('/broken')
  expect(statusCode).toBe(500)
  expect(body).toMatch(/reference: [0-9a-f]{12}/)
  expect(body).not.toMatch(/select|person|\.ts/)
})

test('what does not exist is 404, and so is an address that cannot be one', async () => {
  await using server = await closing(serverWith())
  for (const url of ['/nothing', '/gone/1', '/gone/%00', '/../../etc/passwd'])
    expect((await server.inject(url)).statusCode, url).toBe(404)
  expect((await server.inject(`/gone/${'x'.repeat(300)}`)).statusCode).toBe(414)
  expect((await server.inject('/gone/%E0%A4%A')).statusCode).toBe(400)
})

test('a stranger at a page for members is led to sign in and back', async () => {
  await using server = await closing(serverWith())
  const { statusCode, headers } = await server.inject('/mine?page=2')
  expect([statusCode, headers.location]).toEqual([303, '/sign-in?next=%2Fmine%3Fpage%3D2'])
  expect((await server.inject('/staff')).statusCode).toBe(303)
})

test('bodies too large, of a wrong type, or that are not what they say are refused without harm', async () => {
  await using server = await closing(serverWith())
  const send = (type: string, payload: string) =>
    server.inject({
      method: 'POST',
      url: '/api/notes',
      headers: { ...browser, 'x-csrf': tokenFor(secret, 'abc'), 'content-type': type },
      payload,
    })
  expect((await send('application/json', `{"note":"${'x'.repeat(300_000)}"}`)).statusCode).toBe(413)
  expect((await send('application/json', '{"note":')).statusCode).toBe(400)
  expect((await send('text/xml', '<note/>')).statusCode).toBe(415)
  expect((await send('application/json', '{"note":["a"]}')).json()).toEqual({ problems: { note: 'Write a note' } })
  expect((await send('application/json', '{"__proto__":{"note":"a"}}')).statusCode).toBe(400)
  expect((await send('application/json', 'null')).statusCode).toBe(422)
})

test('one person who sends too much at once waits, and is told how long', async () => {
  await using server = await closing(serverWith({ WRITES_PER_MINUTE: '10' }))
  const answers = []
  for (let n = 0; n < 12; n++)
    answers.push(await server.inject({ method: 'POST', url: '/notes', headers: browser, payload: noted('many') }))
  expect(answers.slice(0, 10).every(({ statusCode }) => statusCode === 303)).toBe(true)
  expect(answers.at(-1)?.statusCode).toBe(429)
  expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0)
})

test('it says that it lives, and why it is not ready', async () => {
  await using server = await closing(serverWith())
  expect((await server.inject('/healthz')).json()).toEqual({ alive: true })
  const ready = await server.inject('/readyz')
  expect([ready.statusCode, ready.json()]).toEqual([503, { ready: false, why: ['not yet'] }])
})

const closing = async <Server extends { close: () => Promise<unknown> }>(opening: Promise<Server>) => {
  const server = await opening
  return Object.assign(server, { [Symbol.asyncDispose]: async () => void (await server.close()) })
}
