/** Fastify, hidden: turns routes into a server that is strict about headers, origins, sizes, rates and time. */
import { randomBytes } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import serveFiles from '@fastify/static'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { constants } from 'node:zlib'
import { Absent, Forbidden, Invalid, Refusal } from '#core/refusal'
import { type Actor, hashOf } from '../actor.ts'
import { stopwatch } from '../clock.ts'
import { queryCount } from '../db.ts'
import type { Log } from '../log.ts'
import { knowRoutes } from '../openapi.ts'
import type { Settings } from '../settings.ts'
import { sameOrigin, tokenFits, tokenFor } from './csrf.ts'
import type { Answer, Route } from './routes.ts'
import type { From, Visit } from './visit.ts'

/** What the server is told of a request, so as to open a visit. */
export interface Arrival {
  sessionToken: string | undefined
  key: string | undefined
  csrf: string
  url: URL
  from: From
}

export interface ServerParts {
  settings: Settings
  log: Log
  routes: readonly Route[]
  open: (arrival: Arrival) => Promise<Visit>
  /** The page for an error: what went wrong, and what to do. */
  problemPage: (visit: Visit, problem: { status: number; title: string; what: string }) => VNode
  /** The folder of built assets. */
  assets: string
  /** Says what keeps it from being ready; empty when it is. */
  unready: () => Promise<string[]>
  signInPath: string
  secret: string
}

/** The names of cookies: with the __Host- prefix wherever browsers accept it, which is over https and on this machine. */
export function cookieNames(address: string): { session: string; form: string; said: string; secure: boolean } {
  const { protocol, hostname } = new URL(address)
  const secure = protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return secure
    ? { session: '__Host-hearten', form: '__Host-hearten-form', said: '__Host-hearten-said', secure }
    : { session: 'hearten', form: 'hearten-form', said: 'hearten-said', secure }
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A server over these routes, ready to listen or to be tried with inject(). */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { settings, routes, log } = parts
  knowRoutes(routes)
  const server = Fastify({
    trustProxy: settings.TRUST_PROXY === 'on',
    bodyLimit: 256 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    logger: false,
    genReqId: () => randomBytes(6).toString('hex'),
  })
  await server.register(cookie)
  await server.register(formbody)
  await server.register(compress, {
    global: true,
    encodings: ['br', 'gzip'],
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } },
    zlibOptions: { level: 5 },
  })
  await server.register(serveFiles, {
    root: parts.assets,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    decorateReply: false,
  })
  await server.register(rateLimit, { global: false })
  const limits = {
    person: server.createRateLimit({
      max: settings.WRITES_PER_MINUTE,
      timeWindow: '1 minute',
      keyGenerator: whoKey(settings),
    }),
    address: server.createRateLimit({
      max: settings.WRITES_PER_ADDRESS,
      timeWindow: '1 minute',
      keyGenerator: (request) => `from ${request.ip}`,
    }),
  }

  server.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      ...(settings.address.startsWith('https:')
        ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
        : {}),
    })
  })
  server.addHook('preHandler', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    const [person, address] = [await limits.person(request), await limits.address(request)]
    const over = [person, address].find((limit) => !limit.isAllowed && limit.isExceeded)
    if (over) {
      reply.header('retry-after', 'ttlInSeconds' in over ? over.ttlInSeconds : 60)
      throw Object.assign(new Error('too many'), { statusCode: 429 })
    }
  })

  server.get('/healthz', async () => ({ alive: true }))
  server.get('/readyz', async (_, reply) => {
    const why = await parts.unready()
    return reply.code(why.length === 0 ? 200 : 503).send({ ready: why.length === 0, why })
  })
  for (const route of routes) addRoute(server, route, parts)

  server.setNotFoundHandler(async (request, reply) => problem(request, reply, parts, 404))
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) {
      log.error(
        {
          reference: request.id,
          method: request.method,
          route: request.routeOptions.url,
          err: { message: error.message, stack: error.stack },
        },
        'A request failed',
      )
    }
    return problem(request, reply, parts, status, error)
  })
  server.addHook('onResponse', async (request, reply) => {
    log.debug(
      {
        reference: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'Answered',
    )
  })
  return server
}

function addRoute(server: FastifyInstance, route: Route, parts: ServerParts): void {
  const { session, form } = cookieNames(parts.settings.address)
  server.route({
    method: route.method,
    url: route.path,
    ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
    handler: async (request, reply) => {
      const time = stopwatch()
      const counted = { made: 0 }
      await queryCount.run(counted, async () => {
        const writes = route.method !== 'GET'
        const visit = await visitFor(request, reply, parts)
        const body = (request.body ?? {}) as Record<string, unknown>
        if (writes && request.cookies[session] !== undefined && !sameOrigin(request.headers, parts.settings.address))
          throw new Forbidden()
        if (
          route.door === 'form' &&
          !(
            sameOrigin(request.headers, parts.settings.address) &&
            tokenFits(parts.secret, request.cookies[form], body['csrf'])
          )
        ) {
          throw Object.assign(new Error('form'), { statusCode: 419 })
        }
        if (
          route.door === 'api' &&
          writes &&
          !keyOf(request) &&
          !tokenFits(parts.secret, request.cookies[form], request.headers['x-csrf'])
        )
          throw new Forbidden('Send a key, as Authorization: Bearer')
        if (!route.access.allows(visit.actor)) throw new Forbidden()
        const { csrf: _, ...said } = body
        const answer = await route.answer(visit, request.params as Record<string, string>, said)
        // before it is sent, since with it the headers go out
        reply.header('server-timing', `db;desc="${counted.made}", total;dur=${time().toFixed(1)}`)
        send(reply, answer, parts)
      })
      return reply
    },
  })
}

function send(reply: FastifyReply, answer: Answer, parts: ServerParts): void {
  if (answer.kind === 'absent') throw new Absent()
  reply.header('cache-control', 'private, no-cache')
  if ('cookies' in answer && answer.cookies) reply.header('set-cookie', answer.cookies)
  if (answer.kind === 'go') {
    if (answer.said) say(reply, parts, answer.said)
    void reply.redirect(answer.to, 303)
  } else if (answer.kind === 'json') void reply.code(answer.status).send(answer.json)
  else if (answer.kind === 'file') {
    if (answer.name)
      reply.header('content-disposition', `attachment; filename="${answer.name.replace(/[^\w.-]+/g, '-')}"`)
    const known = knows(reply.request.headers['if-none-match'], answer.headers?.['etag'])
    if (known) return void reply.code(304).headers(answer.headers!).send()
    void reply
      .code(answer.status ?? 200)
      .headers(answer.headers ?? {})
      .type(answer.type)
      .send(answer.body)
  } else void html(reply, answer.status, answer.page)
}

/** Whether whoever asks has already what goes by this tag; only what changes seldom has one. */
const knows = (asked: string | undefined, tag: string | undefined): boolean =>
  tag !== undefined && asked !== undefined && (asked.trim() === '*' || asked.split(/\s*,\s*/).includes(tag))

/** Leaves a sentence for the next page to show. */
function say(reply: FastifyReply, parts: ServerParts, sentence: string): void {
  const { said, secure } = cookieNames(parts.settings.address)
  void reply.setCookie(said, sentence.slice(0, 300), { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 60 })
}

/** What the page before left to be said, once. */
function hear(request: FastifyRequest, reply: FastifyReply, parts: ServerParts): string | undefined {
  const { said, secure } = cookieNames(parts.settings.address)
  const sentence = request.cookies[said]
  if (sentence === undefined || request.method !== 'GET') return undefined
  void reply.setCookie(said, '', { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 0 })
  return sentence.slice(0, 300)
}

const html = (reply: FastifyReply, status: number, page: VNode): FastifyReply =>
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'private, no-cache')
    .send(`<!doctype html>${render(page)}`)

/** Opens the visit, and gives a browser that has none the cookie that its forms are tied to. */
async function visitFor(request: FastifyRequest, reply: FastifyReply, parts: ServerParts): Promise<Visit> {
  const names = cookieNames(parts.settings.address)
  let tied = request.cookies[names.form]
  if (tied === undefined && !keyOf(request)) {
    tied = randomBytes(18).toString('base64url')
    void reply.setCookie(names.form, tied, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: names.secure,
      maxAge: 31_536_000,
    })
  }
  const visit = await parts.open({
    sessionToken: tokenIn(request.cookies[names.session]),
    key: keyOf(request),
    csrf: tied === undefined ? '' : tokenFor(parts.secret, tied),
    url: new URL(request.url, parts.settings.address),
    from: fromOf(request),
  })
  const said = keyOf(request) ? undefined : hear(request, reply, parts)
  return said === undefined ? visit : { ...visit, frame: { ...visit.frame, said } }
}

const fromOf = (request: FastifyRequest): From => ({
  ip: request.ip,
  agent: (request.headers['user-agent'] ?? '').slice(0, 300),
  cookie: request.headers.cookie ?? '',
})

/** The token within a session cookie, which may carry a signature after a dot. */
export const tokenIn = (cookieValue: string | undefined): string | undefined => cookieValue?.split('.')[0] || undefined

const keyOf = (request: FastifyRequest): string | undefined =>
  /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1]

const whoKey =
  (settings: Settings) =>
  (request: FastifyRequest): string => {
    const token = keyOf(request) ?? tokenIn(request.cookies[cookieNames(settings.address).session])
    return token ? hashOf(token) : `stranger ${request.ip}`
  }

function statusOf(error: Error & { statusCode?: number }): number {
  if (error instanceof Absent) return 404
  if (error instanceof Forbidden) return 403
  if (error instanceof Refusal || error instanceof Invalid) return 422
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return error.statusCode
  const code = (error as { code?: unknown }).code
  if (code === '22P02' || code === '22007' || code === '22008' || code === '22021') return 404 // a malformed id finds nothing
  return 500
}

const words: Record<number, { title: string; what: string }> = {
  400: {
    title: 'That could not be read',
    what: 'What your browser sent could not be understood. Go back and try again.',
  },
  403: {
    title: 'You may not see this',
    what: 'Your account does not have the right to do this. If it should, ask an administrator.',
  },
  404: { title: 'There is nothing here', what: 'The page may have moved, or the address may be mistyped.' },
  413: { title: 'That is too large', what: 'What you sent is larger than this page accepts.' },
  419: {
    title: 'That page was open too long',
    what: 'Go back, load the page again and send it once more. Nothing was changed.',
  },
  422: { title: 'That could not be done', what: 'Go back and check what you entered.' },
  429: { title: 'Too many at once', what: 'You have sent a lot in a short time. Wait a minute and try again.' },
  503: {
    title: 'Back in a moment',
    what: 'Hearten cannot reach its database just now. Nothing you did before was lost. Try again in a minute.',
  },
}

async function problem(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServerParts,
  status: number,
  error?: Error,
): Promise<FastifyReply> {
  const isApi = request.url.startsWith('/api/')
  const isPage = request.method === 'GET' && !isApi
  const said = words[status] ??
    (status < 500 ? words[400]! : undefined) ?? {
      title: 'Something went wrong',
      what: `The fault is ours and has been noted. If you tell us about it, give this reference: ${request.id}.`,
    }
  const problems =
    error instanceof Invalid
      ? error.problems
      : {
          '':
            error instanceof Refusal
              ? error.message
              : error instanceof Forbidden && error.message
                ? error.message
                : said.what,
        }
  const visit = await visitFor(request, reply, parts).catch(() => undefined)
  const unknown: boolean = visit?.actor.kind === 'stranger'
  if (isApi) {
    const code = status === 403 && unknown ? 401 : status === 419 ? 403 : status
    return reply.code(code).send({ problems, ...(status >= 500 ? { reference: request.id } : {}) })
  }
  if (status === 403 && visit && owes(visit.actor) && isPage)
    return reply.redirect(`/account/second-factor?next=${encodeURIComponent(request.url)}`, 303)
  if (status === 403 && unknown && isPage)
    return reply.redirect(`${parts.signInPath}?next=${encodeURIComponent(request.url)}`, 303)
  if (!visit)
    return reply
      .code(503)
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="en-GB"><title>${words[503]!.title}</title><h1>${words[503]!.title}</h1><p>${words[503]!.what}</p>`,
      )
  const what = error instanceof Refusal || error instanceof Invalid ? Object.values(problems).join(' ') : said.what
  return html(reply, status === 419 ? 403 : status, parts.problemPage(visit, { status, title: said.title, what }))
}

const owes = (actor: Actor): boolean => actor.owesSecondFactor
