/** The crowd's browser: as little of one as it takes, so that thousands fit into one process. */
import http from 'node:http'

export interface Reply {
  status: number
  body: string
  cookies: string[]
}

/** Asks a server for something as a browser does that keeps its connections. */
export const send = (agent: http.Agent, method: string, url: string, cookie: string, body?: string): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers: Record<string, string> = { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' }
    if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded'
    const request = http.request(url, { agent, method, headers, timeout: 30_000 }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => (text += part))
      answer.once('error', reject)
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: text, cookies: answer.headers['set-cookie'] ?? [] }),
      )
    })
    request.once('timeout', () => request.destroy(new Error('Not answered within 30 seconds')))
    request.once('error', reject)
    request.end(body)
  })

/** The value of a cookie that an answer sets. */
export const cookieIn = ({ cookies }: Reply, name: string): string | undefined =>
  cookies
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0]!
    .slice(name.length + 1)
